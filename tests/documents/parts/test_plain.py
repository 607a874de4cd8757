"""Text and pages: files that are one document."""

from documents.parts.opened import RECEIVED, STORY, open_bytes

PAGE = f"""<!DOCTYPE html><html><head><title>Shell kills two - The Paper</title>
<meta property="og:title" content="Shell kills two"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2019-07-23T10:00:00+02:00">
<link rel="canonical" href="https://example.org/news/1"><script>document.title = "stolen"</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Shell kills two</h1><p>{STORY}</p>
<p>{STORY.replace("Monday", "Tuesday")}</p><script>fetch("https://example.org/x")</script></article></body></html>"""


def test_a_text_is_one_document_of_its_own_bytes():
    data = b"\xef\xbb\xbf" + STORY.encode()
    opened = open_bytes(data, "report.txt")
    (part,) = opened.parts
    assert (part.data, part.locator, part.address, part.extractor) == (data, None, None, None)
    assert part.document.text == STORY
    assert part.document.received == RECEIVED
    assert not opened.problems


def test_a_page_gives_its_article_and_what_its_head_tells():
    (part,) = open_bytes(PAGE.encode(), "saved.html").parts
    assert STORY in part.document.text
    assert "stolen" not in part.document.text
    assert "fetch" not in part.document.text
    assert part.extractor.name == "trafilatura"
    assert part.address == part.document.url == "https://example.org/news/1"
    assert part.document.publisher == "The Paper"
    assert part.document.title == "Shell kills two"
    assert (part.document.published, part.published_source) == ("2019-07-23T10:00:00+02:00", "file")


def test_a_page_is_told_by_its_head_whatever_its_name():
    assert open_bytes(PAGE.encode(), "saved.txt").parts[0].extractor is not None


def test_a_page_that_names_its_whole_site_has_no_address():
    page = PAGE.replace("https://example.org/news/1", "https://example.org/")
    assert open_bytes(page.encode(), "a.html").addresses == [None]
    script = PAGE.replace("https://example.org/news/1", "javascript:alert(1)")
    assert open_bytes(script.encode(), "a.html").addresses == [None]


def test_encodings_are_told_and_reported():
    arabic = "قتل شخصان وأصيب خمسة في قصف على البلدة يوم الاثنين، بحسب الدفاع المدني. " * 3
    opened = open_bytes(arabic.encode("cp1256"), "a.txt")
    assert opened.texts == [arabic]
    assert opened.codes == ["encoding"]
    for encoding in ("utf-16", "utf-32"):
        opened = open_bytes(STORY.encode(encoding), "a.txt")
        assert opened.texts == [STORY]
        assert opened.codes == ["encoding"]


def test_mixed_encodings_keep_what_can_be_read():
    opened = open_bytes("قتل شخصان في البلدة. ".encode() * 20 + "é".encode("cp1252"), "a.txt")
    assert opened.texts[0].startswith("قتل شخصان")
    assert opened.codes == ["encoding"]


def test_nothing_to_read_is_a_problem():
    assert open_bytes(b"", "a.txt").codes == ["empty"]
    assert open_bytes(b"   \n", "a.txt").codes == ["empty"]
    assert open_bytes(b"two killed\0" * 100, "a.txt").codes == ["unsupported"]
    assert open_bytes(b"<html><body></body></html>", "a.html").codes == ["page"]


def test_a_file_that_is_not_there_or_no_file_is_a_problem(tmp_path):
    from pathlib import Path

    from harmledger.documents.parts import open_parts
    from harmledger.records.part import Received

    received = Received("a.txt", "0" * 64, 0, RECEIVED)
    for path in (tmp_path / "gone.txt", tmp_path, Path("/dev/null")):
        ((part, (problem,)),) = open_parts(path, received)
        assert part is None
        assert (problem.code, problem.where) == ("documents.unreadable", "a.txt")
