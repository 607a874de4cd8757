"""Who had it first, in words: each independent origin with the reports that carry it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from harmledger.publication.view.extras import read_extra
from harmledger.publication.wording import Wording
from harmledger.records.incident import Incident
from harmledger.records.origin import Origin

MOST_CARRIERS: Final = 12
"""So many reports of one origin are named, the first by publication; the rest is counted."""
MOST_ORIGINS: Final = 12
"""So many origins are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """One report that carries an origin: its publisher, when, how, and how many near-copies of it there are."""

    name: str
    published: str | None
    manner: str
    manner_label: str
    copies: str | None


@dataclass(frozen=True, slots=True)
class OriginSheet:
    """One independent origin. `more` counts the reports that are not named."""

    name: str
    first: str
    carriers: tuple[CarrierRow, ...]
    more: str | None


NameSource = Callable[[str], tuple[str, str | None]]
"""Gives for a document the publisher and the publication as they may be shown."""


def list_origins(
    incident: Incident, name_source: NameSource, name_body: Callable[[str], str], words: Wording
) -> tuple[OriginSheet, ...]:
    """Give the origins of an incident, the first published first. `name_body` gives a name as it may be shown."""
    found = read_extra(incident, "origins", tuple[Origin, ...]) or ()
    return tuple(_make_sheet(origin, name_source, name_body, words) for origin in found[:MOST_ORIGINS])


def count_more_origins(incident: Incident, words: Wording) -> str:
    """Say how many origins there are beyond those that are named; nothing where there are none."""
    more = len(read_extra(incident, "origins", tuple[Origin, ...]) or ()) - MOST_ORIGINS
    return words.count_phrase("origins_more", more) if more > 0 else ""


def _make_sheet(
    origin: Origin, name_source: NameSource, name_body: Callable[[str], str], words: Wording
) -> OriginSheet:
    copies = Counter(carrier.source for carrier in origin.carriers if carrier.manner == "copies")
    carried = {carrier.document for carrier in origin.carriers if carrier.manner != "copies"}
    told = [
        carrier
        for carrier in origin.carriers
        if carrier.manner != "copies" or (carrier.source not in carried and copies[carrier.source] == 1)
    ]
    rows = []
    for carrier in told[:MOST_CARRIERS]:
        name, published = name_source(carrier.document)
        number = copies.get(carrier.document, 0)
        rows.append(
            CarrierRow(
                name,
                published,
                carrier.manner,
                words.label("manner", carrier.manner),
                _count("copies", number, words) if number else None,
            )
        )
    left = len(told) - len(rows)
    return OriginSheet(
        name=name_body(origin.name) if origin.kind == "body" else name_source(origin.name)[0],
        first=words.stamp(origin.first_published) or words.phrase("not_known"),
        carriers=tuple(rows),
        more=_count("reports_more", left, words) if left else None,
    )


def _count(name: str, number: int, words: Wording) -> str:
    return words.count_phrase(name, number)


def tell_origins(origins: tuple[OriginSheet, ...], words: Wording) -> Iterator[str]:
    """Give each origin as a line."""
    for origin in origins:
        carried = "; ".join(
            " ".join(
                part
                for part in (
                    row.name,
                    f"({row.manner_label}{f', {row.published}' if row.published else ''})",
                    row.copies,
                )
                if part
            )
            for row in origin.carriers
        )
        told = words.phrase("origin_line", origin=origin.name, first=origin.first, reports=carried)
        yield f"{told}; {origin.more}" if origin.more else told
