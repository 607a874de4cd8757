"""The algebra of figures."""

from typing import Any

import pytest

from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.source import Source
from harmledger.incidents.tolls import read_figure
from harmledger.records.claim import Claim, Voice
from harmledger.records.count import Count
from harmledger.records.incident import Extent, Incident
from incidents.build import IDLIB, NETWORK, OBSERVATORY, PROVINCE, count, day, sources, toll

MONDAY = day("2016-05-30")
THERE: dict[str, Any] = {"place": IDLIB, "time": MONDAY}


def fuse(*claims: Claim, **published: str) -> Incident:
    names = dict.fromkeys(sorted({claim.document for claim in claims}), "2016-05-31") | published
    incidents, _ = fuse_claims(claims, sources(**names))
    assert len(incidents) == 1
    return incidents[0]


def killed(*claims: Claim, **published: str) -> Extent:
    return fuse(*claims, **published).toll["killed"]


@pytest.mark.parametrize(
    ("quantifier", "number", "expected"),
    [
        ("exact", 38, (38, 38, 38, False)),
        ("exact", 0, (0, 0, 0, False)),
        ("at_least", 23, (23, 23, 23, True)),
        ("more_than", 200, (200, 200, 200, True)),
        ("about", 250, (250, 250, 250, False)),
        ("nearly", 750, (None, 750, 750, False)),
        ("at_most", 30, (None, 30, 30, False)),
        ("range", 10, (10, 10, 12, False)),
        ("dozens", 24, (24, 24, 24, True)),
        ("unspecified", 200, (200, 200, 200, True)),
    ],
)
def test_a_count_contributes(quantifier: str, number: int, expected: tuple) -> None:
    figure = read_figure(count(quantifier, number, 12))
    assert figure is not None
    assert (figure.low, figure.best, figure.high, figure.is_open) == expected


def test_a_headline_repeated_counts_once() -> None:
    toll_ = killed(toll("d", 0, 5), toll("d", 1, 5, **THERE), toll("d", 9, 5))
    assert (toll_.low, toll_.best, toll_.high) == (5, 5, 5)


def test_a_total_beats_its_parts() -> None:
    toll_ = killed(
        toll("d", 1, 23, **THERE, id="whole"),
        toll("d", 1, 7, group="children", part_of="whole", offset=40),
        toll("d", 2, 4, group="women", part_of="whole"),
    )
    assert (toll_.low, toll_.high) == (23, 23)
    assert {g: e.best for g, e in toll_.groups.items()} == {"children": 7, "women": 4}


def test_a_part_told_by_another_voice_never_stands_beside_the_total() -> None:
    toll_ = killed(toll("d", 1, 23, **THERE), toll("d", 2, 7, group="children", voice=OBSERVATORY))
    assert (toll_.low, toll_.best, toll_.high) == (23, 23, 23)
    assert toll_.groups["children"].best == 7


def test_children_alone_are_the_total_that_is_known() -> None:
    toll_ = killed(toll("d", 1, 3, group="children", **THERE))
    assert (toll_.low, toll_.best) == (3, 3)


def test_a_list_in_one_sentence_is_added() -> None:
    """ "Two women and a child" side by side."""
    toll_ = killed(
        toll("d", 1, 2, group="women", **THERE, offset=10), toll("d", 1, 1, group="children", offset=25)
    )
    assert toll_.best == 3
    assert toll_.groups["women"].best == 2


def test_names_side_by_side_are_added() -> None:
    """Person A, Person B and Person C."""
    toll_ = killed(*(toll("d", 1, 1, group="civilians", **THERE, offset=offset) for offset in (10, 22, 36)))
    assert toll_.best == 3


def test_a_group_that_may_be_part_of_another_is_not_added() -> None:
    toll_ = killed(toll("d", 1, 5, group="civilians", **THERE), toll("d", 1, 2, group="children", offset=60))
    assert toll_.best == 5


def test_groups_of_different_sentences_are_not_added() -> None:
    toll_ = killed(toll("d", 1, 5, group="women", **THERE), toll("d", 4, 2, group="men"))
    assert toll_.best == 5


def test_killed_or_injured_is_a_harm_of_its_own() -> None:
    toll_ = fuse(
        toll("d", 1, 23, **THERE), toll("d", 2, count("about", 250), "killed_or_injured", voice=NETWORK)
    ).toll
    assert toll_["killed"].high == 23
    assert toll_["killed_or_injured"].best == 250


def test_no_casualties_contribute_zero() -> None:
    toll_ = killed(toll("d", 1, 5, **THERE, voice=OBSERVATORY), toll("d", 2, 0, voice=NETWORK))
    assert (toll_.low, toll_.high) == (0, 5)


def test_a_denied_figure_never_enters() -> None:
    toll_ = killed(
        toll("d", 1, 5, **THERE, voice=OBSERVATORY), toll("d", 2, 90, voice=NETWORK, stance="denied")
    )
    assert (toll_.low, toll_.high) == (5, 5)


def test_a_fear_raises_only_the_top_of_a_finding() -> None:
    toll_ = killed(toll("d", 1, 5, **THERE), toll("d", 2, 20, stance="hedged"))
    assert (toll_.low, toll_.best, toll_.high) == (5, 5, 20)


