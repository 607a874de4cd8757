"""Floors are held, raised and lowered as the command says, with a scorer that gives whatever it is told to."""

import json
from pathlib import Path

import floors as command
import pytest
from evaluation import SHARED, find_scorer, read_scored
from pins import Floors, FloorsError, Pinned, load_floors, save_floors

OLD, NEW = "a" * 64, "b" * 64


def make_floors() -> Floors:
    return Floors({"one": Pinned(OLD, {"scope": 0.8, "voice": 0.9, "claims_discarded": 0})})


def measure(digest: str = OLD, **figures: float) -> dict[str, command.Measured]:
    return {"one": command.Measured(digest, {"scope": 0.8, "voice": 0.9, "claims_discarded": 0} | figures)}


def find_faults(measured: dict[str, command.Measured]) -> list[str]:
    return list(command.find_faults(make_floors(), measured, ("one",)))


def test_what_holds_has_no_fault() -> None:
    assert find_faults(measure()) == []
    assert find_faults(measure(scope=0.9)) == []


def test_a_fallen_figure_is_named_with_floor_value_and_remedy() -> None:
    (fault,) = find_faults(measure(scope=0.7999))
    assert fault.startswith("one scope is 0.7999, below the floor of 0.8000: mend")
    assert "lower one scope 0.7999 --reason" in fault


def test_more_faults_than_allowed_are_told() -> None:
    (fault,) = find_faults(measure(claims_discarded=2))
    assert fault.startswith("one claims_discarded is 2.0000, above what is allowed of 0.0000")


def test_a_figure_that_is_gone_is_no_pass() -> None:
    measured = {"one": command.Measured(OLD, {"scope": 0.8, "claims_discarded": 0})}
    assert [fault.split(":")[0] for fault in find_faults(measured)] == ["one voice"]


def test_changed_files_are_no_silent_pass() -> None:
    (fault,) = find_faults(measure(NEW))
    assert "no longer what its floors were measured on" in fault
    assert "raise one" in fault


def test_a_set_without_floors_is_told_and_an_absent_one_is_not() -> None:
    assert list(command.find_faults(Floors(), measure(), ("one", "two"))) == [
        "one has no floors: set them with `python bench/floors.py raise one`"
    ]


def test_raising_takes_what_is_better_and_leaves_what_is_not() -> None:
    floors = make_floors()
    told = command.raise_floors(floors, measure(NEW, scope=0.85129, voice=0.7, group=0.3))
    assert floors.sets["one"].figures == {"scope": 0.8512, "voice": 0.9, "claims_discarded": 0, "group": 0.3}
    assert floors.sets["one"].digest == NEW
    assert "one: its files changed; their digest is taken over" in told
    assert "one scope: 0.8000 → 0.8512" in told
    assert "one voice: is 0.7000, below its floor of 0.9000, which stays" in told
    assert find_faults(measure(OLD, voice=0.7)), "what fell is told after raising, too"


def test_raising_allows_fewer_faults_and_never_more() -> None:
    floors = Floors({"one": Pinned(OLD, {"claims_discarded": 2})})
    command.raise_floors(floors, {"one": command.Measured(OLD, {"claims_discarded": 3})})
    assert floors.sets["one"].figures == {"claims_discarded": 2}
    command.raise_floors(floors, {"one": command.Measured(OLD, {"claims_discarded": 1})})
    assert floors.sets["one"].figures == {"claims_discarded": 1}


