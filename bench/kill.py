"""Kill adding and building at random instants, and see that nothing is lost.

usage: kill.py [--kills N] [--round N] [--reports N] [--seed N]

Each round adds made-up reports to a case, in several files, and builds it from nothing; then it adds one file more and
brings the view up to date. Every command is killed (SIGKILL) a few times (--round in all), at an instant drawn from the
time it takes. What `add` reported as added must be there; and once the commands are left to finish, `export` must give
the bytes of a case that nothing disturbed. Exit code 1 where it does not.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from reports import COUNTRIES, make_reports

FILES = 5
"""The last of them is added when the others are built: less than a quarter of all, so that the view is brought up to date."""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, None where it was killed, the lines it printed, and how long it ran."""

    code: int | None
    lines: tuple[str, ...]
    seconds: float


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--round", type=int, default=10)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = Random(asked.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_files(folder, asked.reports)
        times: dict[str, float] = {}
        expected = build_undisturbed(folder, files, times)
        print(
            "undisturbed:",
            ", ".join(f"{name} {seconds:.2f} s" for name, seconds in times.items()),
            flush=True,
        )
        kills = {"add": 0, "build": 0}
        while sum(kills.values()) < asked.kills:
            fault = run_round(folder / "round", asked.round, files, times, chance, kills, expected)
            if fault is not None:
                print(f"FAILED: {fault}")
                return 1
            print(
                f"{kills['add']} kills of add, {kills['build']} of build: nothing lost, same bytes",
                flush=True,
            )
    return 0


def write_files(folder: Path, number: int) -> list[Path]:
    """Write reports in several files of JSON lines."""
    rows = [json.dumps(row) + "\n" for row in make_reports(number)]
    files = []
    for part in range(FILES):
        files.append(folder / f"reports-{part}.jsonl")
        files[-1].write_text("".join(rows[part::FILES]), encoding="utf-8")
    return files


def build_undisturbed(folder: Path, files: list[Path], times: dict[str, float]) -> dict[str, bytes]:
    """Make a case that nothing disturbs; note how long each command takes."""
    case = folder / "calm"
    start(case)
    for name, added in (("", files[:-1]), ("more", files[-1:])):
        times[f"add{name}"] = run("add", str(case), *map(str, added)).seconds
        times[f"build{name}"] = run("build", str(case), "--jobs", "1").seconds
    return export(case)


def start(case: Path) -> None:
    run("init", str(case), *(part for code in COUNTRIES for part in ("--country", code)))


def export(case: Path) -> dict[str, bytes]:
    """Give the three exported files, but for when the documents were received."""
    target = case.with_name("export")
    shutil.rmtree(target, ignore_errors=True)
    ended = run("export", str(case), "-o", str(target))
    if ended.code != 0:
        raise SystemExit(f"export ended with {ended.code}")
    rows = [
        json.loads(line) | {"received": None} for line in (target / "documents.jsonl").open(encoding="utf-8")
    ]
    found = {path.name: path.read_bytes() for path in sorted(target.iterdir())}
    return found | {"documents.jsonl": json.dumps(rows).encode()}


def run_round(
    case: Path, number: int, files: list[Path], times: dict[str, float], chance: Random, kills: dict[str, int],
    expected: dict[str, bytes],
) -> str | None:  # fmt: skip
    """Kill adding and building a few times, let both finish, and compare; give what is wrong."""
    shutil.rmtree(case, ignore_errors=True)
    start(case)
    for name, added, share in (("", files[:-1], number - number // 3), ("more", files[-1:], number // 3)):
        fault = kill_add(case, share // 2, added, times[f"add{name}"], chance, kills) or kill_build(
            case, share - share // 2, times[f"build{name}"], chance, kills
        )
        if fault is not None:
            return fault
    found = export(case)
    return next((f"{name} differs" for name in expected if found.get(name) != expected[name]), None)


def kill_add(
    case: Path, number: int, files: list[Path], seconds: float, chance: Random, kills: dict[str, int]
) -> str | None:
    """Kill adding a few times, then let it finish; give what is wrong."""
    for _ in range(number):
        ended = run("add", str(case), *map(str, files), within=chance.uniform(0, seconds))
        kills["add"] += ended.code is None
        lost = find_lost(case, files, ended.lines)
        if lost:
            return f"{lost} was reported as added, and is not there"
    return None if run("add", str(case), *map(str, files)).code == 0 else "adding again did not succeed"


def kill_build(case: Path, number: int, seconds: float, chance: Random, kills: dict[str, int]) -> str | None:
    """Kill building a few times, from nothing or from the view that is there, then let it finish; give what is wrong."""
    before = read_views(case)
    for _ in range(number):
        ended = run("build", str(case), "--jobs", "1", within=chance.uniform(0, seconds))
        kills["build"] += ended.code is None
        present = read_views(case)
        if present != before:  # it was done by then, or all but done: once more from where it began
            for path in case.glob("views-*"):
                path.unlink()
            for name, data in before.items():
                (case / name).write_bytes(data)
    if run("build", str(case), "--jobs", "1").code != 0:
        return "building again did not succeed"
    return "a killed build's file was left behind" if list(case.glob(".views-*")) else None


def read_views(case: Path) -> dict[str, bytes]:
    """Give the views with their journals; what is beside them besides is made anew by whoever opens one."""
    paths = (path for path in case.glob("views-*") if not path.name.endswith("-shm"))
    return {path.name: data for path in paths if (data := path.read_bytes())}


def find_lost(case: Path, files: list[Path], lines: tuple[str, ...]) -> str | None:
    """Give the name of a file that was reported as added and would be added again."""
    reported = [
        file for file in files if any(line.startswith("added") and file.name in line for line in lines)
    ]
    if not reported:
        return None
    again = run("add", str(case), *map(str, reported))
    return next((line for line in again.lines if not line.startswith("already here")), None)


def run(*arguments: str, within: float | None = None) -> Ended:
    """Run a command in a process of its own, killed after so many seconds where `within` is given.

    The process is a copy of this one, which has loaded the program already: the instants fall on what the command
    does, not on its start.
    """
    main = load_program()
    with tempfile.TemporaryFile() as output:
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            os.dup2(output.fileno(), sys.stdout.fileno())
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
            code = 70
            try:
                code = main(arguments)
                sys.stdout.flush()
            finally:
                os._exit(code)
        code = wait(child, None if within is None else began + within)
        seconds = time.monotonic() - began
        output.seek(0)
        return Ended(code, tuple(output.read().decode().splitlines()), seconds)


def load_program() -> Callable[[Sequence[str]], int]:
    """Load the program with all that adding and building start, and give its command line."""
    import harmledger.claims.reader
    import harmledger.pipeline.add
    import harmledger.pipeline.build
    import harmledger.store.tables  # noqa: F401
    from harmledger.desk.main import main as run_command

    return run_command


def wait(child: int, until: float | None) -> int | None:
    """Wait for a process, and kill it at the moment given; None where it was killed."""
    while True:
        found, status = os.waitpid(child, 0 if until is None else os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if until is not None and time.monotonic() >= until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return None
        time.sleep(0.001)


if __name__ == "__main__":
    raise SystemExit(main())