def test_a_bare_plural_does_not_lower_a_count() -> None:
    toll_ = killed(
        toll("d", 1, 13, **THERE, voice=OBSERVATORY), toll("d", 2, count("unspecified", 2), voice=NETWORK)
    )
    assert (toll_.low, toll_.best, toll_.high, toll_.open_ended) == (13, 13, 13, True)


def test_parts_are_the_least_of_a_vague_total() -> None:
    """ "The family, two women and three children, were killed": five. A part that may hold another is not added."""
    toll_ = killed(
        toll("d", 1, count("unspecified", 2), **THERE, id="whole"),
        toll("d", 1, 2, group="women", part_of="whole", offset=40),
        toll("d", 1, 3, group="children", part_of="whole", offset=60),
        toll("d", 1, 1, group="medics", part_of="whole", offset=80),
        toll("d", 1, 4, group="women_and_children", part_of="whole", offset=99),
    )
    assert (toll_.low, toll_.best, toll_.open_ended) == (5, 5, True)


def test_parts_are_the_least_of_a_top() -> None:
    """ "Up to 23, including four children"."""
    toll_ = killed(
        toll("d", 1, count("at_most", 23), **THERE, id="whole"),
        toll("d", 1, 4, group="children", part_of="whole", offset=40),
    )
    assert (toll_.low, toll_.best, toll_.high) == (4, 23, 23)


def test_one_told_of_does_not_lower_a_bare_plural() -> None:
    one = Count(1, 1, 1, "exact", "a baker")
    toll_ = killed(
        toll("d", 1, count("unspecified", 2), **THERE, voice=OBSERVATORY),
        toll("d", 2, one, group="civilians", voice=NETWORK),
    )
    assert (toll_.low, toll_.best) == (2, 2)


def test_many_who_tell_of_one_medic_are_not_set_aside_for_a_bare_plural() -> None:
    """Three reports tell of a medic killed, one of fighters without a number."""
    medics = [toll(name, 1, 1, group="medics", **THERE) for name in "abc"]
    toll_ = killed(*medics, toll("d", 1, count("unspecified", 2), group="combatants", **THERE))
    assert (toll_.low, toll_.best) == (1, 1)
    toll_ = killed(*medics, toll("d", 1, 9, **THERE))
    assert (toll_.low, toll_.best, toll_.high) == (9, 9, 9)


def test_no_casualties_are_none_killed() -> None:
    toll_ = killed(
        toll("d", 1, 5, **THERE, voice=OBSERVATORY), toll("d", 2, 0, "killed_or_injured", voice=NETWORK)
    )
    assert (toll_.low, toll_.best, toll_.high) == (0, 5, 5)


def test_nearly_and_up_to_give_only_the_top() -> None:
    toll_ = killed(
        toll("d", 1, 13, **THERE, voice=OBSERVATORY), toll("d", 2, count("at_most", 30), voice=NETWORK)
    )
    assert (toll_.low, toll_.best, toll_.high) == (13, 13, 30)


def test_kinds_of_places_are_added_and_kept_by_kind() -> None:
    toll_ = fuse(
        toll("d", 1, 2, "damaged", kind="damage", group="hospital", **THERE),
        toll("d", 2, 40, "damaged", kind="damage", group="home"),
        toll("d", 5, 2, "damaged", kind="damage", group="hospital"),
    ).toll
    assert toll_["damaged"].best == 42
    assert toll_["damaged"].groups["home"].best == 40


def test_the_figure_of_more_origins_is_quoted() -> None:
    toll_ = killed(
        toll("a", 1, 50, **THERE, voice=NETWORK),
        toll("b", 1, 38, **THERE, voice=OBSERVATORY),
        toll("c", 1, 38, **THERE, voice=Voice("White Helmets", None, "rescue")),
    )
    assert (toll_.low, toll_.best, toll_.high) == (38, 38, 50)


def test_where_origins_are_even_those_who_count_are_quoted_then_the_latest() -> None:
    by_role = killed(toll("a", 1, 50, **THERE, voice=NETWORK), toll("a", 2, 38, voice=OBSERVATORY))
    assert by_role.best == 38
    rescue = Voice("White Helmets", None, "rescue")
    by_date = killed(
        toll("a", 1, 38, **THERE, voice=OBSERVATORY), toll("b", 1, 40, **THERE, voice=rescue), b="2016-06-02"
    )
    assert by_date.best == 40


def test_of_even_figures_the_one_told_first_is_quoted() -> None:
    rescue = Voice("White Helmets", None, "rescue")
    toll_ = killed(toll("a", 1, 15, **THERE, voice=OBSERVATORY), toll("a", 2, 23, voice=rescue))
    assert (toll_.low, toll_.best, toll_.high) == (15, 15, 23)


def test_a_feared_number_is_quoted_before_a_bare_plural_and_before_none() -> None:
    feared = toll("d", 1, 25, **THERE, voice=NETWORK, stance="hedged")
    assert killed(feared, toll("d", 2, count("unspecified", 2), voice=OBSERVATORY)).best == 25
    assert killed(feared, toll("d", 2, 0, voice=OBSERVATORY)).best == 25


