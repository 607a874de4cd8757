"""What a catalogue keeps for the pages that are served: the same as the pages that are written."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest

from harmledger.pipeline.catalogue_renewal import fill_catalogue
from harmledger.publication.material import HeldRecords, Settings
from harmledger.publication.site.sheets import Around
from harmledger.records.incident import Attribution
from harmledger.records.time import Time
from harmledger.store.catalogue import build_catalogue, open_catalogue
from harmledger.store.catalogue_search import Catalogue, Question

from .cases import IDLIB, make_claims, make_documents, make_incident

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DISTRICT = replace(IDLIB, admin2="Maarra")


def make_attack(letter, day, **changes):
    given = {"targets": ("hospital",), "time": Time(day, day, "day"), "place": DISTRICT}
    return make_incident(letter * 64, **(given | changes))


@pytest.fixture
def catalogue(tmp_path):
    incidents = (
        make_attack("a", "2019-04-28"),
        make_attack("b", "2019-05-05"),
        make_attack("c", "2019-07-22", attribution=(Attribution("Russia", ("a monitor",), ("Russia",)),)),
        make_attack("d", "2019-07-23", targets=("school",), part_of=("e" * 64,)),
        make_attack("e", "2019-07-23", scope="area_day", targets=()),
        make_attack("f", "2026-11-22"),
    )
    material = HeldRecords(incidents, make_claims(), make_documents())
    with build_catalogue(tmp_path, "0" * 16) as connection:
        fill_catalogue(connection, material, Settings("Northwest Syria"), NOW)
    with open_catalogue(tmp_path / f"catalogue-{'0' * 16}.sqlite") as connection:
        yield Catalogue(connection, "2026-11-22T12:00:00Z")


def read_around(catalogue, letter, language="en"):
    found = catalogue.find(letter * 16)
    kept = catalogue.fetch_surroundings(found.number, language)
    return Around() if kept is None else msgspec.json.decode(kept, type=Around)


def test_a_page_tells_which_attack_of_its_kind_it_is(catalogue):
    assert read_around(catalogue, "c").history == (
        "The third recorded attack on this kind of place (hospital) in Maarra, Idlib since April 2019.",
    )
    assert re.search("[\u0600-\u06ff]", read_around(catalogue, "c", "ar").history[0])
    assert read_around(catalogue, "d").history == ()


def test_a_part_is_held_against_its_whole(catalogue):
    assert [one.whole for one in read_around(catalogue, "d").containment.wholes] == ["e" * 64]


def test_who_tells_is_kept_in_every_language(catalogue):
    for language in ("en", "ar"):
        assert b"Example" in catalogue.fetch_page("sources", language)


def test_who_is_blamed_can_be_asked_for(catalogue):
    found = catalogue.find_part(Question(tags=(("party", "Russia"),)))
    assert [entry.stem for entry in catalogue.fetch_numbered(found)] == ["c" * 16]
    assert len(catalogue.list_ids()) == 5


def test_what_is_held_back_answers_no_question(catalogue):
    held = catalogue.find("f" * 16)
    assert held.release > "2026-11-22T12:00:00Z"
    assert catalogue.list_unshown() == {held.number}
    assert catalogue.fetch_numbered([held.number]) == []
    assert catalogue.fetch_lines([held.number], "en") == []
