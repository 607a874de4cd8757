"""Made-up claims about attacks that never happened, where it is known which claims are of one attack.

Everything is drawn from a seed, so that the same number gives the same claims on every machine. Attacks come at a
steady rate in towns of which some are hit often; each is told by a few reports, some of them copies of another, some
telling of a second attack of that day. Reports are as uncertain as real ones: a night for a day, the day after, a week
or no day; a quarter of the town, only its district or province, or a name that no gazetteer knows; tolls that grow and
that differ from voice to voice. What stands in a claim stands in its report's text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from math import cos, radians
from random import Random
from typing import Any

from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.count import Count, exact
from harmledger.records.document import Document
from harmledger.records.identity import identify_claim
from harmledger.records.place import Place
from harmledger.records.span import Span
from harmledger.records.time import Time
from harmledger.records.vocabulary import PlacePrecision

ATTACKS_A_DAY = 20
FIRST_DAY = date(2012, 1, 1)
ROWS, COLUMNS = 60, 50
ROWS_A_PROVINCE = 4
DISTRICT_COLUMNS = 10
SOUTH, WEST, STEP = 32.5, 36.0, 0.1
"""The corner of the grid of towns, and how far apart they are, in degrees."""
KM_A_DEGREE = 111.2

VICTIMS = (1, 1, 1, 2, 2, 3, 4, 5, 7, 9, 12, 17, 23, 38)
TEXTS = (1, 1, 2, 2, 3, 4, 6, 10)
MEANS = ("air_strike", "shelling", "barrel_bomb", "rocket", "car_bomb", "gunfire")
ACTORS = ("Party A", "Party B", "Party C")
VOICES = (
    Voice(),
    *(Voice(f"Monitor {number}", f"Monitor {number}", "monitor") for number in range(4)),
    Voice("Rescue body", "Rescue body", "rescue"),
    Voice(None, "a resident", "resident"),
    Voice(None, "a hospital source", "medic"),
)
OUTLETS = tuple(f"Example Outlet {number}" for number in range(60))
WORDS = tuple(f"{first}{last}" for first in ("ba", "ko", "mi", "ru", "se", "ta", "vo") for last in
              ("lan", "rem", "tis", "dor", "nak", "pel", "gum", "sir", "fen", "hob", "wex", "jal"))  # fmt: skip


@dataclass(frozen=True)
class Attack:
    """An attack that never happened; `number` is what its claims have in common."""

    number: int
    town: Place
    day: date
    means: str
    killed: int
    injured: int
    actor: str


@dataclass(frozen=True)
class Habits:
    """How reports blur where and when an attack was, and how many there may be of one."""

    blur_place: Callable[[Random, Place], Place]
    blur_day: Callable[[Random, date], Time | None]
    texts: Sequence[int] = TEXTS


@dataclass
class Report:
    """A report with its claims, and for each claim, by id, the number of its attack."""

    document: Document
    claims: list[Claim] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)


def make_reports(claims: int, seed: int = 1, habits: "Habits | None" = None) -> Iterator[Report]:
    """Give reports with about so many claims in all, in the order of their attacks."""
    chance = Random(seed)
    towns = list_towns(chance)
    weights = [1 / (place + 10) for place in range(len(towns))]
    made = number = 0
    while made < claims:
        day = FIRST_DAY + timedelta(days=number // ATTACKS_A_DAY)
        today = [
            _make_attack(chance, number + more, town, day)
            for more, town in enumerate(chance.choices(towns, weights, k=ATTACKS_A_DAY))
        ]
        number += ATTACKS_A_DAY
        for attack in today:
            for report in tell_attack(chance, attack, today, habits):
                made += len(report.claims)
                yield report
                if made >= claims:
                    return


def list_towns(chance: Random) -> list[Place]:
    """Give towns some ten kilometres from each other, in districts and provinces; those that are hit most come first."""
    towns = [make_town(chance, row, column) for row in range(ROWS) for column in range(COLUMNS)]
    chance.shuffle(towns)
    return towns


def make_town(chance: Random, row: int, column: int) -> Place:
    number = row * COLUMNS + column
    name = f"{WORDS[number % len(WORDS)]} {WORDS[number // len(WORDS)]}".title()
    return Place(
        name, name, f"made:{number}", "SY", f"Province {row // ROWS_A_PROVINCE}",
        f"District {row // ROWS_A_PROVINCE}-{column // DISTRICT_COLUMNS}",
        round(SOUTH + row * STEP + chance.uniform(-0.04, 0.04), 4),
        round(WEST + column * STEP + chance.uniform(-0.04, 0.04), 4),
        "settlement", 2.0,
    )  # fmt: skip


def _make_attack(chance: Random, number: int, town: Place, day: date) -> Attack:
    killed = chance.choice(VICTIMS)
    return Attack(
        number,
        town,
        day,
        chance.choice(MEANS),
        killed,
        killed * 2 + chance.randrange(5),
        chance.choice(ACTORS),
    )


def tell_attack(
    chance: Random, attack: Attack, today: list[Attack], habits: Habits | None = None
) -> Iterator[Report]:
    """Give the reports of an attack; those after the first may be copies of it, and some tell of another of `today` too."""
    habits = habits or USUAL
    first: Report | None = None
    for copy in range(chance.choice(habits.texts)):
        if first is not None and chance.random() < 0.3:
            yield _copy(chance, first, attack, copy)
            continue
        told = [attack]
        if chance.random() < 0.2:
            told.append(chance.choice(today))
        report = _write_report(chance, attack, list(dict.fromkeys(told)), copy, habits)
        first = first or report
        yield report


def _name_report(attack: Attack, copy: int) -> str:
    """Give an id that sorts as reports are made."""
    start = f"{attack.number:07x}{copy:x}"
    return start + sha256(start.encode()).hexdigest()[len(start) :]


def _write_report(chance: Random, main: Attack, told: list[Attack], copy: int, habits: Habits) -> Report:
    published = main.day + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2)))
    document = Document(
        id=_name_report(main, copy), publisher=chance.choice(OUTLETS), kind="news", language="en",
        published=f"{published.isoformat()}T{chance.randrange(6, 23):02}:{chance.randrange(60):02}:00Z",
    )  # fmt: skip
    writing = _Writing(chance, Report(document), habits)
    for attack in told:
        writing.tell(attack)
    writing.fill()
    return writing.finish()


class _Writing:
    """A report being written, sentence by sentence."""

    def __init__(self, chance: Random, report: Report, habits: Habits):
        self._chance = chance
        self._habits = habits
        self._report = report
        self._text = ""

    def tell(self, attack: Attack) -> None:
        """Write what one or two voices say of the attack, and claim it."""
        chance = self._chance
        place = self._habits.blur_place(chance, attack.town)
        time = self._habits.blur_day(chance, attack.day)
        about: dict[str, Any] = {"place": place, "time": time, "means": attack.means}
        for voice in chance.sample(VOICES, chance.choice((1, 1, 2))):
            said = voice.wording or "The report"
            killed = _blur_toll(chance, attack.killed)
            whole = self._claim(
                attack, killed, "killed", "people", voice, about, f"{said}: {{}} killed in {place.wording}."
            )
            if chance.random() < 0.8:
                injured = _blur_toll(chance, attack.injured)
                self._claim(
                    attack, injured, "injured", "people", voice, about, f"{said}: {{}} injured there."
                )
            if chance.random() < 0.5 and attack.killed > 2:
                children = exact(attack.killed // 3, str(attack.killed // 3))
                self._claim(
                    attack, children, "killed", "children", voice, about, f"{said}: {{}} children.", whole
                )
            if chance.random() < 0.5:
                self._claim(
                    attack,
                    exact(1, "A school"),
                    "damaged",
                    "school",
                    voice,
                    about,
                    f"{said}: {{}} was damaged.",
                )
            if chance.random() < 0.7:
                self._blame(attack, voice, about, said)

    def fill(self) -> None:
        """Write a paragraph about other things, by which reports that are no copies differ."""
        words = self._chance.choices(WORDS, k=90)
        self._text += "\n" + " ".join(words) + "."

    def finish(self) -> Report:
        """Give the report with its text."""
        self._report.document = replace(self._report.document, text=self._text)
        return self._report

    def _claim(
        self, attack: Attack, count: Count, harm: str, group: str, voice: Voice, about: dict[str, Any], sentence: str,
        part_of: str | None = None,
    ) -> str:  # fmt: skip
        kind = "damage" if harm == "damaged" else "toll"
        return self._add(attack, kind, voice, about, sentence, count.wording,
                         {"count": count, "harm": harm, "group": group, "part_of": part_of})  # fmt: skip

    def _blame(self, attack: Attack, voice: Voice, about: dict[str, Any], said: str) -> None:
        actor = Actor(attack.actor, attack.actor, "blamed")
        self._add(
            attack, "attribution", voice, about, f"{said} blamed {{}}.", attack.actor, {"actors": (actor,)}
        )

    def _add(
        self, attack: Attack, kind: Any, voice: Voice, about: dict[str, Any], sentence: str, cue: str,
        fields: dict[str, Any],
    ) -> str:  # fmt: skip
        document = self._report.document.id or ""
        start = len(self._text)
        at = start + sentence.index("{}")
        whole = sentence.format(cue)
        self._text += whole + " "
        harm, group = fields.get("harm"), fields.get("group")
        id = identify_claim(document, None, kind, harm, group, at, at + len(cue))
        self._report.claims.append(
            Claim(
                id=id, document=document, evidence=Span(start, start + len(whole), whole),
                cue=Span(at, at + len(cue), cue), kind=kind, voice=voice, because=("made",), made_by="harmledger/made",
                **about, **fields,
            )
        )  # fmt: skip
        self._report.truth[id] = attack.number
        return id


def _copy(chance: Random, first: Report, attack: Attack, copy: int) -> Report:
    """Give the report as another outlet prints it, with a line of its own at the end."""
    old = first.document
    document = replace(
        old,
        id=_name_report(attack, copy),
        publisher=chance.choice(OUTLETS),
        text=f"{old.text} {' '.join(chance.choices(WORDS, k=3))}.",
    )
    report = Report(document)
    ids: dict[str, str] = {}
    for claim in first.claims:
        id = identify_claim(
            document.id or "", None, claim.kind, claim.harm, claim.group, claim.cue.start, claim.cue.end
        )
        ids[claim.id] = id
        part_of = ids.get(claim.part_of) if claim.part_of else None
        report.claims.append(replace(claim, id=id, document=document.id or "", part_of=part_of))
        report.truth[id] = first.truth[claim.id]
    return report


def blur_day(chance: Random, day: date) -> Time | None:
    fate = chance.random()
    if fate < 0.04:
        return None
    if fate < 0.08:
        monday = day - timedelta(days=day.weekday())
        return Time(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "week", "this week")
    if fate < 0.12:
        day += timedelta(days=1)
    until = day + timedelta(days=1) if 0.12 <= fate < 0.2 else day
    return Time(day.isoformat(), until.isoformat(), "day", "on that day")


def blur_place(chance: Random, town: Place) -> Place:
    fate = chance.random()
    lat, lon = town.lat or 0, town.lon or 0
    if fate < 0.04:
        return Place(None, town.name, country=town.country)
    if fate < 0.10:
        return _widen(town, town.admin1 or "", "province", 2.45, 60.0)
    if fate < 0.16:
        return _widen(town, town.admin2 or "", "district", 0.45, 20.0)
    if fate < 0.24:
        quarter = chance.randrange(4)
        north, east = ((-1, 0), (1, 0), (0, -1), (0, 1))[quarter]
        name = f"{town.name} quarter {quarter}"
        return replace(
            town, name=name, wording=name, id=f"{town.id}-{quarter}", precision="neighbourhood", radius_km=1.0,
            lat=round(lat + north / KM_A_DEGREE, 5), lon=round(lon + east / KM_A_DEGREE / cos(radians(lat)), 5),
        )  # fmt: skip
    return town


def _widen(town: Place, name: str, precision: PlacePrecision, middle: float, radius_km: float) -> Place:
    """Give the province or district that a town lies in, with the point in its middle."""
    _, _, number = (town.id or "").rpartition(":")
    row, column = divmod(int(number), COLUMNS)
    first = 0 if precision == "province" else column // DISTRICT_COLUMNS * DISTRICT_COLUMNS
    return Place(
        name, name, f"made:{name}", town.country, town.admin1, name if precision == "district" else None,
        round(SOUTH + (row // ROWS_A_PROVINCE * ROWS_A_PROVINCE + 1.5) * STEP, 4), round(WEST + first * STEP + middle, 4),
        precision, radius_km,
    )  # fmt: skip


def _blur_toll(chance: Random, number: int) -> Count:
    """Give a count as a voice may say it: the number, an early lower one, one near it, or words."""
    fate = chance.random()
    if fate < 0.1 and number >= 24:
        return Count(None, 24, None, "dozens", "dozens")
    if fate < 0.25:
        least = max(1, number - chance.randrange(1 + number // 4))
        return Count(least, least, None, "at_least", f"at least {least}")
    if fate < 0.4:
        number = max(1, number + chance.choice((-1, 1, 1, 2)))
    return exact(number, str(number))


USUAL = Habits(blur_place, blur_day)
"""A few without a day, with a week, the day after or a night; some that name a quarter, the district or the province."""

SPARING = Habits(blur_place, blur_day, (1, 1, 1, 1, 2, 2, 3, 4))
"""The same, with half as many reports of an attack: some ten claims each, in place of nineteen."""
