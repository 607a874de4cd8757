"""Drawings: outlines, projection, map and timeline."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.publication.drawing.atlas import Country, build_outlines, compact_topology, load_outlines
from harmledger.publication.drawing.map import draw_map
from harmledger.publication.drawing.outline import draw_countries
from harmledger.publication.drawing.projection import choose_scale_km, frame_points, list_degrees
from harmledger.publication.drawing.timeline import choose_step, draw_timeline
from harmledger.publication.view.entry import choose_stems, make_entry
from harmledger.tallies.tally import Tally, tally_incidents

from .cases import IDLIB, make_incident
from .sites import WORDS

SQUARE = Country("Squareland", (((30.0, 30.0), (40.0, 30.0), (40.0, 40.0), (30.0, 40.0), (30.0, 30.0)),))
TOPOLOGY = {
    "transform": {"scale": [0.1, 0.1], "translate": [10.0, 20.0]},
    "arcs": [[[0, 0], [10, 0], [0, 10]], [[0, 0], [0, 10], [10, 0]]],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "properties": {"name": "Beta"}, "arcs": [[0, -2]]},
                {"type": "MultiPolygon", "properties": {"name": "Alpha"}, "arcs": [[[0, -2]]]},
                {"type": "Point", "properties": {"name": "Gamma"}},
            ]
        }
    },
}


def make_entries(*incidents):
    return [make_entry(incident, incident.id, WORDS) for incident in incidents]


def test_a_topology_becomes_rings_in_hundredths():
    rows = compact_topology(TOPOLOGY)
    assert [row[0] for row in rows] == ["Alpha", "Beta", "Gamma"]
    assert rows[0][1] == [[1000, 2000, 100, 0, 0, 100, -100, 0, 0, -100]]
    assert rows[2][1] == []


def test_outlines_are_built_from_a_file_and_missing_ones_are_told(tmp_path, monkeypatch):
    source = tmp_path / "topology.json"
    source.write_text(__import__("json").dumps(TOPOLOGY))
    build_outlines(source, tmp_path / "outlines.json")
    monkeypatch.setattr("harmledger.publication.drawing.atlas.files", lambda _: tmp_path)
    load = load_outlines.__wrapped__
    countries, problems = load()
    assert countries[0].rings[0][0] == (10.0, 20.0)
    assert problems == ()
    (tmp_path / "outlines.json").unlink()
    assert [problem.severity for problem in load()[1]] == ["note"]


def test_a_country_larger_than_the_map_fills_it():
    frame = frame_points([(35.0, 35.0, 10.0)])
    ((name, path, label),) = draw_countries([SQUARE], frame)
    assert name == "Squareland"
    assert path.startswith("M")
    assert label is not None


def test_a_country_elsewhere_is_not_drawn():
    assert list(draw_countries([SQUARE], frame_points([(-60.0, -10.0, 10.0)]))) == []


points = st.tuples(st.floats(-170, 170), st.floats(-80, 80), st.floats(0, 200))


@given(st.lists(points, min_size=1, max_size=8))
def test_every_point_lies_in_the_frame(found):
    frame = frame_points(found)
    for lon, lat, _ in found:
        x, y = frame.place(lon, lat)
        assert -0.01 <= x <= frame.width + 0.01
        assert -0.01 <= y <= frame.height + 0.01
    assert choose_scale_km(frame) >= 1
    assert len(list_degrees(frame.west, frame.east)) <= 15


def test_nothing_to_draw_is_no_map():
    assert frame_points([]) is None
    assert draw_map(make_entries(make_incident(place=None)), (), WORDS) is None


@pytest.mark.parametrize(
    ("precision", "is_area"),
    [("settlement", False), ("neighbourhood", False), ("district", True), ("province", True)],
)
def test_a_place_is_drawn_as_finely_as_it_is_known(precision, is_area):
    entries = make_entries(
        make_incident(place=replace(IDLIB, precision=precision, radius_km=40.0 if is_area else 3.0))
    )
    drawing = draw_map(entries, (), WORDS)
    assert (len(drawing.areas), len(drawing.points)) == ((1, 0) if is_area else (0, 1))
    if is_area:
        assert drawing.areas[0].radius == pytest.approx(drawing.frame.measure_km(max(40.0, 15.0)), abs=0.1)


def test_a_country_alone_is_no_place_on_the_map():
    entries = make_entries(make_incident("a"), make_incident("b", place=replace(IDLIB, precision="country")))
    assert draw_map(entries, (), WORDS).unmapped == 1


def test_attacks_at_one_place_share_a_mark_and_day_totals_are_not_added():
    day = make_incident("c", scope="area_day")
    drawing = draw_map(make_entries(make_incident("a"), make_incident("b"), day), (), WORDS)
    assert [mark.entries for mark in drawing.points] == [(0, 1, 2)]
    alone = draw_map(make_entries(make_incident("a"), make_incident("b")), (), WORDS)
    assert drawing.points[0].radius == alone.points[0].radius


def test_the_area_of_a_circle_grows_with_the_toll():
    from harmledger.publication.drawing.map import _scale_radius

    assert _scale_radius(200, 200) == pytest.approx(2 * _scale_radius(50, 200))


def test_a_timeline_has_the_sums_of_the_tallies():
    incidents = [make_incident("a"), make_incident("b")]
    tallies, _ = tally_incidents(incidents, "month")
    drawing = draw_timeline(tallies, "month", WORDS)
    assert [column.text for column in drawing.columns] == ["100 (46–100 or more)"]
    assert draw_timeline([], "month", WORDS) is None


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        ("2019-01-01", "2019-03-01", "day"),
        ("2016-05-30", "2019-07-22", "month"),
        ("1990-01-01", "2019-01-01", "year"),
    ],
)
def test_the_step_fits_the_span(first, last, step):
    assert choose_step(first, last) == step


@pytest.mark.parametrize(
    ("step", "labels"),
    [("day", ("2019-01-30", "2019-02-02")), ("month", ("2018-11", "2019-02")), ("year", ("2011", "2019"))],
)
def test_columns_stand_in_order_of_time(step, labels):
    tallies = [Tally(step, label, None, "killed", None, 1, 2, 3, incidents=1) for label in labels]
    columns = draw_timeline(tallies, step, WORDS).columns
    assert columns[0].x < columns[1].x
    assert all(column.bar > 0 for column in columns)


def test_names_of_pages_are_told_apart():
    ids = ["a" * 64, "a" * 20 + "b" * 44, "../../etc/passwd", "c" * 64]
    stems = choose_stems(ids)
    assert len(set(stems.values())) == len(ids)
    assert all(stem.isalnum() for stem in stems.values())
