"""The data: every field explained, every file whole, nothing that adds up wrongly."""

import csv
import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from harmledger.publication.data.fields import HXL, LINES, list_records
from harmledger.publication.data.rows import ROWS, IncidentRow
from harmledger.publication.data.writer import FILES
from harmledger.records.claim import Claim, Voice
from harmledger.records.incident import Incident
from harmledger.records.place import Place
from harmledger.records.span import Span


def test_the_readme_names_every_file_column_and_field(example_site):
    readme = (example_site / "data" / "README.md").read_text(encoding="utf-8")
    for name in FILES:
        assert f"## {name}" in readme
    for row_type in ROWS.values():
        for field in fields(row_type):
            assert f"| `{field.name}` | " in readme
    for record in LINES.values():
        for kind in list_records(record):
            for field in fields(kind):
                assert f"- `{field.name}`: {field.metadata['meaning']}" in readme


def test_the_records_inside_a_record_are_found():
    assert {Claim, Voice, Span, Place} <= set(list_records(Claim))
    assert all(is_dataclass(kind) for kind in list_records(Incident))


@pytest.mark.parametrize("name", sorted(ROWS))
def test_tables_have_the_columns_that_are_explained(name, example_site):
    with (example_site / "data" / name).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0] == [field.name for field in fields(ROWS[name])]
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_tagged_columns_exist():
    named = {field.name for row_type in ROWS.values() for field in fields(row_type)}
    assert set(HXL) <= named


def test_the_data_package_tells_the_truth(example_site):
    folder = example_site / "data"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [one["path"] for one in package["resources"]] == sorted(FILES)
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
    table = next(one for one in package["resources"] if one["path"] == "incidents.csv")
    assert [field["name"] for field in table["schema"]["fields"]] == [
        field.name for field in fields(IncidentRow)
    ]
    kinds = {field["name"]: field["type"] for field in table["schema"]["fields"]}
    assert (kinds["killed_low"], kinds["latitude"], kinds["killed_open"]) == ("integer", "number", "boolean")


def test_features_stand_for_circles(example_site):
    features = json.loads((example_site / "data" / "incidents.geojson").read_text(encoding="utf-8"))[
        "features"
    ]
    assert features
    for feature in features:
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
        assert feature["properties"]["place_precision"] != "site"


def test_lines_are_of_the_format_and_claims_name_their_incident(example_site):
    folder = example_site / "data"
    incidents = [json.loads(line) for line in (folder / "incidents.jsonl").read_text().splitlines()]
    claims = [json.loads(line) for line in (folder / "claims.jsonl").read_text().splitlines()]
    names = {incident["id"] for incident in incidents}
    assert {claim["extra"]["incident"] for claim in claims} <= names
    assert all(incident["format"] == 1 for incident in incidents)
    assert set(incidents[0]) == {field.name for field in fields(Incident)}
    assert set(claims[0]) == {field.name for field in fields(Claim)}


def test_public_lines_are_read_by_the_program(example_site):
    from harmledger.pipeline.lines import load_records

    for name, record in LINES.items():
        records, problems = load_records((str(example_site / "data" / name),), record)
        assert records
        assert not problems


def test_dates_are_dates(example_site):
    with (example_site / "data" / "incidents.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for name in ("start", "end"):
                assert not row[name] or date.fromisoformat(row[name])
