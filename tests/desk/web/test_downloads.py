"""Files of data: the same bytes that a publication writes, and none while something was taken out."""

import json

import pytest

from .client import Visitor, wait_until

SAME = (
    "incidents.csv",
    "accounts.csv",
    "claims.jsonl",
    "incidents.jsonl",
    "incidents.geojson",
    "tallies.csv",
)


def fetch(visitor, path):
    wait_until(lambda: visitor.get(path).status == 200, seconds=180)
    return visitor.get(path)


@pytest.mark.long
def test_files_are_those_of_a_publication(own, run, tmp_path):
    folder, address = own
    visitor = Visitor(address)
    first = visitor.get("/data/incidents.csv")
    assert first.status == 503
    assert "being prepared" in first.text
    served = fetch(visitor, "/data/incidents.csv")
    assert served.headers["Content-Disposition"] == 'attachment; filename="incidents.csv"'
    run("publish", folder, tmp_path / "site", "-q")
    for name in SAME:
        assert visitor.get(f"/data/{name}").body == (tmp_path / "site" / "data" / name).read_bytes(), name
    feed = visitor.get("/feeds/all.xml")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert feed.body == (tmp_path / "site" / "feeds" / "all.xml").read_bytes()
    assert "feeds/idlib.xml" in visitor.get("/method.html").text
    for line in visitor.get("/data/claims.jsonl").text.splitlines():
        assert "2099" not in json.dumps(json.loads(line))


def test_nothing_else_of_the_folder_is_given(visitor):
    for path in (
        "/data/..%2fcase.toml",
        "/data/facts.sqlite",
        "/feeds.json",
        "/data/desk.secret",
        "/feeds/feeds.json",
    ):
        assert visitor.get(path).status == 404 or visitor.get(path).status == 503, path
        assert "key" not in visitor.get(path).text.split("<main")[0], path


@pytest.mark.long
def test_no_file_holds_what_was_taken_out(own, run):
    folder, address = own
    visitor = Visitor(address)
    assert "Saraqib" in fetch(visitor, "/data/incidents.csv").text
    run("withdraw", folder, "daily", "--reason", "a test", "-q")
    wait_until(lambda: visitor.get("/data/incidents.csv").status == 503)
    run("build", folder, "-q", "--jobs", "1")
    assert "Saraqib" not in fetch(visitor, "/data/incidents.csv").text
    kept = [path for path in folder.glob("downloads-*/data/incidents.csv") if "Saraqib" in path.read_text()]
    assert kept == []
