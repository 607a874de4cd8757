"""Keep the reader's accuracy from falling: floors under every figure of every evaluation set.

usage: floors.py check [SET ...]
       floors.py raise [SET ...]
       floors.py lower SET FIGURE VALUE --reason TEXT --date DAY

`check` reads, fuses and scores the sets that lie beside the checkout, prints each figure beside its floor, and ends
with 1 where one fell below it, where a figure is gone, or where a set's files are no longer those that its floors were
measured on. `raise` writes the present figures where they are above the floor; it never lowers one. `lower` takes a
floor down, and keeps who asks for it honest: the reason stays in the file, with the old value and the day. Floors are
in bench/floors.json. Without the sets, `check` and `raise` say so and end with 0.
"""

import argparse
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation import ROOT, SHARED, digest_set, find_scorer, install_packs, list_sets, score_set
from pins import Floors, FloorsError, Lowered, Pinned, is_day, is_worse, load_floors, round_down, save_floors

FILE = ROOT / "bench" / "floors.json"
COMMAND = "python bench/floors.py"
FELL, REFUSED = 1, 2


@dataclass(frozen=True)
class Measured:
    """What one set gives now: its figures, and the SHA-256 of its files."""

    digest: str
    figures: dict[str, float]


def main(arguments: list[str] | None = None) -> int:
    asked = parse_arguments(arguments)
    try:
        floors = load_floors(asked.file)
        if asked.command == "lower":
            lower_floor(floors, asked.set, asked.figure, asked.value, asked.reason, asked.date)
            save_floors(floors, asked.file)
            return 0
    except FloorsError as error:
        print(f"error: {error}", file=sys.stderr)
        return REFUSED
    scorer = find_scorer(asked.shared)
    if scorer is None:
        print(f"{asked.shared} holds no bench/score.py: no floor can be checked here.")
        return 0
    measured = measure_sets(asked.shared, scorer, tuple(asked.sets) or tuple(floors.sets))
    if asked.command == "raise":
        print("\n".join(raise_floors(floors, measured)) or "nothing is above its floor")
        save_floors(floors, asked.file)
        return 0
    print("\n".join(tabulate(floors, measured)))
    faults = list(find_faults(floors, measured, tuple(asked.sets) or tuple(floors.sets)))
    print("\n" + ("\n".join(faults) or "every floor holds"))
    return FELL if faults else 0


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="floors.py", description="Keep the reader's accuracy from falling.")
    parser.add_argument("--file", type=Path, default=FILE, help="file of floors (bench/floors.json)")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the sets")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in (("check", "fail below a floor"), ("raise", "raise floors to the present figures")):
        commands.add_parser(name, help=what).add_argument("sets", nargs="*", metavar="SET")
    lower = commands.add_parser("lower", help="lower one floor, with a reason")
    lower.add_argument("set", metavar="SET")
    lower.add_argument("figure", metavar="FIGURE")
    lower.add_argument("value", type=float, metavar="VALUE")
    lower.add_argument("--reason", required=True, help="why; it stays in the file")
    lower.add_argument("--date", required=True, help="the day, as 2016-05-30")
    return parser.parse_args(arguments)


def measure_sets(shared: Path, scorer: Path, names: tuple[str, ...]) -> dict[str, Measured]:
    """Read, fuse and score the sets of these names, or all; what is absent is said."""
    found, absent = list_sets(shared, names)
    for name in [*install_packs(shared / "gazetteer"), *absent]:
        print(f"absent: {name}")
    return {each.name: Measured(digest_set(each, scorer), score_set(each, scorer).values) for each in found}


def tabulate(floors: Floors, measured: dict[str, Measured]) -> Iterator[str]:
    """Give a line a figure: set, figure, floor, now, difference."""
    yield f"{'set':<14}{'figure':<27}{'floor':>9}{'now':>9}{'difference':>12}"
    for name, each in measured.items():
        pinned = floors.sets.get(name, Pinned(each.digest)).figures
        for figure in sorted(pinned.keys() | each.figures.keys()):
            floor, now = pinned.get(figure), each.figures.get(figure)
            change = "" if floor is None or now is None else f"{now - floor:+.4f}"
            mark = "  below" if change and is_worse(figure, now, floor) else ""  # type: ignore[arg-type]
            yield f"{name:<14}{figure:<27}{_tell(floor):>9}{_tell(now):>9}{change:>12}{mark}"


def _tell(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}"


def find_faults(floors: Floors, measured: dict[str, Measured], names: tuple[str, ...]) -> Iterator[str]:
    """Give what does not hold, each with a remedy; a set that is absent is no fault, its absence was said."""
    for name in names:
        pinned, each = floors.sets.get(name), measured.get(name)
        if each is None:
            continue
        if pinned is None:
            yield f"{name} has no floors: set them with `{COMMAND} raise {name}`"
            continue
        if pinned.digest != each.digest:
            yield (
                f"{name} is no longer what its floors were measured on (SHA-256 {each.digest[:12]}…, pinned "
                f"{pinned.digest[:12]}…): look at what changed, then `{COMMAND} raise {name}`"
            )
        yield from _find_fallen(name, pinned, each)


def _find_fallen(name: str, pinned: Pinned, each: Measured) -> Iterator[str]:
    for figure, floor in sorted(pinned.figures.items()):
        now = each.figures.get(figure)
        if now is None:
            yield f"{name} {figure}: the scorer no longer gives it; if that is meant, take it out of {FILE.name}"
        elif is_worse(figure, now, floor):
            side = "above what is allowed" if now > floor else "below the floor"
            yield (
                f"{name} {figure} is {_tell(now)}, {side} of {_tell(floor)}: mend what made it so, or "
                f"`{COMMAND} lower {name} {figure} {now} --reason … --date …`"
            )


def raise_floors(floors: Floors, measured: dict[str, Measured]) -> list[str]:
    """Take the present figures as floors where they are better, and the digests of the sets; tell what changed."""
    told = []
    for name, each in measured.items():
        pinned = floors.sets.setdefault(name, Pinned(each.digest))
        if pinned.digest != each.digest:
            told.append(f"{name}: its files changed; their digest is taken over")
            pinned.digest = each.digest
        for figure, now in each.figures.items():
            floor = pinned.figures.get(figure)
            value = round_down(now)
            if floor is None or is_worse(figure, floor, value):
                told.append(f"{name} {figure}: {_tell(floor)} → {_tell(value)}")
                pinned.figures[figure] = value
            elif is_worse(figure, now, floor):
                told.append(
                    f"{name} {figure}: is {_tell(now)}, below its floor of {_tell(floor)}, which stays"
                )
    return told


def lower_floor(floors: Floors, name: str, figure: str, value: float, reason: str, day: str) -> None:
    """Take one floor down; FloorsError where there is none, it would not be lower, or reason or day are missing."""
    pinned = floors.sets.get(name)
    if pinned is None or figure not in pinned.figures:
        raise FloorsError(f"{name} {figure}: there is no such floor")
    old = pinned.figures[figure]
    if not reason.strip():
        raise FloorsError(f"{name} {figure}: a floor is not lowered without a reason")
    if not is_day(day):
        raise FloorsError(f"{name} {figure}: {day!r} is no day as 2016-05-30")
    if not math.isfinite(value) or value < 0 or not is_worse(figure, value, old):
        raise FloorsError(f"{name} {figure}: {value} does not lower {old}; use `{COMMAND} raise {name}`")
    new = round_down(value)
    pinned.figures[figure] = new
    floors.lowered.append(Lowered(name, figure, old, new, reason.strip(), day))


if __name__ == "__main__":
    sys.exit(main())
