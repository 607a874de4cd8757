"""The command line as people use it: what comes out, where, and with which exit code."""

import json
import resource
import subprocess

import pytest
from click.testing import CliRunner

from harmledger import __version__
from harmledger.desk.main import cli
from harmledger.desk.terminal import clean_text

from .conftest import PROGRAM, run, write_rows

LONG_REPORT = {
    "id": "long",
    "published": "2021-11-08",
    "language": "en",
    "text": "Eleven dead in air strike. The weather was fine that day. Nobody had expected more.\n\n"
    "Two helicopters dropped barrel bombs on Ariha on Sunday, killing at least 11 people, including four children, "
    "and damaging a clinic, a doctor said.",
}


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def walk_commands(group=cli, names=()):
    yield names, group
    for name, command in getattr(group, "commands", {}).items():
        yield from walk_commands(command, (*names, name))


@pytest.mark.parametrize("names", [names for names, _ in walk_commands()], ids="-".join)
def test_every_command_explains_itself(names):
    done = CliRunner().invoke(cli, [*names, "--help"], prog_name="harmledger")
    assert done.exit_code == 0
    assert done.output.startswith("Usage: harmledger")
    assert len(done.output.split("\n\n")) >= 3
    if names and names != ("places",):
        assert "Examples:" in done.output


def test_the_version_names_the_gazetteers():
    done = run("--version")
    assert done.stdout.splitlines()[0] == f"harmledger {__version__}"
    assert done.stdout.splitlines()[1].strip() in {"compiled", "in plain Python, not compiled"}
    assert "overlay@" in done.stdout
    assert done.returncode == 0


def test_the_program_starts_at_once():
    best = min(_time_start() for _ in range(3))
    assert best < 0.5


