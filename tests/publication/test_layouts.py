"""The record in others' layouts: what comes back is what went out, and what is lost is counted."""

import csv
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from harmledger.pipeline.registers import compare_registers, open_place_finder
from harmledger.places.pcodes import install_pcodes, load_pcodes
from harmledger.publication.data.layouts.acled import make_acled_row
from harmledger.publication.data.layouts.events import list_reasons
from harmledger.publication.data.layouts.losses import EXPLAINED
from harmledger.publication.data.layouts.ucdp import make_ucdp_row
from harmledger.publication.site.feeds import find_moment
from harmledger.records.document import Document
from harmledger.records.incident import Extent, GroupExtent
from harmledger.records.place import Place
from harmledger.records.time import Time

from .cases import make_incident
from .sites import hold, list_files, publish

ATOM = "{http://www.w3.org/2005/Atom}"


def read_table(folder, name):
    with (folder / "data" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def make_many():
    """Give attacks that differ in every respect that a layout carries."""
    find_place = open_place_finder(("SY",))
    town, far = find_place("Idlib", "SY"), find_place("Hama", "SY")
    area = Place("Idlib", "Idlib", "geonames:3", "SY", "Idlib", None, 35.8, 36.7, "province", 45.0)
    return tuple(replace(one, place=one.place if one.place in (far, area) else town) for one in (
        make_incident("a" * 64, targets=()),
        make_incident("b" * 64, targets=(), place=far, toll={"killed": Extent(3, 3, 3)}, attribution=()),
        make_incident("c" * 64, targets=(), time=Time("2017-01-02", "2017-01-02", "day"), means=()),
        make_incident("d" * 64, targets=(), time=Time("2018-03-01", "2018-03-31", "month"), place=area),
        make_incident("e" * 64, targets=(), time=Time("2019-05-01", "2019-05-05", "period"), place=far),
        make_incident("f" * 64, targets=(), toll={"killed": Extent(None, 30, 12)}, time=Time("2020-05-01", "2020-05-01", "day")),
    ))  # fmt: skip


@pytest.mark.parametrize("name", ["ucdp.csv", "acled.csv"])
def test_compare_reads_a_layout_back_and_finds_no_difference(name, tmp_path):
    incidents = make_many()
    folder = publish(hold(incidents), tmp_path / "site")
    (compared,), problems = compare_registers([folder / "data" / name], incidents)
    assert problems == ()
    assert {pairing.entry.code for pairing in compared.pairings} == {one.id for one in incidents}
    for pairing in compared.pairings:
        incident = pairing.incident
        assert pairing.entry.code == getattr(incident, "id", incident)
        told = [one for one in pairing.differences if one.relation not in ("same", "only_ours")]
        assert told == []
    assert not compared.lacking
    assert not compared.only_here


@pytest.mark.parametrize("name", ["ucdp.csv", "acled.csv"])
def test_the_example_comes_back_too(name, example_site):
    from harmledger.pipeline.lines import load_records
    from harmledger.records.incident import Incident

    incidents, _ = load_records((str(example_site / "data" / "incidents.jsonl"),), Incident)
    (compared,), problems = compare_registers([example_site / "data" / name], incidents)
    assert problems == ()
    assert not compared.lacking
    assert len(compared.pairings) == len(read_table(example_site, name)) > 5
    assert not [
        one for p in compared.pairings for one in p.differences if one.relation not in ("same", "only_ours")
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"scope": "area_day"}, "no day total"),
        ({"scope": "since_date"}, "no running total"),
        ({"toll": {}}, "no figure"),
        ({"toll": {"killed": Extent(0, 0, 0)}}, "nobody killed"),
        ({"time": None}, "no date"),
        ({"place": None}, "no point"),
    ],
)
def test_what_is_no_event_is_left_out_and_counted(changes, reason, tmp_path):
    incident = make_incident("a" * 64, **({"targets": ()} | changes))
    assert list_reasons(incident) == [reason]
    folder = publish(hold((incident,)), tmp_path / "site")
    for name in ("ucdp.csv", "acled.csv"):
        assert read_table(folder, name) == []
        assert [row["lost"] for row in read_table(folder, "losses.csv") if row["file"] == name] == [reason]


def test_every_loss_is_explained_and_counted(example_site):
    rows = read_table(example_site, "losses.csv")
    assert {row["lost"] for row in rows} <= set(EXPLAINED)
    assert {row["file"] for row in rows} == {"ucdp.csv", "acled.csv", "incidents-hxl.csv"}
    count = len(read_table(example_site, "incidents.csv"))
    assert all(int(row["of"]) == count and 0 < int(row["entries"]) <= count for row in rows)
    for name in ("ucdp.csv", "acled.csv"):
        left = sum(
            int(r["entries"])
            for r in rows
            if r["file"] == name and r["lost"] in ("no day total", "no running total")
        )
        assert len(read_table(example_site, name)) + left <= count


