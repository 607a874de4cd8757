"""Facilities hit again, sources, the growing sum, and what changed of an incident."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from harmledger.publication.disclosure.rules import PUBLIC
from harmledger.publication.drawing.cumulative import draw_curve
from harmledger.publication.material import HeldRecords, Settings
from harmledger.publication.site.facilities import MOST_NAMED, make_facilities
from harmledger.publication.site.frame import Frame
from harmledger.publication.site.survey import survey_material
from harmledger.publication.view.entry import make_entry
from harmledger.publication.view.facilities import gather_facilities, name_ordinal, tell_history
from harmledger.publication.view.revisions import Revision, tell_revisions
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.tallies.tally import Tally, tally_incidents

from .cases import IDLIB, make_claims, make_documents, make_incident
from .sites import AS_OF, NAME, WORDS, hold, publish

SITE = Place("Placeholder Hospital", "it", "x:9", "SY", "Idlib", "Maarra", 35.81234, 36.60987, "site", 0.1)


def make_attack(letter, day, **changes):
    given = {
        "targets": ("hospital",),
        "time": Time(day, day, "day"),
        "place": replace(IDLIB, admin2="Maarra"),
    }
    return make_incident(letter * 64, **(given | changes))


def make_series():
    return (
        make_attack("a", "2019-04-28"),
        make_attack("b", "2019-05-05", place=SITE),
        make_attack("c", "2019-07-22"),
        make_attack("d", "2019-07-23", targets=("school",)),
        make_attack("e", "2019-07-24", scope="area_day"),
        make_attack("f", "2019-07-25", place=replace(IDLIB, admin1="Hama", admin2=None)),
    )


def tell_all(incidents, is_by_place=False):
    entries = [make_entry(one, one.id[:16], WORDS) for one in incidents]
    facilities = gather_facilities(entries, WORDS, is_by_place)
    return {entry.id[0]: tell_history(entry, facilities, WORDS) for entry in entries}


def test_the_third_attack_since_april_in_a_district():
    told = tell_all(make_series())
    assert told["c"] == (
        "The third recorded attack on this kind of place (hospital) in Maarra, Idlib since April 2019.",
    )
    assert told["a"][0].startswith("The first of 3 recorded attacks")
    assert told["d"] == told["e"] == told["f"] == ()


def test_inside_attacks_are_counted_by_place():
    told = tell_all((*make_series(), make_attack("9", "2019-09-01", place=SITE)), is_by_place=True)
    assert told["9"][0].startswith("The second")
    assert told["c"][0].startswith("The second")


def test_a_long_series_names_the_latest_and_counts_the_rest():
    days = [date(2019, 1, 1) + timedelta(days=n) for n in range(MOST_NAMED + 3)]
    incidents = [
        make_incident(
            f"{n:064x}",
            targets=("hospital",),
            time=Time(day.isoformat(), day.isoformat(), "day"),
            place=IDLIB,
        )
        for n, day in enumerate(days)
    ]
    survey = survey_material(hold(incidents), Settings(NAME, disclosure=PUBLIC), AS_OF, WORDS)
    (row,) = make_facilities(survey, Frame(NAME, 1, "", "", WORDS, PUBLIC)).again
    assert row.count == str(MOST_NAMED + 3)
    assert len(row.attacks) == MOST_NAMED
    assert row.attacks[0].heading == "4 January 2019"
    assert row.more == "and 3 earlier attacks"


def test_no_site_is_named_in_a_public_history(tmp_path):
    folder = publish(hold(make_series()), tmp_path / "site", Settings(NAME, disclosure=PUBLIC))
    page = (folder / "facilities.html").read_text(encoding="utf-8")
    assert "Maarra, Idlib" in page
    assert "Placeholder" not in page
    incident = (folder / "incidents" / f"{'c' * 16}.html").read_text(encoding="utf-8")
    assert "third recorded attack" in incident


@pytest.mark.parametrize(("number", "name"), [(1, "first"), (12, "twelfth"), (13, "13th")])
def test_ordinals(number, name):
    assert name_ordinal(number, WORDS) == name


def test_sources_are_told_with_how_they_are_known(example_site):
    page = (example_site / "sources.html").read_text(encoding="utf-8")
    assert "in the register of bodies; no side of the conflict" in page
    assert "Example Wire" in page
    assert "A resident" in page


def test_the_curve_is_the_sum_of_its_periods():
    tallies, _ = tally_incidents(make_series(), "month", harm="killed")
    curve = draw_curve(tallies, (), WORDS)
    assert [step.label for step in curve.steps] == sorted(t.label for t in tallies if t.label)
    assert curve.steps[-1].best <= curve.steps[0].best <= curve.base
    assert all(step.high <= step.best <= step.low for step in curve.steps)
    assert curve.steps[-1].text == WORDS.total(
        sum(t.low or 0 for t in tallies),
        sum(t.best or 0 for t in tallies),
        sum(t.high or 0 for t in tallies),
        True,
    )


@pytest.mark.parametrize("labels", [(), ("2019-07",)])
def test_one_period_makes_no_curve(labels):
    assert (
        draw_curve([Tally("month", label, None, "killed", None, 1, 1, 1) for label in labels], (), WORDS)
        is None
    )


@pytest.mark.parametrize("labels", [("2019-12", "2020-02"), ("2016", "2024"), ("2019-07-22", "2019-07-24")])
def test_a_curve_of_any_step_stays_in_its_drawing(labels):
    curve = draw_curve([Tally("x", label, None, "killed", None, 1, 2, 3) for label in labels], (), WORDS)
    assert all(0 <= step.x <= 960 and 0 <= step.high <= curve.base for step in curve.steps)
    assert curve.steps[-1].x == 948


REVISIONS = (
    Revision("2019-07-25T10:00:00Z", "version", "wire", 12),
    Revision("2019-07-26T10:00:00Z", "correct", None, None, "count", "Analyst A", "the sentence says so"),
    Revision("2019-07-24T10:00:00Z", "note", None, None, None, "Analyst A", "look again"),
)


def test_changes_are_told_in_order_of_time():
    told = tell_revisions(REVISIONS, {"wire": "Example Wire"}, WORDS, is_internal=True)
    assert [line.at[:10] for line in told] == ["2019-07-24", "2019-07-25", "2019-07-26"]
    assert told[1].text == "a later version of a report by Example Wire; words that differ: 12"
    assert told[2].detail == "Analyst A: the sentence says so"


def test_who_decided_and_why_stays_inside(tmp_path):
    material = HeldRecords((make_incident("a" * 64),), make_claims(), make_documents(), (), REVISIONS)
    public = publish(material, tmp_path / "public", Settings(NAME))
    page = (public / "incidents" / f"{'a' * 16}.html").read_text(encoding="utf-8")
    assert "words that differ: 12" in page
    assert "a person corrected what was read: the figure" in page
    everything = b"".join(path.read_bytes() for path in public.rglob("*") if path.is_file())
    assert b"Analyst A" not in everything
    assert b"look again" not in everything
    internal = publish(material, tmp_path / "internal", Settings(NAME, is_internal=True))
    assert b"the sentence says so" in (internal / "incidents" / f"{'a' * 16}.html").read_bytes()


def test_a_running_total_stands_on_the_curve_with_its_number(example_site):
    page = (example_site / "totals.html").read_text(encoding="utf-8")
    assert page.count('<g class="other">') == page.split('<ol class="others')[1].split("</ol>")[0].count(
        "<li>"
    )