def test_a_lowered_floor_keeps_its_reason_and_its_old_value(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    save_floors(make_floors(), path)
    asked = ["lower", "one", "voice", "0.85", "--reason", "two voices were one", "--date", "2021-11-08"]
    assert command.main(["--file", str(path), *asked]) == 0
    floors = load_floors(path)
    assert floors.sets["one"].figures["voice"] == 0.85
    (lowered,) = floors.lowered
    assert (lowered.old, lowered.new, lowered.date) == (0.9, 0.85, "2021-11-08")
    assert lowered.reason == "two voices were one"


@pytest.mark.parametrize(
    ("figure", "value", "reason", "day", "words"),
    [
        ("voice", 0.8, "  ", "2021-11-08", "without a reason"),
        ("voice", 0.8, "some", "today", "is no day"),
        ("voice", 0.95, "some", "2021-11-08", "does not lower"),
        ("voice", float("nan"), "some", "2021-11-08", "does not lower"),
        ("claims_discarded", 0, "some", "2021-11-08", "does not lower"),
        ("group", 0.1, "some", "2021-11-08", "no such floor"),
    ],
)
def test_lowering_is_refused(figure: str, value: float, reason: str, day: str, words: str) -> None:
    floors = make_floors()
    with pytest.raises(FloorsError, match=words):
        command.lower_floor(floors, "one", figure, value, reason, day)
    assert floors == make_floors()


def test_lowering_without_a_reason_is_refused_at_the_door(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        command.main(
            ["--file", str(tmp_path / "floors.json"), "lower", "one", "voice", "0.8", "--date", "2021-11-08"]
        )


def test_a_broken_file_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "floors.json").write_text("{", "utf-8")
    assert command.main(["--file", str(tmp_path / "floors.json"), "check"]) == 2
    assert "floors.json, line 1" in capsys.readouterr().err


def test_without_the_sets_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--file", str(tmp_path / "floors.json"), "--shared", str(tmp_path), "check"]) == 0
    assert "no floor can be checked here" in capsys.readouterr().out


def test_the_table_has_a_line_a_figure() -> None:
    lines = list(command.tabulate(make_floors(), measure(scope=0.75, group=0.5)))
    assert [line.split() for line in lines[1:]] == [
        ["one", "claims_discarded", "0.0000", "0.0000", "+0.0000"],
        ["one", "group", "none", "0.5000"],
        ["one", "scope", "0.8000", "0.7500", "-0.0500", "below"],
        ["one", "voice", "0.9000", "0.9000", "+0.0000"],
    ]
    assert max(map(len, lines)) <= 80


def test_the_scorer_is_understood() -> None:
    figures = read_scored(
        'scope      0.8      (40)\nclaims_discarded    0   ()\n{"scope": 0.8, "claims_discarded": 0}\n'
    )
    assert figures.values == {"scope": 0.8, "claims_discarded": 0}
    assert figures.cases == {"scope": "40", "claims_discarded": ""}


@pytest.mark.long
def test_a_set_is_read_scored_and_held_to_its_floor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From documents to floors, with a scorer that counts the claims of killed people."""
    monkeypatch.setattr("evaluation.BUILD", tmp_path / "build")
    monkeypatch.setenv("HARMLEDGER_DATA", str(tmp_path / "data"))
    shared, file = tmp_path / "shared", tmp_path / "floors.json"
    folder = shared / "bench" / "data" / "tiny"
    folder.mkdir(parents=True)
    row = {"id": "a", "text": "An air strike killed nine people in Ariha.", "language": "en"}
    (folder / "documents.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (shared / "bench" / "score.py").write_text(
        "import json, sys\n"
        "rows = [json.loads(line) for line in open(sys.argv[3])]\n"
        "figures = {'found': sum(row['harm'] == 'killed' for row in rows) / 2}\n"
        "print('found', figures['found'], '(2)')\nprint(json.dumps(figures))\n"
    )
    asked = ["--file", str(file), "--shared", str(shared)]
    assert command.main([*asked, "raise", "tiny"]) == 0
    assert load_floors(file).sets["tiny"].figures == {"found": 0.5}
    row["text"] = "An air strike hit Ariha."
    (folder / "documents.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert command.main([*asked, "check"]) == 1
    told = capsys.readouterr().out
    assert "tiny is no longer what its floors were measured on" in told
    assert "tiny found is 0.0000, below the floor of 0.5000" in told


def test_the_floors_of_the_repository_are_of_their_form() -> None:
    floors = load_floors(command.FILE)
    assert {"claims_en", "fakes", "gaza", "gunviolence", "seeds"} <= floors.sets.keys()
    assert all(name in each.figures for each in floors.sets.values() for name in ("claims_discarded",))


@pytest.mark.skipif(find_scorer(SHARED) is None, reason="the evaluation sets do not lie beside the checkout")
def test_the_seeds_hold_their_floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.BUILD", tmp_path)
    ready = command.ROOT / "build" / "bench" / "data"
    if not (ready / "packs").is_dir():
        pytest.skip("the country packs are not installed: run make floors once")
    (tmp_path / "data").symlink_to(ready)
    assert command.main(["check", "seeds"]) == 0
