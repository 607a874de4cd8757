"""Asking the gazetteer: what a wording may mean, and why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.places.candidate import LEAD, Candidate, PlaceContext
from harmledger.places.entry import estimate_radius, judge_precision, measure_distance
from harmledger.places.gazetteer import Gazetteer
from harmledger.places.score import ACCEPTED
from harmledger.places.town import Box

SYRIA = PlaceContext(country="SY")


def test_towns_of_a_part_of_a_map_come_the_largest_first(
    pack_gazetteer: Gazetteer, overlay_gazetteer: Gazetteer
) -> None:
    box = Box(36.2, 35.2, 37.2, 36.2)
    for gazetteer in (pack_gazetteer, overlay_gazetteer):
        found = gazetteer.list_towns(box, 5)
        assert 0 < len(found) <= 5
        assert [one.size for one in found] == sorted((one.size for one in found), reverse=True)
        assert all(box.west <= one.lon <= box.east and box.south <= one.lat <= box.north for one in found)
    assert "geonames:167611" in {one.id for one in pack_gazetteer.list_towns(box, 50)}
    assert pack_gazetteer.list_towns(Box(0, 0, 1, 1), 5) == []


def find_first(gazetteer: Gazetteer, wording: str, context: PlaceContext = SYRIA) -> Candidate:
    candidates = gazetteer.find(wording, context)
    assert candidates, wording
    return candidates[0]


@pytest.mark.parametrize(
    ("wording", "place"),
    [
        ("Kafrzita", "geonames:168620"),
        ("Kafr Zeita", "geonames:168620"),
        ("كفر زيتا", "geonames:168620"),
        ("al-Habeet", "geonames:173864"),
        ("Hbit", "geonames:173864"),
        ("Maarat al-Numan", "geonames:167611"),
        ("Maaret al-Nouman", "geonames:167611"),
        ("the town of Khan Sheikhoun", "geonames:168325"),
        ("خان شيخون", "geonames:168325"),
        ("Khan Shaikhoon", "geonames:168325"),
    ],
)
def test_spellings_meet_with_a_pack_alone(pack_gazetteer: Gazetteer, wording: str, place: str) -> None:
    assert find_first(pack_gazetteer, wording).place.id == place


@pytest.mark.parametrize(
    ("wording", "name", "precision"),
    [
        ("Idlib", "Idlib", "settlement"),
        ("Idlib Province", "Idlib", "province"),
        ("Idleb governorate", "Idlib", "province"),
        ("إدلب", "Idlib", "settlement"),
        ("Rural Damascus", "Rif Dimashq", "province"),
        ("Eastern Ghouta", "East Ghouta", "district"),
        ("East Ghouta", "East Ghouta", "district"),
        ("northwest Syria", "northwest Syria", "province"),
        ("Jabal al-Zawiya", "Jabal al-Zawiya", "district"),
        ("Kafr Takharim", "Kafr Takharim", "settlement"),
        ("Kfar Takharim", "Kafr Takharim", "settlement"),
        ("Abdeen", "Abdin", "settlement"),
        ("Latamneh", "al-Latamneh", "settlement"),
        ("Qalaat al-Madiq", "Qalat al-Madiq", "settlement"),
        ("Saraqeb", "Saraqib", "settlement"),
        ("Kafranbel", "Kafr Nabl", "settlement"),
        ("the Bab al-Hawa border crossing", "Bab al-Hawa", "site"),
        ("Hama airbase", "Hama airbase", "site"),
        ("Bustan al-Qasr", "Bustan al-Qasr", "neighbourhood"),
        ("Kefraya", "Kafriya", "settlement"),
        ("Moadamiyat al-Sham", "Moadamiyeh", "settlement"),
        ("Tell Mannas", "Tal Mannis", "settlement"),
        ("معرشورين", "Maar Shurin", "settlement"),
        ("Kbani", "Kabani", "settlement"),
        ("Syria", "Syria", "country"),
    ],
)
def test_places_of_reports_resolve_without_any_pack(
    overlay_gazetteer: Gazetteer, wording: str, name: str, precision: str
) -> None:
    place = find_first(overlay_gazetteer, wording).place
    assert (place.name, place.precision) == (name, precision)
    assert place.wording == wording


@pytest.mark.parametrize(
    ("wording", "country"),
    [
        ("Khan Younis", "PS"), ("Nuseirat refugee camp", "PS"), ("Shujaiya", "PS"), ("خانيونس", "PS"),
        ("Hodeidah", "YE"), ("Taiz", "YE"), ("Sa'ada", "YE"), ("الحديدة", "YE"),
        ("Kharkov", "UA"), ("Kyiv", "UA"), ("Маріуполь", "UA"), ("Sievierodonetsk", "UA"),
        ("El Fasher", "SD"), ("El Geneina", "SD"), ("Omdurman", "SD"), ("نيالا", "SD"),
        ("Aitaroun", "LB"), ("Dahiyeh", "LB"), ("كفركلا", "LB"), ("الضاحية الجنوبية", "LB"),
    ],
)  # fmt: skip
def test_other_countries_of_the_overlay(overlay_gazetteer: Gazetteer, wording: str, country: str) -> None:
    assert find_first(overlay_gazetteer, wording, PlaceContext()).place.country == country


def test_the_overlay_says_whose_name_it_is(overlay_gazetteer: Gazetteer) -> None:
    assert find_first(overlay_gazetteer, "Gaza", PlaceContext()).place.name == "Gaza Strip"
    assert find_first(overlay_gazetteer, "Gaza City", PlaceContext()).kind == "settlement"


def test_a_direction_gives_the_part_of_a_province(overlay_gazetteer: Gazetteer) -> None:
    whole = find_first(overlay_gazetteer, "Hama province").place
    part = find_first(overlay_gazetteer, "northern Hama").place
    assert part.id == f"{whole.id}/north"
    assert part.lat is not None
    assert whole.lat is not None
    assert part.lat > whole.lat
    assert part.lon == whole.lon
    assert part.radius_km is not None
    assert whole.radius_km is not None
    assert part.radius_km < whole.radius_km
    assert part.precision == "district"


def test_a_direction_of_a_town_stays_in_the_town(overlay_gazetteer: Gazetteer) -> None:
    candidate = find_first(overlay_gazetteer, "east Aleppo city")
    assert candidate.kind == "settlement"
    assert candidate.place.id == find_first(overlay_gazetteer, "Aleppo").place.id
    assert "direction-within" in candidate.because


def test_a_direction_inside_a_name(pack_gazetteer: Gazetteer, overlay_gazetteer: Gazetteer) -> None:
    assert not pack_gazetteer.find("Eastern Ghariyah", SYRIA)
    assert find_first(overlay_gazetteer, "Eastern Qalamoun").place.name == "Eastern Qalamoun"


def test_the_province_decides_between_namesakes(pack_gazetteer: Gazetteer) -> None:
    hama = find_first(pack_gazetteer, "Kafr Zayta", PlaceContext(country="SY", admin1="Hamah (Hama)"))
    aleppo = find_first(
        pack_gazetteer, "Kafr Zeit", PlaceContext(country="SY", admin1="Halab, Aleppo province")
    )
    assert hama.place.id == "geonames:168620"
    assert hama.place.admin1 == "Hama"
    assert aleppo.place.id == "geonames:168619"


def test_nothing_outside_the_province_passes_for_it(pack_gazetteer: Gazetteer) -> None:
    assert pack_gazetteer.find("Khan Sheikhoun", PlaceContext(country="SY", admin1="Aleppo")) == ()


def test_what_is_near_decides_between_namesakes(pack_gazetteer: Gazetteer) -> None:
    near_hama = PlaceContext(country="SY", near=((35.37, 36.6),))
    near_afrin = PlaceContext(country="SY", near=((36.41, 36.81),))
    assert find_first(pack_gazetteer, "Kafr Zaita", near_hama).place.id == "geonames:168620"
    best = {
        candidate.place.id: candidate.score for candidate in pack_gazetteer.find("Kafr Zaita", near_afrin)
    }
    far = {candidate.place.id: candidate.score for candidate in pack_gazetteer.find("Kafr Zaita", near_hama)}
    assert best["geonames:168619"] > far["geonames:168619"]


def test_what_the_words_call_it_decides(overlay_gazetteer: Gazetteer) -> None:
    assert find_first(overlay_gazetteer, "Idlib", PlaceContext("SY", kind="province")).kind == "province"
    assert find_first(overlay_gazetteer, "Idlib", PlaceContext("SY", kind="settlement")).kind == "settlement"


@pytest.mark.parametrize("wording", ["", "   ", "…", "Zzxqyv", "hospital", "'"])
def test_what_is_no_place_gives_nothing(overlay_gazetteer: Gazetteer, wording: str) -> None:
    assert overlay_gazetteer.find(wording, SYRIA) == ()


def test_a_name_is_known_or_not(overlay_gazetteer: Gazetteer) -> None:
    assert overlay_gazetteer.is_known("Kafrzita")
    assert overlay_gazetteer.is_known("the town of Saraqib")
    assert not overlay_gazetteer.is_known("Monday")
    assert not overlay_gazetteer.is_known("")


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("Turkey", "TR"), ("the UK", "GB"), ("US", "US"), ("the U.S.", "US"), ("us", None), ("car", None),
        ("Türkiye", "TR"), ("Syrian Arab Republic", "SY"), ("northern Syria", None), ("Idlib", None), ("", None),
    ],
)  # fmt: skip
def test_countries_by_name(overlay_gazetteer: Gazetteer, wording: str, code: str | None) -> None:
    assert overlay_gazetteer.names_country(wording) == code


def test_digests_name_every_layer(overlay_gazetteer: Gazetteer, pack_gazetteer: Gazetteer) -> None:
    assert [digest.split("@")[0] for digest in overlay_gazetteer.digests] == ["overlay"]
    assert [digest.split("@")[0] for digest in pack_gazetteer.digests] == ["SY"]
    assert all(len(digest.split("@")[1]) == 8 for digest in pack_gazetteer.digests)


def test_hostile_wordings_are_harmless(overlay_gazetteer: Gazetteer) -> None:
    for wording in (
        "x" * 100_000,
        'a" OR "b',
        "'; DROP TABLE places; --",
        "\0\0\0",
        "🜏" * 500,
        "a*b^c NEAR(d)",
    ):
        overlay_gazetteer.find(wording, SYRIA)
        overlay_gazetteer.is_known(wording)
    assert overlay_gazetteer.problems == []
    assert overlay_gazetteer.find("Idlib", SYRIA)


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=40)
    | st.sampled_from(["Kafr Zita", "Idlib", "Sarmin", "Douma"]).map(lambda name: name[::-1] + name)
)
def test_answers_are_ordered_bounded_and_the_same_each_time(
    overlay_gazetteer: Gazetteer, wording: str
) -> None:
    first = overlay_gazetteer.find(wording, SYRIA)
    overlay_gazetteer._answers.clear()
    assert overlay_gazetteer.find(wording, SYRIA) == first
    assert [candidate.score for candidate in first] == sorted((c.score for c in first), reverse=True)
    for candidate in first:
        assert ACCEPTED - 0.1 <= candidate.score <= 1
        assert candidate.because
        assert candidate.place.precision
        assert candidate.place.radius_km
        assert abs(candidate.place.lat or 0) <= 90
    assert len({candidate.place.id for candidate in first}) == len(first)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_distance_is_symmetric_and_bounded(
    lat: float, lon: float, other_lat: float, other_lon: float
) -> None:
    there = measure_distance(lat, lon, other_lat, other_lon)
    back = measure_distance(other_lat, other_lon, lat, lon)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016


def test_a_degree_of_latitude() -> None:
    assert measure_distance(35, 36, 36, 36) == pytest.approx(111.2, abs=0.1)


def test_radius_grows_with_population() -> None:
    radii = [
        estimate_radius("settlement", population) for population in (0, 6_000, 50_000, 400_000, 10**6, 10**7)
    ]
    assert radii == sorted(set(radii))
    assert judge_precision("area", 10) == "district"
    assert judge_precision("area", 80) == "province"


@pytest.mark.parametrize(
    "wording",
    [
        "Kafrzita",
        "Kafr Zayta",
        "Hama",
        "Homs",
        "Idlab",
        "Halfaya",
        "Lataminah",
        "northern Hama",
        "Hims province",
        "Nowhere",
        "",
    ],
)
@pytest.mark.parametrize("country", [None, "SY"])
def test_the_leading_places_are_the_first_of_all(
    pack_gazetteer: Gazetteer, overlay_gazetteer: Gazetteer, wording: str, country: str | None
) -> None:
    for gazetteer in (pack_gazetteer, overlay_gazetteer):
        every = gazetteer.find(wording, PlaceContext(country, is_fuzzy=False))
        leading = gazetteer.find(wording, PlaceContext(country, is_fuzzy=False, is_leading=True))
        if not any(one.because[0] in {"same-name", "same-spelling"} for one in every):
            assert leading == ()
            continue
        near = [one for one in every if every[0].score - one.score < LEAD]
        assert [(one.place.id, one.score) for one in leading[: len(near)]] == [
            (one.place.id, one.score) for one in near
        ]


@pytest.mark.parametrize(
    ("inner", "outer", "most_km"),
    [
        ("Kafriya", "al-Fuah", 4),
        ("Moadamiyeh", "Darayya", 5),
        ("Jisreen", "Kafr Batna", 4),
        ("Hass", "Kafr Nabl", 4),
    ],
)
def test_twin_towns_of_the_overlay_lie_side_by_side(
    overlay_gazetteer: Gazetteer, inner: str, outer: str, most_km: float
) -> None:
    one, other = (find_first(overlay_gazetteer, name, SYRIA).place for name in (inner, outer))
    assert None not in (one.lat, one.lon, other.lat, other.lon)
    assert measure_distance(one.lat or 0, one.lon or 0, other.lat or 0, other.lon or 0) <= most_km
