"""The view of a case for those who ask: opened, and held against the facts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from harmledger.store.view_incidents import Incidents
from harmledger.store.view_readings import Readings
from harmledger.store.views import ViewError, find_view, open_view

if TYPE_CHECKING:
    from harmledger.store.case import Case


class NoView(LookupError):  # noqa: N818 - nothing went wrong: the case has not been built
    """The case has no view that can be used; the text says why."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """A view that is open for reading."""

    connection: Connection
    readings: Readings
    incidents: Incidents


@contextmanager
def read_view(folder: Path) -> Iterator[CaseView]:
    """Open the present view of a case folder while the block runs. Raises NoView."""
    path = find_view(folder)
    if path is None:
        raise NoView("the case has not been built yet")
    try:
        with open_view(path) as connection:
            yield CaseView(connection, Readings(connection), Incidents(connection))
    except ViewError as error:
        raise NoView(f"the case must be built again: {error}") from error


def count_changes(case: "Case", view: CaseView) -> int:
    """Give the number of documents that came in, changed or went since the view was built."""
    known = view.readings.list_fingerprints()
    heads = {head.id: head.fingerprint for head in case.facts.list_heads() if head.state != "withdrawn"}
    changed = sum(known.get(id) != fingerprint for id, fingerprint in heads.items())
    return changed + len(known.keys() - heads.keys())
