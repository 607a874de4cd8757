"""A view is the same, however many processes made it."""

from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest

from harmledger.pipeline import case_fusing, case_incidents, case_work, linking
from harmledger.pipeline.build import Watch, refresh_view
from pipeline.world import DAYS, PLACES, World, make_report

REPORTS = 40


def _make_world(folder: Path) -> World:
    """Give reports of which many are of one attack, some without a day or with no more than a province."""
    world = World(folder)
    for number in range(REPORTS):
        made = make_report(number, 2 + number % 4)
        place = PLACES[number % len(PLACES)]
        time = None if number % 7 == 0 else made.said[0].time
        said = replace(made.said[0], place=place, time=time)
        report = replace(made, said=(said,), published=f"{DAYS[number % len(DAYS)]}T12:00:00Z")
        world.reports[report.id] = report
    return world


def test_a_view_does_not_depend_on_the_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_work, "FEW", 0)
    monkeypatch.setattr(case_fusing, "_BATCH", 3)
    monkeypatch.setattr(case_incidents, "_BATCH", 2)
    monkeypatch.setattr(linking, "MANY", 2)
    monkeypatch.setattr(linking, "STRETCH", 3)
    world = _make_world(tmp_path)
    found = []
    for jobs in (1, 2):
        folder = tmp_path / str(jobs)
        folder.mkdir()
        built = refresh_view(replace(world.describe(folder, []), jobs=jobs), Watch())
        assert built.incidents["attack"] > 4
        found.append((world.list_stages(folder), world.export(folder)))
    assert found[0][0]["links"]
    assert found[0][0]["leaves"]
    assert found[0] == found[1]
    assert not active_children()
