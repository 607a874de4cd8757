"""Measure the queue of the review room: how long a page of it takes in a large case.

usage: review_queue.py [--incidents N] [--folder FOLDER]

Fills a queue with N incidents (100,000 without it) whose states, provinces and reasons are drawn by a seeded generator, and
prints the median and the slowest of some askings for each kind of question: its first page, its hundredth, the count, and
the way from one incident to the next.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from harmledger.review.reasons import REASONS
from harmledger.review.standing import STATES
from harmledger.store.queue import Asked, LookRow, Queue, QueuedLook, open_queue

ASKED_TIMES = 7
OPEN = ("new", "changed", "accepted", "approved")
QUESTIONS = {
    "all that is open": Asked(OPEN),
    "one province": Asked(OPEN, "Province 3"),
    "one reason": Asked(OPEN, tags=(("reason", "weak_link"),)),
    "a reason, means and a province": Asked(
        OPEN, "Province 3", tags=(("reason", "weak_link"), ("means", "shelling"))
    ),
}


def main() -> int:
    """Fill a queue and ask it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.folder or Path(name)
        started = time.perf_counter()
        with open_queue(folder, is_writing=True) as queue:
            queue.put(draw_looks(asked.incidents))
            queue.count_values()
        print(f"{asked.incidents} incidents, filled in {time.perf_counter() - started:.1f} s")
        with open_queue(folder) as queue:
            for told, question in QUESTIONS.items():
                ask(queue, told, question)
    return 0


def draw_looks(number: int) -> Iterator[QueuedLook]:
    """Draw incidents."""
    chance = random.Random(1)
    names = [reason.name for reason in REASONS]
    for n in range(number):
        reasons = chance.sample(names, 3)
        row = LookRow(
            id=f"{chance.getrandbits(256):064x}",
            checksum=n,
            score=round(chance.expovariate(0.05), 1),
            state=chance.choices(STATES, (70, 2, 10, 5, 10, 3))[0],
            scope="attack",
            first="2016-01-01",
            last="2016-01-01",
            name=f"Village {n % 900}",
            province=f"Province {n % 14}",
            country="SY",
            grade="weak",
            low=1,
            best=2,
            high=3,
            reasons=json.dumps([[name, 3.0] for name in reasons]),
        )
        means = "air_strike" if n % 3 else "shelling"
        tags = (*(("reason", name) for name in reasons), ("means", means), ("group", "children"))
        yield QueuedLook(row, tags)


def ask(queue: Queue, name: str, question: Asked) -> None:
    """Ask one question in every way that a page does, and print how long it took."""
    row = queue.list_rows(question, 101)[-1]
    ways: dict[str, Callable[[], object]] = {
        "first page": lambda: queue.list_rows(question, 50),
        "page 100": lambda: queue.list_rows(question, 50, 4950),
        "count": lambda: queue.count(question),
        "next": lambda: queue.find_next(question, row.score, row.id),
    }
    for way, act in ways.items():
        took = []
        for _ in range(ASKED_TIMES):
            started = time.perf_counter()
            act()
            took.append((time.perf_counter() - started) * 1000)
        print(f"  {name:32} {way:12} {median(took):7.1f} ms, at most {max(took):7.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
