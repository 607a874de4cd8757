"""An incident of a view is found by its id, and by one that it had before."""

import sqlite3
from collections.abc import Iterator

import pytest

from harmledger.pipeline.formats import encode_record
from harmledger.records.incident import Incident
from harmledger.store.view_incidents import Incidents, compose_row
from harmledger.store.view_schema import TABLES

FIRST = Incident(id="a1" * 32, scope="attack", formerly=("b2" * 32, "c3" * 32), claims=("11" * 32,))
SECOND = Incident(id="a1" * 31 + "d4", scope="attack", formerly=("e5" * 32,), claims=("22" * 32,))
LAST = Incident(id="f6" * 32, scope="attack", claims=("33" * 32,))


@pytest.fixture
def incidents() -> Iterator[Incidents]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    found = Incidents(connection)
    found.put(
        compose_row(number, one, encode_record(one), one.claims, "~")
        for number, one in enumerate((FIRST, SECOND, LAST), 1)
    )
    yield found
    connection.close()


def test_an_earlier_id_leads_to_the_incident_that_goes_on(incidents: Incidents) -> None:
    asked = ("e5" * 32, FIRST.id, "c3" * 32, "00" * 32)
    assert incidents.trace(asked) == {FIRST.id: FIRST, "c3" * 32: FIRST, "e5" * 32: SECOND}
    assert incidents.list_present(asked) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "id", ["", "a1", "a1" * 31, "b2" * 31, "f6" * 32 + "00", "F6" * 32, "b2" * 32 + "00"]
)
def test_an_id_is_traced_whole_or_not_at_all(incidents: Incidents, id: str) -> None:
    assert incidents.trace((id,)) == {}


def test_many_ids_are_traced_at_once(incidents: Incidents) -> None:
    asked = [f"{number:064x}" for number in range(2000)]
    assert list(incidents.trace((*asked, LAST.id, "b2" * 32))) == ["b2" * 32, LAST.id]


def test_the_beginning_of_an_id_is_enough_to_find_it(incidents: Incidents) -> None:
    assert incidents.find("f6") == [LAST]
    assert incidents.find("b2") == [FIRST]
    assert len(incidents.find("a1")) == 2
