"""The site: what stands on it, what is held back, how editions follow each other, and what is left alone."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from harmledger.publication.material import Settings, Withdrawn
from harmledger.publication.site.edition import MARKER, read_edition
from harmledger.publication.site.folder import FolderError
from harmledger.publication.site.index import LISTED
from harmledger.publication.site.publish import publish_site
from harmledger.records.incident import Account, Extent
from harmledger.records.time import Time

from .cases import IDLIB, MONITOR, make_claims, make_documents, make_incident
from .sites import AS_OF, NAME, WORDS, hold, list_files, publish

KEPT = Settings(NAME, policy="kept")
LATER = AS_OF + timedelta(days=1)
HOSPITAL_DAY = datetime(2016, 6, 1, tzinfo=UTC)
"""The end of the day on which the incident made by hand was first reported."""


class Links(HTMLParser):
    """Collects a page's links, its ids, and the source of every script and style."""

    def __init__(self):
        super().__init__()
        self.links, self.ids, self.sources = [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a":
            self.links.append(given.get("href"))
        if tag in ("script", "link"):
            self.sources.append(given.get("src") or given.get("href"))


def look(page):
    parser = Links()
    parser.feed(page)
    return parser


def list_pages(folder):
    return sorted(folder.rglob("*.html"))


def test_every_link_inside_the_site_leads_somewhere(example_site):
    for page in list_pages(example_site):
        seen = look(page.read_text(encoding="utf-8"))
        assert len(seen.ids) == len(set(seen.ids)), page
        for link in (*seen.links, *seen.sources):
            if link.startswith(("http://", "https://")):
                continue
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), f"{page.name}: {link}"
            if anchor and target.suffix == ".html":
                assert anchor in look(target.read_text(encoding="utf-8")).ids, f"{page.name}: {link}"


