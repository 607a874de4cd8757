"""Made-up reports for measuring: several hundred real towns, thousands of attacks that never happened.

Everything is drawn from a counter, so that the same number gives the same reports. A report has a headline, the
attack as one of a few voices tells it, and paragraphs about other things; one in eight is an edited copy of another
outlet's, one in thirty a later version of a report at its address.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from random import Random

from harmledger.places.overlay import read_overlay

REPORTS_AN_ATTACK = 10
FIRST_DAY = date(2012, 1, 1)
DAYS = 3650

NOUNS = """road bridge council committee harvest teacher engineer bakery oven wheat olive orchard convoy warehouse
blanket winter rain river canal pump generator fuel price market stall trader farmer family tent camp border crossing
permit office ministry envoy meeting agreement statement letter map survey school desk lesson pupil exam clinic nurse
vaccine queue ration parcel truck driver wheel tyre garage square fountain library archive radio station antenna line
cable wire wall roof window carpenter plumber mason stone brick cement sand gravel valley hill ridge plain field
""".split()  # noqa: SIM905
ADJECTIVES = """northern southern eastern western local regional old new narrow wide dry wet cold warm heavy light
early late quiet busy long short public private rural coastal central distant nearby common rare simple complex
""".split()  # noqa: SIM905
VERBS = """opened closed repaired visited discussed described planned delayed finished measured counted painted
cleaned moved sold bought shared divided joined followed crossed watched studied checked renewed extended
""".split()  # noqa: SIM905
ADVERBS = """slowly quickly again later early together twice rarely often partly mostly nearly
openly""".split()  # noqa: SIM905
PREPOSITIONS = """by with for before after near behind under along beyond beside without""".split()  # noqa: SIM905
PATTERNS = (
    "the j n p the n was v a p a j n", "j n and n were v p this n", "no n v the n p n a", "every n p its n v j n",
    "a v p n and j n v the n", "n v n p that j n while n v a", "some j n v its n", "a n of j n p n was a v",
    "where the n v a j n p n", "those n v p j n or n a", "one n v another n p its j n", "j n v j n p the n of n",
)  # fmt: skip
OUTLETS = [f"Example Outlet {number}" for number in range(60)]
DAYNAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
VOICES = (
    "the Syrian Observatory for Human Rights", "the Syrian Network for Human Rights", "residents",
    "local officials", "the White Helmets", "a hospital source", "activists",
)  # fmt: skip
LEADS = (
    "At least {killed} people were killed and {injured} wounded in {means} on {place} on {day}, {voice} said.",
    "{voice} said that {means} on {place} killed {killed} people on {day} and injured {injured} others.",
    "{means} hit {place} on {day}, killing {killed} civilians, according to {voice}. {injured} people were wounded.",
    "The death toll from {means} on the town of {place} on {day} reached {killed}, {voice} said.",
)
DETAILS = (
    "Among the dead were {children} children, {voice} said.",
    "A hospital in {place} was damaged.",
    "{voice} blamed {actor} for the attack.",
    "{actor} denied carrying out the attack.",
    "Rescuers pulled {children} people alive from under the rubble.",
    "A school and a market in {place} were hit.",
)
TOTALS = (
    "More than {total} people have been killed in the province since {month}, {voice} said.",
    "Across {province} province {total} people were killed on {day}, {voice} said.",
)
MEANS = ("an air strike", "air strikes", "shelling", "a car bomb", "a rocket attack", "barrel bombs")
ACTORS = ("Russia", "the Syrian government", "Islamic State", "rebel groups")


COUNTRIES = ("SY", "YE", "PS", "UA", "SD")
VICTIMS = (1, 1, 1, 2, 2, 3, 4, 5, 7, 9, 12, 17, 23, 38)


@dataclass(frozen=True)
class Town:
    """A place that reports name, with its province."""

    name: str
    province: str


@dataclass(frozen=True)
class Attack:
    """An attack that never happened."""

    town: Town
    day: date
    means: str
    killed: int
    injured: int
    actor: str


@dataclass
class Report:
    """One version of a report, as a line of documents.jsonl without its id: its address is the URL."""

    url: str
    publisher: str
    published: str
    title: str
    paragraphs: list[str]

    def to_row(self) -> dict[str, str]:
        """Give the fields of a line of documents.jsonl."""
        return {
            "url": self.url, "publisher": self.publisher, "published": self.published, "title": self.title,
            "kind": "news", "language": "en", "text": "\n\n".join(self.paragraphs),
        }  # fmt: skip


def list_towns() -> list[Town]:
    """Give the towns of the overlay, in a fixed order."""
    found: set[tuple[str, str]] = set()
    for country in COUNTRIES:
        text = (
            files("harmledger.places.overlay").joinpath(f"{country.lower()}.csv").read_text(encoding="utf-8")
        )
        entries = list(read_overlay(country, text))
        provinces = {entry.admin1: entry.name for entry in entries if entry.kind == "province"}
        towns = (entry for entry in entries if entry.kind == "settlement" and entry.admin1 in provinces)
        found.update((entry.name, provinces[entry.admin1]) for entry in towns)
    return [Town(*names) for names in sorted(found)]


def make_reports(number: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Give so many reports, as lines of documents.jsonl without ids."""
    chance = Random(seed)
    attacks = _make_attacks(chance, max(1, number // REPORTS_AN_ATTACK))
    recent: list[Report] = []
    for place in range(number):
        fate = chance.random()
        if recent and fate < 1 / 8:
            report = _copy(chance, chance.choice(recent), place)
        elif recent and fate < 1 / 8 + 1 / 30:
            report = _update(chance, chance.choice(recent))
        else:
            here = place * len(attacks) // number
            report = _tell(chance, attacks[max(0, here - chance.randrange(6)) : here + 1][:2], place)
        recent = [*recent[-199:], report]
        yield report.to_row()


def _make_attacks(chance: Random, number: int) -> list[Attack]:
    towns = list_towns()
    attacks = []
    for place in range(number):
        killed = chance.choice(VICTIMS)
        attacks.append(
            Attack(
                chance.choice(towns), FIRST_DAY + timedelta(days=place * DAYS // number), chance.choice(MEANS),
                killed, killed * 2 + chance.randrange(5), chance.choice(ACTORS),
            )
        )  # fmt: skip
    return attacks


def _tell(chance: Random, attacks: list[Attack], place: int) -> Report:
    main = attacks[-1]
    published = main.day + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2)))
    paragraphs = [_tell_attack(chance, attack) for attack in reversed(attacks)]
    paragraphs += [_fill(chance) for _ in range(chance.randint(6, 14))]
    if chance.random() < 0.2:
        slots = {"province": main.town.province, "total": main.killed * 20, "month": "January"}
        paragraphs.append(_write(chance.choice(TOTALS), chance, main, **slots))
    return Report(
        url=f"https://example.org/{place}",
        publisher=chance.choice(OUTLETS),
        published=f"{published.isoformat()}T{chance.randrange(6, 23):02}:00:00Z",
        title=f"{main.means.capitalize()} on {main.town.name}",
        paragraphs=paragraphs,
    )


