"""WHO's level of an attack on health care, on a page, in the terminal's words and as data."""

from dataclasses import asdict

from harmledger.incidents.grades import load_rules
from harmledger.publication.report import render_report
from harmledger.publication.view.incident import Records, SheetMaker
from harmledger.publication.withholding.extras import disclose_extra
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.wording import load_wording
from harmledger.records.certainty import Certainty

from .cases import make_claims, make_documents, make_incident
from .sites import hold, publish

WORDS = load_wording()
LEVEL = Certainty("probable", ("seen: people who were there, Person Alpha too",), ("a check: confirmed",))
INCIDENT = make_incident(extra={"health_care": asdict(LEVEL)})


def test_the_level_stands_on_the_page_with_its_reasons():
    records = Records((INCIDENT,), make_claims(), make_documents())
    sheet = SheetMaker(records, WORDS).make(INCIDENT)
    assert sheet.certainty is not None
    assert sheet.certainty.label == "Probable"
    assert sheet.certainty.would_change == ("A check: confirmed",)
    page = render_report(records, WORDS)
    assert "WHO’s levels" in page
    assert "Person Alpha" not in page


def test_the_public_has_the_level_with_names_hidden():
    told = disclose_extra(INCIDENT, hide_id, str, lambda text: text.replace("Person Alpha", "…"))
    assert told["health_care"]["value"] == "probable"
    assert "Person Alpha" not in str(told)


def test_a_level_that_nobody_knows_is_not_shown():
    forged = make_incident(extra={"health_care": {"value": "<b>certain</b>"}})
    sheet = SheetMaker(Records((forged,), make_claims(), make_documents()), WORDS).make(forged)
    assert sheet.certainty is None


def test_the_page_of_method_prints_both_tables_of_rules(tmp_path):
    page = (publish(hold(), tmp_path / "site") / "method.html").read_text(encoding="utf-8")
    for table in ("grade", "certainty"):
        assert all(rule.meaning in page for rule in load_rules(table))
