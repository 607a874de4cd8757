from dataclasses import replace

import pytest

from harmledger.incidents.geography import contains_place, measure_km, reach_km, relate_places
from harmledger.records.place import Place
from incidents.build import HAMA, IDLIB, MAARAT, PROVINCE, TAKHARIM
from incidents.strategies import PLACES, QUARTER, UNKNOWN

COUNTRY = Place("Syria", "Syria", "t:sy", "SY", None, None, 35.0, 38.0, "country", 300.0)
NAMESAKE = replace(MAARAT, id="t:other-maarat", lat=33.0, lon=38.5, admin1="Homs")
SOUTH_QUARTER = replace(QUARTER, id="t:south", name="South Quarter", lat=35.90)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (IDLIB, IDLIB, "same"),
        (IDLIB, replace(IDLIB, id="other:1", lat=35.94), "same"),
        (IDLIB, replace(IDLIB, id="other:1", name="Next Village", lat=35.95), "near"),
        (IDLIB, replace(IDLIB, id="other:1", name="Next Village", radius_km=0.5, lat=35.985), "beside"),
        (IDLIB, MAARAT, "apart"),
        (MAARAT, NAMESAKE, "apart"),
        (IDLIB, QUARTER, "within"),
        (QUARTER, SOUTH_QUARTER, "quarter"),
        (MAARAT, PROVINCE, "inside"),
        (PROVINCE, PROVINCE, "area"),
        (PROVINCE, HAMA, "apart"),
        (MAARAT, HAMA, "apart"),
        (PROVINCE, COUNTRY, "inside"),
        (IDLIB, replace(COUNTRY, country="IQ"), "apart"),
        (IDLIB, None, "unknown"),
        (IDLIB, UNKNOWN, "unknown"),
        (UNKNOWN, UNKNOWN, "same"),
        (Place("Foo", "Foo"), Place("Bar", "Bar"), "apart"),
        (Place("al-Foo", "x"), Place("Al Foo", "y"), "same"),
    ],
)
def test_two_places_stand_to_each_other(a: Place, b: Place | None, relation: str) -> None:
    assert relate_places(a, b) == relation
    assert relate_places(b, a) == relation


def test_relations_are_symmetric_over_all_pairs() -> None:
    places = (*PLACES, COUNTRY, HAMA, NAMESAKE, SOUTH_QUARTER)
    for a in places:
        for b in places:
            assert relate_places(a, b) == relate_places(b, a)


def test_an_area_contains_its_towns_and_never_the_other_way() -> None:
    assert contains_place(PROVINCE, MAARAT)
    assert contains_place(COUNTRY, PROVINCE)
    assert contains_place(PROVINCE, PROVINCE)
    assert contains_place(IDLIB, QUARTER)
    assert not contains_place(MAARAT, PROVINCE)
    assert not contains_place(HAMA, MAARAT)
    assert not contains_place(IDLIB, TAKHARIM)


def test_a_town_without_a_province_lies_in_it_by_distance() -> None:
    assert contains_place(PROVINCE, replace(MAARAT, admin1=None))
    assert not contains_place(PROVINCE, replace(NAMESAKE, admin1=None))


def test_distance_is_in_kilometres() -> None:
    km = measure_km(IDLIB, MAARAT)
    assert km is not None
    assert 31 < km < 33
    assert measure_km(IDLIB, UNKNOWN) is None
    assert measure_km(IDLIB, replace(IDLIB, lat=1e9)) is None
    assert reach_km(Place("x", "x", precision="settlement")) == 3.0
