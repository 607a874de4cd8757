"""The file of floors: the figures that each evaluation set must reach, pinned to the files they were measured on.

Sorted, one figure a line, so that a change of it is read as easily as a change of code. Loading refuses what is not of
its form and says where.
"""

import json
import math
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

FAULTS = frozenset({"claims_discarded", "claims_in_distractors"})
"""Figures that count faults: what is pinned is the most there may be. All others are shares, and must not fall."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_STEP = Decimal("0.0001")


class FloorsError(Exception):
    """The file of floors is not of its form; the message names the line, or the key."""


@dataclass
class Pinned:
    """The floors of one set, and the SHA-256 of the files that they were measured on."""

    digest: str
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Lowered:
    """A floor that was lowered, with the reason that somebody wrote down; `date` is the day he gave, ISO 8601."""

    set: str
    figure: str
    old: float
    new: float
    reason: str
    date: str


@dataclass
class Floors:
    """All that the file holds."""

    sets: dict[str, Pinned] = field(default_factory=dict)
    lowered: list[Lowered] = field(default_factory=list)


def round_down(value: float) -> float:
    """Give a figure with four decimals, never above what was measured."""
    return float(Decimal(str(value)).quantize(_STEP, ROUND_DOWN))


def is_worse(figure: str, now: float, pinned: float) -> bool:
    """Tell whether a figure does not hold what is pinned."""
    return now > pinned if figure in FAULTS else round_down(now) < pinned


def load_floors(path: Path) -> Floors:
    """Load the file; FloorsError where it is not JSON, or not of its form."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Floors()
    except json.JSONDecodeError as error:
        raise FloorsError(f"{path.name}, line {error.lineno}: {error.msg}") from error
    try:
        return _take_floors(found)
    except FloorsError as error:
        raise FloorsError(f"{path.name}, {error}") from error


def save_floors(floors: Floors, path: Path) -> None:
    """Write the file: sets and figures by name, what was lowered in the order it was."""
    sets = {
        name: {"digest": each.digest, "figures": dict(sorted(each.figures.items()))}
        for name, each in sorted(floors.sets.items())
    }
    rows = {"lowered": [asdict(each) for each in floors.lowered], "sets": sets}
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _take_floors(found: object) -> Floors:
    top = _take_keys(found, ("lowered", "sets"), "the whole")
    sets = _take_kind(top["sets"], dict, "sets")
    lowered = _take_kind(top["lowered"], list, "lowered")
    return Floors(
        {name: _take_pinned(row, f"sets.{name}") for name, row in sets.items()},
        [_take_lowered(row, f"lowered[{number}]") for number, row in enumerate(lowered)],
    )


def _take_pinned(found: object, where: str) -> Pinned:
    row = _take_keys(found, ("digest", "figures"), where)
    digest = _take_kind(row["digest"], str, f"{where}.digest")
    _require(_DIGEST.fullmatch(digest), f"{where}.digest", "a SHA-256 of 64 hexadecimal digits")
    figures = _take_kind(row["figures"], dict, f"{where}.figures")
    return Pinned(digest, {key: _take_figure(value, key, f"{where}.{key}") for key, value in figures.items()})


def _take_lowered(found: object, where: str) -> Lowered:
    row = _take_keys(found, tuple(each.name for each in fields(Lowered)), where)
    for key in ("set", "figure", "reason", "date"):
        _require(_take_kind(row[key], str, f"{where}.{key}").strip(), f"{where}.{key}", "some words")
    _require(is_day(row["date"]), f"{where}.date", "a day as 2016-05-30")
    row |= {key: _take_figure(row[key], row["figure"], f"{where}.{key}") for key in ("old", "new")}
    return Lowered(**row)


def _take_figure(found: object, figure: str, where: str) -> float:
    is_number = isinstance(found, int | float) and not isinstance(found, bool) and math.isfinite(found)
    if figure in FAULTS:
        _require(is_number and found >= 0, where, "a number from 0")  # type: ignore[operator]
    else:
        _require(is_number and 0 <= found <= 1, where, "a share from 0 to 1")  # type: ignore[operator]
    return found  # type: ignore[return-value]


def is_day(words: str) -> bool:
    """Tell whether the words are a day as 2016-05-30."""
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def _take_keys(found: object, keys: tuple[str, ...], where: str) -> dict[str, Any]:
    row: dict[str, Any] = _take_kind(found, dict, where)
    _require(sorted(row) == sorted(keys), where, f"the keys {', '.join(keys)} and no other")
    return row


def _take_kind(found: object, kind: Callable[..., Any], where: str) -> Any:
    _require(isinstance(found, kind), where, f"a {kind.__name__}")  # type: ignore[arg-type]
    return found


def _require(holds: object, where: str, wanted: str) -> None:
    if not holds:
        raise FloorsError(f"{where}: must be {wanted}")