def test_a_part_between_two_figures_of_a_list_leaves_them_one_list() -> None:
    toll_ = killed(
        toll("d", 1, 23, **THERE, group="civilians", id="whole"),
        toll("d", 1, 9, group="children", part_of="whole", offset=30),
        toll("d", 1, 16, offset=50),
    )
    assert (toll_.best, toll_.groups["children"].best) == (39, 9)


def test_a_later_figure_replaces_the_earlier_which_stays_on_record() -> None:
    incident = fuse(
        toll("a", 1, 40, **THERE, voice=OBSERVATORY),
        toll("b", 1, 38, **THERE, voice=OBSERVATORY),
        b="2016-06-02",
    )
    (account,) = incident.accounts
    assert account.toll["killed"].best == incident.toll["killed"].high == 38
    assert account.first_published == "2016-06-02"
    assert [e.toll["killed"].best for e in account.earlier] == [40]
    assert account.earlier[0].first_published == "2016-05-31"
    assert not set(account.claims) & set(account.earlier[0].claims)


def test_a_vague_word_does_not_replace_a_number() -> None:
    incident = fuse(
        toll("a", 1, 40, **THERE, voice=OBSERVATORY),
        toll("b", 1, count("dozens", 24), **THERE, voice=OBSERVATORY),
        b="2016-06-02",
    )
    assert incident.toll["killed"].best == 40
    assert incident.accounts[0].earlier == ()


def test_a_reprint_with_another_figure_stays_one_account() -> None:
    known = {
        "a": Source("a", "2016-05-31", "Example Wire", "news"),
        "b": Source("b", "2016-06-04", "Example Reprint", "news", copy_of="a"),
    }
    (incident,), _ = fuse_claims([toll("a", 1, 23, **THERE), toll("b", 1, 23, **THERE)], known)
    assert incident.origins == 1
    (account,) = incident.accounts
    assert account.origin == "a"
    assert account.documents == ("a", "b")


def test_one_voice_in_two_outlets_is_one_account() -> None:
    incident = fuse(
        toll("a", 1, 38, **THERE, voice=OBSERVATORY), toll("b", 1, 38, **THERE, voice=OBSERVATORY)
    )
    assert incident.origins == 1
    assert len(incident.accounts) == 1


def test_a_voices_own_page_is_that_voice() -> None:
    known = {
        "own": Source("own", "2016-05-31", "Syrian Observatory for Human Rights", "monitor"),
        "wire": Source("wire", "2016-06-01", "Example Wire", "news"),
    }
    claims = [toll("own", 1, 38, **THERE), toll("wire", 1, 38, **THERE, voice=OBSERVATORY)]
    (incident,), _ = fuse_claims(claims, known)
    assert incident.origins == 1


def test_unnamed_speakers_of_two_reports_are_two() -> None:
    resident = Voice(None, "a resident", "resident")
    assert (
        fuse(toll("a", 1, 3, **THERE, voice=resident), toll("b", 1, 3, **THERE, voice=resident)).origins == 2
    )


def test_who_passes_a_voice_on_is_no_origin() -> None:
    quoted = Voice("United Nations", None, "official", ("Example Broadcaster",))
    broadcaster = Voice("Example Broadcaster", None, "news")
    assert (
        fuse(toll("a", 1, 3, **THERE, voice=quoted), toll("b", 1, 3, **THERE, voice=broadcaster)).origins == 1
    )


def test_an_area_day_and_a_running_total_never_enter_a_strike() -> None:
    claims = [
        toll("d", 1, 38, **THERE),
        toll("d", 2, 59, place=PROVINCE, time=MONDAY, scope="area_day"),
        toll("d", 3, 750, place=PROVINCE, scope="since_date"),
        toll("d", 4, 900, **THERE, scope="background"),
        toll("d", 5, 999, **THERE, scope="hypothetical"),
    ]
    incidents, problems = fuse_claims(claims, sources("d"))
    assert {i.scope: i.toll["killed"].high for i in incidents} == {
        "attack": 38,
        "area_day": 59,
        "since_date": 750,
    }
    assert [p.code for p in problems] == ["incidents.set-aside", "incidents.set-aside"]


def test_another_five_come_on_top_of_what_was_told_before() -> None:
    """Eleven died in one quarter, another five in the next, two more behind the front."""
    first = toll("d", 1, 11, **THERE)
    another = toll("d", 2, Count(5, 5, 5, "exact", "Another five"))
    assert killed(first, another).best == 16
    assert killed(first, another, toll("d", 3, 2)).best == 16


def test_another_five_are_no_more_than_a_total_told_before_them() -> None:
    total, first = toll("d", 0, 20), toll("d", 1, 11, **THERE)
    assert killed(total, first, toll("d", 2, Count(5, 5, 5, "exact", "Another five"))).best == 20


def test_more_than_is_not_on_top_of_anything() -> None:
    assert killed(toll("d", 0, 62), toll("d", 1, Count(60, 61, None, "more_than", "More than 60"))).best == 62
