"""The report: what stands in it, what does not, and that it asks nothing of the world."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from harmledger.publication.report import render_report
from harmledger.publication.view.incident import Records
from harmledger.publication.wording import load_wording
from harmledger.records.incident import Account, Extent
from harmledger.records.place import Place

from .cases import MONITOR, NIGHT, make_claim, make_claims, make_documents, make_incident

WORDS = load_wording()
VOID = {"meta", "link", "br", "hr", "img", "input", "line", "path", "rect"}


class Outline(HTMLParser):
    """Collects headings, ids, links and visible text; fails on tags that do not close."""

    def __init__(self):
        super().__init__()
        self.open, self.headings, self.ids, self.links, self.tags, self.text = [], [], [], [], set(), []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.add(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


def outline(page):
    parser = Outline()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


def render(*incidents, claims=None, documents=None, **options):
    records = Records(incidents, make_claims() if claims is None else claims, documents or make_documents())
    return render_report(records, WORDS, **options)


def read_text(page):
    return " ".join(" ".join(outline(page).text).split())


def test_every_voice_has_its_row_and_the_denial_stands_beside_the_blame():
    text = read_text(render(make_incident()))
    assert "Example Monitor" in text
    assert "at least 23" in text
    assert "23–50 or more best 50" in text
    assert "Party A alleged by Example Monitor; a resident denied by Ministry A" in text
    assert WORDS.tables["page"]["machine"] in text


def test_private_names_are_nowhere_on_the_page():
    page = render(make_incident())
    assert "Alpha" not in page
    assert "[name withheld]" in page


def test_no_coordinates_are_on_the_page():
    page = render(make_incident())
    assert "35.93" not in page
    assert "36.63" not in page


def test_a_site_is_not_named():
    site = Place("Hospital A", "Hospital A", None, "SY", "Idlib", None, 35.9, 36.6, "site", 0.1)
    assert "Hospital A" not in render(make_incident(place=site), claims={})


def test_the_page_is_whole_and_asks_nothing():
    page = render(make_incident())
    seen = outline(page)
    assert "script" not in seen.tags
    assert seen.tags.isdisjoint({"img", "link", "iframe", "object", "form", "base"})
    assert "url(" not in page
    assert "@import" not in page
    assert {link for link in seen.links if not link.startswith("#")} == {"https://example.org/a"}
    assert len(seen.ids) == len(set(seen.ids))
    assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)
    assert "default-src 'none'" in page


def test_headings_go_down_one_step_at_a_time():
    seen = outline(render(make_incident()))
    assert {"main", "header", "footer", "nav", "caption"} <= seen.tags
    assert seen.headings[0] == 1
    assert seen.headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(seen.headings, seen.headings[1:], strict=False))


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"]
)
def test_foreign_text_is_escaped_everywhere(hostile):
    voice = replace(MONITOR, name=hostile)
    incident = make_incident(
        place=Place(hostile, hostile, None, None, hostile),
        accounts=(Account(voice, "wire", hostile, {"killed": Extent(1, 1, 1)}, ("wire",), ("c1",)),),
        made_by=hostile,
    )
    claims = {"c1": make_claim("c1", f"{hostile} killed 50 people.", "50 people", voice=voice)}
    documents = {"wire": replace(make_documents()["wire"], publisher=hostile, published=hostile)}
    page = render(incident, claims=claims, documents=documents, title=hostile)
    assert outline(page).tags.isdisjoint({"script", "img"})
    assert "49" not in read_text(page)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc/passwd"]
)
def test_only_web_addresses_are_links(url):
    seen = outline(render(make_incident(), documents=make_documents(url=url)))
    assert all(link.startswith("#") for link in seen.links)


def test_a_personal_post_is_withheld_with_its_author():
    claims = {"c1": make_claim("c1", "We counted 50 people.", "50 people", voice=replace(MONITOR, name=None))}
    voice = replace(MONITOR, name=None, wording=None, role=None)
    incident = make_incident(
        accounts=(Account(voice, "wire", "2016-05-31", {"killed": Extent(50, 50, 50)}, ("wire",), ("c1",)),)
    )
    page = render(incident, claims=claims, documents=make_documents("field"))
    assert "We counted" not in page
    assert "Example Wire" not in page
    assert "example.org" not in page
    assert WORDS.phrase("withheld_post") in page


def test_a_message_whose_voice_was_given_a_public_role_stays_withheld_with_the_name():
    voice = replace(MONITOR, name="Person Alpha", wording="Person Alpha")
    claims = {"c1": make_claim("c1", "We counted 50 people.", "50 people", voice=voice)}
    told = Account(voice, "wire", "2016-05-31", {"killed": Extent(50, 50, 50)}, ("wire",), ("c1",))
    incident = make_incident(accounts=(told,), attribution=(), claims=("c1",))
    page = render(incident, claims=claims, documents=make_documents("field"))
    assert "We counted" not in page
    assert "Alpha" not in page
    assert WORDS.phrase("withheld_post") in page


def test_parts_of_a_day_and_running_totals_stand_apart():
    day = make_incident("day", scope="area_day", toll={"killed": Extent(59, 59, 59)}, accounts=(), claims=())
    attack = make_incident("one", part_of=("day",))
    total = make_incident(
        "running",
        scope="since_date",
        time=replace(NIGHT, start="2016-04-25", precision="period"),
        toll={"killed": Extent(None, 750, 750)},
        accounts=(
            Account(MONITOR, "wire", "2016-06-01", {"killed": Extent(None, 750, 750)}, ("wire",), ("c1",)),
        ),
    )
    text = read_text(render(day, attack, total))
    assert "Attacks inside this total" in text
    assert WORDS.tables["page"]["running_note"] in text
    assert "up to 750" in text


def test_withdrawn_incidents_are_left_out():
    assert "Party A" not in render(make_incident(status="withdrawn"))


def test_a_record_of_nothing_is_still_a_page():
    assert "0 attacks" in read_text(render())


def test_the_same_record_gives_the_same_page():
    first, second = make_incident("i1"), make_incident("i2")
    assert render(first, second) == render(second, first)


def read_palettes():
    style = files("harmledger.publication.static").joinpath("record.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    colours = [dict(re.findall(r"--(\w+(?:-\w+)?): (#[0-9a-f]{6})", part)) for part in (light, dark)]
    return [colours[0], colours[0] | colours[1]]


def measure_contrast(first, second):
    """Contrast ratio of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", read_palettes(), ids=["light", "dark"])
def test_text_stands_out_from_its_ground(palette):
    for ink, ground in (("ink", "paper"), ("quiet", "paper"), ("link", "paper"), ("ink", "mark")):
        assert measure_contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    for drawing in ("bar", "bar-other"):
        assert measure_contrast(palette[drawing], palette["paper"]) >= 3, drawing
