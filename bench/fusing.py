"""Measure fusing alone, on made-up claims about attacks whose truth is known.

usage: fusing.py [--claims N ...] [--jobs N] [--files] [--seed N] [--folder FOLDER]

For each number of claims (10,000, 100,000 and 1,000,000 without it) makes reports (bench/attacks.py), has a view of a
case built of their claims from nothing, and then brings it up to date with a hundred reports more that fall anywhere
among them; with --files also `harmledger fuse`, which holds everything in memory. Prints the time of each stage, wall
time, CPU time and peak memory of every process, and how well the claims of each attack were brought together: B-cubed
precision and recall over claims. What is made stays in FOLDER where one is named.
"""

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path

import msgspec
from attacks import USUAL, Habits, Report, make_reports
from processes import Ended, run_command, run_process

from harmledger.documents.copies import sketch_body
from harmledger.incidents.source import Source
from harmledger.pipeline.build import Recipe, Watch, refresh_view
from harmledger.pipeline.case_reading import Packed
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.store.entries import Head, Minted
from harmledger.store.view_names import ListedRegister, Names
from harmledger.store.view_readings import Reading, number_claim, pack_reading
from harmledger.store.views import name_view, open_view

MORE = 100
CLAIMS_A_REPORT = 6
"""A few more than there are: so that a hundred reports are left out of however many there are."""
DIGEST = "0123456789abcdef"
ENCODER = msgspec.json.Encoder()
CLAIMS = msgspec.json.Decoder(Claim)
DOCUMENTS = msgspec.json.Decoder(Document)
MINTED = msgspec.json.Decoder(Minted)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--step", choices=("build", "more"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        bring_up_to_date(asked.folder, asked.jobs, asked.step == "more")
        return 0
    for number in asked.claims:
        with tempfile.TemporaryDirectory() as name:
            folder = (asked.folder or Path(name)) / str(number)
            folder.mkdir(parents=True, exist_ok=True)
            measure(folder, number, asked)
    return 0


def measure(folder: Path, number: int, asked: argparse.Namespace) -> None:
    """Make the claims, fuse them, and print what it took and how right it is."""
    reports, claims = write_reports(folder, number, asked.seed)
    print(f"== {claims} claims of {reports} reports; {asked.jobs} processes", flush=True)
    for step in ("build", "more"):
        name = "a case from nothing" if step == "build" else f"{MORE} reports more"
        ended = run_process(__file__, "--step", step, "--folder", str(folder), "--jobs", str(asked.jobs))
        report(f"{name}, with making its readings", ended)
    score("B-cubed", list_homes(folder), folder)
    if asked.files:
        names = [str(folder / f"{name}.jsonl") for name in ("claims", "documents", "incidents")]
        report("fuse on files", run_command("fuse", names[0], "--documents", names[1], "-o", names[2], "-q"))
        score("B-cubed", list_fused(Path(names[2])), folder)


def report(name: str, ended: Ended) -> None:
    """Print what a command used, and below it each of its processes."""
    if ended.code:
        raise SystemExit(f"{name} ended with {ended.code}")
    print(f"{name}: {ended.wall_s:.2f} s, {ended.cpu_s:.2f} s CPU")
    for usage in ended.processes:
        print(f"    a process: {usage.cpu_s:8.2f} s CPU {usage.peak_mb:6.0f} MB", flush=True)


# What is fused


