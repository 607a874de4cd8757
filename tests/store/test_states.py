"""What the case decides over all versions and judgements."""

from hypothesis import given
from hypothesis import strategies as st

from harmledger.store.states import Thin, Verdicts, decide_states


def version(row, document=1, number=1, supersedes=None):
    return Thin(row, f"v{row}", document, number, f"content {row}", supersedes)


def decide(versions, withdrawn=(), retracted=(), wholes=(), addresses=None):
    verdicts = Verdicts()
    verdicts.versions["withdrawn"].update(withdrawn)
    verdicts.versions["retracted"].update(retracted)
    verdicts.documents["retracted"].update(wholes)
    return decide_states(versions, verdicts, addresses or {})


def list_states(standings):
    return [standings[row].state for row in sorted(standings)]


CHAIN = [version(1, number=1), version(2, number=2), version(3, number=3)]


def test_only_the_latest_version_counts():
    standings = decide(CHAIN)
    assert list_states(standings) == ["superseded", "superseded", "current"]
    assert [standings[row].supersedes for row in (1, 2, 3)] == [None, "v1", "v2"]


def test_a_withdrawn_version_replaces_nothing():
    standings = decide(CHAIN, withdrawn={3})
    assert list_states(standings) == ["superseded", "current", "withdrawn"]
    standings = decide(CHAIN, withdrawn={2})
    assert standings[3].supersedes == "v1"


def test_a_retraction_of_the_latest_brings_no_earlier_one_back():
    assert list_states(decide(CHAIN, retracted={3})) == ["superseded", "superseded", "retracted"]
    assert list_states(decide(CHAIN, wholes={1})) == ["retracted"] * 3


def test_a_version_elsewhere_may_name_what_it_replaces():
    versions = [version(1, 1), version(2, 2, supersedes="v1")]
    assert list_states(decide(versions)) == ["superseded", "current"]
    assert list_states(decide(versions, withdrawn={2})) == ["current", "withdrawn"]
    by_id = [version(1, 1), version(2, 1, 2), version(3, 2, supersedes="a")]
    assert list_states(decide(by_id, addresses={"id:a": 1})) == ["superseded", "superseded", "current"]


def test_a_version_that_names_its_own_address_does_not_replace_itself():
    assert list_states(decide([version(1), version(2, number=2, supersedes="v1")])) == [
        "superseded",
        "current",
    ]


def test_the_fingerprint_changes_with_state_and_predecessor():
    alone = decide([version(3, number=3)])[3].fingerprint
    after = decide(CHAIN)[3].fingerprint
    withdrawn = decide([version(3, number=3)], withdrawn={3})[3].fingerprint
    retracted = decide([version(3, number=3)], retracted={3})[3].fingerprint
    assert len({alone, after, withdrawn, retracted}) == 4


@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from([None, "v1", "v2", "v3"])), max_size=8),
    st.sets(st.integers(1, 8)),
    st.sets(st.integers(1, 8)),
    st.randoms(),
)
def test_states_do_not_depend_on_the_order_of_rows(given_versions, withdrawn, retracted, random):
    numbers = {}
    versions = []
    for row, (document, supersedes) in enumerate(given_versions, 1):
        numbers[document] = numbers.get(document, 0) + 1
        versions.append(version(row, document, numbers[document], supersedes))
    expected = decide(versions, withdrawn, retracted)
    shuffled = random.sample(versions, len(versions))
    assert decide(shuffled, withdrawn, retracted) == expected
    for document in numbers:
        current = [
            one for one in expected.values() if one.version.document == document and one.state == "current"
        ]
        assert len(current) <= 1
