"""Files into facts: what is new, what is known, what is a later version, what is refused."""

import json
import random
import shutil
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmledger.documents.parts import load_mapping, open_parts
from harmledger.pipeline.add import add_files, retry_files
from harmledger.pipeline.erase import erase_documents
from harmledger.records.problem import Problem
from harmledger.store.arrivals import Arrivals
from harmledger.store.case import open_case
from harmledger.store.erasure_plan import plan_erasure
from harmledger.store.placing import clean_text

from .conftest import AT, add, states, write_lines

ROW = {"id": "a", "text": "Shelling killed two people.", "publisher": "Example Wire"}


def test_a_file_is_kept_as_it_came(case, tmp_path):
    source = write_lines(tmp_path / "a.jsonl", ROW)
    (file,), problems = add(case, source)
    assert problems == []
    assert (file.name, file.standing, file.fates) == ("a.jsonl", "unknown", {"new": 1})
    assert case.bytes.locate(file.digest).read_bytes() == source.read_bytes()


def test_the_same_bytes_twice_change_nothing(case, tmp_path):
    source = write_lines(tmp_path / "a.jsonl", ROW, {**ROW, "id": "b"})
    add(case, source)
    before = list(case.facts.list_heads())
    (file,), problems = add(case, shutil.copy(source, tmp_path / "copy.jsonl"))
    assert (file.standing, file.fates, problems) == ("read", {}, [])
    assert list(case.facts.list_heads()) == before


def test_two_copies_in_one_command_are_one(case, tmp_path):
    source = write_lines(tmp_path / "in" / "a.jsonl", ROW)
    shutil.copy(source, tmp_path / "in" / "b.jsonl")
    files, _ = add(case, tmp_path / "in")
    assert [file.standing for file in files] == ["unknown", "read"]
    assert case.facts.summarize().versions == 1


def test_changed_bytes_at_one_address_are_a_version(case, tmp_path):
    for number in range(3):
        add(case, write_lines(tmp_path / f"{number}.jsonl", {**ROW, "text": f"Shelling killed {number}."}))
    found = states(case)
    assert sorted(found.values()) == ["current", "superseded", "superseded"]
    (current,) = (id for id, state in found.items() if state == "current")
    assert current.startswith("a@")
    assert next(case.facts.fetch_documents([current])).text == "Shelling killed 2."


def test_versions_within_one_file_are_told_apart(case, tmp_path):
    add(case, write_lines(tmp_path / "a.jsonl", ROW, {**ROW, "text": "Shelling killed three."}))
    assert sorted(states(case).values()) == ["current", "superseded"]


def test_pages_at_one_address_are_versions_by_their_digests(case, tmp_path):
    url = "https://example.org/story"
    for text in ("Shelling killed two people.", "Shelling killed three people."):
        add(case, write_lines(tmp_path / f"{len(text)}.jsonl", {"url": url, "text": text}))
    heads = list(case.facts.list_heads())
    assert {head.address for head in heads} == {url}
    assert all(len(head.id) == 64 for head in heads)


def test_a_line_marked_retracted_becomes_a_judgement(case, tmp_path):
    add(case, write_lines(tmp_path / "a.jsonl", ROW))
    add(case, write_lines(tmp_path / "b.jsonl", {**ROW, "retracted": True}))
    assert sorted(states(case).values()) == ["retracted", "superseded"]
    (judgement,) = case.facts.list_judgements("a")
    assert (judgement.source, judgement.verdict) == ("notice", "retracted")
    assert "b.jsonl, line 1" in judgement.reason


