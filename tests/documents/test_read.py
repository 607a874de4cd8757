"""Whole documents: what is given, what is found, what is refused."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.documents import intake
from harmledger.documents.read import read_document
from harmledger.documents.text import Text
from harmledger.records.document import Document
from harmledger.records.problem import Problem

SHARED = Path(__file__).parents[2].parent / "shared"
STORY = (
    "Two people were killed on Monday when a shell hit a house in the town, rescuers said. Five were wounded."
)
PAGE = f"""<!DOCTYPE html><html><head><title>Shell kills two - The Paper</title>
<meta property="og:title" content="Shell kills two"><meta property="article:published_time" content="2019-07-23T10:00+02:00">
<script>document.title = "stolen"</script></head><body><nav><a href="/">Home</a></nav><article><h1>Shell kills two</h1>
<p>{STORY}</p><p>{STORY.replace("Monday", "Tuesday")}</p></article><footer>Copyright</footer></body></html>"""


def read(document: Document, folder: Path | None = None) -> Text:
    text, _ = read_document(document, folder)
    assert text is not None
    return text


def refuse(document: Document, folder: Path | None = None) -> Problem:
    text, problems = read_document(document, folder)
    assert text is None
    assert problems[-1].severity == "error"
    assert problems[-1].remedy
    return problems[-1]


def test_inline_text_is_the_working_text_as_given() -> None:
    given_text = "  Two\u00a0killed.\r\n\r\n“Five wounded.”\n"
    text = read(Document(text=given_text, language="en"))
    assert text.working == given_text
    assert text.document.id == text.document.digest == sha256(given_text.encode()).hexdigest()
    assert [text.working[slice(*text.locate(s.start, s.end))] for s in text.sentences] == [
        "Two\u00a0killed.",
        "“Five wounded.”",
    ]


def test_what_the_caller_gave_stays() -> None:
    document = Document(id="a", text=STORY, language="en-GB", digest="d", published="2020-01-02", title="T")
    text = read(document)
    assert text.document == document
    assert (text.published, text.published_source) == ("2020-01-02", "given")


def test_a_file_is_its_decoded_bytes_without_the_mark(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + STORY.encode()
    (tmp_path / "a.txt").write_bytes(data)
    text = read(Document(path="a.txt"), tmp_path)
    assert text.working == STORY
    assert text.document.digest == sha256(data).hexdigest()
    assert text.document.language == "en"


@pytest.mark.parametrize(
    "path", ["/etc/hosts", "../a.txt", "x/../../a.txt", "C:\\a.txt", "..\\a.txt", "", "a\0b", "gone.txt", "."]
)
def test_a_path_stays_in_its_folder(path: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "inner").mkdir()
    assert refuse(Document(path=path), tmp_path / "inner").code == "documents.path"
    assert refuse(Document(path=path), None).code == "documents.path"


def test_a_link_may_not_lead_out(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "inner" / "link.txt").symlink_to(tmp_path / "a.txt")
    assert refuse(Document(path="link.txt"), tmp_path / "inner").code == "documents.path"


def test_exactly_one_source() -> None:
    assert refuse(Document(id="a")).code == "documents.source"
    assert refuse(Document(text=STORY, html=PAGE)).code == "documents.source"


@pytest.mark.parametrize("text", ["", " \n\t\u00a0"])
def test_an_empty_document_is_refused(text: str) -> None:
    assert refuse(Document(text=text)).code == "documents.empty"


def test_a_document_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "SIZE_LIMIT", 1000)
    (tmp_path / "a.txt").write_bytes(b"a" * 1001)
    assert refuse(Document(path="a.txt"), tmp_path).code == "documents.size"
    assert refuse(Document(text="é" * 501)).code == "documents.size"


def test_foreign_files_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n...")
    assert refuse(Document(path="a.pdf"), tmp_path).code == "documents.unsupported"
    (tmp_path / "b.txt").write_bytes(b"GIF89a\0\0\0")
    assert refuse(Document(path="b.txt"), tmp_path).code == "documents.binary"


def test_lone_surrogates_become_replacement_characters_in_place() -> None:
    text, problems = read_document(Document(text="Two\ud800 killed.", language="en"), None)
    assert text is not None
    assert text.working == "Two\ufffd killed."
    assert problems[0].code == "documents.surrogates"


def test_a_page_gives_its_article_and_its_metadata() -> None:
    text = read(Document(html=PAGE))
    assert STORY in text.working
    assert "stolen" not in text.working
    assert "Home" not in text.working
    assert (text.published, text.published_source) == ("2019-07-23T10:00+02:00", "file")
    assert text.document.title == "Shell kills two"
    assert text.extractor is not None
    assert text.extractor.name == "trafilatura"
    assert text.extractor.digest == sha256(text.working.encode()).hexdigest()
    assert text.document.digest == sha256(PAGE.encode()).hexdigest()


def test_a_page_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b").write_text(PAGE)
    assert read(Document(path="a.html"), tmp_path).working == read(Document(path="b"), tmp_path).working


@pytest.mark.parametrize(
    "html",
    ["", "<<<>>>&&&" * 500, "<div>" * 50_000 + STORY + "</div>" * 50_000, "<b>" * 20_000, "<html>\0</html>",
     "<i>a</i>" * 20_000, "<p>" + "&#x110000;" * 50, "<html><body></body></html>"],
)  # fmt: skip
def test_a_hostile_page_is_a_problem_or_a_text(html: str) -> None:
    text, problems = read_document(Document(id="p", html=html), None)
    assert text is not None or problems[-1].code in ("documents.page", "documents.empty")


@pytest.mark.parametrize(
    "text", ["w" * 300_000, "." * 300_000, ". " * 50_000, "\n" * 300_000 + "x", '"' * 100_000, "â€œ" * 30_000,
             "x\u200b" * 50_000, "x—" * 50_000, "we have a small favor to ask. We do. " * 3000, "(Photo " * 20_000,
             "Related\n" * 10_000, "a@b.co" * 20_000, "http" * 50_000, "OAKLAND " * 20_000],
)  # fmt: skip
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    """Each of these made a quadratic pattern slow once; a second of CPU time each would fail the whole run."""
    found, _ = read_document(Document(text=text, language="en"), None)
    assert found is not None
    assert found.sentences


def test_language_is_told_or_taken_or_missed() -> None:
    assert read(Document(text="قتل خمسة مدنيين في قصف على البلدة")).document.language == "ar"
    assert read(Document(text=STORY)).document.language == "en"
    text, problems = read_document(Document(text="12:30 !!"), None)
    assert text is not None
    assert text.document.language is None
    assert "documents.language" in [problem.code for problem in problems]
    text, problems = read_document(Document(text="12:30 !!"), None, "ar")
    assert text is not None
    assert text.document.language == "ar"


@given(st.text(max_size=200), st.sampled_from(["en", "ar", None]))
def test_any_text_is_read_and_every_sentence_leads_back(content: str, language: str | None) -> None:
    text, problems = read_document(Document(text=content, language=language), None)
    if text is None:
        assert problems[-1].code == "documents.empty"
        return
    again, _ = read_document(Document(text=content, language=language), None)
    assert again == text
    done = 0
    for sentence in text.sentences:
        assert done <= sentence.start < sentence.end
        assert not text.reading[done : sentence.start].strip()
        done = sentence.end
        first, last = text.locate(sentence.start, sentence.end)
        assert 0 <= first < last <= len(text.working)
    assert not text.reading[done:].strip()


def test_the_seed_articles() -> None:
    """The appeal in mid-article, the stamp, the credit and the footer are told from the reporting."""
    if not SHARED.exists():
        pytest.skip("the evaluation material is not beside the checkout")
    folder = SHARED / "seeds"
    roles: dict[str, list[str]] = {}
    for line in (folder / "documents.jsonl").read_text().splitlines():
        row = json.loads(line)
        text = read(Document(id=row["id"], path=row["path"], title=row["title"], language="en"), folder)
        roles[row["id"]] = [sentence.role for sentence in text.sentences]
        for sentence in text.sentences:
            first, last = text.locate(sentence.start, sentence.end)
            assert len(text.working[first:last]) == sentence.end - sentence.start
    assert roles["000"][0] == "dateline"
    assert roles["000"][-1] == "boilerplate"
    assert set(roles["000"][1:-1]) == {"body"}
    assert roles["001"][:3] == ["boilerplate", "headline", "boilerplate"]
    assert roles["001"][3:11] == ["body"] * 8
    assert set(roles["001"][11:]) == {"boilerplate"}
    assert set(roles["002"]) == {"body"}
    assert roles["003"][0] == "headline"
    assert set(roles["003"][1:]) == {"body"}


def test_the_same_record_comes_out_whatever_else_was_read() -> None:
    first = read(Document(text=STORY, language="en"))
    read(Document(text="â€œx", language="ar"))
    assert read(Document(text=STORY, language="en")) == replace(first)
