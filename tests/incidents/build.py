"""Claims by hand: short words for tests, with placeholder texts."""

from collections.abc import Mapping
from typing import Any

from harmledger.incidents.source import Source
from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.count import Count
from harmledger.records.place import Place
from harmledger.records.span import Span
from harmledger.records.time import Time

IDLIB = Place("Idlib", "Idlib", "t:idlib", "SY", "Idlib", "Idlib", 35.9306, 36.6339, "settlement", 4.0)
PROVINCE = Place("Idlib", "Idlib province", "t:idlib-p", "SY", "Idlib", None, 35.8, 36.7, "province", 55.0)
MAARAT = Place(
    "Maarat al-Numan", "Maarat al-Numan", "t:maarat", "SY", "Idlib", None, 35.6436, 36.6687, "settlement", 3.0
)
TAKHARIM = Place(
    "Kafr Takharim", "Kfar Takharim", "t:takharim", "SY", "Idlib", None, 36.1169, 36.5148, "settlement", 2.0
)
HAMA = Place("Hama", "Hama province", "t:hama-p", "SY", "Hama", None, 35.2, 36.9, "province", 60.0)

OBSERVATORY = Voice("Syrian Observatory for Human Rights", "the Observatory", "monitor")
NETWORK = Voice("Local Coordination Committees", "the LCC", "activist")


def count(quantifier: str, number: int, top: int | None = None) -> Count:
    """Give a count as FORMATS has it for the quantifier."""
    table: dict[str, tuple[int | None, int | None, int | None]] = {
        "exact": (number, number, number),
        "at_least": (number, number, None),
        "more_than": (number, number + 1, None),
        "about": (number, None, None),
        "nearly": (number, None, number),
        "at_most": (number, None, number),
        "range": (None, number, top),
        "dozens": (None, 24, None),
        "several": (None, 3, None),
        "unspecified": (None, number, None),
    }
    return Count(*table[quantifier], quantifier, str(number))  # type: ignore[arg-type]


def day(start: str, end: str | None = None, precision: str = "day") -> Time:
    return Time(start, end or start, precision, start)  # type: ignore[arg-type]


def toll(
    document: str, at: int, number: int | Count | None, harm: str | None = "killed", **fields: Any
) -> Claim:
    """Give a toll claim whose sentence is the `at`-th of its document."""
    counted = count("exact", number) if isinstance(number, int) else number
    start, offset = at * 100, fields.pop("offset", 10)
    identity = fields.pop("id", f"{document}-{at:03}-{harm}-{fields.get('group', 'people')}-{offset}")
    fields.setdefault("group", "people")
    return Claim(
        id=identity,
        document=document,
        evidence=Span(start, start + 90, "x" * 90),
        cue=Span(start + offset, start + offset + 10, "x" * 10),
        kind=fields.pop("kind", "toll"),
        harm=harm,  # type: ignore[arg-type]
        count=counted,
        **fields,
    )


def attack(document: str, at: int, **fields: Any) -> Claim:
    return toll(document, at, None, None, kind="attack", **{"group": None} | fields)


def blame(document: str, at: int, name: str, role: str = "blamed", **fields: Any) -> Claim:
    stance = "denied" if role == "denies" else "asserted"
    fields = {
        "kind": "attribution",
        "stance": stance,
        "actors": (Actor(name, name, role),),
        "group": None,
    } | fields  # type: ignore[arg-type]
    return toll(document, at, None, None, **fields)


def sources(*documents: Source | str, **published: str) -> Mapping[str, Source]:
    found = [
        d if isinstance(d, Source) else Source(d, publisher=f"Outlet {d}", kind="news") for d in documents
    ]
    return {source.document: source for source in found} | {
        name: Source(name, date, f"Outlet {name}", "news") for name, date in published.items()
    }
