"""`harmledger why`: what holds an incident together, and why two are, or are not, one."""

import json

import pytest

from harmledger.desk.main import main


@pytest.fixture
def exported(case, tmp_path):
    folder = tmp_path / "out"
    assert main(["export", case, "-o", str(folder), "-q"]) == 0
    rows = [json.loads(line) for line in (folder / "incidents.jsonl").read_text().splitlines()]
    return folder, {one["place"]["name"]: one for one in rows}


def tell(arguments, capsys):
    capsys.readouterr()
    assert main(arguments) == 0
    return " ".join(capsys.readouterr().out.split())


def test_an_incident_is_told_with_its_links_and_the_weakest(case, exported, capsys) -> None:
    told = tell(["why", case, exported[1]["Ariha"]["id"][:10]], capsys)
    assert "2 tellings, from 2 documents" in told
    assert "1. Example Wire, 23 July 2019: Ariha, Idlib, 22 July 2019, killed 23" in told
    assert "1 and 2: " in told
    assert "the weakest link place: same, +4 days: same, +3 killed:" in told
    assert "Without the weakest link it would be two: 1; and 2." in told


def test_two_incidents_are_told_apart_by_what_rules_them_out(case, exported, capsys) -> None:
    ids = [exported[1][name]["id"][:10] for name in ("Ariha", "Saraqib")]
    told = tell(["why", case, *ids], capsys)
    assert told.startswith("They are of two incidents.")
    assert "place: apart, veto (The same town;" in told
    assert "place rules it out; 5 and no veto make one attack." in told


def test_two_claims_of_one_incident_are_told_with_the_way_between_them(case, exported, capsys) -> None:
    claims = exported[1]["Ariha"]["claims"]
    by_id = {
        claim["id"]: claim
        for claim in map(json.loads, (exported[0] / "claims.jsonl").read_text().splitlines())
    }
    one = next(id for id in claims if by_id[id]["document"] == "a")
    other = next(id for id in claims if by_id[id]["document"] == "b")
    told = tell(["why", case, one, other], capsys)
    assert "They are of one incident" in told
    assert "Example Wire" in told.split("They are of one incident")[1]
    assert "place: same, +4" in told
    assert "One telling" in tell(["why", case, one, one], capsys)


def test_files_give_the_same_answer_as_the_case(case, exported, capsys) -> None:
    folder, incidents = exported
    id = incidents["Ariha"]["id"]
    files = ["--claims", str(folder / "claims.jsonl"), "--documents", str(folder / "documents.jsonl")]
    assert tell(["why", str(folder / "incidents.jsonl"), id, *files], capsys) == tell(
        ["why", case, id], capsys
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["why", "{case}", "zzz"], "no incident has an id that starts with 'zzz'"),
        (["why", "{case}", ""], "several incidents begin with ''; give more of the id"),
        (["why", "{case}", "zzz", "yyy"], "no claim and no incident has an id that starts with 'zzz'"),
        (["why", "incidents.jsonl", "a"], "give its --claims and its --documents too"),
        (["why", "{case}", "a", "--claims", "c.jsonl"], "give none beside it"),
    ],
)
def test_what_cannot_be_answered_is_said(case, arguments, reason, capsys) -> None:
    assert main([argument.format(case=case) for argument in arguments]) in (2, 3)
    assert reason in " ".join(capsys.readouterr().err.split())


def test_what_keeps_two_apart_as_wholes_is_said(tmp_path, capsys) -> None:
    words = (
        "Air strikes on Idlib",
        "Warplanes bombed Idlib; the raids",
        "Bombs that fell on Idlib",
        "Jets that attacked Idlib",
    )
    rows = [
        {
            "id": f"{date[-2:]}-{n}",
            "publisher": f"Wire {n}",
            "published": date,
            "text": f"{told} on {name} killed 4 people.",
        }
        for date, name in (("2016-05-30", "Monday"), ("2016-05-31", "Tuesday"))
        for n, told in enumerate(words)
    ]
    documents, claims, incidents = (
        str(tmp_path / f"{name}.jsonl") for name in ("documents", "claims", "incidents")
    )
    (tmp_path / "documents.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert main(["read", documents, "--country", "SY", "-o", claims, "-q"]) == 0
    assert main(["fuse", claims, "--documents", documents, "-o", incidents, "-q"]) == 0
    ids = [json.loads(line)["id"] for line in (tmp_path / "incidents.jsonl").read_text().splitlines()]
    assert len(ids) == 2
    told = tell(["why", incidents, *ids, "--claims", claims, "--documents", documents], capsys)
    assert "these two by themselves would be one." in told
    assert "But as wholes they do not fit: the mean of 16 pairs is" in told
    assert "because too many of the reports would name a wrong day or a wrong spot" in told
