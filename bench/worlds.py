"""Measure linking where it is hard: small made-up worlds, each with one thing that misleads, of which the truth is known.

usage: worlds.py [--seeds N] [--only WORLD]

Prints for each world how many attacks its reports tell of, how many incidents come out, and B-cubed precision, recall and F1
over claims (Bagga and Baldwin 1998), the mean over the seeds. What goes wrong in one of them goes wrong in a war that
looks so.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import cos, radians
from random import Random
from statistics import fmean

from attacks import (
    FIRST_DAY,
    KM_A_DEGREE,
    MEANS,
    USUAL,
    VICTIMS,
    Attack,
    Habits,
    Report,
    blur_day,
    blur_place,
    make_town,
    tell_attack,
)

from harmledger.documents.copies import link_sketches, sketch_body
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.source import Source
from harmledger.records.place import Place
from harmledger.records.time import Time

DAYS = 40


@dataclass(frozen=True)
class World:
    """What happens in it, day by day, and how it is reported."""

    what: str
    happen: Callable[[Random], Iterator[list[Attack]]]
    habits: Habits = USUAL


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", choices=WORLDS)
    asked = parser.parse_args()
    print(f"{'world':40} {'attacks':>8} {'incidents':>9} {'precision':>9} {'recall':>7} {'F1':>6}")
    for name, world in WORLDS.items():
        if asked.only in (None, name):
            found = [measure(world, seed) for seed in range(1, asked.seeds + 1)]
            attacks, incidents, precision, recall = (fmean(column) for column in zip(*found, strict=True))
            f1 = 2 * precision * recall / (precision + recall)
            print(
                f"{world.what:40} {attacks:8.0f} {incidents:9.0f} {precision:9.3f} {recall:7.3f} {f1:6.3f}", flush=True
            )  # fmt: skip
    return 0


def measure(world: World, seed: int) -> tuple[int, int, float, float]:
    """Give the number of attacks told of and of incidents, and B-cubed precision and recall over claims."""
    chance = Random(seed)
    reports = [
        report
        for today in world.happen(chance)
        for attack in today
        for report in tell_attack(chance, attack, today, world.habits)
    ]
    incidents, _ = fuse_claims([claim for report in reports for claim in report.claims], describe(reports))
    truth = {id: attack for report in reports for id, attack in report.truth.items()}
    both: Counter[tuple[str, int]] = Counter()
    for incident in incidents:
        both.update((incident.id, truth[claim]) for claim in incident.claims)
    found: Counter[str] = Counter()
    attacks: Counter[int] = Counter()
    for (incident_id, attack_number), shared in both.items():
        found[incident_id] += shared
        attacks[attack_number] += shared
    total = sum(found.values())
    precision = sum(shared * shared / found[home] for (home, _), shared in both.items()) / total
    recall = sum(shared * shared / attacks[attack] for (_, attack), shared in both.items()) / total
    return len(attacks), len(found), precision, recall


def describe(reports: list[Report]) -> dict[str, Source]:
    """Give what is known of the reports, copies of each other found as they are in a case."""
    documents = [report.document for report in reports]
    families = link_sketches((one.id or "", one.published, sketch_body(one.text or "")) for one in documents)
    return {
        id: Source(id, one.published, one.publisher, one.kind, copy_of=families.get(id))
        for one in documents
        if (id := one.id or "")
    }


# What happens


def _strike(
    chance: Random, number: int, town: Place, day: date, means: str = MEANS[0], killed: int = 0
) -> Attack:
    killed = killed or chance.choice(VICTIMS)
    return Attack(number, town, day, means, killed, killed * 2 + chance.randrange(5), "Party A")


def _move(place: Place, north: float, east: float, name: str, **more: object) -> Place:
    """Give another place so many kilometres to the north and east."""
    lat, lon = place.lat or 0.0, place.lon or 0.0
    moved = {
        "lat": round(lat + north / KM_A_DEGREE, 5),
        "lon": round(lon + east / KM_A_DEGREE / cos(radians(lat)), 5),
    }
    return replace(place, name=name, wording=name, id=f"{place.id}-{name}", **{**moved, **more})  # type: ignore[arg-type]


def hit_daily(chance: Random) -> Iterator[list[Attack]]:
    """One city, hit by the same means every day."""
    city = make_town(chance, 10, 10)
    for number in range(DAYS):
        yield [_strike(chance, number, city, FIRST_DAY + timedelta(days=number))]


def hit_twice(chance: Random) -> Iterator[list[Attack]]:
    """One city, two of whose quarters, four kilometres apart, are hit on one day each week."""
    city = make_town(chance, 10, 10)
    sides = [
        _move(city, km, 0, f"{city.name} {name}", precision="neighbourhood", radius_km=1.0)
        for km, name in ((2, "North"), (-2, "South"))
    ]
    for number in range(0, 2 * DAYS, 2):
        day = FIRST_DAY + timedelta(days=7 * number // 2)
        yield [_strike(chance, number + n, side, day) for n, side in enumerate(sides)]


def hit_front(chance: Random) -> Iterator[list[Attack]]:
    """Twenty villages in a row, four kilometres from each other, of which five are shelled each day."""
    first = make_town(chance, 10, 10)
    villages = [_move(first, 0, 4 * n, f"{first.name} {n}", radius_km=1.0) for n in range(20)]
    for number in range(0, 5 * DAYS, 5):
        hit = chance.sample(villages, 5)
        day = FIRST_DAY + timedelta(days=number // 5)
        yield [_strike(chance, number + n, village, day, "shelling") for n, village in enumerate(hit)]


def hit_twins(chance: Random) -> Iterator[list[Attack]]:
    """Two villages six kilometres apart, hit on one day each week with one toll."""
    first = make_town(chance, 10, 10)
    twins = (first, _move(first, 6, 0, f"{first.name} Minor"))
    for number in range(0, 2 * DAYS, 2):
        day, killed = FIRST_DAY + timedelta(days=7 * number // 2), chance.choice(VICTIMS)
        yield [_strike(chance, number + n, town, day, killed=killed) for n, town in enumerate(twins)]


def hit_weekly(chance: Random) -> Iterator[list[Attack]]:
    """One town, hit every third day."""
    town = make_town(chance, 10, 10)
    for number in range(DAYS):
        yield [_strike(chance, number, town, FIRST_DAY + timedelta(days=3 * number))]


# How it is reported


def _name_quarter_or_city(chance: Random, place: Place) -> Place:
    """Half of the reports name the quarter, the others the city alone."""
    if chance.random() < 0.5:
        return place
    name = (place.name or "").rpartition(" ")[0]
    south = 2 if (place.name or "").endswith("South") else -2
    city = _move(place, south, 0, name, precision="settlement", radius_km=4.0)
    return replace(city, id=(place.id or "").partition("-")[0])


def _name_village(_: Random, place: Place) -> Place:
    return place


def _miss_day(chance: Random, day: date) -> Time | None:
    """A third of the reports take the day before or after."""
    fate = chance.random()
    moved = day + timedelta(days=-1 if fate < 1 / 6 else 1 if fate < 1 / 3 else 0)
    return Time(moved.isoformat(), moved.isoformat(), "day", "on that day")


WORLDS = {
    "daily": World("a city hit daily by one means", hit_daily),
    "quarters": World("two quarters hit on one day", hit_twice, Habits(_name_quarter_or_city, blur_day)),
    "front": World("a front of twenty villages", hit_front, Habits(_name_village, blur_day)),
    "twins": World("one toll in twin villages", hit_twins, Habits(_name_village, blur_day)),
    "days": World("a third of reports a day off", hit_weekly, Habits(blur_place, _miss_day)),
}

if __name__ == "__main__":
    raise SystemExit(main())
