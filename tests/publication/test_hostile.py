"""Hostile text in every field stays text: in pages, in scripts, in drawings and in tables."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from harmledger.publication.data.cells import write_line
from harmledger.publication.material import Settings
from harmledger.publication.site.index import compose_data
from harmledger.publication.withholding.links import hide_id, show_address
from harmledger.records.claim import Actor, Voice
from harmledger.records.count import Count
from harmledger.records.incident import Account, Attribution, Extent, Grade
from harmledger.records.time import Time

from .cases import IDLIB, make_claim, make_documents, make_incident
from .sites import NAME, hold, list_files, publish

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "\u2028alert(1)\u2029",
    "</title></svg><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "]]><!-- --><![CDATA[",
    "\x00\x07\x1b[31m\ud800".encode("utf-8", "replace").decode(),
)


def make_poisoned(text):
    """Give material with the text in every field that takes any."""
    voice = Voice(text, text, "monitor", (text,))
    evidence = f"At least 23 died {text}, it said."
    claim = make_claim(
        "c1",
        evidence,
        "At least 23",
        document=text,
        voice=voice,
        count=Count(23, 23, None, "at_least", text),
        actors=(Actor(text, text, "blamed"),),
        place=replace(IDLIB, name=text, wording=text, admin1=text, admin2=text, id=text),
        time=Time("2016-05-30", "2016-05-30", "day", text),
        made_by=text,
    )
    incident = make_incident(
        id=text,
        targets=(text,),
        means=(text,),
        place=replace(IDLIB, name=text, wording=text, admin1=text, admin2=text, id=text, country=text),
        accounts=(Account(voice, text, text, {"killed": Extent(23, 50, 23, True)}, (text,), ("c1",)),),
        attribution=(Attribution(text, (text,), (text,), (text,)),),
        grade=Grade("weak", (text,), (text,)),
        part_of=(text,),
        formerly=(text,),
        documents=(text,),
        claims=("c1",),
        made_by=text,
    )
    told = replace(
        make_documents()["wire"],
        id=text,
        title=text,
        publisher=text,
        url=f"javascript:{text}",
        published=text,
    )
    return hold((incident,), {"c1": claim}, {text: told})


TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "script",
    "body",
    "a",
    "p",
    "strong",
    "header",
    "nav",
    "ul",
    "li",
    "main",
    "footer",
    "h1",
    "h2",
    "h3",
    "dl",
    "dt",
    "dd",
    "div",
    "span",
    "section",
    "form",
    "label",
    "input",
    "select",
    "option",
    "output",
    "button",
    "figure",
    "svg",
    "desc",
    "g",
    "rect",
    "path",
    "line",
    "text",
    "circle",
    "figcaption",
    "details",
    "summary",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "ol",
    "b",
    "bdi",
    "article",
    "aside",
    "time",
    "blockquote",
    "mark",
    "cite",
    "code",
}


class Tags(HTMLParser):
    """Holds every tag and attribute of a page against what our templates write."""

    def handle_starttag(self, tag, attributes):
        assert tag in TAGS, tag
        given = dict(attributes)
        assert not [name for name in given if name.startswith("on") or name == "style"]
        if tag == "script":
            assert given["src"] in ("assets/record.js", "assets/site.js", "../assets/site.js")
        for name in ("href", "src"):
            assert not given.get(name) or not re.match(r"(?i)\s*(javascript|data|vbscript):", given[name])

    def handle_data(self, data):
        assert self.lasttag != "script" or not data.strip()


def check_page(page):
    parser = Tags(convert_charrefs=True)
    parser.feed(page)
    parser.close()
    assert "49" not in re.findall(r"<title>(.*?)</title>", page, re.DOTALL)[0]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("is_internal", [False, True])
def test_hostile_text_stays_text(text, is_internal, tmp_path):
    settings = Settings(text, is_internal=is_internal, description=text, contact=text)
    folder = publish(make_poisoned(text), tmp_path / "site", settings)
    files = list_files(folder)
    for path, data in files.items():
        page = data.decode()
        if path.endswith(".html"):
            check_page(page)
        assert "\x00" not in page
        assert not any(re.search(r"[^0-9A-Za-z._@-]", part) for part in path.split("/"))
    script = files["assets/record.js"].decode()
    assert script.isascii()
    assert "<" not in script
    assert script.count("\n") == 1
    json.loads(script.removeprefix("window.HARMLEDGER_RECORD=").rstrip().removesuffix(";"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_cell_is_a_formula(text):
    line = write_line([text, 1, None, True])
    assert next(csv.reader(io.StringIO(line, newline="")))[0].lstrip('"').startswith("'")


def test_cells_come_back_as_they_were():
    cells = ['a "quoted" text', "two\nlines", "a, b", "\u2028", "plain"]
    assert next(csv.reader(io.StringIO(write_line(cells), newline=""))) == cells


def test_numbers_below_nought_are_no_formulas():
    assert write_line([-12.5, None, False]) == "-12.5,,false\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_tables_hold_hostile_text_as_text(text, tmp_path):
    folder = publish(make_poisoned(text), tmp_path / "site", Settings(NAME, is_internal=True))
    for name in ("incidents.csv", "accounts.csv"):
        rows = list(csv.reader((folder / "data" / name).open(encoding="utf-8", newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}
    for name in ("incidents.jsonl", "claims.jsonl"):
        for line in (folder / "data" / name).read_text(encoding="utf-8").split("\n")[:-1]:
            json.loads(line)
    json.loads((folder / "data" / "incidents.geojson").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/x",
        "https://user:secret@example.org/",
        "https://example.org/ x",
        'https://example.org/"onclick',
        "https://[::1",
        "http://",
        "https://example.org/" + "a" * 3000,
        None,
    ],
)
def test_what_is_no_web_page_is_no_link(url):
    assert show_address(url) is None


def test_an_address_with_a_name_is_cut_to_its_site():
    hidden = ("Fulan", "al-Fulani")
    assert show_address("https://example.org/news/fulani-killed", hidden) == "https://example.org/"
    assert show_address("https://example.org/news/%66ulan", hidden) == "https://example.org/"
    assert show_address("https://example.org/news/strike", hidden) == "https://example.org/news/strike"


def test_an_id_that_a_person_chose_is_not_told():
    assert hide_id("a" * 64) == "a" * 64
    assert hide_id("b" * 64 + "@" + "c" * 12) == "b" * 64 + "@" + "c" * 12
    assert re.fullmatch("[0-9a-f]{32}", hide_id("../../fulan"))


def test_an_empty_record_is_a_script_as_well():
    from .sites import WORDS

    assert compose_data([], WORDS).startswith("window.HARMLEDGER_RECORD={")