def test_codes_of_the_codebooks():
    one = make_incident(
        targets=(), toll={"killed": Extent(2, 5, 3, groups={"civilians": GroupExtent(1, 1, 1)})}
    )
    ucdp, lost = make_ucdp_row(one)
    assert (ucdp.where_prec, ucdp.date_prec, ucdp.low, ucdp.best, ucdp.high) == (1, 2, 2, 3, 5)
    assert (ucdp.deaths_civilians, ucdp.side_a, ucdp.country) == (1, "Party A", "Syria")
    assert {"denial", "accounts", "means", "evidence", "groups"} <= set(lost)
    acled, lost = make_acled_row(one)
    assert (acled.event_date, acled.time_precision, acled.geo_precision) == ("2016-05-30", 2, 1)
    assert (acled.event_type, acled.sub_event_type) == ("Explosions/Remote violence", "Air/drone strike")
    assert {"days", "bounds"} <= set(lost)


GLOBAL = """Location,Admin Level,P-Code,Name,Parent P-Code,Valid from date
SYR,1,SY07,Idleb,SYR,2020-12-17
SYR,2,SY0704,Jisr-Ash-Shugur,SY07,2020-12-17
SYR,2,SY0702,Al Ma'ra,SY07,2020-12-17
IRQ,1,IQG01,Al-Anbar,IRQ,2020-12-17
"""


def test_p_codes_are_those_of_the_gazetteer_s_names(tmp_path, monkeypatch):
    source, data = tmp_path / "source", tmp_path / "data"
    source.mkdir()
    (source / "global_pcodes_adm_1_2.csv").write_text(GLOBAL, encoding="utf-8")
    seat = Place(
        "Jisr al-Shughur", None, "x:1", "SY", "Idlib", "Jisr al-Shughur District", 35.8, 36.3, "settlement"
    )
    known = {
        "Idleb": [Place("Idlib", None, "x:2", "SY", "Idlib", None, 35.9, 36.6, "province")],
        "Jisr-Ash-Shugur": [seat],
        "Al Ma'ra": [replace(seat, admin2="Harim District")],
    }
    count, problems = install_pcodes("SY", source, lambda name, _: known.get(name, []), data)
    assert count == 2
    assert "Al Ma'ra" in problems[0].message
    codes = load_pcodes("SY", data)
    assert codes.find(seat) == ("SY07", "SY0704")
    assert codes.find(replace(seat, admin2=None)) == ("SY07", None)
    assert load_pcodes("IQ", data) is None
    monkeypatch.setenv("HARMLEDGER_DATA", str(data))
    folder = publish(hold((make_incident("a" * 64, targets=(), place=seat),)), tmp_path / "site")
    lines = (folder / "data" / "incidents-hxl.csv").read_text(encoding="utf-8").splitlines()
    assert "#adm1+code+v_pcode" in lines[1]
    assert ",SY07," in lines[2]
    assert ",SY0704," in lines[2]


def test_without_p_codes_the_loss_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("HARMLEDGER_DATA", str(tmp_path / "nothing"))
    folder = publish(hold(), tmp_path / "site")
    assert "province without P-code" in {row["lost"] for row in read_table(folder, "losses.csv")}


def test_feeds_are_atom_and_dated_by_reports(example_site, example):
    files = [path for path in list_files(example_site) if path.startswith("feeds/")]
    assert {"feeds/all.xml", "feeds/idlib.xml", "feeds/hama.xml"} <= set(files)
    published = {d.published for d in example.documents.values() if d.published}
    for name in files:
        feed = ElementTree.parse(example_site / name).getroot()
        assert feed.tag == f"{ATOM}feed"
        moments = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
        assert moments == sorted(moments, reverse=True)
        assert feed.findtext(f"{ATOM}updated") == moments[0]
        assert all(moment[:4] in {day[:4] for day in published} for moment in moments)
        for link in feed.iter(f"{ATOM}link"):
            assert (example_site / "feeds" / link.get("href")).resolve().is_file()


def test_a_feed_s_moment_is_the_last_report_s_in_utc():
    documents = (
        Document(id="a", text="x", published="2016-05-31T23:30:00-04:00"),
        Document(id="b", text="x", published="2016-06-01"),
        Document(id="c", text="x", published="some day"),
    )
    assert find_moment(make_incident(accounts=()), documents) == "2016-06-01T03:30:00Z"
    assert find_moment(make_incident(accounts=()), ()) is None


def test_the_package_has_a_schema_for_every_table(example_site):
    import json

    package = json.loads((example_site / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["path"].endswith(".csv"):
            with (example_site / "data" / resource["path"]).open(encoding="utf-8", newline="") as handle:
                assert next(csv.reader(handle)) == [field["name"] for field in resource["schema"]["fields"]]
