"""What stands at hand in the review room: taking an act back, an entry by its address, the towns around a point."""

from re import findall

import pytest

from .client import Visitor
from .room import find_claim


@pytest.mark.long
def test_an_act_is_taken_back_where_it_was_made_by_who_made_it(room):
    id = room.find("Saraqib")
    claim = find_claim(room.open("the-analyst", id), "wounded nine")
    done = room.act("the-analyst", id, "judge", kind="correct", claim=claim, field="time", value="2014-02-03")
    act = findall("act=([0-9a-f]{64})", done.headers["Location"])[0]
    room.wait(id)
    page = room.enter("the-analyst").get(f"/review/incidents/{id}?done=correct&act={act}")
    assert "3 February 2014" in page.text
    assert f'name="act" value="{act}"' in page.text
    others = room.enter("another-analyst").get(f"/review/incidents/{id}?done=correct&act={act}")
    assert f'name="act" value="{act}"' not in others.text
    assert room.act("another-analyst", id, "judge", kind="undo", act=act).status == 422
    assert room.act("the-analyst", id, "judge", kind="undo", act=act).status == 303
    room.wait(id)
    find_claim(room.open("the-analyst", id), "wounded nine")
    assert room.act("the-analyst", id, "judge", kind="undo", act=act).status == 422


@pytest.mark.long
def test_another_entry_is_named_by_its_address(room):
    id, other = room.find("Saraqib"), room.find("Idlib")
    assert "act?kind=join" in room.open("the-analyst", id).text
    told = f"{room.address}/ar/review/incidents/{other}?done=x#c-0123456789ab"
    done = room.act("the-analyst", id, "judge", kind="join", other=told)
    assert done.status == 303
    act = findall("act=([0-9a-f]{64})", done.headers["Location"])[0]
    assert room.act("the-analyst", id, "judge", kind="undo", act=act).status == 303
    room.wait(id)


def test_a_map_names_the_towns_that_a_point_lies_near(room):
    reader, public = room.enter("the-reader"), Visitor(room.address)
    asked = "/review/towns?bbox=36.2,35.2,37.2,36.2"
    towns = reader.get(asked).json["towns"]
    assert 0 < len(towns) <= 60
    assert {"name", "lat", "lon"} == set(towns[0])
    assert "إدلب" in {one["name"] for one in reader.get("/ar" + asked).json["towns"]}
    assert public.get(asked).status == 302
    for wrong in ("", "?bbox=1,2,3", "?bbox=a,b,c,d", "?bbox=1,2,3,4,5"):
        assert reader.get("/review/towns" + wrong).status == 400
    assert reader.get("/review/towns?bbox=nan,nan,nan,nan").json == {"towns": []}
