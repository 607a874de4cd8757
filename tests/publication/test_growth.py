"""How tolls grew, on a page and as data."""

from dataclasses import asdict, replace

from harmledger.publication.disclosure.fields import strip_incident
from harmledger.publication.drawing.growth import draw_growth
from harmledger.publication.report import render_report
from harmledger.publication.view.growth import list_growth, tell_curves
from harmledger.publication.view.incident import Records
from harmledger.publication.withholding.extras import disclose_extra
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.wording import load_wording
from harmledger.records.growth import Growth, GrowthCurve, GrowthStep, StockEnding

from .cases import make_claims, make_documents, make_incident

WORDS = load_wording()
STEPS = (
    GrowthStep("2016-05-31", 38, 38, 38, True, "first", ("c1",)),
    GrowthStep("2016-06-01", 50, 50, 50, False, "higher", ("c1",)),
)
GROWTH = Growth(
    (GrowthCurve(0, "killed", STEPS),), (StockEnding("missing", "2016-06-02", "none_left", ("c2",)),)
)
INCIDENT = make_incident(extra={"growth": asdict(GROWTH)})


def grow(incident=INCIDENT, voices=("Example Monitor", "a resident")):
    return list_growth(incident, voices, WORDS)


def test_every_voice_with_a_figure_stands_in_the_table():
    killed, missing = grow()
    assert [(point.voice, point.text) for point in killed.points] == [
        ("Example Monitor", "at least 38"),
        ("a resident", "at least 23"),
        ("Example Monitor", "50"),
    ]
    assert missing.points == ()
    assert "2 June 2016" in missing.endings[0]


def test_the_chart_has_a_line_for_who_changed_and_a_dot_for_each_figure():
    drawn = draw_growth(grow()[0], WORDS)
    assert drawn is not None
    assert len(drawn.lines) == 1
    assert len(drawn.dots) == 3
    assert drawn.lines[0].last == "50"


def test_what_has_no_two_dated_moments_is_a_table_alone():
    undated = tuple(replace(step, published=None) for step in STEPS)
    told = replace(GROWTH, curves=(GrowthCurve(0, "killed", undated),))
    (killed, _) = grow(make_incident(extra={"growth": asdict(told)}))
    assert draw_growth(killed, WORDS) is None
    assert len(killed.points) == 3


def test_the_terminal_has_a_line_for_each_voice():
    lines = list(tell_curves(grow(), WORDS))
    assert lines[0].startswith("Killed, Example Monitor: at least 38 (31 May 2016, first figure) → 50")
    assert len(lines) == 2


def test_a_page_escapes_the_voices_and_has_the_table():
    claims = make_claims()
    hostile = replace(INCIDENT.accounts[0].voice, name="<script>Monitor</script>")
    incident = replace(
        INCIDENT, accounts=(replace(INCIDENT.accounts[0], voice=hostile), *INCIDENT.accounts[1:])
    )
    page = render_report(Records((incident,), claims, make_documents()), WORDS)
    assert "<script>" not in page
    assert 'class="growth"' in page
    assert "How the figures changed" in page


def test_what_somebody_else_wrote_there_is_left_alone():
    for junk in ({"curves": 3}, "x", [1], {"curves": [{"account": "a"}]}):
        assert grow(make_incident(extra={"growth": junk})) == ()
    far = replace(GROWTH, curves=(GrowthCurve(99, "killed", STEPS),))
    assert len(grow(make_incident(extra={"growth": asdict(far)}))) == 2


def test_the_public_has_the_curve_with_ids_hidden_and_nothing_else():
    incident = replace(INCIDENT, extra=INCIDENT.extra | {"note": "Person Alpha"})
    told = disclose_extra(incident, hide_id, str, str)
    assert list(told) == ["growth"]
    assert told["growth"]["curves"][0]["steps"][0]["claims"] == [hide_id("c1")]


def test_a_curve_does_not_leave_where_the_figures_it_tells_do_not():
    assert strip_incident(INCIDENT, ("account.earlier",)).extra == {}
    assert strip_incident(INCIDENT, ("incident.means",)).extra == INCIDENT.extra
