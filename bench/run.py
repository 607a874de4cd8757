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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "bench"
PROGRAM = Path(sys.executable).with_name("harmledger")
SMALL = ("seeds", "claims_en")
SMALL_PACKS = frozenset({"SY"})
FUSED_TOGETHER = frozenset({"syria"})
RECORDS_LOST = 1


@dataclass(frozen=True)
class EvaluationSet:
    """A folder with documents and gold; `scorer` is the name that score.py knows it by."""

    name: str
    folder: Path

    @property
    def scorer(self) -> str:
        return "claims" if self.name.startswith("claims") else self.name


@dataclass(frozen=True)
class Cost:
    """What one process cost: CPU time in seconds, user and system, and peak memory in MiB."""

    cpu_s: float
    peak_mib: float


@dataclass(frozen=True)
class Result:
    """The figures of one set, in score.py's own order, with the number of cases behind each."""

    name: str
    figures: dict[str, tuple[str, str]]


def main() -> int:
    asked = parse_arguments()
    shared: Path = asked.shared
    if not (shared / "bench" / "score.py").is_file():
        print(f"{shared} holds no bench/score.py: nothing can be measured here.")
        return 0
    BUILD.mkdir(parents=True, exist_ok=True)
    os.environ["HARMLEDGER_DATA"] = str(BUILD / "data")
    missing = list(install_packs(shared / "gazetteer", only=SMALL_PACKS if asked.small else None))
    lines = ["# Measured", "", describe_program(), ""]
    lines += [f"Absent: {name}" for name in missing]
    wanted = SMALL if asked.small else tuple(asked.set or ())
    found, absent = list_sets(shared, wanted)
    lines += [f"Absent: {name}" for name in absent]
    for each in found:
        result = score_set(each, shared)
        lines += tabulate_result(result)
    lines += tabulate_speed(found)
    text = "\n".join(lines) + "\n"
    (BUILD / "table.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure accuracy and speed on the evaluation sets.")
    parser.add_argument("--small", action="store_true", help=f"only {' and '.join(SMALL)}")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of the sets")
    parser.add_argument("--set", action="append", help="only this set; may be given several times")
    return parser.parse_args()


def describe_program() -> str:
    told = run_program("--version").stdout.split()
    return f"{' '.join(told[:2])}; gazetteers {', '.join(told[2:])}; Python {sys.version.split()[0]}"


def install_packs(folder: Path, only: frozenset[str] | None) -> Iterator[str]:
    """Install the country packs that lie in the folder, all or some; give what is absent."""
    there = {path.name[:2] for path in folder.glob("??.txt.gz")}
    countries = sorted(there if only is None else there & only)
    if not countries:
        yield f"gazetteer packs in {folder.name}"
    missing = [code for code in countries if not (BUILD / "data" / "packs" / f"{code}.sqlite").exists()]
    if missing:
        run_program("places", "install", *missing, "--from", str(folder), "-q")


def list_sets(shared: Path, wanted: tuple[str, ...]) -> tuple[list[EvaluationSet], list[str]]:
    """Give the sets that are there, and the names of those that were asked for and are not."""
    folders = {"seeds": shared / "seeds"}
    folders |= {path.name: path for path in sorted((shared / "bench" / "data").glob("*")) if path.is_dir()}
    names = wanted or tuple(folders)
    found = [EvaluationSet(name, folders[name]) for name in names if is_complete(folders.get(name))]
    return found, [name for name in names if not is_complete(folders.get(name))]


def is_complete(folder: Path | None) -> bool:
    return folder is not None and (folder / "documents.jsonl").is_file()


def score_set(each: EvaluationSet, shared: Path) -> Result:
    """Read and fuse one set, and have score.py score what came of it."""
    place = BUILD / each.name
    place.mkdir(exist_ok=True)
    documents = str(each.folder / "documents.jsonl")
    claims, incidents = str(place / "claims.jsonl"), str(place / "incidents.jsonl")
    run_program("read", documents, "-o", claims, "--problems", str(place / "problems.jsonl"), "-q")
    alone = [] if each.name in FUSED_TOGETHER else ["--each-document"]
    run_program("fuse", claims, "--documents", documents, "-o", incidents, "-q", *alone)
    scorer = [sys.executable, str(shared / "bench" / "score.py"), each.scorer]
    scored = subprocess.run(
        [*scorer, str(each.folder), claims, incidents], capture_output=True, text=True, check=True
    )
    figures = {}
    for line in scored.stdout.splitlines()[:-1]:
        name, value, *rest = line.split()
        figures[name] = (value, "".join(rest).strip("()"))
    return Result(each.name, figures)


def tabulate_result(result: Result) -> list[str]:
    rows = [f"| {name} | {value} | {cases} |" for name, (value, cases) in result.figures.items()]
    return [f"## {result.name}", "", "| figure | value | cases |", "|---|---|---|", *rows, ""]


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


def iterate_rows(folder: Path) -> Iterator[dict[str, object]]:
    """Give the documents of a set with their text in the row, so that they can be put into one file."""
    with (folder / "documents.jsonl").open(encoding="utf-8") as handle:
        for line in handle:
            row = json.loads(line)
            if row.get("text") is None and row.get("path"):
                row["text"] = (folder / row.pop("path")).read_text(encoding="utf-8-sig")
            if row.get("text"):
                yield row


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


def run_program(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program; lost records are part of what is measured, anything worse ends the measuring."""
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)
    if done.returncode > RECORDS_LOST:
        raise SystemExit(f"harmledger {' '.join(arguments[:2])} ended with {done.returncode}:\n{done.stderr}")
    return done


if __name__ == "__main__":
    sys.exit(main())
