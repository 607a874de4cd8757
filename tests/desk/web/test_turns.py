"""Acts that come at the same moment, and acts on what is not there."""

import time
from pathlib import Path
from threading import Thread

from harmledger.desk.web.processes import try_lock

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
        one.join()
    assert sorted(found) == [303, 409]


def test_what_is_no_incident_is_noted_nowhere(room):
    analyst = room.enter("the-analyst")
    for name in ("x" * 500, "f" * 64):
        assert analyst.post(f"/review/incidents/{name}/build", {}).status == 404
    assert analyst.get(f"/review/incidents/{'x' * 500}/people").status == 404
