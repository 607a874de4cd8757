"""Who had it first, on a page and as data."""

from dataclasses import asdict

from harmledger.publication.drawing.origins import draw_origins
from harmledger.publication.report import render_report
from harmledger.publication.view.incident import Records, SheetMaker
from harmledger.publication.view.origins import tell_origins
from harmledger.publication.withholding.extras import disclose_extra
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.wording import load_wording
from harmledger.records.document import Document
from harmledger.records.origin import Carrier, Origin

from .cases import make_claims, make_documents, make_incident

WORDS = load_wording()
MONITOR = "Syrian Observatory for Human Rights"
CARRIERS = (
    Carrier("wire", "quotes"),
    Carrier("copy1", "copies", "wire"),
    Carrier("copy2", "copies", "wire"),
    Carrier("post", "pastes", "wire"),
)
ORIGINS = (Origin("body", MONITOR, (0,), "2016-05-31", CARRIERS), Origin("document", "post", (1,), None, ()))
INCIDENT = make_incident(extra={"origins": [asdict(origin) for origin in ORIGINS]})
DOCUMENTS = make_documents() | {
    "post": Document(id="post", text="x", publisher="Person Beta", kind="social"),
    "copy1": Document(id="copy1", text="x", publisher="<b>Daily</b>", kind="news"),
}


def make_sheet(incident=INCIDENT):
    return SheetMaker(Records((incident,), make_claims(), DOCUMENTS), WORDS).make(incident)


def test_copies_are_counted_beside_their_report():
    first, second = make_sheet().roots
    assert [(row.name, row.manner, row.copies) for row in first.carriers] == [
        ("Example Wire", "quotes", "and 2 copies"),
        ("a social media post", "pastes", None),
    ]
    assert second.name == "a social media post"
    assert second.first == "Not known"


def test_the_graph_has_a_line_for_each_report():
    drawn = draw_origins(make_sheet().roots)
    assert drawn is not None
    assert len(drawn.origins) == 2
    assert len(drawn.carriers) == 2


def test_origins_that_are_not_named_are_counted():
    many = [asdict(Origin("document", "wire", (0,), None, CARRIERS[:1]))] * 40
    sheet = make_sheet(make_incident(extra={"origins": many}))
    assert len(sheet.roots) == 12
    assert sheet.more_roots == "and 28 more independent origins"
    assert make_sheet().more_roots == ""
    page = render_report(Records((make_incident(extra={"origins": many}),), make_claims(), DOCUMENTS), WORDS)
    assert "and 28 more independent origins" in page


def test_one_report_of_one_origin_is_no_graph():
    alone = make_incident(extra={"origins": [asdict(Origin("document", "wire", (0,), None, CARRIERS[:1]))]})
    assert draw_origins(make_sheet(alone).roots) is None


def test_the_terminal_has_a_line_for_each_origin():
    lines = list(tell_origins(make_sheet().roots, WORDS))
    assert len(lines) == 2
    assert lines[0].startswith(f"Origin: {MONITOR}, first 31 May 2016: Example Wire (quotes it")


def test_a_page_names_no_writer_of_a_post_and_escapes_publishers():
    alone = make_incident(
        extra={
            "origins": [
                asdict(Origin("document", "copy1", (0,), None, (Carrier("copy1", "own"), CARRIERS[3])))
            ]
        }
    )
    page = render_report(Records((alone,), make_claims(), DOCUMENTS), WORDS)
    assert "Person Beta" not in page
    assert "<b>Daily" not in page
    assert "Who had it first" in page


def test_somebody_who_calls_a_private_person_a_body_gets_no_name_shown():
    forged = make_incident(
        extra={"origins": [asdict(Origin("body", "Person Alpha", (0,), None, CARRIERS[:1]))]}
    )
    page = render_report(Records((forged,), make_claims(), DOCUMENTS), WORDS)
    assert "Person Alpha" not in page
    assert disclose_extra(forged, hide_id, str, str)["origins"][0]["name"] == hide_id("Person Alpha")


def test_the_public_has_origins_with_ids_hidden():
    first, second = disclose_extra(INCIDENT, hide_id, str, str)["origins"]
    assert first["name"] == MONITOR
    assert [carrier["document"] for carrier in first["carriers"]] == [
        hide_id(one.document) for one in CARRIERS
    ]
    assert second["name"] == hide_id("post")