def test_what_cannot_be_read_is_kept_listed_and_tried_again(case, tmp_path, monkeypatch):
    source = write_lines(tmp_path / "a.jsonl", ROW, {**ROW, "id": "b"})
    problem = Problem("documents.example", "cannot be read", "error", "a.jsonl, line 2")

    def open_less(*given, **named):
        first, _ = open_parts(*given, **named)
        yield first
        yield None, (problem,)

    with monkeypatch.context() as patched:
        patched.setattr("harmledger.documents.parts.open_parts", open_less)
        (file,), problems = add(case, source)
    assert (file.unread, problems) == (1, [problem])
    (unread,) = case.facts.list_unread()
    assert (unread.file_name, unread.where) == ("a.jsonl", "a.jsonl, line 2")
    with case.hold("add", AT):
        (again,) = (file for file, _ in retry_files(case, AT) if file)
    assert again.fates == {"known": 1, "new": 1}
    assert list(case.facts.list_unread()) == []
    with case.hold("add", AT):
        assert list(retry_files(case, AT)) == []


def test_a_table_that_was_not_understood_is_added_again_with_its_columns(case, tmp_path):
    table = tmp_path / "field.csv"
    table.write_text(
        "No.,What we heard\n1,Shelling killed two people in the town.\n2,Nobody was hurt there.\n"
    )
    (tmp_path / "field.toml").write_text('text = "{What we heard}"\n')
    (file,), _ = add(case, table)
    assert file.unread == 1
    mapping, problems = load_mapping(tmp_path / "field.toml")
    if mapping is None:
        pytest.skip(f"this mapping is not understood: {problems[0].message}")
    with case.hold("add", AT):
        (again,) = (file for file, _ in add_files(case, [table], AT, mapping) if file)
    assert (again.standing, again.fates) == ("interrupted", {"new": 2})
    assert list(case.facts.list_unread()) == []
    with case.hold("erase", AT):
        first = min(states(case))
        plan = plan_erasure(case.facts, [first])
        assert erase_documents(case, plan, "r", "b", AT) == ()
    (sheet,) = (case.facts.find_version(id)[0] for id in states(case))
    assert case.bytes.has(sheet.digest)


def test_the_mapping_beside_a_table_says_what_its_columns_are(case, tmp_path):
    table = tmp_path / "in" / "field.csv"
    table.parent.mkdir()
    table.write_text("Nr,Gehoert\n1,Shelling killed two people in the town.\n2,Nobody was hurt there.\n")
    (file,), (problem,) = add(case, table)
    assert (file.unread, problem.code) == (1, "documents.columns")
    assert "field.csv.mapping.toml" in problem.remedy
    _, _, suggested = problem.remedy.partition("to begin with: ")
    companion = table.with_name("field.csv.mapping.toml")
    companion.write_text(suggested)
    (again,), notes = add(case, table.parent)
    assert (again.standing, again.fates) == ("interrupted", {"new": 2})
    assert [note.message for note in notes] == ["says which column is what of the table beside it"]
    assert list(case.facts.list_unread()) == []


def test_a_wrong_mapping_beside_a_table_keeps_it_out(case, tmp_path):
    table = tmp_path / "field.csv"
    table.write_text("text\nShelling killed two people in the town.\n")
    (tmp_path / "field.csv.mapping.toml").write_text("colums = 1")
    files, (problem,) = add(case, table)
    assert (files, problem.code, problem.where) == ([], "documents.mapping", "field.csv.mapping.toml")
    assert states(case) == {}


def test_an_unknown_file_is_kept_and_listed(case, tmp_path):
    source = tmp_path / "old.doc"
    source.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    (file,), problems = add(case, source)
    assert case.bytes.has(file.digest)
    assert [one.file_name for one in case.facts.list_unread()] == ["old.doc"]
    assert problems[0].remedy


