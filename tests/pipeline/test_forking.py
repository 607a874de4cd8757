"""Work that forked processes share: in order, told whatever becomes of them, and nothing left behind. pytest's own processes
have threads, so that each test asks a process without."""

import subprocess
import sys
import threading

import pytest

from harmledger.pipeline.forking import fork_work

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux alone")


def run_lines(lines: str) -> list[str]:
    """Run lines of Python in a process of their own, and give what they print."""
    script = f"import os, signal, time\nfrom harmledger.pipeline.forking import fork_work\nhere = os.getpid()\n{lines}"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@LINUX
def test_the_first_is_worked_on_here_and_each_other_in_a_process_of_its_own() -> None:
    told = run_lines(
        "for number, process in fork_work(lambda one: (one, os.getpid()), [3, 1, 2]):\n"
        "    print(number, process == here, process)"
    )
    assert [one.split()[:2] for one in told] == [["3", "True"], ["1", "False"], ["2", "False"]]
    assert len({one.split()[2] for one in told}) == 3


@LINUX
def test_more_than_a_pipe_holds_comes_whole() -> None:
    assert run_lines("print([len(one) for one in fork_work(lambda n: bytes(n), [1, 5_000_000])])") == [
        "[1, 5000000]"
    ]


@LINUX
@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "os._exit(0)", "1 / 0"])
def test_what_a_process_does_not_bring_to_its_end_is_worked_on_here(end: str) -> None:
    told = run_lines(
        "def work(one):\n"
        f"    if os.getpid() != here: {end}\n"
        "    return one\n"
        "print(list(fork_work(work, ['a', 'b', 'c'])))"
    )
    assert told == ["['a', 'b', 'c']"]


@LINUX
def test_a_fault_is_told_where_it_can_be_read() -> None:
    told = run_lines(
        "def work(one):\n"
        "    return 1 / one\n"
        "try:\n"
        "    print(list(fork_work(work, [1, 0])))\n"
        "except ZeroDivisionError as fault:\n"
        "    print(fault.__traceback__.tb_next is not None, fault)"
    )
    assert told == ["True division by zero"]


@LINUX
def test_who_stops_asking_leaves_no_process_behind() -> None:
    told = run_lines(
        "work = lambda one: time.sleep(one) or one\n"
        "asked = fork_work(work, [0, 50, 50])\n"
        "print(next(asked))\n"
        "asked.close()\n"
        "try:\n"
        "    os.waitpid(-1, os.WNOHANG)\n"
        "except ChildProcessError:\n"
        "    print('none')"
    )
    assert told == ["0", "none"]


@LINUX
def test_where_the_system_gives_no_process_all_is_worked_on_here() -> None:
    told = run_lines(
        "def refuse():\n"
        "    raise BlockingIOError(11, 'no more processes')\n"
        "os.fork, before = refuse, len(os.listdir('/proc/self/fd'))\n"
        "print([process == here for process in fork_work(lambda one: os.getpid(), [1, 2])])\n"
        "print(len(os.listdir('/proc/self/fd')) - before)"
    )
    assert told == ["[True, True]", "0"]


@LINUX
def test_an_interruption_is_told_as_such_and_leaves_no_process_behind() -> None:
    told = run_lines(
        "def work(one):\n"
        "    if os.getpid() != here: time.sleep(50)\n"
        "    else: signal.setitimer(signal.ITIMER_REAL, 0.3)\n"
        "signal.signal(signal.SIGALRM, signal.default_int_handler)\n"
        "try:\n"
        "    list(fork_work(work, [0, 1, 2]))\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
        "try:\n"
        "    os.waitpid(-1, os.WNOHANG)\n"
        "except ChildProcessError:\n"
        "    print('none')"
    )
    assert told == ["interrupted", "none"]


def test_beside_other_threads_nothing_is_forked() -> None:
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        threads = list(fork_work(lambda one: (one, threading.get_ident()), [1, 2]))
    finally:
        ended.set()
        other.join()
    assert threads == [(1, threading.get_ident()), (2, threading.get_ident())]
