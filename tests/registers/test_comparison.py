"""A register beside the record: what both hold, where they differ and why, what only one of the two has."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from harmledger.incidents.fuse import fuse_claims
from harmledger.records.claim import Actor
from harmledger.registers.comparison import compare_register
from harmledger.registers.entry import Bounds, Entry
from incidents.build import HAMA, IDLIB, MAARAT, NETWORK, OBSERVATORY, PROVINCE, TAKHARIM, day, sources, toll

MONDAY = day("2019-07-22")
TUESDAY = day("2019-07-23")


def fuse(*claims):
    return fuse_claims(claims, sources(*{claim.document for claim in claims}))[0]


def entry(code, place, time=MONDAY, low=None, high=None, actors=()):
    told = {} if low is None else {"killed": Bounds(low, high if high is not None else low)}
    return Entry(register="example", code=code, row="row 2", time=time, place=place, toll=told,
                 blamed=", ".join(actors) or None, actors=frozenset(actors))  # fmt: skip


def compare(entries, incidents):
    return compare_register("example", entries, incidents)


TWO_VOICES = fuse(
    toll("a", 1, 23, place=MAARAT, time=MONDAY, voice=OBSERVATORY),
    toll("b", 1, 50, place=MAARAT, time=MONDAY, voice=NETWORK),
)


def find(pairing, aspect):
    return next((one for one in pairing.differences if one.aspect == aspect), None)


def test_an_entry_of_the_same_town_and_day_is_the_same_attack() -> None:
    (pairing,) = compare([entry("1", MAARAT, low=23, high=50)], TWO_VOICES).pairings
    assert pairing.certainty == "same"
    assert pairing.incident == TWO_VOICES[0]
    assert [one.relation for one in pairing.differences] == ["same", "same", "same"]


def test_where_theirs_reaches_beyond_ours_the_accounts_behind_our_bounds_are_named() -> None:
    (pairing,) = compare([entry("1", MAARAT, low=20, high=60)], TWO_VOICES).pairings
    killed = find(pairing, "killed")
    assert (killed.relation, killed.theirs, killed.ours) == ("around", (20, 60), (23, 50))
    assert (killed.lowest.number, killed.lowest.voice) == (23, OBSERVATORY)
    assert (killed.highest.number, killed.highest.voice) == (50, NETWORK)


def test_figures_that_no_account_supports_are_lower_or_higher_throughout() -> None:
    for low, relation in ((5, "lower"), (80, "higher"), (30, "inside")):
        (pairing,) = compare([entry("1", MAARAT, low=low)], TWO_VOICES).pairings
        assert find(pairing, "killed").relation == relation


def test_the_next_day_is_only_perhaps_the_same_and_the_gap_is_told() -> None:
    (pairing,) = compare([entry("1", MAARAT, TUESDAY, 20, 60)], TWO_VOICES).pairings
    assert pairing.certainty == "perhaps"
    assert find(pairing, "days").relation == "apart"
    assert find(pairing, "days").distance == 1


def test_whom_they_name_is_compared_and_bears_on_no_match() -> None:
    incidents = fuse(toll("a", 1, 23, place=MAARAT, time=MONDAY, actors=(Actor("Party A", None, "blamed"),)))
    (pairing,) = compare([entry("1", MAARAT, low=23, actors=("party b",))], incidents).pairings
    assert pairing.certainty == "same"
    assert find(pairing, "blamed").relation == "apart"
    (agreeing,) = compare([entry("1", MAARAT, low=23, actors=("party a",))], incidents).pairings
    assert find(agreeing, "blamed").relation == "same"
    assert agreeing.score == pairing.score


def test_an_attack_told_only_inside_a_days_total_is_said_to_be_there() -> None:
    incidents = fuse(
        toll("m", 1, 59, place=PROVINCE, time=MONDAY, scope="area_day", voice=OBSERVATORY),
        toll("m", 2, 38, place=MAARAT, time=MONDAY, voice=OBSERVATORY),
    )
    compared = compare([entry("1", MAARAT, low=38), entry("2", IDLIB, low=1)], incidents)
    (lacking,) = compared.lacking
    total = next(one for one in incidents if one.scope == "area_day")
    assert (lacking.entry.code, lacking.reason, lacking.incident) == ("2", "in_total", total.id)


def test_two_entries_for_one_attack_are_told_as_such() -> None:
    compared = compare([entry("1", MAARAT, low=23), entry("2", MAARAT, low=50)], TWO_VOICES)
    assert len(compared.pairings) == 1
    (lacking,) = compared.lacking
    assert (lacking.reason, lacking.incident) == ("told_together", TWO_VOICES[0].id)


def test_what_lies_outside_the_days_or_the_area_of_the_record_is_not_lacking() -> None:
    far = replace(HAMA, id="t:far", name="Far", lat=10.0, lon=10.0, admin1=None, country=None)
    compared = compare([entry("1", MAARAT, day("2021-01-01")), entry("2", far)], TWO_VOICES)
    assert (compared.entries, compared.outside, compared.lacking, compared.pairings) == (2, 2, (), ())
    assert compared.only_here == ()  # the register tells nothing of these days


def test_attacks_that_only_the_record_has_are_listed_and_undated_ones_apart() -> None:
    incidents = fuse(
        toll("a", 1, 23, place=MAARAT, time=MONDAY),
        toll("b", 1, 2, place=TAKHARIM, time=MONDAY),
        toll("c", 1, 4, place=IDLIB),
    )
    compared = compare([entry("1", MAARAT, low=23)], incidents)
    by_place = {one.place.name: one.id for one in incidents}
    assert compared.only_here == (by_place[TAKHARIM.name],)
    assert compared.not_compared == (by_place[IDLIB.name],)


def test_a_withdrawn_incident_is_not_compared() -> None:
    withdrawn = [replace(TWO_VOICES[0], status="withdrawn")]
    assert compare([entry("1", MAARAT, low=23)], withdrawn).pairings == ()


def test_nothing_at_all_compares_to_nothing() -> None:
    assert compare([], ()).pairings == compare([entry("1", MAARAT)], ()).pairings == ()


PLACES = st.sampled_from((MAARAT, IDLIB, TAKHARIM, HAMA))
ENTRIES = st.lists(
    st.builds(
        lambda number, place, time, low: entry(str(number), place, time, low),
        st.integers(1, 99), PLACES, st.sampled_from((MONDAY, TUESDAY)), st.integers(0, 60),
    ),
    max_size=6,
)  # fmt: skip


@given(ENTRIES)
def test_every_entry_is_accounted_for_once_and_no_attack_is_taken_twice(entries) -> None:
    incidents = fuse(
        toll("a", 1, 23, place=MAARAT, time=MONDAY), toll("b", 1, 2, place=TAKHARIM, time=TUESDAY), toll("c", 1, 4, place=IDLIB, time=MONDAY)
    )  # fmt: skip
    compared = compare(entries, incidents)
    assert (
        len(compared.pairings) + len(compared.lacking) + compared.outside == len(entries) == compared.entries
    )
    taken = [pairing.incident.id for pairing in compared.pairings]
    assert len(set(taken)) == len(taken)
    assert set(taken).isdisjoint(compared.only_here)
    assert compare(entries, tuple(reversed(incidents))) == compared
