"""Editions: one policy, and what each of its keys does to what leaves."""

import json
from dataclasses import replace

import pytest

from harmledger.pipeline.editions import EditionError, read_secret
from harmledger.publication.disclosure.fields import list_withholdable
from harmledger.publication.disclosure.policy import FILE, compose_editions, load_editions
from harmledger.publication.disclosure.rules import (
    INTERNAL,
    PARTNER,
    PUBLIC,
    list_edition_keys,
)
from harmledger.publication.material import Settings
from harmledger.publication.site.folder import FolderError
from harmledger.publication.withholding.naming import Naming, derive_key
from harmledger.records.place import Place

from .cases import make_claim, make_incident
from .sites import NAME, hold, list_files, publish

SITE = Place("Placeholder Hospital", "it", "x:9", "SY", "Idlib", "Maarra", 35.81234, 36.60987, "site", 0.1)


def read_lines(folder, name="incidents.jsonl"):
    return [json.loads(line) for line in (folder / "data" / name).read_text(encoding="utf-8").splitlines()]


def publish_as(rules, tmp_path, material=None, **more):
    return publish(material or hold(), tmp_path / rules.name, Settings(NAME, disclosure=rules, **more))


def load(folder, text, delay_hours=72):
    (folder / FILE).write_text(text, encoding="utf-8")
    return load_editions(folder, delay_hours)


def test_the_file_that_init_writes_changes_nothing(tmp_path):
    editions, problems = load(tmp_path, compose_editions())
    assert problems == ()
    assert editions == {"public": PUBLIC, "partner": PARTNER, "internal": INTERNAL}


def test_without_a_file_the_case_s_own_delay_holds_in_public_alone(tmp_path):
    editions, problems = load_editions(tmp_path, 240)
    assert problems == ()
    assert [editions[name].delay_hours for name in ("public", "partner", "internal")] == [240, 0, 0]


def test_every_key_is_explained_in_the_file_and_in_the_documentation():
    documentation = (__import__("pathlib").Path(__file__).parents[2] / "docs" / "publication.md").read_text()
    for key, meaning in list_edition_keys().items():
        assert f"# {key}: {meaning}" in compose_editions()
        assert f"| `{key}` | " in documentation


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ('[public]\n\ndelai_hours = 4\n', 3, "delay_hours"),
        ('[public]\nnames = "keep"\n', 2, "drop, hash"),
        ('[public.coordinates]\nhospital = "site"\n', 2, "district"),
        ('[public.coordinates]\nelsewhere = "site"\n', 2, "neighbourhood"),
        ('[public.coordinates]\nhopsital = "country"\n', 2, "hospital"),
        ('[partner]\ncoordinates = 3\n', 2, "[partner.coordinates]"),
        ('[partner]\nwithheld = ["claim.tme"]\n', 2, "claim.time"),
        ('[partner]\nleast_grade = "good"\n', 2, "fair"),
        ('[partner]\ndelay_hours = true\n', 2, "whole number"),
        ('[partner]\nlanguages = []\n', 2, "en"),
        ('# a policy\n[press]\nnames = "drop"\n', 2, "audience"),
        ('names = "drop"\n', 1, "[public]"),
        ('[Public Edition]\n', 1, "["),
        ('[public\n', 1, "TOML"),
    ],
)  # fmt: skip
def test_a_wrong_key_keeps_every_edition_shut_and_is_named_with_its_line(text, line, hint, tmp_path):
    editions, problems = load(tmp_path, text)
    assert not editions
    assert problems[0].where.startswith(f"{tmp_path / FILE}:{line}") or "TOML" in problems[0].message
    assert hint in f"{problems[0].message} {problems[0].remedy}"


def test_an_edition_of_ones_own_starts_from_its_audience(tmp_path):
    editions, problems = load(
        tmp_path,
        '[press]\naudience = "public"\nleast_grade = "fair"\n[press.coordinates]\ncamp = "country"\n',
    )
    assert problems == ()
    assert editions["press"].coordinates["hospital"] == "district"
    assert editions["press"].coordinates["camp"] == "country"
    assert (editions["press"].least_grade, editions["press"].names) == ("fair", "drop")


@pytest.mark.parametrize(("least", "count"), [(None, 2), ("weak", 2), ("fair", 1), ("confirmed", 0)])
def test_what_is_graded_less_does_not_leave(least, count, tmp_path):
    incidents = (
        make_incident("a" * 64, targets=()),
        make_incident("b" * 64, targets=(), grade=replace(make_incident().grade, value="weak")),
    )
    folder = publish_as(replace(PUBLIC, least_grade=least), tmp_path, hold(incidents))
    assert len(read_lines(folder)) == count
    assert len(list((folder / "incidents").iterdir())) == count


