"""The record's pages, as anybody sees them."""

import re
import shutil

from harmledger.publication.site.frame import PAGES

from .client import Visitor, wait_until


def list_pages(visitor, path="/"):
    return re.findall(r'href="(?:/\w\w)?/(incidents/[0-9a-f]+\.html)"', visitor.get(path).text)


def test_the_first_page_lists_what_a_publication_shows(visitor):
    page = visitor.get("/")
    assert page.status == 200
    assert "23–50 or more" in page.text
    assert "Saraqib" in page.text
    assert "Maarat al-Numan" not in page.text, "an attack on a hospital is held back"
    assert "1 incident is held back" in page.text


def test_every_entry_has_a_page_with_its_sentence_and_its_voices(visitor):
    pages = list_pages(visitor)
    assert len(pages) == 2
    texts = [visitor.get("/" + one).text for one in pages]
    together = "\n".join(texts)
    assert re.search(r"<mark>[^<]*50 people</mark>", together)
    assert "Example Monitor" in together
    assert "Example &lt;b&gt;Wire&lt;/b&gt;" in together
    assert "<b>Wire" not in together


def test_questions_are_answered_from_the_catalogue(visitor):
    assert len(list_pages(visitor, "/?q=sara")) == 1
    assert len(list_pages(visitor, "/?province=Idlib&group=children")) == 2
    assert list_pages(visitor, "/?from=2017-01-01") == []
    assert list_pages(visitor, "/?means=shelling&to=2016-05-30") == []
    assert "1 of 2 entries" in visitor.get("/?means=shelling").text


def test_questions_that_make_no_sense_do_no_harm(visitor):
    for told in (
        "q=%22%20OR%20*",
        "q=%00",
        "from=yesterday",
        "page=-3",
        "page=999999999999",
        "q=" + "a" * 3000,
    ):
        assert visitor.get("/?" + told).status == 200, told
    page = visitor.get("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page.text


def test_what_is_held_back_has_no_page(own, inside):
    folder, address = own
    lines = (
        "from harmledger.pipeline.case_view import read_view\n"
        f"with read_view(Path({str(folder)!r})) as view:\n"
        "    print(*(one.id for one in view.incidents.list_by_id() if one.time.start > '2099'))\n"
    )
    (held,) = inside(lines, folder).split()
    page = Visitor(address).get(f"/incidents/{held[:16]}.html")
    assert page.status == 404
    assert "Maarat" not in page.text


def test_a_month_s_address_leads_to_its_entries(visitor):
    page = visitor.get("/list/2016-05.html")
    assert page.status == 302
    assert page.headers["Location"] == "/?from=2016-05-01&to=2016-05-31#entries"
    assert visitor.get("/list/2016-13.html").status == 404


def test_every_page_of_a_publication_is_served_in_every_language(visitor):
    for start in ("/", "/ar/"):
        for _, name in PAGES:
            page = visitor.get(start + name.split("#")[0])
            assert page.status == 200, name
            assert f'href="{start}{name}"' in page.text, name
    assert "Example Monitor" in visitor.get("/sources.html").text


def test_an_answer_that_did_not_change_is_not_sent_again(visitor):
    tag = visitor.get("/totals.html").headers["ETag"]
    again = visitor.get("/totals.html", If_None_Match=tag)
    assert (again.status, again.text) == (304, "")


def test_sums_and_method_are_there(visitor):
    assert "By month" in visitor.get("/totals.html").text
    assert "What is withheld, and why" in visitor.get("/method.html").text


def test_what_is_taken_out_is_hidden_before_the_case_is_built_again(own, run):
    folder, address = own
    visitor = Visitor(address)
    (page,) = [one for one in list_pages(visitor) if "<h1>Saraqib" in visitor.get("/" + one).text]
    run("withdraw", folder, "daily", "--reason", "a test", "-q")
    wait_until(lambda: visitor.get("/" + page).status == 404)
    assert "Saraqib" not in visitor.get("/").text.split('id="answer"')[1]


def test_a_case_that_was_erased_from_shows_nothing_until_it_is_built(own, run):
    folder, address = own
    visitor = Visitor(address)
    run("erase", folder, "daily", "--reason", "a test", "--yes", "-q")
    wait_until(lambda: visitor.get("/").status == 503, seconds=120)
    run("build", folder, "-q", "--jobs", "1")
    wait_until(lambda: visitor.get("/").status == 200, seconds=120)
    assert "Saraqib" not in visitor.get("/").text


def test_a_case_that_was_never_built_says_so(run, start, tmp_path):
    folder = tmp_path / "case"
    run("init", folder, "-q")
    visitor = Visitor(start(folder))
    page = visitor.get("/")
    assert page.status == 503
    assert page.headers["Retry-After"]


def test_the_desk_keeps_its_files_to_itself(built, tmp_path):
    for name in ("desk.sqlite", "desk.secret"):
        assert (built / name).stat().st_mode & 0o077 == 0, name
    copied = shutil.copytree(built, tmp_path / "case")
    assert (copied / "desk.secret").read_text() == (built / "desk.secret").read_text()
