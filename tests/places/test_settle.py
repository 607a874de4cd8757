"""Settling a document's places together."""

from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.places.gazetteer import Gazetteer
from harmledger.places.settle import Mention, Settled, settle_places


def settle(gazetteer: Gazetteer, *mentions: Mention, countries: tuple[str, ...] = ()) -> list[Settled]:
    settled = settle_places(mentions, gazetteer, countries)
    assert [one.mention for one in settled] == list(mentions)
    return settled


def name_of(settled: Settled) -> str | None:
    return settled.candidate.place.name if settled.candidate else None


def test_a_village_in_part_of_a_province(overlay_gazetteer: Gazetteer) -> None:
    (settled,) = settle(overlay_gazetteer, Mention("Abdeen", container="southern Idlib"))
    assert settled.candidate is not None
    assert settled.candidate.place.id == "overlay:sy-abdin"
    assert settled.candidate.place.admin1 == "Idlib"


def test_an_unknown_village_falls_back_to_its_province(overlay_gazetteer: Gazetteer) -> None:
    unknown, known = settle(
        overlay_gazetteer,
        Mention("Zzxqyv", container="Idlib province"),
        Mention("Saraqib"),
        countries=("SY",),
    )
    assert unknown.candidate is not None
    assert unknown.candidate.place.precision == "province"
    assert unknown.candidate.place.wording == "Zzxqyv"
    assert "container-stands-in" in unknown.because
    assert name_of(known) == "Saraqib"


def test_a_point_outside_the_stated_province_is_never_taken(overlay_gazetteer: Gazetteer) -> None:
    (settled,) = settle(overlay_gazetteer, Mention("Saraqib", container="Aleppo province"), countries=("SY",))
    assert settled.candidate is not None
    assert (settled.candidate.place.name, settled.candidate.place.precision) == ("Aleppo", "province")


def test_a_town_and_its_province(overlay_gazetteer: Gazetteer) -> None:
    bare, province, hinted = settle(
        overlay_gazetteer,
        Mention("Idlib"),
        Mention("Idlib province"),
        Mention("Idlib", kind="province"),
        countries=("SY",),
    )
    assert [one.candidate.kind for one in (bare, province, hinted) if one.candidate] == [
        "settlement", "province", "province",
    ]  # fmt: skip
    assert any(one.kind == "province" for one in bare.alternatives)


def test_a_bare_container_named_like_its_province_means_the_province(overlay_gazetteer: Gazetteer) -> None:
    village, quarter = settle(
        overlay_gazetteer,
        Mention("Khan Sheikhoun", container="Idlib"),
        Mention("Zzxqyv neighbourhood", container="Aleppo"),
        countries=("SY",),
    )
    assert name_of(village) == "Khan Sheikhoun"
    assert quarter.candidate is not None
    assert quarter.candidate.kind == "settlement"


def test_suburbs_count_as_the_capital(overlay_gazetteer: Gazetteer) -> None:
    suburb, quarter, area = settle(
        overlay_gazetteer,
        Mention("Douma", container="Damascus"),
        Mention("Jobar", container="Damascus"),
        Mention("Harasta", container="Eastern Ghouta"),
        countries=("SY",),
    )
    assert [name_of(suburb), name_of(quarter), name_of(area)] == ["Douma", "Jobar", "Harasta"]


def test_a_province_includes_the_quarters_of_the_city_that_it_surrounds(overlay_gazetteer: Gazetteer) -> None:
    around, elsewhere = settle(
        overlay_gazetteer,
        Mention("Jobar", container="Damascus countryside"),
        Mention("Jobar", container="Aleppo province"),
        countries=("SY",),
    )
    assert (name_of(around), name_of(elsewhere)) == ("Jobar", "Aleppo")


def test_governments_and_past_events_do_not_locate(overlay_gazetteer: Gazetteer) -> None:
    village, capital, past = settle(
        overlay_gazetteer,
        Mention("Khan Younis"),
        Mention("Damascus", role="metonym"),
        Mention("Aleppo", role="background"),
    )
    assert village.locates
    assert village.candidate is not None
    assert village.candidate.place.country == "PS"
    assert capital.candidate is None
    assert past.candidate is not None
    assert not capital.locates
    assert not past.locates


def test_the_document_decides_the_country(overlay_gazetteer: Gazetteer) -> None:
    mentions = [Mention("Taiz"), Mention("Hodeidah"), Mention("al-Zahraa"), Mention("Ariha")]
    assert settle(overlay_gazetteer, *mentions)[0].candidate is not None
    jericho = settle(overlay_gazetteer, Mention("Ramallah"), Mention("Nablus"), Mention("Ariha"))[2]
    syrian = settle(overlay_gazetteer, Mention("Saraqib"), Mention("Khan Sheikhoun"), Mention("Ariha"))[2]
    assert jericho.candidate is not None
    assert syrian.candidate is not None
    assert (jericho.candidate.place.country, syrian.candidate.place.country) == ("PS", "SY")


def test_neighbours_decide_between_namesakes(pack_gazetteer: Gazetteer) -> None:
    (_, near) = settle(pack_gazetteer, Mention("Khan Shaykhun"), Mention("Kafr Zeit"), countries=("SY",))
    assert near.candidate is not None
    assert near.alternatives
    assert {near.candidate.place.id, *(one.place.id for one in near.alternatives)} >= {
        "geonames:168619", "geonames:168620",
    }  # fmt: skip


def test_a_direction_beside_the_wording(overlay_gazetteer: Gazetteer) -> None:
    (settled,) = settle(overlay_gazetteer, Mention("Hama", direction="northern"), countries=("SY",))
    assert settled.candidate is not None
    assert str(settled.candidate.place.id).endswith("/north")


def test_nothing_to_settle(overlay_gazetteer: Gazetteer) -> None:
    assert settle_places([], overlay_gazetteer) == []


names = st.sampled_from(
    ["Idlib", "Saraqib", "Zzxqyv", "Hama province", "Douma", "Khan Younis", "Syria", "northern Aleppo"]
)
mentions = st.builds(
    Mention,
    names,
    container=st.none() | names,
    role=st.sampled_from(["event", "event", "background", "metonym"]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(mentions, max_size=6), st.sampled_from([(), ("SY",), ("SY", "PS")]))
def test_settling_is_total_and_the_same_each_time(
    overlay_gazetteer: Gazetteer, listed: list[Mention], countries: tuple[str, ...]
) -> None:
    first = settle_places(listed, overlay_gazetteer, countries)
    assert settle_places(listed, overlay_gazetteer, countries) == first
    assert len(first) == len(listed)
    assert all(one.because for one in first)
    assert all(one.candidate is None for one in first if one.mention.role == "metonym")


@settings(max_examples=40, deadline=None)
@given(
    st.permutations(
        [Mention("Idlib province"), Mention("Saraqib"), Mention("Ariha"), Mention("Douma"), Mention("Zzxqyv")]
    )
)
def test_the_order_of_mentions_does_not_matter(overlay_gazetteer: Gazetteer, listed: list[Mention]) -> None:
    found = {one.mention.wording: one.candidate for one in settle_places(listed, overlay_gazetteer)}
    again = {one.mention.wording: one.candidate for one in settle_places(listed[::-1], overlay_gazetteer)}
    assert found == again
