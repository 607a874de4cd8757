"""A view kept up with is the view built from nothing, and that is what fuse gives."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from sqlite3 import connect
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from depth import examples
from harmledger.documents import copies
from harmledger.documents.copies import link_sketches, sketch_body
from harmledger.incidents import candidates, linking
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.source import Source
from harmledger.pipeline import build
from harmledger.pipeline.formats import encode_record
from harmledger.store import view_blocks, views
from harmledger.store.view_readings import Readings
from harmledger.store.views import name_view, open_view, read_stamp
from pipeline.world import DIGEST, MADE_BY, TOWNS, Report, World, make_report, reports

JUDGED = ("join", "join", "split", "split", "exclude", "correct", "undo")
STEPS = ("add",) * 6 + ("version", "version", "amend", "amend", "retract", "withdraw", "return")


def describe_all(world: World) -> dict[str, Source]:
    """Give what fuse is handed about the reports."""
    heads = {head.id: head for head in world.list_heads()}
    standing = [world.reports[id] for id, head in heads.items() if head.state == "current"]
    families = link_sketches(
        (report.id, report.published, sketch_body(report.compose_body())) for report in standing
    )
    return {
        id: replace(
            world.reports[id].describe(),
            copy_of=None if families.get(id, id) == id else families[id],
            is_retracted=id in world.retracted,
        )
        for id in heads
    }


@examples(50, 12)
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
    """Small worlds change by more than a quarter each time, which would be built anew: with 0 they never are. And
    they would never fill a window."""
    monkeypatch.setattr(build, "_LARGE", request.param)
    for module in (candidates, linking, copies):
        monkeypatch.setattr(module, "WINDOW", 2)
    for name, number in (("_SMALL", 2), ("_SLACK", 1)):
        monkeypatch.setattr(view_blocks, name, number)


@pytest.mark.usefixtures("_share")
@examples(40, 10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_history_gives_what_one_build_at_the_end_gives(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as other:
        world = World(Path(folder))
        early = data.draw(st.integers(0, 12))
        for number in range(early + data.draw(st.integers(1, 10))):
            step = "add" if number < early else data.draw(st.sampled_from(STEPS))
            ids = sorted(world.reports)
            if step == "add" or not ids:
                report = data.draw(reports(number))
                world.reports[report.id] = report
            elif step == "version":
                newest = world.reports[data.draw(st.sampled_from(ids))]
                if not any(report.supersedes == newest.id for report in world.reports.values()):
                    report = data.draw(reports(number, supersedes=newest))
                    world.reports[report.id] = report
            elif step == "amend":
                changed = world.reports[data.draw(st.sampled_from(ids))]
                world.reports[changed.id] = replace(changed, publisher="Outlet 1", kind="monitor")
            elif step == "retract":
                world.retracted.add(data.draw(st.sampled_from(ids)))
            elif step == "withdraw":
                world.withdrawn.add(data.draw(st.sampled_from(ids)))
            else:
                world.withdrawn.clear()
            if number >= early - 1 and data.draw(st.integers(0, 2)) == 0:
                world.build()
        world.build()
        kept = world.export()
        world.build(Path(other))
        assert world.export(Path(other)) == kept
        assert world.list_stages(Path(other)) == world.list_stages()


def judge_something(world: World, data: st.DataObject) -> None:
    """Have a person judge some claims of the world, or take a judgement back."""
    kind = data.draw(st.sampled_from(JUDGED))
    claims = sorted({claim.id for report in world.reports.values() for claim in report.list_claims()})
    if kind == "undo":
        if world.judgements:
            world.judge("undo", undoes=data.draw(st.sampled_from([one.id for one in world.judgements])))
    elif kind in ("join", "split"):
        if len(claims) > 1:
            world.judge(
                kind, *data.draw(st.lists(st.sampled_from(claims), min_size=2, max_size=2, unique=True))
            )
    elif claims:
        changes = {"field": "time", "value": None} if kind == "correct" else {}
        world.judge(kind, data.draw(st.sampled_from(claims)), **changes)


@pytest.mark.usefixtures("_share")
@examples(60, 12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_judgements_are_followed_step_by_step_as_they_are_from_nothing(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as other:
        world = World(Path(folder))
        for number in range(data.draw(st.integers(2, 8))):
            report = data.draw(reports(number))
            world.reports[report.id] = report
            if data.draw(st.booleans()):
                judge_something(world, data)
            if data.draw(st.booleans()):
                world.build()
            if data.draw(st.integers(0, 4)) == 0:
                world.withdrawn ^= {data.draw(st.sampled_from(sorted(world.reports)))}
        judge_something(world, data)
        world.build()
        kept = world.export()
        world.build(Path(other))
        assert world.export(Path(other)) == kept
        assert world.list_stages(Path(other)) == world.list_stages()
        told, _ = fuse_claims(world.list_claims(), describe_all(world), judgements=world.judgements)
        assert {frozenset(one.claims) for one in told} == {
            frozenset(one.claims) for one in world.list_incidents()
        }


@pytest.mark.usefixtures("_share")
@examples(20, 6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(2, 9).flatmap(lambda size: st.tuples(*(reports(number) for number in range(size)))))
def test_ids_stay_while_documents_come_in(found: tuple[Report, ...]) -> None:
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        known: set[str] = set()
        for report in found:
            world.reports[report.id] = report
            world.build()
            incidents = world.list_incidents()
            standing = {incident.id for incident in incidents}
            assert len(standing) == len(incidents)
            former = {id for incident in incidents for id in incident.formerly}
            assert former.isdisjoint(standing)
            assert known <= standing | former
            known = standing | former


def test_an_id_outlives_a_version_a_withdrawal_and_the_view(tmp_path: Path) -> None:
    first = make_report(0, 5)
    world = World(tmp_path, {first.id: first})
    world.build()
    (id,) = (incident.id for incident in world.list_incidents())
    second = replace(make_report(1, 9), supersedes=first.id)
    world.reports[second.id] = second
    world.build()
    assert [(i.id, i.documents) for i in world.list_incidents()] == [(id, (second.id,))]
    other = replace(make_report(2, 9), story=3)
    world.reports[other.id] = other
    world.build()
    world.withdrawn |= {first.id, second.id}
    name_view(tmp_path, DIGEST).unlink()
    world.build()
    assert [(i.id, i.documents) for i in world.list_incidents()] == [(id, (other.id,))]


@pytest.mark.usefixtures("_share")
def test_a_replaced_version_that_comes_back_says_where_its_id_belongs(tmp_path: Path) -> None:
    world = World(tmp_path)
    first = make_report(0, 38)
    second = replace(make_report(1, 38), supersedes=first.id)
    world.reports[first.id] = first
    world.build()
    (named,) = world.list_incidents()
    world.withdrawn.add(first.id)
    world.reports[second.id] = second
    world.build()
    world.withdrawn.clear()
    world.build()
    (named_again,) = world.list_incidents()
    assert named.id in (named_again.id, *named_again.formerly)
    kept = world.export()
    with TemporaryDirectory() as other:
        world.build(Path(other))
        assert world.export(Path(other)) == kept


def test_a_build_that_ends_early_leaves_the_view_and_gives_the_same_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make_report(0, 5), replace(make_report(1, 9), story=2, published="2016-06-02")
    world = World(tmp_path, {first.id: first})
    world.build()
    before = world.export()
    world.reports[second.id] = second
    with monkeypatch.context() as patch:
        patch.setattr(build, "write_meta", _fail)
        with pytest.raises(KeyboardInterrupt):
            world.build()
    assert [path.name for path in tmp_path.iterdir()] == [name_view(tmp_path, DIGEST).name]
    assert world.export() == before
    minted = list(world.minted)
    (tmp_path / f".views-{DIGEST}.part").write_bytes(b"left behind")
    world.build()
    assert len(world.list_incidents()) == 1
    assert world.minted == minted
    assert [path.name for path in tmp_path.iterdir()] == [name_view(tmp_path, DIGEST).name]


@pytest.mark.parametrize("damage", ["cut", "overwritten", "no database", "of an older program"])
def test_a_damaged_view_is_built_anew(tmp_path: Path, damage: str) -> None:
    first, second = make_report(0, 5), replace(make_report(1, 9), story=2)
    world = World(tmp_path, {first.id: first})
    world.build()
    path = name_view(tmp_path, DIGEST)
    data = path.read_bytes()
    if damage == "of an older program":
        with closing(connect(path)) as connection, connection:
            connection.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    else:
        whole = {"cut": data[: len(data) // 2], "no database": b"nothing" * 100}
        path.write_bytes(whole.get(damage, data[:20000] + b"\xff" * (len(data) - 20000)))
    world.reports[second.id] = second
    assert world.build().is_new
    (incident,) = world.list_incidents()
    assert set(incident.documents) == {first.id, second.id}


def test_who_reads_a_view_goes_on_seeing_it_while_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_LARGE", 0)
    first, second = make_report(0, 5), replace(make_report(1, 9), story=2, published="2016-06-02")
    world = World(tmp_path, {first.id: first})
    world.build()
    path, stamp = name_view(tmp_path, DIGEST), read_stamp(tmp_path)
    with open_view(path) as reading:
        before = list(Readings(reading).list_lines())
        world.reports[second.id] = second
        world.build()
        assert name_view(tmp_path, DIGEST) == path
        assert read_stamp(tmp_path) != stamp
        assert list(Readings(reading).list_lines()) == before
        with open_view(path) as later:
            assert len(list(Readings(later).list_lines())) == 2
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    with open_view(path) as reading:
        build.refresh_view(world.describe(tmp_path), build.Watch(), is_anew=True)
        assert name_view(tmp_path, DIGEST) != path
        assert len(list(Readings(reading).list_lines())) == 2
    assert [one.name for one in tmp_path.iterdir()] == [name_view(tmp_path, DIGEST).name]


def test_a_view_in_a_folder_that_cannot_be_written_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_report(0, 5)
    world = World(tmp_path, {first.id: first})
    world.build()
    monkeypatch.setattr(views, "_MODES", views._MODES[-1:])
    assert len(list(world.export()[1])) > 0
    assert [one.name for one in tmp_path.iterdir()] == [name_view(tmp_path, DIGEST).name]


def _fail(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_incident_that_stays_is_made_again_when_a_document_of_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Villages in a row: the middle one's report is linked to both others, which are too far apart to be one."""
    monkeypatch.setattr(build, "_LARGE", 0)
    middle, west, east = (
        replace(make_report(number, 38), said=(replace(make_report(0, 38).said[0], place=TOWNS[town]),))
        for number, town in enumerate((1, 0, 2))
    )
    world = World(tmp_path, {middle.id: middle, west.id: west})
    world.build()
    world.reports |= {middle.id: replace(middle, kind="monitor"), east.id: east}
    world.build()
    kept = world.export()
    assert [set(i.documents) for i in world.list_incidents()] == [{middle.id, west.id}, {east.id}]
    assert "monitor" in {account.voice.role for i in world.list_incidents() for account in i.accounts}
    name_view(tmp_path, DIGEST).unlink()
    world.build()
    assert world.export() == kept