def test_names_are_codes_that_only_the_key_explains(tmp_path):
    folder = publish_as(PARTNER, tmp_path, secret=b"s" * 32)
    everything = b"".join(list_files(folder).values()).decode()
    code = Naming(derive_key(b"s" * 32, "partner")).code_name("Person Alpha")
    assert "Alpha" not in everything
    assert f"[name {code}]" in everything
    assert {account["voice"]["name"] for account in read_lines(folder)[0]["accounts"]} == {
        "Example Monitor",
        f"[name {code}]",
    }
    assert Naming(derive_key(b"s" * 32, "press")).code_name("Person Alpha") != code


def test_one_person_has_one_code_however_the_name_is_written():
    naming = Naming(b"k" * 32)
    assert (
        len({naming.code_name(name) for name in ("Fulan al-Fulani", "FULAN AL FULANI", "Fulān  al-Fulānī")})
        == 1
    )
    assert naming.code_name("Alifa") != naming.code_name("Fulan")
    assert Naming().code_name("Fulan") is None


def test_codes_need_a_secret(tmp_path):
    with pytest.raises(ValueError, match="secret"):
        publish_as(PARTNER, tmp_path)


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    secret = read_secret(tmp_path)
    assert len(secret) == 32
    assert read_secret(tmp_path) == secret
    path = tmp_path / "editions.key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(EditionError, match="others"):
        read_secret(tmp_path)


@pytest.mark.parametrize(
    ("level", "lat", "name"),
    [("settlement", 35.8, None), ("district", 35.8, None), ("province", 36.0, None), ("country", None, None)],
)
def test_a_facility_is_told_as_finely_as_its_kind_allows(level, lat, name, tmp_path):
    rules = replace(PARTNER, names="drop", coordinates={**PARTNER.coordinates, "hospital": level})
    folder = publish_as(
        rules,
        tmp_path,
        hold((make_incident(place=SITE),), {"c1": make_claim("c1", "A hospital.", "A", place=SITE)}),
    )
    place = read_lines(folder)[0]["place"]
    assert (place["lat"], place["name"], place["id"]) == (lat, name, None)
    assert read_lines(folder, "claims.jsonl")[0]["place"]["lat"] == lat


def test_of_several_kinds_the_coarsest_counts():
    rules = replace(PARTNER, coordinates={"hospital": "settlement", "camp": "province", "elsewhere": "site"})
    assert rules.find_level(frozenset({"hospital", "camp"})) == "province"
    assert rules.find_level(frozenset({"market"})) == "site"


def test_a_town_s_name_stays_and_its_gazetteer_id_goes_where_a_facility_was_hit(tmp_path):
    folder = publish_as(PUBLIC, tmp_path)
    place = read_lines(folder)[0]["place"]
    assert (place["name"], place["id"], place["lat"], place["radius_km"]) == ("Idlib", None, 35.9, 15.0)
    assert b'geonames:1"' not in b"".join(list_files(folder).values())


@pytest.mark.parametrize("field", sorted(list_withholdable()))
def test_a_field_that_is_withheld_leaves_in_no_line(field, tmp_path):
    record, _, name = field.partition(".")
    folder = publish_as(replace(PUBLIC, withheld=(field,)), tmp_path)
    incident, claim = read_lines(folder)[0], read_lines(folder, "claims.jsonl")[0]
    told = {
        "incident": [incident],
        "account": incident["accounts"],
        "claim": [claim],
        "place": [one["place"] for one in (incident, claim) if one["place"]],
        "time": [one["time"] for one in (incident, claim) if one["time"]],
    }[record]
    assert all(not one[name] for one in told)


def test_a_withheld_field_is_on_no_page(tmp_path):
    folder = publish_as(replace(PUBLIC, withheld=("incident.attribution", "claim.actors")), tmp_path)
    assert b"Party A" not in b"".join(list_files(folder).values())


def test_an_edition_without_words_quotes_nothing(tmp_path):
    folder = publish_as(replace(PUBLIC, texts="none"), tmp_path)
    everything = b"".join(list_files(folder).values())
    assert b"Air raids killed" not in everything
    assert b"At least 23 died" not in everything
    assert b"23" in everything


def test_two_editions_never_share_a_folder(tmp_path):
    folder = publish(hold(), tmp_path / "site", Settings(NAME))
    with pytest.raises(FolderError, match="'public'"):
        publish(hold(), folder, Settings(NAME, disclosure=replace(PUBLIC, name="press")))


def test_the_edition_s_file_tells_its_rules(tmp_path):
    told = json.loads((publish_as(PUBLIC, tmp_path) / "edition.json").read_text())
    assert told["edition"] == "public"
    assert told["rules"]["coordinates"]["hospital"] == "district"
    assert told["rules"]["delay_hours"] == 72
