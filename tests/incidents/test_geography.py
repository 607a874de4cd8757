from dataclasses import replace

import pytest

from harmledger.incidents.geography import (
    contains_place,
    is_area,
    is_region,
    measure_km,
    reach_km,
    relate_places,
)
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


NORTH = replace(PROVINCE, id="t:province/north", lat=36.2, lon=36.65, precision="district", radius_km=25.0)
EAST = Place("Syria", "eastern Syria", "t:sy/east", "SY", None, None, 35.0, 40.0, "province", 180.0)
MOUNTAIN = Place(
    "Mount Foo", "Mount Foo", "t:foo", "SY", PROVINCE.admin1, None, 35.65, 36.65, "district", 15.0
)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (MOUNTAIN, MAARAT, "inside"),
        (MOUNTAIN, replace(MAARAT, lat=36.0), "apart"),
        (MOUNTAIN, replace(MAARAT, admin2="District"), "inside"),
        (MOUNTAIN, PROVINCE, "inside"),
        (MOUNTAIN, NORTH, "apart"),
        (replace(NORTH, lat=35.95), MOUNTAIN, "near"),
        (EAST, replace(PROVINCE, id="t:p2", name="Other", admin1="Other", lon=40.5), "inside"),
        (EAST, replace(MAARAT, lon=40.5), "inside"),
        (EAST, replace(EAST, id="t:iq/east", country="IQ"), "apart"),
        (NORTH, PROVINCE, "inside"),
        (EAST, COUNTRY, "inside"),
    ],
)
def test_an_area_that_is_no_unit_stands_to_others_by_its_circle(a: Place, b: Place, relation: str) -> None:
    assert relate_places(a, b) == relation
    assert relate_places(b, a) == relation


def test_an_area_of_a_few_kilometres_is_as_good_as_a_town() -> None:
    dam = Place("The Dam", "the dam", "t:dam", "SY", PROVINCE.admin1, None, 35.9, 36.6, "district", 3.0)
    assert not is_area(dam)
    assert is_area(replace(dam, radius_km=15.0))
    assert not is_region(dam)
