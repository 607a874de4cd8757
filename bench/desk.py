"""Measure the desk: how fast it answers twenty readers of a large case.

usage: desk.py [--incidents N] [--readers N] [--requests N] [--workers N] [--pause SECONDS] [--keep FOLDER] [--case CASE]

Makes a catalogue of N incidents (100,000 without it) with places, days, tolls and parties drawn by a seeded generator, serves
it, and lets readers ask for lists, questions, maps and entries at once, each from an address of its own. Prints for
each kind of request how long half of them, 95 and 99 in a hundred, took at most, the bytes that went over the wire, what
the server spends on a request, and the load of the machine meanwhile. Without a pause each reader asks again the moment an answer is there: twenty requests
are always under way. The readers run on the same processors as the server. `--keep` leaves the case in a folder, and
takes the one that is there. `--case` serves a case that was built: entries with their reports, the queue, screens of incidents
and texts are asked for too, those of the room by an analyst whose account is made for it and closed behind it.
"""

import argparse
import os
import random
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from desk_questions import Sample, ask_round, close_account, draw_sample, open_session
from evaluation import PROGRAM, run_program

from harmledger.desk.web.settings import configure_web
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.incident import Attribution, Extent, Grade, GroupExtent, Incident
from harmledger.records.place import Place
from harmledger.records.time import Time

PROVINCES = ("Idlib", "Aleppo", "Hama", "Homs", "Daraa", "Raqqa", "Deir ez-Zor", "Latakia", "Rural Damascus")
MEANS = ("air_strike", "shelling", "barrel_bomb", "rocket", "ied", "gunfire", "landmine")
TARGETS = ("home", "market", "school", "road", "mosque", "residential_area", "farm")
PARTIES = ("Russia", "Syrian government", "Syrian opposition armed groups", "Islamic State")
GRADES = ("confirmed", "fair", "weak", "contested")
REPORT = (
    '{"id": "a", "text": "Shelling in Saraqib killed two children and wounded nine people on Tuesday, rescuers said.",'
    ' "publisher": "Example Daily", "published": "2016-06-01", "kind": "news", "language": "en"}\n'
)


class Many:
    """Material of many incidents, made as they are asked for."""

    def __init__(self, number: int) -> None:
        self._number = number
        chance = random.Random(7)
        self._places = [
            Place(f"Village {n}", f"Village {n}", f"example:{n}", "SY", chance.choice(PROVINCES), None,
                  round(chance.uniform(32.5, 37), 4), round(chance.uniform(35.8, 42), 4), "settlement", 3.0)
            for n in range(8000)
        ]  # fmt: skip

    def list_incidents(self) -> Iterator[Incident]:
        chance = random.Random(11)
        for n in range(self._number):
            yield make_incident(n, chance, self._places)

    def list_claims(self) -> Iterator[Claim]:
        return iter(())

    def fetch_claims(self, ids: Sequence[str]) -> Mapping[str, Claim]:
        return {}

    def fetch_documents(self, ids: Sequence[str]) -> Mapping[str, Document]:
        return {name: Document(id=name, published="2016-06-01") for name in ids}

    def list_withdrawn(self) -> Iterator[object]:
        return iter(())


