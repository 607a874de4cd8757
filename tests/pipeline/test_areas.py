"""What a person means by the name of an area: the overlay's places, in any spelling."""

import pytest

from harmledger.pipeline.areas import find_area
from harmledger.places.gazetteer import Gazetteer
from harmledger.records.place import Place

IDLIB = Place("Idlib", None, country="SY", admin1="Idlib", precision="province")
TOWN = Place("Maarat al-Numan", None, country="SY", admin1="Idlib", precision="settlement")
ABROAD = Place("Idlib", None, country="IQ", precision="settlement")


@pytest.fixture(autouse=True)
def _without_packs(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("HARMLEDGER_DATA", str(tmp_path_factory.mktemp("data")))


@pytest.mark.parametrize("name", ["Idlib", "Idleb", "idlib province", "SY", "Syria", "syria"])
def test_a_province_and_a_country_hold_their_towns_in_any_spelling(name: str) -> None:
    area = find_area(name)
    assert area.is_known
    assert area.holds(TOWN)
    assert area.holds(IDLIB)
    assert not area.holds(Place("Basra", None, country="IQ", admin1="Basra"))
    assert not area.holds(None)


def test_another_spelling_means_the_place_in_its_country_alone() -> None:
    area = find_area("Idleb")
    assert not area.holds(ABROAD)
    assert find_area("Idlib").holds(ABROAD), "what bears the very name is always meant"


def test_a_country_is_found_by_its_name_in_the_records() -> None:
    assert find_area("SY").holds(Place("Somewhere", None, country="Syria"))


@pytest.mark.parametrize("name", ["Qwxzv", "", "  ", "\0", "x" * 5000])
def test_a_name_that_nothing_bears_is_not_known(name: str) -> None:
    area = find_area(name)
    assert not area.is_known
    assert not area.holds(TOWN)


def test_the_gazetteer_is_asked_for_the_typed_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    find = Gazetteer.find
    monkeypatch.setattr(Gazetteer, "find", lambda self, name: asked.append(name) or find(self, name))
    area = find_area("Idlib")
    assert all(not area.holds(Place(f"Place {n}", None, id=f"t:{n}", country="SY")) for n in range(100))
    assert asked == ["Idlib"]
