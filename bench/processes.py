"""Run a command of the program in a fresh process, and measure it and every process it starts."""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

PROGRAM = "import sys; from harmledger.desk.main import main; sys.exit(main())"
_LOOK_S = 0.2
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """What one process used: CPU time in seconds, and the most memory it held at once, in MB of 10^6 bytes."""

    cpu_s: float
    peak_mb: float


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, wall time and CPU time with its processes in seconds, and what each of them
    used, the command itself first."""

    code: int
    wall_s: float
    cpu_s: float
    processes: tuple[Usage, ...]

    @property
    def peak_mb(self) -> float:
        """The most memory that any of its processes held."""
        return max(usage.peak_mb for usage in self.processes)


def run_command(*arguments: str) -> Ended:
    """Run `harmledger ARGUMENTS`, its standard output thrown away, and measure it."""
    return run_process("-c", PROGRAM, *arguments, output=os.devnull)


def run_process(*arguments: str, output: str | None = None) -> Ended:
    """Run Python with these arguments, its standard output to a file where one is named, and measure it.

    Its own figures are what the system says at its end. Those of processes it starts are looked up in /proc several
    times a second; the peak that the system keeps can only grow, so that at most what a process did in its last moments
    is missed.
    """
    began = time.monotonic()
    actions = [(os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY, 0)] if output else []
    child = os.posix_spawn(sys.executable, [sys.executable, *arguments], os.environ, file_actions=actions)
    seen: dict[int, Usage] = {}
    is_over = Event()
    watcher = Thread(target=_watch, args=(child, seen, is_over))
    watcher.start()
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    is_over.set()
    watcher.join()
    _look(child, seen)
    _, status, used = os.wait4(child, 0)
    own = seen.pop(child)
    if not own.peak_mb:
        own = Usage(own.cpu_s, used.ru_maxrss * 1024 / 1e6)
    cpu_s = used.ru_utime + used.ru_stime
    return Ended(os.waitstatus_to_exitcode(status), time.monotonic() - began, cpu_s, (own, *seen.values()))


def _watch(root: int, seen: dict[int, Usage], is_over: Event) -> None:
    while not is_over.wait(_LOOK_S):
        waiting = [root]
        while waiting:
            process = waiting.pop()
            _look(process, seen)
            waiting.extend(_list_children(process))


def _look(process: int, seen: dict[int, Usage]) -> None:
    """Note what a process used so far; one that has just ended keeps the peak that was last seen."""
    folder = Path("/proc", str(process))
    try:
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        status = (folder / "status").read_text()
    except OSError:
        return
    peak_kib = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
    before = seen.get(process, Usage(0, 0))
    seen[process] = Usage(
        (int(fields[11]) + int(fields[12])) / _TICKS, max(before.peak_mb, peak_kib * 1024 / 1e6)
    )


def _list_children(process: int) -> list[int]:
    try:
        tasks = list(Path("/proc", str(process), "task").glob("*/children"))
        return [int(number) for task in tasks for number in task.read_text().split()]
    except OSError:
        return []