def _time_start():
    """Give the processor's seconds, which a busy machine does not stretch as it does the clock's."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_claims_quote_their_documents(made):
    texts = {row["id"]: row["text"] for row in read_lines(made / "documents.jsonl")}
    claims = read_lines(made / "claims.jsonl")
    assert {claim["document"] for claim in claims} == set(texts)
    for claim in claims:
        evidence = claim["evidence"]
        assert texts[claim["document"]][evidence["start"] : evidence["end"]] == evidence["text"]
        assert claim["made_by"].startswith(f"harmledger/{__version__} ")
        assert claim["format"] == 1
    order = [(c["document"], c["evidence"]["start"], c["cue"]["start"], c["id"]) for c in claims]
    assert order == sorted(order)


def test_incidents_name_the_gazetteers_of_their_claims(made):
    makers = {row["made_by"] for row in read_lines(made / "claims.jsonl")}
    assert {row["made_by"] for row in read_lines(made / "incidents.jsonl")} == makers


def test_show_puts_tolls_side_by_side(made):
    done = run(
        "show",
        made / "incidents.jsonl",
        "--claims",
        made / "claims.jsonl",
        "--documents",
        made / "documents.jsonl",
    )
    assert done.returncode == 0
    assert "at least 23" in done.stdout
    assert "50" in done.stdout
    assert "⟦" in done.stdout
    assert "\x1b" not in done.stdout


def test_show_takes_the_beginning_of_an_id(made):
    name = read_lines(made / "incidents.jsonl")[0]["id"]
    assert name[:16] in run("show", made / "incidents.jsonl", name[:8]).stdout
    missing = run("show", made / "incidents.jsonl", "zzz")
    assert missing.returncode == 3
    assert "no incident" in missing.stderr


def test_explain_shows_the_rules_and_reads_the_sentence_again(made):
    claim = next(row for row in read_lines(made / "claims.jsonl") if row["count"])
    done = run("explain", made / "claims.jsonl", claim["id"][:20], "--documents", made / "documents.jsonl")
    assert done.returncode == 0, done.stderr
    assert claim["because"][0] in done.stdout
    assert f"⟦{claim['cue']['text']}⟧" in done.stdout
    assert "read again" in done.stdout
    ambiguous = run("explain", made / "claims.jsonl", "")
    assert ambiguous.returncode == 3


def test_reading_explained_tells_every_sentence(made, tmp_path):
    report = write_rows(tmp_path / "report.jsonl", [LONG_REPORT])
    plain, asked = tmp_path / "plain.jsonl", tmp_path / "claims.jsonl"
    run("read", report, "-o", plain)
    done = run("read", report, "-o", asked, "--explain", "--decisions", tmp_path / "decisions.jsonl")
    assert done.returncode == 0, done.stderr
    assert asked.read_bytes() == plain.read_bytes()
    assert "\x1b" not in done.stderr
    assert max(map(len, done.stderr.splitlines()[1:-1])) <= 80
    for words in (
        "toll.reduced",
        "hindsight  place: nothing → Ariha (carried)",
        "2 sentences without a word of harm",
    ):
        assert words in done.stderr
    assert "set aside  'Two': counts forces or aircraft" in done.stderr
    rows = read_lines(tmp_path / "decisions.jsonl")
    assert [row["is_read"] for row in rows] == [True, False, False, True]
    assert {made["claim"] for row in rows for made in row["claims"]} == {
        row["id"] for row in read_lines(asked)
    }
    assert [number["reason"] for number in rows[-1]["set_aside"]] == ["counts forces or aircraft"]
    assert all(LONG_REPORT["text"][row["start"] : row["end"]] == row["text"] for row in rows)


def test_decisions_do_not_go_where_something_else_is(made):
    source = made / "documents.jsonl"
    assert run("read", source, "-o", made / "again.jsonl", "--decisions", source).returncode == 2
    assert run("read", source, "--decisions", "-").returncode == 2
    folder = run("read", source, "-o", made / "again.jsonl", "--decisions", made)
    assert folder.returncode == 3
    assert "is a folder" in folder.stderr


def test_tally_gives_ranges_and_json(made):
    done = run("tally", made / "incidents.jsonl", "--by", "none", "--json")
    row = json.loads(done.stdout)[0]
    assert row["low"] <= row["best"] <= row["high"]
    table = run("tally", made / "incidents.jsonl", "--by", "month", "--area", "Idleb")
    assert table.returncode == 0
    assert "May 2016" in table.stdout
    assert run("tally", made / "incidents.jsonl", "--harm", "slain").returncode == 2


def test_tally_names_the_deadliest_attack_with_its_rivals(made):
    asked = ("tally", made / "incidents.jsonl", "--deadliest")
    found = json.loads(run(*asked, "--json").stdout)
    killed = {
        line["id"]: line["toll"]["killed"]["best"]
        for line in read_lines(made / "incidents.jsonl")
        if line["scope"] == "attack" and "killed" in line["toll"]
    }
    assert killed[found["incident"]] == found["best"] == max(killed.values())
    assert found["compared"] == len(killed)
    assert found["incident"][:16] in run(*asked).stdout.replace("\n", "")
    assert json.loads(run(*asked, "--since", "2031-01-01", "--json").stdout) is None


def test_tally_counts_an_incident_of_two_files_once(made):
    once = run("tally", made / "incidents.jsonl", "--by", "none", "--json")
    twice = run("tally", made / "incidents.jsonl", made / "incidents.jsonl", "--by", "none", "--json")
    assert json.loads(twice.stdout) == json.loads(once.stdout)
    assert "pipeline.duplicate-incident" in twice.stderr


def test_report_writes_one_page(made, tmp_path):
    page = tmp_path / "report.html"
    done = run(
        "report",
        made / "incidents.jsonl",
        *("--claims", made / "claims.jsonl"),
        *("--documents", made / "documents.jsonl"),
        *("-o", page),
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_places_find_and_list():
    found = run("places", "find", "Saraqib", "--country", "SY", "--json")
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)[0]["place"]["country"] == "SY"
    assert json.loads(run("places", "list", "--json").stdout) == []
    assert run("places", "find", "Saraqib", "--country", "Syria").returncode == 2


def test_schemas_are_json():
    for name in ("documents", "claims", "incidents"):
        assert json.loads(run("schema", name).stdout)["$defs"]
    assert run("schema", "events").returncode == 2


def test_pipes_from_end_to_end(made):
    source = (made / "documents.jsonl").read_bytes()
    read = run("read", "-", "-o", "-", "-q", input=source, text=False)
    assert read.returncode == 0
    assert read.stdout == (made / "claims.jsonl").read_bytes()
    assert read.stderr == b""
    fused = run("fuse", "-", "--documents", made / "documents.jsonl", "-q", input=read.stdout, text=False)
    assert fused.stdout == (made / "incidents.jsonl").read_bytes()


def test_a_closed_pipe_is_no_complaint(made):
    command = f"'{PROGRAM}' schema claims | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout == "{"
    assert done.stderr == ""
    assert done.returncode in (0, 141)


def test_messages_have_no_colour_where_none_is_wanted(tmp_path):
    done = run("read", tmp_path / "none.jsonl", environment={"NO_COLOR": "1"})
    assert "\x1b" not in done.stderr


def test_foreign_text_cannot_steer_the_terminal():
    assert clean_text("a\x1b[31mb\x9bc\u202ed\ne") == "a�[31mb�c�d e"
