"""The example reports are well-formed, and what is expected of them stands in their text."""

import json
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from examples.annotation_checks import check_claim, check_count, check_days
from harmledger.documents.read import read_document
from harmledger.records.document import Document
from harmledger.records.vocabulary import VOCABULARIES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "northwest-syria"
SHARED = ROOT.parent / "shared"
LINES = [json.loads(line) for line in (FOLDER / "documents.jsonl").read_text("utf-8").splitlines()]
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text("utf-8"))
IDS = [line["id"] for line in LINES]


class _Paragraphs(HTMLParser):
    """Collect the text of the paragraphs, as any extractor would see it."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.inside = self.inside or tag == "p"

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.inside = False
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.parts.append(data)


def read_plainly(line: dict[str, Any]) -> str:
    """Give a report's text without any of the program's own rooms."""
    if "text" in line:
        return str(line["text"])
    data = (FOLDER / line["path"]).read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if line["path"].endswith(".html"):
        parser = _Paragraphs()
        parser.feed(text)
        return "".join(parser.parts)
    return text


def test_every_line_is_a_document() -> None:
    names = set(Document.__annotations__)
    for line in LINES:
        assert set(line) <= names
        document = msgspec.convert(line, Document)
        assert sum(value is not None for value in (document.text, document.html, document.path)) == 1
        assert document.language == "en"
        assert document.url is not None
        assert document.url.startswith("https://example.org/")
        assert document.publisher is not None
        assert document.publisher.startswith("Example ")
        if document.published is not None:
            datetime.fromisoformat(document.published)


def test_there_are_enough_reports_of_every_kind() -> None:
    assert len(IDS) == len(set(IDS)) >= 15
    assert {line["kind"] for line in LINES} == set(VOCABULARIES["document kind"])
    assert set(EXPECTED["documents"]) == set(IDS)


def test_a_later_version_has_the_same_address_as_the_earlier() -> None:
    by_id = {line["id"]: line for line in LINES}
    later = [line for line in LINES if "supersedes" in line]
    assert later
    for line in later:
        assert line["url"] == by_id[line["supersedes"]]["url"]
        assert line["published"] > by_id[line["supersedes"]]["published"]


def test_the_awkward_bytes_are_still_there() -> None:
    """Editors like to mend what these files are for."""
    assert "at least 23\u00a0people" in (FOLDER / "gazette-idlib-2016.txt").read_text("utf-8")
    with pytest.raises(UnicodeDecodeError):
        (FOLDER / "courier-takharim-2016.txt").read_bytes().decode("utf-8")
    assert "<script" in (FOLDER / "page-maarat-2019.html").read_text("utf-8")


@pytest.mark.parametrize("line", LINES, ids=IDS)
def test_every_expected_claim_stands_once_in_its_text(line: dict[str, Any]) -> None:
    text, expected = read_plainly(line), EXPECTED["documents"][line["id"]]
    assert expected["claims"]
    seen = set()
    for claim in expected["claims"]:
        assert text.count(claim["cue"]) == 1, claim["cue"]
        check_claim(claim)
        assert claim["kind"] in EXPECTED["annotated_kinds"]
        if claim["count"] is not None:
            check_count(claim["count"])
            assert all(word in text for word in claim["count"]["wording"].split())
        if claim["time"] is not None:
            check_days(claim["time"]["start"], claim["time"]["end"])
        if claim["place"] is not None:
            assert claim["place"]["name"] in text or claim["place"]["name"].split()[0] in text
        seen.add((claim["kind"], claim["harm"], claim["group"], claim["cue"]))
    assert len(seen) == len(expected["claims"])
    for number in expected["set_aside"]:
        assert number["text"] in text
        assert number["because"]


def test_boilerplate_is_in_the_page_and_in_no_claim() -> None:
    for line in LINES:
        expected = EXPECTED["documents"][line["id"]]
        for words in expected.get("boilerplate", ()):
            assert words in (FOLDER / line["path"]).read_text("utf-8")
            assert not any(words in claim["cue"] for claim in expected["claims"])


@pytest.mark.parametrize("line", LINES, ids=IDS)
def test_the_reader_of_documents_keeps_every_cue_whole(line: dict[str, Any]) -> None:
    """Each cue lies inside one sentence that is read for claims, and no furniture of the page is read."""
    text, problems = read_document(msgspec.convert(line, Document), FOLDER)
    assert text is not None
    assert not any(problem.severity == "error" for problem in problems)
    read = [text.locate(s.start, s.end) for s in text.sentences if s.role in ("body", "headline")]
    expected = EXPECTED["documents"][line["id"]]
    for claim in expected["claims"]:
        start = text.working.index(claim["cue"])
        end = start + len(claim["cue"])
        assert any(first <= start and end <= last for first, last in read), claim["cue"]
    for words in expected.get("boilerplate", ()):
        assert not any(words in text.working[first:last] for first, last in read), words


def test_incidents_name_known_documents_and_bounds_in_order() -> None:
    for incident in EXPECTED["incidents"]:
        assert set(incident["documents"]) <= set(IDS)
        assert incident["scope"] in VOCABULARIES["incident scope"]
        check_days(incident["start"], incident["end"])
        low, high = incident["killed"]["low"], incident["killed"]["high"]
        assert low is None or low <= high
    for copy, original in EXPECTED["copies"].items():
        assert {copy, original} <= set(IDS)


def test_nothing_is_taken_from_the_evaluation_texts() -> None:
    """Nine words in a row may not be common to an example or a story and a text that others wrote."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the evaluation material is not beside this checkout")
    foreign = set()
    for path in sorted(SHARED.glob("seeds/*.txt")):
        foreign |= _runs(path.read_text("utf-8"))
    for path in sorted(SHARED.glob("bench/data/*/documents.jsonl")):
        for row in path.open(encoding="utf-8"):
            foreign |= _runs(json.loads(row).get("text") or "")
    own = {line["id"]: read_plainly(line) for line in LINES}
    own["stories"] = (ROOT / "tests" / "stories" / "english.toml").read_text("utf-8")
    assert {name: sorted(_runs(text) & foreign) for name, text in own.items() if _runs(text) & foreign} == {}


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}
