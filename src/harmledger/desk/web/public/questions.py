"""What a reader asks for in an address, checked: anything that is not understood is left out, and told so to the API."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from harmledger.store.catalogue_search import Question
from harmledger.store.mercator import project

NAMES: Final = ("q", "from", "to", "province", "means", "target", "group", "party", "grade", "scope", "bbox")
"""The parts of a question, as addresses name them."""

LONGEST: Final = 200
"""Characters of one part of a question."""

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d\Z")
_TAGS: Final = ("means", "target", "group", "party")


def read_question(given: Mapping[str, str]) -> Question:
    """Give the question that an address asks."""
    told = {name: (given.get(name) or "").replace("\0", "").strip()[:LONGEST] for name in NAMES}
    return Question(
        words=told["q"],
        since=read_day(told["from"]),
        until=read_day(told["to"]),
        province=told["province"] or None,
        grade=told["grade"] or None,
        scope=told["scope"] or None,
        tags=tuple((kind, told[kind]) for kind in _TAGS if told[kind]),
        box=project_box(read_box(told["bbox"])),
    )


def project_box(box: tuple[float, float, float, float] | None) -> tuple[float, float, float, float] | None:
    """Give a box in degrees as the catalogue takes it."""
    return None if box is None else (*project(box[0], box[3]), *project(box[2], box[1]))


def read_day(text: str) -> str | None:
    """Give a day, or None for what is none."""
    if not _DAY.match(text):
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def read_page(text: str | None) -> int:
    """Give the number of a page, from 1."""
    return min(max(int(text), 1), 1_000_000) if text and text.isdecimal() and len(text) < 8 else 1


def read_box(text: str) -> tuple[float, float, float, float] | None:
    """Give west, south, east, north in degrees; None for what is no box."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    is_box = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if is_box else None
