"""The queue of a case: kept up row by row, it is what one made from nothing is."""

from collections import Counter
from itertools import pairwise

import pytest

from harmledger.desk.main import main
from harmledger.pipeline.case_view import read_view
from harmledger.pipeline.queue import count_behind, is_queue_current, refresh_queue, requeue_incident
from harmledger.review.content import describe_content, digest_content
from harmledger.review.standing import compose_signing
from harmledger.store.queue import Asked, open_queue, remove_queue
from harmledger.store.signings import list_signings, record_signing

from .case_folders import open_built, write_rows
from .reports import IDLIB

AT = "2026-01-01T00:00:00Z"


@pytest.fixture
def case(tmp_path):
    yield from open_built(tmp_path, *IDLIB)


def list_all(case):
    with open_queue(case.folder) as queue:
        rows = queue.list_rows(Asked(), 100)
        tags = {kind: queue.list_values(kind) for kind in ("reason", "means", "group", "province")}
        assert queue.count_states() == Counter(row.state for row in rows)
    return rows, tags


def sign(case, step, by="the-analyst"):
    with read_view(case.folder) as view:
        incident = view.incidents.list_latest(1)[0]
    content = describe_content(incident)
    signing = compose_signing(
        incident.id, step, content, digest_content(content), by, AT, "why", incident.documents
    )
    record_signing(case.facts, signing)
    return incident.id


def test_kept_up_it_is_what_one_from_nothing_is(case, tmp_path):
    assert count_behind(case.folder) == refresh_queue(case.folder, case.facts) > 1
    assert is_queue_current(case.folder, case.facts)
    assert refresh_queue(case.folder, case.facts) == 0
    id = sign(case, "accept")
    assert not is_queue_current(case.folder, case.facts)
    requeue_incident(case.folder, case.facts, id)
    assert is_queue_current(case.folder, case.facts)
    assert {row.state for row in list_all(case)[0]} == {"new", "accepted"}
    more = {
        "id": "more",
        "text": "Shelling in Saraqib killed 12 people on 31 May 2016, a monitor said.",
        "published": "2016-06-02",
    }
    assert main(["add", str(case.folder), write_rows(tmp_path / "more.jsonl", more), "-q"]) == 0
    assert main(["build", str(case.folder), "-q", "--jobs", "1"]) == 0
    assert 0 < count_behind(case.folder) < len(list_all(case)[0]) + 2
    refresh_queue(case.folder, case.facts)
    kept = list_all(case)
    remove_queue(case.folder)
    refresh_queue(case.folder, case.facts)
    assert list_all(case) == kept


def test_the_way_through_it_is_its_order(case):
    refresh_queue(case.folder, case.facts)
    with open_queue(case.folder) as queue:
        rows = queue.list_rows(Asked(), 100)
        assert queue.count(Asked()) == len(rows)
        for earlier, later in pairwise(rows):
            assert queue.find_next(Asked(), earlier.score, earlier.id) == later.id
            assert queue.find_next(Asked(), later.score, later.id, is_before=True) == earlier.id
        assert queue.find_next(Asked(), rows[-1].score, rows[-1].id) is None
        assert queue.find_next(Asked(), rows[0].score, rows[0].id, is_before=True) is None
        assert queue.count(Asked(("published",))) == 0


def test_a_damaged_queue_is_made_anew(case):
    refresh_queue(case.folder, case.facts)
    before = list_all(case)
    (case.folder / "queue.sqlite").write_bytes(b"no database")
    with pytest.raises(FileNotFoundError), open_queue(case.folder):
        pass
    refresh_queue(case.folder, case.facts)
    assert list_all(case) == before


def test_an_erasure_takes_the_reason_of_a_signature_and_the_queue(case):
    refresh_queue(case.folder, case.facts)
    sign(case, "set_aside")
    (before,) = list_signings(case.facts)
    assert before.reason == "why"
    document = before.documents[0]
    assert (
        main(
            ["erase", str(case.folder), document, "--reason", "asked for", "--by", "the-admin", "--yes", "-q"]
        )
        == 0
    )
    (after,) = list_signings(case.facts)
    assert (after.reason, after.by, after.digest) == ("", before.by, before.digest)
    assert not (case.folder / "queue.sqlite").exists()
