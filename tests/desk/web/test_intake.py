"""Documents handed in at the desk: by whom, within what bounds, added in a process of their own, followed by a build."""

import io
import os
import shutil
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from .client import Visitor, wait_until

DESK = {"HARMLEDGER_FETCH": "private"}
"""These tests' desk may fetch pages, from this machine too."""

REPORT = b"Shelling in Ariha killed four people on 3 June 2016, rescuers said."
TABLE = b"Date,Place,Report\n2016-06-05,Binnish,An air strike killed two people.\n2016-06-06,Taftanaz,A rocket wounded one child.\n"
PAGE = b"<html><head><title>Fetched</title></head><body><article><p>An air strike on Sarmin killed six people on 7 June 2016, the civil defence said in a statement.</p></article></body></html>"


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        is_page = self.path == "/page"
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE if is_page else b"no")

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_was_handed_in_halfway_is_removed_after_a_day(desk, inside):
    inbox = desk[0] / ".inbox"
    inbox.mkdir(exist_ok=True)
    old, fresh, cut = inbox / ("a" * 32), inbox / ("b" * 32), inbox / "x.upload.txt"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "typed.jsonl").write_text("the words of a report")
    cut.write_text("half a file")
    for path in (old, cut):
        os.utime(path, (0, 0))
    inside("from harmledger.desk.web.intake.works import sweep_inbox; sweep_inbox()", desk[0])
    assert [old.exists(), fresh.exists(), cut.exists()] == [False, True, False]
    shutil.rmtree(fresh)


def wait_until_done(visitor, answer, seconds=60):
    """Follow a delivery to its end; give its page."""
    assert answer.status == 303, answer.text
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page = visitor.get(answer.headers["Location"]).text
        if "every 1s" not in page:
            return page
        time.sleep(0.3)
    pytest.fail("nobody added it")


def list_inbox(folder):
    return list((folder / ".inbox").glob("*")) if (folder / ".inbox").exists() else []


def test_files_are_added_and_counted_and_the_case_is_built(desk, analyst):
    folder, address = desk
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.txt", REPORT + b" Inside.")
    files = [("report.txt", REPORT), ("calls.csv", TABLE), ("day.zip", packed.getvalue())]
    page = wait_until_done(analyst, analyst.upload("/review/documents/files", files))
    assert "Added." in page
    assert "report.txt" in page
    assert page.count("/review/texts/") == 4
    wait_until(lambda: "Ariha" in Visitor(address).get("/").text, seconds=60)
    assert list_inbox(folder) == []
    text = analyst.get(next(one for one in page.split('"') if one.startswith("/review/texts/"))).text
    assert "<mark" in text


@pytest.mark.long
def test_a_text_is_typed_and_a_second_one_at_its_address_is_its_next_version(analyst):
    form = {
        "text": "Gunfire killed one man in Kafr Nabl on Monday.\r\nMore later.",
        "title": "A <b>raid</b>",
        "publisher": "Example Paper",
        "published": "2016-06-07",
        "url": "https://example.org/typed",
        "kind": "news",
        "language": "",
    }
    page = wait_until_done(analyst, analyst.post("/review/documents/text", form))
    assert "New documents" in page
    assert "A &lt;b&gt;raid&lt;/b&gt;" in page
    again = analyst.post(
        "/review/documents/text", {**form, "text": "Gunfire killed two men in Kafr Nabl on Monday."}
    )
    assert "New versions" in wait_until_done(analyst, again)
    assert "Here already" in wait_until_done(analyst, analyst.post("/review/documents/text", form))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": " \r\n "}, "There is no text."),
        ({"kind": "rumour"}, "no such kind"),
        ({"published": "yesterday"}, "is no day"),
        ({"text": "x" * 1_000_001}, "too long"),
    ],
)
def test_a_text_that_cannot_be_taken_is_given_back_with_the_reason(desk, analyst, change, told):
    form = {"text": "A <script>alert(1)</script> text", "kind": "news", "published": "2016-06-07", **change}
    answer = analyst.post("/review/documents/text", form)
    assert answer.status == 422
    assert told in answer.text
    assert "<script>alert" not in answer.text
    assert list_inbox(desk[0]) == []


