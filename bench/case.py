"""Measure a large case: adding, building, looking, and ten more reports.

usage: case.py [--documents N] [--jobs N] [--folder FOLDER]

Makes N reports (100,000 without it), adds them to a new case and builds it, then asks for its list, its totals and an
incident, adds ten more reports and builds again, and builds once more from nothing without reading. Times are wall
time and CPU time of the command with its processes; the memory is the peak of the largest of them, and each is told
below where there are several. The case stays in FOLDER
where one is named. Commands find their modules compiled, as those of an installed program are.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from processes import Ended, run_command
from reports import COUNTRIES, make_reports

MORE = 10


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(name) / "compiled")
        run("show", "--help")
        measure(folder, asked.documents, asked.jobs)
    return 0


def measure(folder: Path, number: int, jobs: int) -> None:
    case = str(folder / "case")
    first, more = folder / "reports.jsonl", folder / "more.jsonl"
    write(first, make_reports(number))
    write(more, (row | {"url": row["url"] + "/more"} for row in make_reports(MORE, seed=2)))
    size = first.stat().st_size
    print(f"{number} reports, {size / 1e6:.0f} MB; {jobs} processes")
    run("init", case, *(part for code in COUNTRIES for part in ("--country", code)))
    report("add", run("add", case, str(first), "-q"), number)
    report("build", run("build", case, "--jobs", str(jobs), "-q"), number)
    report("build, nothing new", run("build", case, "-q"))
    report("show", run("show", case))
    report("show --since --until", run("show", case, "--since", "2016-05-01", "--until", "2016-05-31"))
    report("tally --by month", run("tally", case, "--by", "month"))
    report("tally --by admin1", run("tally", case, "--by", "admin1", "--harm", "injured"))
    report("tally --area", run("tally", case, "--area", "Idlib", "--since", "2015-01-01"))
    report(f"add {MORE} more", run("add", case, str(more), "-q"))
    report(f"build {MORE} more", run("build", case, "-q"))
    report("export", run("export", case, "-o", str(folder / "export"), "-q"))
    for path in sorted(Path(case).glob("*.sqlite")):
        print(f"{path.name:<32} {path.stat().st_size / 1e6:8.0f} MB")


def write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8") as handle:
        for row in rows:
            handle.write(json.dumps(row) + "\n")


def run(*arguments: str) -> Ended:
    """Run a command in a fresh process; stop where it fails."""
    ended = run_command(*arguments)
    if ended.code not in (0, 1):
        raise SystemExit(f"{' '.join(arguments[:1])} ended with {ended.code}")
    return ended


def report(name: str, ended: Ended, number: int | None = None) -> None:
    """Print what a command used, and below it each of its processes where it had several."""
    rate = (
        f"{number / ended.wall_s:8.0f} documents/s, {number / ended.cpu_s:6.0f} a CPU-second"
        if number
        else ""
    )
    print(
        f"{name:<24} {ended.wall_s:8.2f} s {ended.cpu_s:8.2f} s CPU {ended.peak_mb:7.0f} MB {rate}",
        flush=True,
    )
    if len(ended.processes) > 1:
        for place, usage in enumerate(ended.processes):
            print(
                f"  {f'process {place}' if place else 'the command':<33} {usage.cpu_s:8.2f} s CPU {usage.peak_mb:7.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    raise SystemExit(main())