def test_every_page_allows_only_our_own_files(example_site):
    for page in list_pages(example_site):
        text = page.read_text(encoding="utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert all(not source.startswith("http") for source in look(text).sources)
        is_arabic = page.relative_to(example_site).parts[0] == "ar"
        assert ('lang="ar" dir="rtl"' if is_arabic else 'lang="en" dir="ltr"') in text


def test_sources_are_linked_without_a_trace(example_site):
    pages = [page.read_text(encoding="utf-8") for page in list_pages(example_site)]
    links = [link for page in pages for link in re.findall(r'<a [^>]*href="https?://[^>]*>', page)]
    assert links
    assert [link for link in links if 'rel="noopener noreferrer nofollow"' not in link] == []


def test_every_incident_has_a_page_with_its_voices(example, example_site):
    assert len(list((example_site / "incidents").glob("*.html"))) == len(example.incidents)
    idlib = next(i for i in example.incidents if i.place and i.place.name == "Idlib" and "killed" in i.toll)
    page = (example_site / "incidents" / f"{idlib.id[:16]}.html").read_text(encoding="utf-8")
    assert "<mark>" in page
    assert WORDS.label("status", "machine") in page


def test_the_denial_stands_beside_the_blame(tmp_path):
    folder = publish(hold(), tmp_path / "site")
    page = next((folder / "incidents").glob("*.html")).read_text(encoding="utf-8")
    told = re.sub(r"<[^>]+>", " ", page[page.index("Who is alleged") :])
    assert re.search(r"Party A\s+alleged by\s*Example Monitor; a resident\s+denied by\s*Ministry A", told)


def test_the_same_material_gives_the_same_bytes(example, example_site, tmp_path):
    again = publish(example, tmp_path / "again", Settings(NAME), AS_OF)
    assert list_files(again) == list_files(example_site)


def test_publishing_again_at_the_same_moment_changes_nothing(example, tmp_path):
    folder = publish(example, tmp_path / "site")
    first = list_files(folder)
    assert list_files(publish(example, folder)) == first


# What is held back


def test_an_attack_on_a_hospital_is_held_back_for_the_delay(tmp_path):
    material = hold()
    for hours, shown in ((71, 0), (72, 1), (73, 1)):
        as_of = HOSPITAL_DAY + timedelta(hours=hours)
        published, _ = publish_site(material, Settings(NAME), as_of, tmp_path / str(hours), WORDS)
        assert (published.incidents, published.held) == (shown, 1 - shown)


def test_what_is_held_back_is_in_no_file_and_no_sum(tmp_path):
    other = make_incident("other", targets=(), place=replace(IDLIB, name="Elsewhere"), claims=(), accounts=())
    material = hold((make_incident("held-back", part_of=("other",)), replace(other, part_of=("held-back",))))
    folder = publish(material, tmp_path / "site", as_of=HOSPITAL_DAY)
    everything = b"".join(list_files(folder).values()).decode()
    assert "1 incident is held back" in everything
    assert "Air raids killed" not in everything
    rows = (folder / "data" / "tallies.csv").read_text().splitlines()
    assert rows[1].split(",")[8] == "1"
    assert json.loads((folder / "data" / "incidents.jsonl").read_text())["part_of"] == []


def test_without_any_date_a_protected_place_stays_held_back(tmp_path):
    account = Account(MONITOR, "wire", None, {"killed": Extent(5, 5, 5)}, ("wire",), ())
    incident = make_incident(time=None, accounts=(account,))
    documents = {"wire": replace(make_documents()["wire"], published=None)}
    published, problems = publish_site(
        hold((incident,), {}, documents), Settings(NAME), AS_OF, tmp_path / "s", WORDS
    )
    assert published.held == 1
    assert "publication.held-undated" in {problem.code for problem in problems}


def test_withdrawn_incidents_are_not_shown(tmp_path):
    folder = publish(hold((make_incident(status="withdrawn"),)), tmp_path / "site")
    assert not list((folder / "incidents").iterdir())


def test_a_retracted_report_is_said_to_be(tmp_path):
    documents = {"wire": replace(make_documents()["wire"], retracted=True)}
    folder = publish(hold(documents=documents), tmp_path / "site")
    page = next((folder / "incidents").glob("*.html")).read_text(encoding="utf-8")
    assert WORDS.tables["page"]["retracted"] in page


# Editions


def make_two():
    first = make_incident("a" * 64, targets=())
    second = make_incident("b" * 64, targets=(), place=replace(IDLIB, name="Saraqib"))
    return first, second


def test_an_edition_tells_what_changed(tmp_path):
    first, second = make_two()
    folder = publish(hold((first, second)), tmp_path / "site")
    raised = replace(first, toll={"killed": Extent(30, 60, 60)})
    third = make_incident("c" * 64, targets=(), place=replace(IDLIB, name="Ariha"))
    publish(hold((raised, third)), folder, as_of=LATER)
    method = (folder / "method.html").read_text(encoding="utf-8")
    assert "What changed since edition 1" in method
    assert re.search(r"Ariha", method)
    assert "23–50 or more, fair became 30–60, fair" in method
    gone = (folder / "incidents" / f"{'b' * 16}.html").read_text(encoding="utf-8")
    assert WORDS.tables["site"]["gone"] in gone
    assert "Saraqib" not in b"".join(list_files(folder).values()).decode()


def test_a_page_that_is_gone_stays_reachable_in_later_editions(tmp_path):
    first, second = make_two()
    folder = publish(hold((first, second)), tmp_path / "site")
    for days in (1, 2, 3):
        publish(hold((first,)), folder, as_of=AS_OF + timedelta(days=days))
    assert (folder / "incidents" / f"{'b' * 16}.html").is_file()


def test_a_merged_incident_leads_to_the_one_it_became_part_of(tmp_path):
    first, second = make_two()
    folder = publish(hold((replace(first, formerly=(second.id,)),)), tmp_path / "site")
    page = (folder / "incidents" / f"{'b' * 16}.html").read_text(encoding="utf-8")
    assert f'href="{"a" * 16}.html"' in page


def test_a_withdrawn_incident_says_so_and_nothing_else(tmp_path):
    gone = Withdrawn("incident", "b" * 64, "2026-01-01T00:00:00Z", "asked for by the family of Fulan")
    folder = publish(hold(withdrawn=(gone,)), tmp_path / "site")
    page = (folder / "incidents" / f"{'b' * 16}.html").read_text(encoding="utf-8")
    assert WORDS.tables["site"]["withdrawn"] in page
    assert "Fulan" not in page


def test_kept_editions_stay_without_what_was_withdrawn(tmp_path):
    first, second = make_two()
    folder = publish(hold((first, second)), tmp_path / "site", KEPT)
    publish(hold((first, second)), folder, KEPT, LATER)
    assert "Saraqib" in (folder / "editions" / "1" / "incidents.csv").read_text(encoding="utf-8")
    publish(hold((first,)), folder, KEPT, LATER + timedelta(days=1))
    kept = list_files(folder / "editions")
    assert {path.split("/")[0] for path in kept} == {"1", "2"}
    assert b"Saraqib" not in b"".join(kept.values())
    assert (folder / "editions" / "2" / "incidents.csv").read_text().count("\n") == 2
    json.loads((folder / "editions" / "2" / "incidents.geojson").read_text())
    assert "editions/1/README.md" in (folder / "method.html").read_text()


def test_claims_of_a_withdrawn_document_leave_kept_editions(tmp_path):
    incident = make_incident(targets=())
    folder = publish(hold((incident,)), tmp_path / "site", KEPT)
    publish(hold((incident,), {}, {}, (Withdrawn("document", "wire"),)), folder, KEPT, LATER)
    assert (folder / "editions" / "1" / "claims.jsonl").read_text() == ""


def test_a_rolling_publication_keeps_no_edition(tmp_path):
    folder = publish(hold(), tmp_path / "site")
    publish(hold(), folder, as_of=LATER)
    assert not (folder / "editions").exists()
    assert read_edition(folder)[0].number == 2


# The folder


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("mine")
    with pytest.raises(FolderError, match="something else"):
        publish(hold(), tmp_path / "letters")
    assert list_files(tmp_path) == {"letters/letter.txt": b"mine"}


@pytest.mark.parametrize(
    "marker", ["", "[]", "{}", '{"kind": "other"}', "\x00", '{"kind":"harmledger-publication"}']
)
def test_a_marker_that_is_not_ours_is_no_marker(marker, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / MARKER).write_text(marker)
    with pytest.raises(FolderError):
        publish(hold(), tmp_path / "site")


def test_an_internal_site_and_a_public_one_do_not_share_a_folder(tmp_path):
    folder = publish(hold(), tmp_path / "site")
    with pytest.raises(FolderError, match="public"):
        publish(hold(), folder, Settings(NAME, is_internal=True))


def test_a_failure_leaves_the_site_as_it_was(tmp_path, monkeypatch):
    folder = publish(hold(), tmp_path / "site")
    before = list_files(tmp_path)

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("harmledger.publication.site.writer.explain_data", fail)
    with pytest.raises(FolderError, match="No space"):
        publish(hold(), folder, as_of=LATER)
    assert list_files(tmp_path) == before


def test_a_symbolic_link_is_not_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(FolderError):
        publish(hold(), tmp_path / "link")


# Large cases, and none


@pytest.mark.long
def test_a_large_case_is_listed_by_month_too(tmp_path):
    incidents = [
        make_incident(
            f"{n:064x}",
            targets=(),
            time=Time(f"201{n % 9}-0{n % 9 + 1}-01", f"201{n % 9}-0{n % 9 + 1}-01", "day"),
            claims=(),
        )
        for n in range(LISTED + 5)
    ]
    folder = publish(hold(incidents, {}), tmp_path / "site")
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert index.count('<li class="entry"') == LISTED
    listed = sum(path.read_text().count('<li class="entry"') for path in (folder / "list").iterdir())
    assert listed == LISTED + 5
    assert "list/2018-09.html" in index


def test_a_case_without_incidents_is_still_a_site(tmp_path):
    folder = publish(hold((), {}, {}), tmp_path / "site")
    assert WORDS.tables["site"]["nothing"] in (folder / "index.html").read_text()
    assert {"index.html", "totals.html", "method.html"} <= set(list_files(folder))


def test_claims_that_are_not_there_leave_a_page_with_its_accounts(tmp_path):
    folder = publish(hold(claims={}, documents={}), tmp_path / "site")
    assert "Example Monitor" in next((folder / "incidents").glob("*.html")).read_text()


def test_the_material_is_not_changed(example, tmp_path):
    before = repr(make_claims())
    material = hold()
    publish(material, tmp_path / "site")
    assert repr(material.claims) == before
