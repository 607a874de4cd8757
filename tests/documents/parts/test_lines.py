"""JSON lines: a line is a part."""

import json

from documents.parts.opened import STORY, open_bytes, open_path, pack

PAGE = f"<html><body><article><p>{STORY}</p><p>{STORY}</p></article></body></html>"


def lines(*rows) -> bytes:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows).encode()


def test_a_line_is_a_part_of_its_own_bytes():
    data = lines(
        {"id": "a", "text": STORY, "url": "https://example.org/a", "published": "2018-09-08", "mood": 1}
    )
    (part,) = open_bytes(data, "d.jsonl").parts
    assert part.data == data.rstrip(b"\n")
    assert (part.locator, part.address, part.published_source) == ("line 1", "id:a", "given")
    assert (part.document.id, part.document.extra) == ("a", {"mood": 1})


def test_an_address_is_the_callers_id_else_the_url():
    data = lines({"text": "a b", "url": "https://example.org/a"}, {"text": "a b"})
    assert open_bytes(data, "d.jsonl").addresses == ["https://example.org/a", None]


def test_pages_are_extracted():
    (part,) = open_bytes(lines({"html": PAGE}), "d.jsonl").parts
    assert part.extractor.name == "trafilatura"
    assert part.document.text.startswith("Two people")


def test_line_ends_and_a_mark_are_no_part_of_a_line():
    row = json.dumps({"text": STORY}).encode()
    plain, marked = (open_bytes(data, "d.jsonl").parts[0] for data in (row, b"\xef\xbb\xbf" + row + b"\r\n"))
    assert plain.digest == marked.digest


def test_a_path_is_known_by_line_and_file(tmp_path):
    file = tmp_path / "d.jsonl"
    file.write_bytes(lines({"id": "a", "path": "a.txt"}))
    (tmp_path / "a.txt").write_text("first words")
    first = open_path(file).parts[0]
    assert first.document.text == "first words"
    (tmp_path / "a.txt").write_text("other words")
    second = open_path(file).parts[0]
    assert first.address == second.address
    assert first.digest != second.digest


def test_a_path_stays_in_its_folder(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "a.txt").write_text(STORY)
    (inner / "link.txt").symlink_to(tmp_path / "a.txt")
    file = inner / "d.jsonl"
    file.write_bytes(lines({"path": "../a.txt"}, {"path": str(tmp_path / "a.txt")}, {"path": "link.txt"}))
    opened = open_path(file)
    assert not opened.parts
    assert opened.codes == ["path"] * 3


def test_a_path_inside_an_archive_is_its_member():
    archive = pack({
        "x/d.jsonl": lines({"id": "a", "path": "t.txt"}, {"path": "../y.txt"}, {"path": "gone.txt"}),
        "x/t.txt": STORY,
        "y.txt": "a text of its own",
    })  # fmt: skip
    opened = open_bytes(archive, "z.zip")
    assert opened.locators == ["x/d.jsonl › line 1", "y.txt"]
    assert sorted(opened.codes) == ["archive", "path", "path"]


def test_broken_lines_are_told_with_their_number():
    data = lines(
        "{not json", [1], {"text": "a b", "kind": "rumour"}, {}, {"id": " ", "text": "a"}, {"text": "a", "format": 9},
        {"text": "good"},
    )  # fmt: skip
    opened = open_bytes(data, "d.jsonl")
    assert opened.texts == ["good"]
    assert [problem.where for problem in opened.problems] == [
        f"d.jsonl, line {number}" for number in range(1, 7)
    ]
    assert "monitor" in opened.problems[2].message


def test_depth_is_no_danger():
    opened = open_bytes(lines('{"text": "a", "x": ' + "[" * 100_000 + "}", {"text": "good"}), "d.jsonl")
    assert opened.texts == ["good"]
    assert opened.codes == ["broken-line"]
    assert open_bytes(b'{"a":' * 100_000, "d.jsonl").codes == ["broken-line"]
    assert open_bytes(b"[[" * 100_000, "d.json").codes == ["json"]


def test_a_file_of_blank_lines_is_told():
    assert open_bytes(b"\n\n", "d.jsonl").codes == ["empty"]


def test_a_line_whose_extra_is_no_object_is_refused():
    opened = open_bytes(lines({"text": "a b", "extra": [], "mood": 1}, {"text": "a b"}), "d.jsonl")
    assert len(opened.parts) == 1
    assert [problem.message for problem in opened.problems] == ["a line is no document: extra is no object"]
