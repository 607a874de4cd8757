"""What wants a look first, and why."""

from hypothesis import given
from hypothesis import strategies as st

from harmledger.records.incident import Extent, Grade, Incident
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.review.reasons import REASONS, Sight, see_incident, weigh_look

QUIET = Sight(precision="settlement", days=1, origins=2)

bounds = st.tuples(st.integers(0, 5000), st.integers(0, 5000)).map(sorted)
sights = st.builds(
    Sight,
    killed=bounds.map(lambda pair: Extent(pair[0], pair[1], pair[0])),
    bond=st.none() | st.floats(-5, 50),
    unread=st.integers(0, 50),
    precision=st.sampled_from((None, "site", "settlement", "district", "province", "country")),
    days=st.none() | st.integers(1, 800),
    grade=st.sampled_from((None, "fair", "contested")),
    origins=st.integers(0, 5),
    state=st.sampled_from(("new", "changed", "published")),
)


def name_reasons(sight):
    return [name for name, _ in weigh_look(sight).reasons]


def test_nothing_to_see():
    assert weigh_look(QUIET).score == 0
    assert name_reasons(QUIET) == []


def test_each_reason_by_itself():
    from dataclasses import replace

    for change, reason in (
        ({"killed": Extent(200, 200, 200), "origins": 2}, "large_toll"),
        ({"bond": 0.1}, "weak_link"),
        ({"grade": "contested"}, "contested"),
        ({"contradictions": 1}, "contested"),
        ({"unread": 3}, "unread"),
        ({"precision": None}, "unknown_place"),
        ({"days": None}, "unknown_time"),
        ({"state": "changed"}, "changed"),
    ):
        assert name_reasons(replace(QUIET, **change)) == [reason]
    assert name_reasons(replace(QUIET, killed=Extent(20, 80, 40)))[0] in ("wide_range", "large_toll")
    assert "one_origin" in name_reasons(replace(QUIET, killed=Extent(20, 20, 20), origins=1))


@given(sights)
def test_the_score_is_the_sum_of_its_reasons_within_their_weights(sight):
    look = weigh_look(sight)
    weights = {reason.name: reason.weight for reason in REASONS}
    assert look.score == round(sum(points for _, points in look.reasons), 1)
    assert all(0 < points <= weights[name] for name, points in look.reasons)
    assert [points for _, points in look.reasons] == sorted((p for _, p in look.reasons), reverse=True)


@given(sights, st.integers(1, 500))
def test_a_wider_range_never_wants_less_of_a_look(sight, more):
    from dataclasses import replace

    wider = replace(sight, killed=replace(sight.killed, high=sight.killed.high + more))
    assert weigh_look(wider).score >= weigh_look(sight).score


def test_an_incident_is_seen_as_it_stands():
    incident = Incident(
        id="1",
        scope="attack",
        time=Time("2016-05-30", "2016-06-02", "period"),
        place=Place("Idlib", "Idlib", precision="province"),
        toll={"killed": Extent(23, 50, 23)},
        grade=Grade("contested"),
        origins=3,
        extra={"contradictions": [{}]},
    )
    sight = see_incident(incident, 1.5, 2, "new")
    assert (sight.days, sight.precision, sight.bond, sight.contradictions) == (4, "province", 1.5, 1)
    assert name_reasons(see_incident(Incident(id="2", scope="attack"), None, 0, "new")) == [
        "unknown_place",
        "unknown_time",
    ]
    assert name_reasons(see_incident(Incident(id="2", scope="since_date"), 0.1, 0, "new")) == []
