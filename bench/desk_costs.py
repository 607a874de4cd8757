"""Measure what a request costs the desk, by kind, in milliseconds of CPU: figures that hold however busy the machine is.

usage: desk_costs.py CASE [--rounds N] [--profile KIND] [--all]

Answers in this process, without a network, what `desk.py` lets its readers ask; CASE is a folder that `desk.py --keep` left,
or any case with a catalogue. `--all` asks for entries and the room as well, in a case that was built. Prints for each kind the middle and the dearest twentieth of what nobody asked before, and the
middle of what is asked again while its answer is kept. `--profile` prints where the time of one kind goes.
"""

import argparse
import cProfile
import pstats
import random
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, Final

from desk_questions import Sample, ask_round, close_account, draw_sample, open_session

from harmledger.desk.web.application import make_application, warm_pages
from harmledger.desk.web.databases import migrate_desk

_READERS: Final = count()


def ask(application: Callable[..., Any], address: str, cookie: str | None) -> tuple[int, float]:
    """Give the bytes of an answer, and the milliseconds of CPU that it took."""
    from harmledger.desk.web.application import describe_request

    path, _, query = address.partition("?")
    told: list[str] = []
    reader = f"10.0.{next(_READERS) % 250}.1"  # nobody asks too often
    request = {
        **describe_request(path),
        "QUERY_STRING": query,
        "REMOTE_ADDR": reader,
        "HTTP_COOKIE": cookie or "",
    }
    started = time.process_time()
    answer = application(request, lambda status, *_: told.append(status))
    size = sum(map(len, answer))
    answer.close()
    took = (time.process_time() - started) * 1000
    if not told[0].startswith("200"):
        raise SystemExit(f"{address}: {told[0]}")
    return size, took


def measure(application: Callable[..., Any], sample: Sample, cookie: str | None, rounds: int) -> None:
    """Print what each kind costs."""
    chance = random.Random(3)
    fresh: dict[str, list[float]] = {}
    again: dict[str, list[float]] = {}
    sizes: dict[str, int] = {}
    for _ in range(rounds):
        for kind, address, shown in ask_round(sample, cookie, chance):
            size, took = ask(application, address, shown)
            fresh.setdefault(kind, []).append(took)
            again.setdefault(kind, []).append(ask(application, address, shown)[1])
            sizes[kind] = size
    print(f"{'':24}{'half':>10}{'95 of 100':>12}{'again':>10}{'kB':>8}")
    for kind, times in fresh.items():
        times.sort()
        kept = sorted(again[kind])
        half, most, second = times[len(times) // 2], times[int(len(times) * 0.95)], kept[len(kept) // 2]
        print(f"{kind:24}{half:>7.1f} ms{most:>9.1f} ms{second:>7.1f} ms{sizes[kind] / 1000:>8.1f}")


def profile(
    application: Callable[..., Any], sample: Sample, cookie: str | None, kind: str, rounds: int
) -> None:
    """Print where the time of one kind goes."""
    chance = random.Random(5)
    watched = cProfile.Profile()
    for _ in range(rounds):
        told = {one: (address, shown) for one, address, shown in ask_round(sample, cookie, chance)}
        watched.enable()
        ask(application, *told[kind])
        watched.disable()
    pstats.Stats(watched).sort_stats("tottime").print_stats(40)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("case", type=Path)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--profile", metavar="KIND")
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    application = make_application(asked.case)
    migrate_desk()
    warm_pages()
    sample = draw_sample(asked.case)
    cookie = open_session() if asked.all else None
    if asked.profile:
        profile(application, sample, cookie, asked.profile, asked.rounds)
    else:
        measure(application, sample, cookie, asked.rounds)
    if cookie is not None:
        close_account()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