def test_pages_at_addresses_are_fetched_and_those_that_cannot_be_are_told(desk, analyst, site):
    form = {"addresses": f"{site}/page\r\n{site}/gone\r\nno address"}
    page = wait_until_done(analyst, analyst.post("/review/documents/addresses", form))
    assert f">{site}/page</a>" in page
    assert "answers 404" in page
    assert "an address holds no space" in page
    assert list_inbox(desk[0]) == []


def test_without_the_setting_nothing_is_fetched(address):
    visitor = Visitor(address)
    visitor.sign_in("the-analyst")
    assert 'name="addresses"' not in visitor.get("/review/documents/").text
    answer = visitor.post("/review/documents/addresses", {"addresses": "https://example.org/"})
    assert answer.status == 422
    assert "fetches no pages" in answer.text


def test_what_is_not_read_is_not_kept(desk, analyst):
    folder, _ = desk
    before = sorted(path.name for path in (folder / "bytes").rglob("*"))
    files = [("report.pdf", b"\x7fELF" + b"\0" * 100), ("notes.txt", b"MZ\x90\0" + b"\0" * 100)]
    answer = analyst.upload("/review/documents/files", files)
    assert answer.status == 422
    assert answer.text.count("is a program") == 2
    assert sorted(path.name for path in (folder / "bytes").rglob("*")) == before


def test_no_choice_and_no_list_say_so(analyst):
    assert "No file was chosen" in analyst.upload("/review/documents/files", []).text
    assert (
        "no address in this list" in analyst.post("/review/documents/addresses", {"addresses": "# none"}).text
    )


@pytest.mark.parametrize("name", [None, "the-reader"])
def test_nobody_else_hands_in_and_not_a_byte_is_written(desk, name):
    folder, address = desk
    visitor = Visitor(address)
    if name:
        visitor.sign_in(name)
    before = sorted(path.name for path in (folder / ".inbox").glob("*"))
    for path in ("/review/documents/files", "/account/sign-in", "/"):
        assert visitor.upload(path, [("report.txt", REPORT * 1000)]).status in (302, 413, 403)
    for path in ("text", "addresses", "retry"):
        assert visitor.post(f"/review/documents/{path}", {"text": "x"}).status in (302, 403)
    assert visitor.get("/review/documents/").status in (302, 403)
    assert visitor.get("/review/documents/1").status in (302, 403)
    assert sorted(path.name for path in (folder / ".inbox").glob("*")) == before


def test_more_files_than_a_form_takes_are_refused(analyst):
    assert analyst.upload("/review/documents/files", [(f"{n}.txt", REPORT) for n in range(101)]).status == 413


@pytest.mark.long
def test_what_could_not_be_read_is_listed_with_what_to_do(desk, analyst):
    page = wait_until_done(analyst, analyst.upload("/review/documents/files", [("odd.csv", b"a,b\n1,2\n")]))
    assert "→" in page
    listed = analyst.get("/review/documents/unread").text
    assert "odd.csv" in listed
    assert "mapping" in listed
    reader = Visitor(desk[1])
    reader.sign_in("the-reader")
    assert "odd.csv" in reader.get("/review/documents/unread").text
    again = analyst.post("/review/documents/retry")
    assert "Reading again" in wait_until_done(analyst, again)


def test_the_journal_tells_of_it(desk, inside, analyst):
    wait_until_done(analyst, analyst.upload("/review/documents/files", [("late.txt", REPORT + b" Late.")]))
    told = inside(
        "from harmledger.desk.web.journal.chain import list_faults, read_lines\n"
        "print([(one['actor'], one['action'], one['detail']) for one in read_lines(limit=50)], list(list_faults()))",
        desk[0],
    )
    assert "'the-analyst', 'documents.add'" in told
    assert told.strip().endswith("[]")


def test_the_pages_are_in_arabic_too(analyst):
    page = analyst.get("/ar/review/documents/").text
    assert 'dir="rtl"' in page
    assert "إضافة وثائق" in page


def test_no_such_delivery(analyst):
    assert analyst.get("/review/documents/99999999").status == 404
    assert analyst.get("/review/documents/999999999999999999999999").status == 404
