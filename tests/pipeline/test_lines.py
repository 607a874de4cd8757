"""Lines in: what is kept, what is skipped, and what is said about it."""

import io
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.documents import json_lines
from harmledger.documents.json_lines import LineError
from harmledger.pipeline.formats import decode_record, encode_record
from harmledger.pipeline.lines import _decode_lines, load_records
from harmledger.records.document import Document
from harmledger.records.incident import Extent, Incident

GOOD = b'{"id":"a","text":"One."}\n'


def write(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def test_a_broken_line_is_named_and_the_rest_is_kept(tmp_path):
    source = write(tmp_path / "d.jsonl", GOOD + b"{broken\n" + b'{"id":"b","text":"Two."}\n')
    records, problems = load_records([source], Document)
    assert [record.id for record in records] == ["a", "b"]
    assert [problem.where for problem in problems] == [f"{source}:2"]
    assert problems[0].severity == "error"
    assert problems[0].remedy


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b'{"id":"a","text":"x","format":2}', "format 2"),
        (b'{"id":"a","text":"x","format":"1"}', "format"),
        (b'{"id":"a","text":"x","format":true}', "int"),
        (b'{"id":1,"text":"x"}', "$.id"),
        (b'{"id":"a"}', "none of them"),
        (b'{"id":"a","text":"x","html":"y"}', "text and html"),
        (b'{"id":" ","text":"x"}', "id is empty"),
        (b'{"id":"a","text":"x","kind":"blog"}', "$.kind"),
        (b'{"id":"a","text":"\xff"}', "not UTF-8"),
        (b'{"id":"a","text":"\\ud800"}', "not valid JSON"),
        (b'{"id":"a","text":"x","n":NaN}', "not valid JSON"),
        (b'{"id":"a","text":"x","extra":[]}', "extra is no object"),
        (b'{"id":"a","text":"x","extra":[],"case":7}', "extra is no object"),
        (b'{"id":"a","text":"x","extra":null,"case":7}', "extra is no object"),
        (b'{"a":' + b"[" * 100_000, "not valid JSON"),
    ],
)
def test_why_a_line_is_no_document(line, reason):
    with pytest.raises(LineError, match=reason.replace("$", r"\$")):
        decode_record(line, Document)


def test_unknown_fields_are_kept_under_extra():
    record = decode_record(b'{"id":"a","text":"x","case":7,"extra":{"b":1}}', Document)
    assert record.extra == {"b": 1, "case": 7}
    assert msgspec.json.decode(encode_record(record))["extra"] == {"b": 1, "case": 7}


def test_a_line_without_format_is_format_one():
    assert decode_record(GOOD, Document).format == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "pipeline.empty-file"),
        (b"\n \n", "pipeline.empty-file"),
        (b"\x00\x01\x02" * 100, "pipeline.not-json-lines"),
        (b"\x1f\x8b" + b"x" * 50, "pipeline.not-json-lines"),
        (('{"id":"a","text":"x"}\n' * 3).encode("utf-16"), "pipeline.not-json-lines"),
    ],
)
def test_a_file_that_is_no_json_lines_is_reported_once(tmp_path, data, code):
    records, problems = load_records([write(tmp_path / "d.jsonl", data)], Document)
    assert records == ()
    assert [problem.code for problem in problems] == [code]


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path):
    records, problems = load_records([write(tmp_path / "d.jsonl", b"\xef\xbb\xbf" + GOOD)], Document)
    assert [record.id for record in records] == ["a"]
    assert problems == ()


def test_latin_1_is_told_by_its_line(tmp_path):
    source = write(tmp_path / "d.jsonl", GOOD + '{"id":"b","text":"né"}\n'.encode("latin-1"))
    records, problems = load_records([source], Document)
    assert len(records) == 1
    assert "not UTF-8" in problems[0].message


def test_a_missing_file_is_a_problem(tmp_path):
    records, problems = load_records([str(tmp_path / "none.jsonl")], Document)
    assert records == ()
    assert problems[0].code == "pipeline.unreadable-file"


def test_a_long_line_is_skipped_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(json_lines, "LINE_LIMIT", 100)
    monkeypatch.setattr(json_lines, "_SKIP_STEP", 7)
    long = b'{"id":"b","text":"' + b"x" * 500 + b'"}\n'
    records, problems = load_records([write(tmp_path / "d.jsonl", GOOD + long + GOOD)], Document)
    assert [record.id for record in records] == ["a", "a"]
    assert [problem.code for problem in problems] == ["pipeline.line-too-long"]
    assert problems[0].where.endswith(":2")


def test_a_hundred_megabytes_in_one_line_stay_out_of_memory(tmp_path):
    source = tmp_path / "d.jsonl"
    with source.open("wb") as handle:
        handle.write(b'{"id":"b","text":"')
        for _ in range(100):
            handle.write(b"x" * 1024 * 1024)
        handle.write(b'"}\n' + GOOD)
    script = (
        "import resource\n"
        "from harmledger.pipeline.lines import load_records\n"
        "from harmledger.records.document import Document\n"
        "resource.setrlimit(resource.RLIMIT_AS, (300 << 20, 300 << 20))\n"
        f"records, problems = load_records([{str(source)!r}], Document)\n"
        "print(len(records), problems[0].code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.split() == ["1", "pipeline.line-too-long"], done.stderr


@given(
    st.builds(
        Document,
        id=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
        text=st.text(st.characters(exclude_categories=["Cs"])),
        title=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
        retracted=st.none() | st.booleans(),
        extra=st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(lambda name: f"x-{name}"),
            st.integers(-(2**60), 2**60) | st.text(st.characters(exclude_categories=["Cs"])),
        ),
    )
)
def test_what_is_written_is_read_back_and_takes_one_line(document):
    line = encode_record(document)
    assert line.count(b"\n") == 1
    assert decode_record(line, Document) == document
    assert encode_record(decode_record(line, Document)) == line


@given(st.binary(max_size=200))
def test_no_bytes_raise_out_of_reading(data):
    problems = []
    found = list(_decode_lines(io.BytesIO(data), "x", Document, problems))
    assert len(found) + len(problems) >= 1


def test_fields_keep_the_order_of_the_format_and_text_is_not_escaped():
    line = encode_record(Document(id="a", text="إدلب")).decode()
    assert line.startswith('{"id":"a","text":"إدلب","html":null,')
    assert "extra" not in line


def test_a_record_that_breaks_its_format_is_not_written():
    broken = Incident(id="a", scope="attack", toll={"slain": Extent(1, 1, 1)})
    with pytest.raises(LineError, match="unknown harm"):
        encode_record(broken)
    with pytest.raises(LineError, match="out of order"):
        encode_record(Incident(id="a", scope="attack", toll={"killed": Extent(5, 3, 4)}))


@pytest.mark.parametrize(
    ("line", "kind", "terms"),
    [
        (b'{"id":"a","text":"One.","kind":"blog"}', Document, ("monitor", "social")),
        (b'{"id":"a","scope":"day"}', Incident, ("area_day", "since_date")),
        (
            b'{"id":"a","scope":"attack","accounts":[{"voice":{"role":"boss"},"origin":"d"}]}',
            Incident,
            ("belligerent",),
        ),
    ],
)
def test_an_unknown_term_is_answered_with_those_that_are_known(line, kind, terms):
    with pytest.raises(LineError, match="use one of: ") as error:
        decode_record(line, kind)
    assert all(term in str(error.value) for term in terms)
