"""Acts that come at the same moment, and acts on what is not there."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from threading import Thread

from harmledger.desk.web.processes import hold_turn, try_lock
from harmledger.store.lock import hold_acts

from ..case_folders import make_case
from ..reports import IDLIB
from .room import find_claim


def test_of_two_who_send_at_the_same_moment_one_is_shown_what_the_other_did(room):
    id = room.find("Idlib")
    people = ("the-analyst", "another-analyst")
    pages = {name: room.open(name, id) for name in people}
    given = {"kind": "note", "claim": find_claim(pages["the-analyst"], "seven"), "reason": "at once"}
    found = []
    sent = [
        Thread(
            target=lambda name=name: found.append(room.act(name, id, "judge", pages[name], **given).status)
        )
        for name in people
    ]
    with try_lock(Path(room.folder) / ".acts.lock") as is_ours:
        assert is_ours
        for one in sent:
            one.start()
        time.sleep(1)
        assert found == []
    for one in sent:
        one.join(120)
    assert sorted(found) == [303, 409]


def test_an_erasure_waits_for_the_act_under_way_and_acts_wait_for_it(tmp_path, run):
    folder = make_case(tmp_path, *IDLIB)
    told = ["erase", folder, IDLIB[0]["id"], "--reason", "asked", "--by", "the-admin", "--yes", "-q"]
    done = []
    erasure = Thread(target=lambda: done.append(run(*told).returncode))
    with try_lock(Path(folder) / ".acts.lock") as is_ours:
        assert is_ours
        erasure.start()
        time.sleep(3)
        assert done == [], "the act and its line in the journal come first"
        with closing(sqlite3.connect(Path(folder) / "facts.sqlite")) as facts:
            assert facts.execute("SELECT count(*) FROM store_tombstone").fetchone() == (0,)
    erasure.join(120)
    assert done == [0]
    with hold_acts(Path(folder)), hold_turn(Path(folder) / ".acts.lock", 0.1) as is_ours:
        assert not is_ours, "no act begins beside an erasure"


def test_what_is_no_incident_is_noted_nowhere(room):
    analyst = room.enter("the-analyst")
    for name in ("x" * 500, "f" * 64):
        assert analyst.post(f"/review/incidents/{name}/build", {}).status == 404
    assert analyst.get(f"/review/incidents/{'x' * 500}/people").status == 404
