"""Measure accuracy and speed on the evaluation sets that lie beside the checkout.

usage: run.py [--small] [--shared FOLDER] [--set NAME ...]

Installs the gazetteer packs of ../shared/gazetteer into build/bench/data, reads every set under
../shared/bench/data and ../shared/seeds with no settings at all, as a stranger would, scores them with
../shared/bench/score.py, and measures speed once over all distinct documents in one process. The table goes
to standard output and to build/bench/table.md; what is absent is said. Texts of the sets are never copied
into the repository: build/ is ignored by git.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from evaluation import (
    BUILD,
    PROGRAM,
    RECORDS_LOST,
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

SMALL = ("seeds", "claims_en")
SMALL_PACKS = frozenset({"SY"})


@dataclass(frozen=True)
class Cost:
    """What one process cost: CPU time in seconds, user and system, and peak memory in MiB."""

    cpu_s: float
    peak_mib: float


def main() -> int:
    asked = parse_arguments()
    shared: Path = asked.shared
    scorer = find_scorer(shared)
    if scorer is None:
        print(f"{shared} holds no bench/score.py: nothing can be measured here.")
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
    lines += tabulate_speed(found)
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
    told = run_program("--version").stdout.split()
    return f"{' '.join(told[:2])}; gazetteers {', '.join(told[2:])}; Python {sys.version.split()[0]}"


def tabulate_figures(name: str, figures: Figures) -> list[str]:
    rows = [f"| {key} | {value} | {figures.cases.get(key, '')} |" for key, value in figures.values.items()]
    return [f"## {name}", "", "| figure | value | cases |", "|---|---|---|", *rows, ""]


def tabulate_speed(sets: list[EvaluationSet]) -> list[str]:
    """Read all distinct documents in one process, and then one document, whose cost is the cost of starting."""
    rows = {row["id"]: row for each in sets for row in iterate_rows(each.folder)}
    distinct = list({row["text"]: row for row in rows.values()}.values())
    if not distinct:
        return []
    whole = measure_reading(distinct, "all")
    start = measure_reading(distinct[:1], "one")
    cpu_s = whole.cpu_s - start.cpu_s
    characters = sum(len(row["text"]) for row in distinct)
    return [
        "## speed",
        "",
        "One process, every document once, no cache of texts or sentences kept between runs.",
        "",
        "| figure | value |",
        "|---|---|",
        f"| distinct documents | {len(distinct)} ({characters / len(distinct):.0f} characters each) |",
        f"| articles a CPU-second, start of the program and gazetteer apart | {len(distinct) / cpu_s:.0f} |",
        f"| articles a CPU-second, all told | {len(distinct) / whole.cpu_s:.0f} |",
        f"| CPU-seconds to start | {start.cpu_s:.2f} |",
        f"| peak memory | {whole.peak_mib:.0f} MiB |",
        "",
    ]


def measure_reading(rows: list[dict[str, object]], name: str) -> Cost:
    source = BUILD / f"{name}.jsonl"
    with source.open("w", encoding="utf-8") as handle:
        handle.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    process = subprocess.Popen([PROGRAM, "read", source, "-o", BUILD / f"{name}.claims.jsonl", "-q"])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > RECORDS_LOST:
        raise SystemExit(f"reading {source.name} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20)


if __name__ == "__main__":
    sys.exit(main())