def write_reports(folder: Path, number: int, seed: int, habits: Habits = USUAL) -> tuple[int, int]:
    """Write the reports and their claims, those that come later apart, and whose claims they are; give their numbers."""
    step = max(10, number // CLAIMS_A_REPORT // MORE)
    total = claims = later = 0
    with ExitStack() as stack:
        files = {
            name: stack.enter_context((folder / name).open("wb"))
            for name in (
                "claims.jsonl",
                "documents.jsonl",
                "more-claims.jsonl",
                "more-documents.jsonl",
                "truth.txt",
            )
        }
        for made in make_reports(number, seed, habits):
            total += 1
            which = "more-" if total % step == 0 and later < MORE else ""
            later += bool(which)
            files[f"{which}documents.jsonl"].write(ENCODER.encode(made.document) + b"\n")
            files[f"{which}claims.jsonl"].writelines(ENCODER.encode(claim) + b"\n" for claim in made.claims)
            files["truth.txt"].writelines(
                f"{number_claim(id)} {attack}\n".encode() for id, attack in made.truth.items()
            )
            claims += len(made.claims)
    return total, claims


def read_reports(folder: Path, which: str) -> Iterator[Report]:
    """Give reports as they were written."""
    with (
        (folder / f"{which}claims.jsonl").open("rb") as told,
        (folder / f"{which}documents.jsonl").open("rb") as handle,
    ):
        claims = map(CLAIMS.decode, told)
        claim = next(claims, None)
        for document in map(DOCUMENTS.decode, handle):
            made = Report(document)
            while claim is not None and claim.document == document.id:
                made.claims.append(claim)
                claim = next(claims, None)
            yield made


def study(reports: Iterable[Report]) -> Iterator[Packed]:
    """Give reports as a case holds them once they are read."""
    for made in reports:
        document = made.document
        source = Source(document.id or "", document.published, document.publisher, document.kind)
        reading = Reading(
            source.document, source, tuple(ENCODER.encode(claim) + b"\n" for claim in made.claims),
            tuple(claim.id for claim in made.claims),
            tuple((claim.id, claim.part_of) for claim in made.claims if claim.part_of),
            sketch=sketch_body(document.text or ""),
        )  # fmt: skip
        claims, problems = pack_reading(reading)
        yield replace(reading, lines=()), claims, problems


# A case


def bring_up_to_date(folder: Path, jobs: int, is_more: bool) -> None:
    """Build the view of a case, or bring it up to date with the reports that come later; print each stage's time."""
    fresh = list(read_reports(folder, "more-")) if is_more else []
    kept = folder / "minted.jsonl"
    register = IndexedRegister(
        [MINTED.decode(line) for line in kept.open("rb")] if is_more else [],
        lambda rows: kept.open("ab").writelines(ENCODER.encode(row) + b"\n" for row in rows),
    )

    def read(wanted: Sequence[str]) -> Iterator[Packed]:
        return study(fresh if is_more else read_reports(folder, ""))

    stages = Stages()
    refresh_view(
        Recipe(folder, DIGEST, MadeHeads(folder, fresh), read, Names(register), "harmledger/made", jobs),
        Watch(stages.tell),
    )
    stages.tell("")
    stages.report("" if is_more else "linking near-copies")


class IndexedRegister(ListedRegister):
    """A register in memory whose rows are found by key, as the facts of a case find theirs."""

    def __init__(self, rows: list[Minted], add: Callable[[list[Minted]], object]) -> None:
        super().__init__(rows, add)
        self._known = rows
        self._places: dict[tuple[str, str | None], list[int]] = {}
        for place, row in enumerate(rows):
            for key in (("incident", row.incident), ("anchor", row.anchor), ("heir", row.merged_into)):
                self._places.setdefault(key, []).append(place)

    def find(
        self, *, incidents: Collection[str] = (), anchors: Collection[str] = (), heirs: Collection[str] = ()
    ) -> Iterable[Minted]:
        """Give the rows of some incidents, those that some claims hold, and those that were merged into some."""
        asked = (("incident", incidents), ("anchor", anchors), ("heir", heirs))
        places = {
            place
            for kind, values in asked
            for value in values
            for place in self._places.get((kind, value), ())
        }
        return [self._known[place] for place in sorted(places)]


class MadeHeads:
    """The heads of the reports, and of those that came since the view was built."""

    def __init__(self, folder: Path, fresh: Iterable[Report]) -> None:
        self._folder = folder
        self._fresh = list(fresh)

    def load(self) -> dict[str, Head]:
        """Give the heads of all reports."""
        ids = (one.document.id or "" for one in chain(self._fresh, read_reports(self._folder, "")))
        return {id: Head(id, id, "current", None) for id in ids}

    def find_changed(self, mark: str) -> dict[str, Head | None]:
        """Give the heads of the reports that came since."""
        ids = (one.document.id or "" for one in self._fresh)
        return {id: Head(id, id, "current", None) for id in ids}


class Stages:
    """The stages of a build, with when each began."""

    def __init__(self) -> None:
        self._began: list[tuple[str, float, float]] = []
        self.tell("copying the view")

    def tell(self, name: str) -> None:
        """Note that a stage begins."""
        used = os.times()
        self._began.append(
            (name, time.monotonic(), used.user + used.system + used.children_user + used.children_system)
        )

    def report(self, first: str) -> None:
        """Print how long each stage took, and all of them from the one named."""
        starts = self._began
        if first:
            starts = starts[next(place for place, one in enumerate(starts) if one[0] == first) :]
        for (name, wall, cpu), (_, until, used) in pairwise(starts):
            print(f"    {name:<48} {until - wall:7.2f} s {used - cpu:7.2f} s CPU")
        wall, cpu = starts[-1][1] - starts[0][1], starts[-1][2] - starts[0][2]
        print(f"  fused in {wall:.2f} s, {cpu:.2f} s CPU", flush=True)


# How right it is


def list_homes(folder: Path) -> Iterator[tuple[int, object]]:
    """Give the number of each claim in the view, with its incident."""
    with open_view(name_view(folder, DIGEST)) as connection:
        yield from connection.execute("SELECT claim, incident FROM members")


def list_fused(path: Path) -> Iterator[tuple[int, object]]:
    """Give the same of a file of incidents."""
    with path.open("rb") as handle:
        for line in handle:
            incident = json.loads(line)
            yield from ((number_claim(claim), incident["id"]) for claim in incident["claims"])


def score(name: str, homes: Iterable[tuple[int, object]], folder: Path) -> None:
    """Print how well the claims of each attack were brought together (Bagga and Baldwin 1998)."""
    truth = {int(claim): int(attack) for claim, attack in map(str.split, (folder / "truth.txt").open())}
    both: Counter[tuple[object, int]] = Counter()
    found: Counter[object] = Counter()
    attacks: Counter[int] = Counter()
    for claim, home in homes:
        attack = truth.get(claim)
        if attack is None:
            continue
        both[home, attack] += 1
        found[home] += 1
        attacks[attack] += 1
    total = sum(found.values())
    precision = sum(shared * shared / found[home] for (home, _), shared in both.items()) / total
    recall = sum(shared * shared / attacks[attack] for (_, attack), shared in both.items()) / total
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"  {name}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}; {len(attacks)} attacks told of,"
        f" {len(found)} incidents", flush=True
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
