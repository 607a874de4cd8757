"""What people decided and signed in one case, taken over into another that was made of its export."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec import convert

from desk.case_folders import make_case, open_built
from harmledger.desk.main import main
from harmledger.pipeline.judging import name_judgement
from harmledger.records.judgement import Judgement
from harmledger.review.standing import name_signing
from harmledger.store.case import open_case
from harmledger.store.rulings import list_rulings
from harmledger.store.signings import fetch_form, list_signings

from .reports import IDLIB
from .test_signatures import STEPS, find_count, list_incidents, sign

ROWS = tuple({**row, "id": f"report-{n}"} for n, row in enumerate(IDLIB))
FILES = ("judgements.jsonl", "signings.jsonl")


@pytest.fixture
def exported(tmp_path):
    """Give the export of a case in which people corrected, added, took back, and signed."""
    (tmp_path / "old").mkdir()
    for case in open_built(tmp_path / "old", *ROWS):
        folder, why = str(case.folder), ("--reason", "the list", "--by", "the-analyst", "-q")
        claim, _ = find_count(case, list_incidents(case)[0])
        assert main(["correct", folder, claim, "count=7", *why]) == 0
        assert main(["note", folder, claim, *why]) == 0
        assert main(["undo", folder, *why]) == 0
        fields = ("harm=wounded", "harm=injured", "count=4", "place=Idlib", "time=2016-05-30")[1:]
        assert main(["claim", folder, "report-1", "Among the dead were seven children", *fields, *why]) == 0
        assert main(["build", folder, "-q", "--jobs", "1"]) in (0, 1)
        sign(case, list_incidents(case)[0], *STEPS)
        assert main(["export", folder, "-o", str(tmp_path / "out"), "-q"]) == 0
    return tmp_path / "out"


@pytest.fixture
def moved(tmp_path, exported):
    """Give a case that was made of the documents of the export, and built."""
    (tmp_path / "new").mkdir()
    folder = make_case(tmp_path / "new")
    assert main(["add", folder, str(exported / "documents.jsonl"), "-q"]) == 0
    assert main(["build", folder, "-q", "--jobs", "1"]) == 0
    return folder


def take_over(folder, exported, *more):
    judgements, signings = (str(exported / name) for name in FILES)
    return main(
        ["take-over", folder, "--judgements", judgements, "--signings", signings, "--by", "the-admin", *more]
    )


def export(folder, target):
    assert main(["build", folder, "-q", "--jobs", "1"]) in (0, 1)
    assert main(["export", folder, "-o", str(target), "-q"]) == 0
    return {path.name: path.read_text("utf-8") for path in target.iterdir()}


def read_rows(text):
    return [json.loads(line) for line in text.splitlines()]


def test_a_case_that_is_made_anew_comes_to_the_same(exported, moved, tmp_path, capsys):
    assert take_over(moved, exported) == 1, "signatures wait for the build"
    assert "4 judgements and 0 signatures taken over" in capsys.readouterr().err
    assert main(["build", moved, "-q", "--jobs", "1"]) in (0, 1)
    assert take_over(moved, exported) == 0
    assert "0 judgements and 3 signatures taken over; 4 were here already" in capsys.readouterr().err
    before = {path.name: path.read_text("utf-8") for path in exported.iterdir()}
    after = export(moved, tmp_path / "again")
    for name in ("claims.jsonl", "incidents.jsonl"):
        assert after[name] == before[name]
    for name in FILES:
        digest = sha256((exported / name).read_bytes()).hexdigest()
        for old, new in zip(read_rows(before[name]), read_rows(after[name]), strict=True):
            origin = new.pop("extra")["taken_over"]
            assert (origin["by"], origin["file"], origin["digest"]) == ("the-admin", name, digest)
            assert new == old
    assert take_over(moved, exported) == 0
    assert "0 judgements and 0 signatures taken over; 7 were here already" in capsys.readouterr().err
    assert export(moved, tmp_path / "third") == after


def test_what_was_published_is_kept_as_it_was(exported, moved):
    take_over(moved, exported, "-q")
    assert main(["build", moved, "-q", "--jobs", "1"]) in (0, 1)
    assert take_over(moved, exported, "-q") == 0
    case, _ = open_case(Path(moved))
    with case:
        (published,) = (one for one in list_signings(case.facts) if one.step == "publish")
        assert published.incident in fetch_form(case.facts, published.id)


def test_what_stands_here_stays_as_it_is(exported, moved, capsys):
    rows = read_rows((exported / "judgements.jsonl").read_text("utf-8"))
    claim = rows[0]["claims"][0]
    why = ("--reason", "counted anew", "--by", "somebody-here", "-q")
    assert main(["correct", moved, claim, "count=9", *why]) == 0
    assert main(["build", moved, "-q", "--jobs", "1"]) in (0, 1)
    take_over(moved, exported, "-q")
    case, _ = open_case(Path(moved))
    with case:
        made = [(one.by, one.extra) for one in list_rulings(case.facts)]
    assert made[0] == ("somebody-here", {})
    assert len(made) == len(rows) + 1
    capsys.readouterr()
    assert main(["judgements", moved]) == 0
    told = capsys.readouterr().out
    assert "the-analyst (taken over by the-admin)" in " ".join(told.split())
    assert main(["undo", moved, "--reason", "typed", "--by", "somebody-here"]) == 0
    assert "count" in capsys.readouterr().err, "the latest by its moment, not by its arrival"


def test_what_names_nothing_here_is_told_and_left(exported, tmp_path, capsys):
    (tmp_path / "bare").mkdir()
    folder = make_case(tmp_path / "bare", ROWS[0])
    assert main(["build", folder, "-q", "--jobs", "1"]) == 0
    assert take_over(folder, exported) == 1
    told = capsys.readouterr().err
    assert "0 judgements and 0 signatures taken over" in told
    assert "judgements.jsonl:1: is about a claim that this case does not hold" in told
    assert "judgements.jsonl:3: takes back a judgement that is not here" in told
    assert "signings.jsonl:1: was signed of an incident that this case does not hold" in told


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("judgements.jsonl", {"by": "somebody else"}, "its id does not fit what it holds"),
        ("judgements.jsonl", {"value": None, "reason": ""}, "its id does not fit what it holds"),
        ("signings.jsonl", {"by": "somebody else"}, "its id does not fit what it holds"),
        ("signings.jsonl", {"content": {"scope": "attack"}}, "it is not what was signed"),
        (
            "signings.jsonl",
            {"documents": ["nobody-knows-it"]},
            "rests on a document that this case does not hold",
        ),
    ],
)
def test_what_was_changed_on_the_way_is_not_taken(exported, moved, capsys, name, change, told):
    path = exported / name
    first, *others = read_rows(path.read_text("utf-8"))
    path.write_text("".join(json.dumps(row) + "\n" for row in ({**first, **change}, *others)))
    kind = name.removesuffix(".jsonl")
    assert main(["take-over", moved, f"--{kind}", str(path)]) == 1
    found = capsys.readouterr().err
    assert f"{name}:1: " in found
    assert told in found
    assert f"{len(others)} {'judgements' if kind == 'judgements' else 'signatures'}".split()[0] in found


def spoil_evidence(claim):
    claim["evidence"]["text"] = claim["evidence"]["text"].replace("seven", "eight")
    claim["cue"]["text"] = claim["cue"]["text"].replace("seven", "eight")


def move_evidence(claim):
    for span in (claim["evidence"], claim["cue"]):
        span["start"] += 1000
        span["end"] += 1000


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (spoil_evidence, "evidence does not stand at its place"),
        (move_evidence, "evidence does not stand at its place"),
        (lambda claim: claim["count"].update(low=10**12, high=10**12, value=10**12), "a figure is larger"),
        (lambda claim: claim["place"].update(lat=91.0, lon=36.0), "latitude"),
        (lambda claim: claim.update(harm="destroyed"), "needs a harm to people"),
        (lambda claim: claim.update(group="women"), "id does not fit"),
        (lambda claim: claim.update(document="nobody-knows-it"), "a claim that this case does not hold"),
    ],
)
def test_nobody_adds_a_claim_that_does_not_stand_in_its_text(exported, moved, capsys, change, told):
    """An id is a sum that anybody can work out anew: what is said is held against the text."""
    path = exported / FILES[0]
    (row,) = (row for row in read_rows(path.read_text("utf-8")) if row["kind"] == "add")
    change(row["value"])
    row["id"] = name_judgement(convert(row, Judgement))
    path.write_text(json.dumps(row) + "\n")
    assert main(["take-over", moved, "--judgements", str(path)]) == 1
    found = capsys.readouterr().err
    assert "0 judgements" in found
    assert told in found


@pytest.mark.parametrize(
    "spoil", [lambda id: "no id", lambda id: id[:16], lambda id: id[:16] + 48 * "0", lambda id: ""]
)
def test_what_is_no_claims_id_is_not_taken_for_one(exported, moved, capsys, spoil):
    path = exported / FILES[0]
    row = read_rows(path.read_text("utf-8"))[0]
    row["claims"] = [spoil(row["claims"][0])]
    row["id"] = name_judgement(convert(row, Judgement))
    path.write_text(json.dumps(row) + "\n")
    assert main(["take-over", moved, "--judgements", str(path)]) == 1
    assert "judgements.jsonl:1: is about a claim that this case does not hold" in capsys.readouterr().err


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("at", "fault"),
    [
        ("2999-01-01T00:00:00Z", "was made later than now"),
        ("0001-01-01T00:00:00+14:00", "says a moment that is not written"),
        ("20200101T000000Z", "says a moment that is not written"),
    ],
)
def test_what_was_made_at_no_moment_that_was_is_left(exported, moved, capsys, name, at, fault):
    path = exported / name
    row = {**read_rows(path.read_text("utf-8"))[0], "at": at}
    told = [row.get(key) for key in ("incident", "step", "digest", "by", "at", "reason")]
    row["id"] = name_signing(*told) if "step" in row else name_judgement(convert(row, Judgement))
    path.write_text(json.dumps(row) + "\n")
    kind = name.removesuffix(".jsonl")
    assert main(["take-over", moved, f"--{kind}", str(path)]) == 1
    assert f"{name}:1: {fault}" in capsys.readouterr().err


def test_the_beginning_of_an_id_names_no_incident(exported, moved, capsys):
    assert main(["take-over", moved, "--judgements", str(exported / FILES[0]), "-q"]) in (0, 1)
    assert main(["build", moved, "-q", "--jobs", "1"]) in (0, 1)
    path = exported / FILES[1]
    row = read_rows(path.read_text("utf-8"))[0]
    short = row["incident"][:12]
    told = (row["step"], row["digest"], row["by"], row["at"], row["reason"])
    path.write_text(json.dumps({**row, "incident": short, "id": name_signing(short, *told)}) + "\n")
    assert main(["take-over", moved, "--signings", str(path)]) == 1
    assert f"of an incident that this case does not hold: {short}" in capsys.readouterr().err


def test_without_a_file_or_a_build_nothing_is_done(exported, tmp_path, capsys):
    (tmp_path / "bare").mkdir()
    folder = make_case(tmp_path / "bare", ROWS[2])
    assert take_over(folder, exported) == 3
    assert main(["take-over", folder]) == 2