def _tell_attack(chance: Random, attack: Attack) -> str:
    sentences = [_write(chance.choice(LEADS), chance, attack)]
    sentences += [_write(detail, chance, attack) for detail in chance.sample(DETAILS, chance.randint(0, 3))]
    return " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)


def _write(template: str, chance: Random, attack: Attack, **slots: object) -> str:
    return template.format(
        place=attack.town.name, day=DAYNAMES[attack.day.weekday()], means=attack.means, actor=attack.actor,
        killed=attack.killed + chance.choice((0, 0, 0, 1)), injured=attack.injured + chance.choice((0, 0, 3)),
        children=max(2, attack.killed // 3), voice=chance.choice(VOICES),
        **({"province": attack.town.province} | slots),
    )  # fmt: skip


def _fill(chance: Random) -> str:
    """Give a paragraph about other things."""

    kinds = {"n": NOUNS, "j": ADJECTIVES, "v": VERBS, "a": ADVERBS, "p": PREPOSITIONS}

    def sentence() -> str:
        words = [
            chance.choice(kinds[kind]) if kind in kinds else kind for kind in chance.choice(PATTERNS).split()
        ]
        return " ".join(words).capitalize() + "."

    return " ".join(sentence() for _ in range(chance.randint(1, 4)))


def _copy(chance: Random, report: Report, place: int) -> Report:
    """Give the report as another outlet prints it: a paragraph less, and a line of its own."""
    kept = list(report.paragraphs)
    if len(kept) > 3:
        kept.pop(chance.randrange(2, len(kept)))
    return replace(
        report,
        url=f"https://example.org/{place}",
        publisher=chance.choice(OUTLETS),
        paragraphs=[*kept, _fill(chance)],
    )


def _update(chance: Random, report: Report) -> Report:
    """Give a later version of the report at its address."""
    return replace(report, paragraphs=[*report.paragraphs, _fill(chance)])