def test_a_reading_that_was_cut_short_is_listed_and_finished(case, tmp_path, monkeypatch):
    source = write_lines(tmp_path / "a.jsonl", ROW)
    with monkeypatch.context() as patched:
        patched.setattr(Arrivals, "write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            add(case, source)
    assert [unread.code for unread in case.facts.list_unread()] == ["store.interrupted"]
    with case.hold("add", AT):
        (file,) = (file for file, _ in retry_files(case, AT) if file)
    assert file.fates == {"new": 1}
    assert list(case.facts.list_unread()) == []
    assert add(case, source)[0][0].standing == "read"


def test_the_case_does_not_swallow_itself(case, tmp_path):
    write_lines(tmp_path / "a.jsonl", ROW)
    files, problems = add(case, tmp_path)
    assert [file.name.rsplit("/")[-1] for file in files] == ["a.jsonl"]
    assert "store.own-file" in {problem.code for problem in problems}


def test_a_missing_file_costs_itself(case, tmp_path):
    files, problems = add(case, tmp_path / "none.txt", write_lines(tmp_path / "a.jsonl", ROW))
    assert len(files) == 1
    assert [problem.severity for problem in problems] == ["error"]


def test_a_known_document_in_another_file_is_known_there(case, tmp_path):
    source = tmp_path / "report.txt"
    source.write_text("Shelling killed two people in the town, residents said.")
    add(case, source)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(source, "inside/report.txt")
    (file,), _ = add(case, tmp_path / "all.zip")
    assert file.fates == {"known": 1}
    assert case.facts.summarize().versions == 1


def test_a_line_with_the_file_it_names_keeps_both(case, tmp_path):
    (tmp_path / "story.txt").write_text("Shelling killed two people.")
    source = write_lines(tmp_path / "a.jsonl", {"id": "a", "path": "story.txt"})
    add(case, source)
    (sheet,) = case.facts.find_version("a")
    kept = case.bytes.locate(sheet.digest).read_bytes()
    assert kept.endswith(b"Shelling killed two people.")


def test_text_that_no_database_holds_is_mended_code_point_for_code_point(case, tmp_path):
    text = "Shelling \x00 killed two people."
    (tmp_path / "a.jsonl").write_text(json.dumps({**ROW, "text": text, "title": "\x00", "x": "\x00"}) + "\n")
    add(case, tmp_path / "a.jsonl")
    (document,) = case.facts.fetch_documents(["a"])
    assert document.text == text.replace("\x00", "\ufffd")
    assert document.extra == {"x": "\x00"}
    assert clean_text("a\ud800b") == "a\ufffdb"


def test_long_names_are_bounded(case, tmp_path):
    add(case, write_lines(tmp_path / "a.jsonl", {**ROW, "id": "ж" * 5000}, {**ROW, "id": "ж" * 4999}))
    heads = list(case.facts.list_heads())
    assert len(heads) == 2
    assert all(len(head.id.encode()) <= 1000 for head in heads)


LINES = [
    {"id": f"d{n}", "text": f"Shelling killed {n + 2} people.", "publisher": "Example Wire"} for n in range(6)
]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from(range(6)), min_size=1, max_size=4), min_size=1, max_size=4),
    st.integers(),
)
def test_facts_do_not_depend_on_the_order_of_arrival(empty_case, tmp_path_factory, files, seed):
    orders = [files, random.Random(seed).sample(files, len(files))]
    found = []
    for order in orders:
        base = tmp_path_factory.mktemp("order")
        case, _ = open_case(shutil.copytree(empty_case, base / "case"))
        with case:
            for number, chosen in enumerate(order):
                add(case, write_lines(base / f"{number}.jsonl", *(LINES[index] for index in chosen)))
            found.append(list(case.facts.list_heads()))
            assert len(found[-1]) == len({index for chosen in files for index in chosen})
    assert found[0] == found[1]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_the_version_that_arrived_last_counts(empty_case, tmp_path_factory, arrivals):
    base = tmp_path_factory.mktemp("versions")
    case, _ = open_case(shutil.copytree(empty_case, base / "case"))
    with case:
        for number, value in enumerate(arrivals):
            add(case, write_lines(base / f"{number}.jsonl", {"id": "a", "text": f"Shelling killed {value}."}))
        current = [id for id, state in states(case).items() if state == "current"]
        (document,) = case.facts.fetch_documents(current)
        last_new = list(dict.fromkeys(arrivals))[-1]
        assert document.text == f"Shelling killed {last_new}."
