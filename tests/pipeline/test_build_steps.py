"""A view kept up with is the view built from nothing, and that is what fuse gives."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmledger.documents.copies import link_copies
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.source import Source
from harmledger.pipeline import build
from harmledger.pipeline.formats import encode_record
from pipeline.world import MADE_BY, Report, World, reports


def describe_all(world: World) -> dict[str, Source]:
    """Give what fuse is handed about the reports."""
    heads = {head.id: head for head in world.list_heads()}
    standing = [world.reports[id] for id, head in heads.items() if head.state == "current"]
    families = link_copies((report.id, report.compose_body(), report.published) for report in standing)
    return {
        id: replace(
            world.reports[id].describe(),
            copy_of=None if families.get(id, id) == id else families[id],
            is_retracted=id in world.retracted,
        )
        for id in heads
    }


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 8).flatmap(lambda size: st.tuples(*(reports(number) for number in range(size)))))
def test_a_view_holds_what_fuse_gives(found: tuple[Report, ...]) -> None:
    with TemporaryDirectory() as folder:
        world = World(Path(folder), {report.id: report for report in found})
        assert world.build().is_new
        incidents, _ = fuse_claims(world.list_claims(), describe_all(world))
        lines = b"".join(encode_record(replace(incident, made_by=MADE_BY)) for incident in incidents)
        assert world.export()[0] == lines
        assert not world.build().is_new


@pytest.fixture(params=(4, 0), ids=("as it comes", "step by step"))
def _share(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small worlds change by more than a quarter each time, which would be built anew: with 0 they never are."""
    monkeypatch.setattr(build, "_LARGE", request.param)


@pytest.mark.usefixtures("_share")
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_history_gives_what_one_build_at_the_end_gives(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as other:
        world = World(Path(folder))
        for number in range(data.draw(st.integers(1, 14))):
            step = data.draw(
                st.sampled_from(("add", "add", "add", "add", "version", "retract", "withdraw", "return"))
            )
            ids = sorted(world.reports)
            if step == "add" or not ids:
                report = data.draw(reports(number))
                world.reports[report.id] = report
            elif step == "version":
                newest = world.reports[data.draw(st.sampled_from(ids))]
                if not any(report.supersedes == newest.id for report in world.reports.values()):
                    report = data.draw(reports(number, supersedes=newest))
                    world.reports[report.id] = report
            elif step == "retract":
                world.retracted.add(data.draw(st.sampled_from(ids)))
            elif step == "withdraw":
                world.withdrawn.add(data.draw(st.sampled_from(ids)))
            else:
                world.withdrawn.clear()
            if data.draw(st.integers(0, 2)) == 0:
                world.build()
        world.build()
        kept = world.export()
        world.build(Path(other))
        assert world.export(Path(other)) == kept
