"""Acts are recorded at once beside a build, and never beside an erasure."""

import pytest

from harmledger.pipeline import recording
from harmledger.pipeline.case_view import read_view
from harmledger.pipeline.judging import compose_judgement
from harmledger.store.lock import hold_lock
from harmledger.store.rulings import list_rulings, list_rulings_about

from .case_folders import open_built
from .reports import IDLIB

AT = "2026-01-01T00:00:00Z"


@pytest.fixture
def case(tmp_path):
    yield from open_built(tmp_path, *IDLIB)


def judge(case, reason="why"):
    with read_view(case.folder) as view:
        claim = view.incidents.list_latest(1)[0].claims[0]
        document = view.readings.locate_claims([claim])[claim]
    judgement = compose_judgement("note", (claim,), reason, "the-analyst", AT)
    recording.record_judgements(case.facts, case.folder, [judgement], {claim: document})
    return judgement, document


def test_a_build_keeps_nobody_waiting(case):
    with hold_lock(case.folder, "build", AT):
        judgement, _ = judge(case)
    assert [one.id for one in list_rulings(case.facts)] == [judgement.id]


def test_whatever_else_holds_the_case_is_waited_for(case, monkeypatch):
    monkeypatch.setattr(recording, "_PATIENCE_SECONDS", 0.2)
    with hold_lock(case.folder, "erase", AT), pytest.raises(recording.BusyError, match="erase"):
        judge(case)
    assert list(list_rulings(case.facts)) == []
    judge(case)
    assert len(list(list_rulings(case.facts))) == 1


def test_judgements_about_documents_come_with_what_takes_them_back(case):
    judgement, document = judge(case)
    undoing = compose_judgement(
        "undo", (), "again", "the-analyst", "2026-01-02T00:00:00Z", undoes=judgement.id
    )
    undone = compose_judgement("undo", (), "no", "the-analyst", "2026-01-03T00:00:00Z", undoes=undoing.id)
    recording.record_judgements(case.facts, case.folder, [undoing, undone], {})
    assert [one.id for one in list_rulings_about(case.facts, [document])] == [
        judgement.id,
        undoing.id,
        undone.id,
    ]
    assert list_rulings_about(case.facts, ["another"]) == []
