"""Measure accuracy and speed on the evaluation sets that lie beside the checkout.

usage: run.py [--small] [--shared FOLDER] [--set NAME ...]

Installs the gazetteer packs of ../shared/gazetteer into build/bench/data, reads every set under
../shared/bench/data and ../shared/seeds with no settings at all, as a stranger would, scores them with
../shared/bench/score.py, and measures speed over all distinct documents of the English sets beside a plain baseline
(bench/speed.py). The table goes to standard output and to build/bench/table.md; what is absent is said. Texts of the
sets are never copied into the repository: build/ is ignored by git. --small scores two sets, and has no baseline.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from ceilings import tabulate_ceilings
from evaluation import (
    BUILD,
    ROOT,
    SHARED,
    EvaluationSet,
    Figures,
    find_scorer,
    install_packs,
    iterate_rows,
    list_sets,
    run_program,
    score_set,
)
from speed import tabulate_speed

SMALL = ("seeds", "claims_en")
SMALL_PACKS = frozenset({"SY"})
ENGLISH = frozenset({"claims_en", "fakes", "gaza", "gunviolence", "seeds"})


def main() -> int:
    asked = parse_arguments()
    shared: Path = asked.shared
    scorer = find_scorer(shared)
    if scorer is None:
        print(
            f"{shared} holds no bench/score.py: no accuracy can be measured, and speed on example reports alone.\n"
        )
        BUILD.mkdir(parents=True, exist_ok=True)
        print("\n".join(tabulate_speed(list_example_rows(), "the examples", has_baseline=not asked.small)))
        return 0
    BUILD.mkdir(parents=True, exist_ok=True)
    missing = list(install_packs(shared / "gazetteer", only=SMALL_PACKS if asked.small else None))
    lines = ["# Measured", "", describe_program(), ""]
    lines += [f"Absent: {name}" for name in missing]
    wanted = SMALL if asked.small else tuple(asked.set or ())
    found, absent = list_sets(shared, wanted)
    lines += [f"Absent: {name}" for name in absent]
    for each in found:
        lines += tabulate_figures(each.name, score_set(each, scorer))
        lines += tabulate_ceilings(each.folder, BUILD / each.name / "claims.jsonl")
    lines += tabulate_speed(
        list_english_rows(found),
        "the English sets",
        has_baseline=not asked.small,
        arabic=list_arabic_rows(found),
    )
    text = "\n".join(lines) + "\n"
    (BUILD / "table.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure accuracy and speed on the evaluation sets.")
    parser.add_argument("--small", action="store_true", help=f"only {' and '.join(SMALL)}")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the sets")
    parser.add_argument("--set", action="append", help="only this set; may be given several times")
    return parser.parse_args()


def describe_program() -> str:
    name, build, *gazetteers = [line.strip() for line in run_program("--version").stdout.splitlines()]
    return f"{name}, {build}; gazetteers {', '.join(gazetteers)}; Python {sys.version.split()[0]}"


def tabulate_figures(name: str, figures: Figures) -> list[str]:
    rows = [f"| {key} | {value} | {figures.cases.get(key, '')} |" for key, value in figures.values.items()]
    return [f"## {name}", "", "| figure | value | cases |", "|---|---|---|", *rows, ""]


def list_example_rows() -> Iterator[dict[str, object]]:
    """Give the project's own example reports, for speed where there are no sets."""
    yield from iterate_rows(ROOT / "examples" / "northwest-syria", has_files=False)


def list_english_rows(sets: list[EvaluationSet]) -> Iterator[dict[str, object]]:
    """Give the documents of the sets that are in English throughout."""
    for each in sets:
        if each.name in ENGLISH:
            yield from iterate_rows(each.folder)


def list_arabic_rows(sets: list[EvaluationSet]) -> Iterator[dict[str, object]]:
    """Give the documents of all sets that say that they are in Arabic."""
    for each in sets:
        yield from (row for row in iterate_rows(each.folder) if row.get("language") == "ar")


if __name__ == "__main__":
    sys.exit(main())
