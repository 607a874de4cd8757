"""Which texts were found in received files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from harmledger.store.facts import Facts
from harmledger.store.tables import models


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """A version of a document: its id, what it is called, and where in its file it stands."""

    id: str
    title: str
    locator: str | None


def list_received(facts: Facts, digests: Sequence[str], limit: int) -> list[ReceivedText]:
    """Give the versions that came in with files, given by their SHA-256, in the order in which they were found."""
    rows = facts.rows(models.Version).filter(file__digest__in=list(digests)[:limit]).order_by("id")
    found = rows.values_list("key", "sheet", "locator", "file__name")[:limit]
    return [ReceivedText(key, _name(sheet, name), locator) for key, sheet, locator, name in found]


def _name(sheet: str, file: str) -> str:
    told = json.loads(sheet)
    return str(told.get("title") or told.get("url") or file)
