"""The API: what it gives is the public record, in the record's own formats."""

import json

import pytest

from harmledger.pipeline.schema import FORMATS

PARTS = ("incidents", "incidents.geojson", "map", "totals")


def ask(visitor, path):
    answer = visitor.get("/api/v1/" + path)
    assert answer.status == 200, answer.text
    return answer.json


def test_incidents_are_given_page_by_page(visitor):
    first = ask(visitor, "incidents?limit=1")
    assert first["count"] == 2
    assert len(first["incidents"]) == 1
    second = ask(visitor, f"incidents?limit=1&after={first['next']}")
    assert second["next"] is None
    assert {one["place"]["name"] for one in first["incidents"] + second["incidents"]} == {"Saraqib", "Idlib"}


def test_what_is_held_back_is_nowhere(visitor):
    for part in PARTS:
        assert "Maarat" not in visitor.get("/api/v1/" + part).text
        assert "2099" not in visitor.get("/api/v1/" + part).text


def test_an_incident_has_its_accounts_and_its_claims(visitor):
    (idlib,) = ask(visitor, "incidents?from=2016-05-30&to=2016-05-30&q=idl")["incidents"]
    whole = ask(visitor, f"incidents/{idlib['id']}")
    assert whole["id"] == idlib["id"]
    assert len(whole["accounts"]) == 2
    assert ask(visitor, f"incidents/{idlib['id'][:16]}") == whole
    claims = ask(visitor, f"incidents/{idlib['id']}/claims")["claims"]
    assert {one["id"] for one in claims} == set(whole["claims"])
    assert ask(visitor, f"claims/{claims[0]['id']}") == claims[0]
    for record in (whole, *claims):
        assert record["format"] == 1


def test_records_are_those_of_the_formats(visitor):
    import msgspec

    (idlib,) = ask(visitor, "incidents?q=idlib&scope=attack&grade=fair")["incidents"] or [None]
    for path, kind in ((f"incidents/{idlib['id']}", "incidents"),):
        msgspec.convert(ask(visitor, path), FORMATS[kind])


def test_marks_are_gathered_by_zoom(visitor):
    near = ask(visitor, "map?zoom=14")["features"]
    far = ask(visitor, "map?zoom=0")["features"]
    assert sum(one["properties"]["entries"] for one in near) == 2
    assert len(far) <= len(near)
    assert ask(visitor, "map?zoom=5&bbox=0,0,10,10")["features"] == []


def test_totals_have_bounds(visitor):
    rows = ask(visitor, "totals")["totals"]
    (everything,) = [
        row for row in rows if (row["by"], row["harm"], row["group"]) == ("none", "killed", "people")
    ]
    assert (everything["low"], everything["high"]) == (25, 52)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("incidents?from=yesterday", 422),
        ("incidents?limit=100000", 422),
        ("incidents?bbox=1,2,3", 422),
        ("incidents?bbox=nan,0,1,1", 422),
        ("incidents?means=magic", 422),
        ("incidents?unknown=1", 422),
        ("incidents?q=%00", 422),
        ("incidents?after=zzz", 422),
        ("incidents?after=" + "0" * 16, 404),
        ("incidents/nothing", 404),
        ("incidents/" + "0" * 64, 404),
        ("claims/" + "f" * 64, 404),
        ("claims/%2e%2e", 404),
        ("nothing", 404),
    ],
)
def test_what_makes_no_sense_is_refused(visitor, path, status):
    answer = visitor.get("/api/v1/" + path)
    assert answer.status == status, answer.text
    assert "detail" in answer.json


def test_the_description_names_every_operation_and_format(visitor):
    told = ask(visitor, "openapi.json")
    assert set(told["paths"]) == {
        "/api/v1/incidents",
        "/api/v1/incidents.geojson",
        "/api/v1/map",
        "/api/v1/incidents/{id}",
        "/api/v1/incidents/{id}/claims",
        "/api/v1/claims/{id}",
        "/api/v1/totals",
    }
    assert {"Incident", "Claim", "Account"} <= set(told["components"]["schemas"])
    text = json.dumps(told)
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in told["components"]["schemas"], name


def test_an_operation_that_does_not_say_who_may_ask_cannot_be_added(inside, built):
    told = inside(
        "from harmledger.desk.web.api.routing import DeskRouter\n"
        "try:\n"
        "    DeskRouter().get('/x')(lambda request: 1)\n"
        "except TypeError as error:\n"
        "    print(error)\n",
        built,
    )
    assert "does not say who may ask it" in told