def make_incident(number: int, chance: random.Random, places: Sequence[Place]) -> Incident:
    name = sha256(str(number).encode()).hexdigest()
    day = (date(2012, 1, 1) + timedelta(days=chance.randrange(3650))).isoformat()
    low = int(chance.paretovariate(1.1)) if chance.random() < 0.8 else 0
    children = GroupExtent(low // 4, low // 3, low // 4)
    toll = (
        {"killed": Extent(low, low + chance.randrange(5), low, False, {"children": children})} if low else {}
    )
    return Incident(
        id=name,
        scope="attack",
        time=Time(day, day, "day"),
        place=places[min(int(chance.expovariate(1 / 1500)), len(places) - 1)],
        means=(chance.choice(MEANS),),
        targets=tuple(chance.sample(TARGETS, chance.randrange(3))),
        toll=toll,
        attribution=(Attribution(chance.choice(PARTIES)),) if chance.random() < 0.4 else (),
        origins=1 + chance.randrange(4),
        grade=Grade(chance.choice(GRADES)),
        documents=(name[:32],),
    )


def make_case(folder: Path, number: int) -> float:
    """Make a small case and a large catalogue beside it; give the seconds of CPU."""
    reports = folder.with_name("reports.jsonl")
    reports.write_text(REPORT, encoding="utf-8")
    for arguments in (("init", folder, "--country", "SY"), ("add", folder, reports), ("build", folder)):
        run_program(*map(str, arguments), "-q")
    configure_web(folder)
    from harmledger.pipeline.case_view import read_view
    from harmledger.pipeline.catalogue import describe_public, digest_present
    from harmledger.pipeline.catalogue_renewal import fill_catalogue
    from harmledger.store.catalogue import build_catalogue, put_meta
    from harmledger.store.settings import load_settings
    from harmledger.store.views import read_meta

    settings, _ = load_settings(folder)
    started = time.process_time()
    with read_view(folder) as view, build_catalogue(folder, digest_present(folder)) as connection:
        fill_catalogue(connection, Many(number), describe_public(folder, settings), datetime.now(UTC))
        put_meta(connection, {"mark": read_meta(view.connection)["mark"]})
    return time.process_time() - started


@dataclass(frozen=True)
class Reading:
    """What readers do: how often they ask, how long they pause, and the cookie of those who ask for the room."""

    address: str
    sample: Sample
    rounds: int
    pause: float
    cookie: str | None
    seen: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def read_on(reading: Reading, reader: int) -> None:
    chance = random.Random(reader)
    for _ in range(reading.rounds):
        for kind, path, cookie in ask_round(reading.sample, reading.cookie, chance):
            headers = {
                "X-Forwarded-For": f"10.0.{reader}.{chance.randrange(250)}",
                "Accept-Encoding": "gzip",
                "Cookie": cookie or "",
            }
            request = urllib.request.Request(reading.address + path, headers=headers)
            started = time.perf_counter()
            with urllib.request.urlopen(request, timeout=60) as answer:
                size = len(answer.read())
            took = time.perf_counter() - started
            if reading.pause:
                time.sleep(chance.uniform(0, 2 * reading.pause))
            with reading.lock:
                reading.seen.setdefault(kind, []).append((took, size))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--requests", type=int, default=5, help="rounds of each reader")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--pause", type=float, default=0, help="seconds between an answer and the next question"
    )
    parser.add_argument("--keep", type=Path, help="folder for the case, which is used again")
    parser.add_argument("--case", type=Path, help="a case that was built, in place of one that is made")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.case or (asked.keep or Path(name)) / "case"
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            seconds = make_case(folder, asked.incidents)
            (made,) = folder.glob("catalogue-*.sqlite")
            print(
                f"{asked.incidents} incidents: catalogue made in {seconds:.1f} s CPU, {made.stat().st_size / 1e6:.0f} MB"
            )
        serve(folder, asked)
    return 0


def serve(folder: Path, asked: argparse.Namespace) -> None:
    """Serve a case, let readers ask, and print what they saw."""
    with start_server(folder, asked.workers) as (address, server):
        configure_web(folder)
        cookie = open_session() if asked.case else None
        reading = Reading(address, draw_sample(folder), asked.requests, asked.pause, cookie)
        measure(reading, server, asked.readers)
        if cookie is not None:
            close_account()


@contextmanager
def start_server(folder: Path, workers: int) -> Iterator[tuple[str, int]]:
    """Serve a case while the block runs; gives the address, and the number of the process."""
    port = find_port()
    address = f"http://127.0.0.1:{port}"
    given = [PROGRAM, "serve", str(folder), "--port", str(port), "--workers", str(workers), "-q"]
    server = subprocess.Popen(given, env={**os.environ, "HARMLEDGER_PROXIES": "1"})
    try:
        wait_for_server(address, server)
        yield address, server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def wait_for_server(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the record is shown: the catalogue of a case that was just built is made first."""
    while server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/totals.html", timeout=30).close()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the desk did not start")


def find_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def sum_processor_time(parent: int) -> float:
    """Give the seconds of CPU that a process and those it started have used; 0 where the system does not tell."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[1]) == parent or path.parent.name == str(parent):
            total += (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return total


def measure(reading: Reading, server: int, readers: int) -> None:
    """Let readers ask at once, and print how long they waited."""
    seen = reading.seen
    threads = [threading.Thread(target=read_on, args=(reading, n)) for n in range(readers)]
    used = sum_processor_time(server)
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = sum(map(len, seen.values()))
    took = time.perf_counter() - started
    spent = (sum_processor_time(server) - used) / total
    load = os.getloadavg()[0]
    print(
        f"{readers} readers, {total} requests in {took:.1f} s: {total / took:.0f} a second, load {load:.1f}"
    )
    print(f"the server spends {spent * 1000:.1f} ms of CPU on a request")
    print(f"{'':24}{'half':>8}{'95 of 100':>12}{'99 of 100':>12}{'kB':>8}")
    seen["all"] = [one for answers in seen.values() for one in answers]
    for kind, answers in seen.items():
        times = sorted(seconds for seconds, _ in answers)
        half, most, nearly = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
        size = sum(size for _, size in answers) / len(answers) / 1000
        print(f"{kind:24}{half * 1000:>5.0f} ms{most * 1000:>9.0f} ms{nearly * 1000:>9.0f} ms{size:>8.1f}")


if __name__ == "__main__":
    raise SystemExit(main())
