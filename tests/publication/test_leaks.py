"""Nothing private in any byte: names of the dead and of private speakers, and where protected places are."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.publication.material import Settings
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.withholding.places import choose_level, coarsen_place, is_protected
from harmledger.publication.withholding.privacy import PERSONAL_KINDS, PRIVATE_ROLES
from harmledger.records.claim import Actor, Voice
from harmledger.records.count import Count
from harmledger.records.document import Document
from harmledger.records.incident import Account, Attribution, EarlierFigure, Extent, Grade
from harmledger.records.place import Place
from harmledger.records.time import Time

from .cases import IDLIB, make_claim, make_incident
from .sites import PLACEHOLDERS, WORDS, hold, list_files, publish

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
SITE = Place(
    "Placeholder Hospital", "the hospital", "x:9", "SY", "Idlib", "Ariha", 35.81234, 36.60987, "site", 0.2
)
EXPECTED = Path(__file__).parents[2] / "examples" / "northwest-syria" / "expected.json"


def spell(data):
    """Give bytes as the texts that a reader could make of them."""
    text = data.decode("utf-8")
    return "\n".join(
        (text, html.unescape(text), unquote(text), _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text))
    )


def assert_absent(folder, words):
    for path, data in list_files(folder).items():
        told = (path + "\n" + spell(data)).casefold()
        for word in words:
            assert word.casefold() not in told, f"{word} stands in {path}"


def list_coordinates(folder):
    found = set()
    for path, data in list_files(folder).items():
        if path.startswith("data/") and not path.endswith((".md", "datapackage.json")):
            found.update(re.findall(r"-?\d{1,3}\.\d+", data.decode()))
    return found


def test_no_name_of_the_stories_is_in_any_byte(stories, tmp_path):
    assert stories.incidents, "the stories tell of nothing: the test would be empty"
    told = " ".join(claim.evidence.text for claim in stories.claims.values())
    assert "Fulan" in told
    assert "Namudhaji" in told
    assert_absent(publish(stories, tmp_path / "site"), PLACEHOLDERS)


def test_the_internal_site_has_them(stories, tmp_path):
    folder = publish(stories, tmp_path / "site", Settings("Stories", is_internal=True))
    everything = b"".join(list_files(folder).values()).decode()
    assert "Fulan al-Fulani" in everything
    assert all(
        "INTERNAL" in data.decode() or ("داخلي" in data.decode() and path.startswith("ar/"))
        for path, data in list_files(folder).items()
        if path.endswith(".html")
    )


def test_no_private_voice_of_the_example_is_named(example, example_site):
    mask = NameMask(example.claims.values(), example.incidents, WORDS)
    private = {
        claim.voice.name
        for claim in example.claims.values()
        if claim.voice.role in PRIVATE_ROLES and claim.voice.name and not mask.is_nameless(claim.voice.name)
    }
    parts = {word for words in mask.known.parts.values() for word in words}
    assert_absent(example_site, {*private, *parts})


def test_no_personal_post_of_the_example_is_quoted(example, example_site):
    posts = [d for d in example.documents.values() if d.kind in PERSONAL_KINDS]
    assert posts, "the example has no personal post: the test would be empty"
    for post in posts:
        words = " ".join((post.text or "").split()[:6])
        assert_absent(example_site, [words, *([post.url] if post.url else [])])


def test_no_full_text_of_the_example_is_in_the_public_site(example, example_site):
    everything = "\n".join(spell(data) for data in list_files(example_site).values())
    for document in example.documents.values():
        sentences = [s for s in (document.text or "").split("\n") if len(s) > 150]
        assert not any(sentence in everything for sentence in sentences if sentence.count(".") > 2)


def test_protected_places_of_the_example_have_no_point(example, example_site):
    exact = {
        repr(value)
        for incident in example.incidents
        if is_protected(incident)
        and incident.place
        and incident.place.precision not in ("province", "country")
        for value in (incident.place.lat, incident.place.lon)
    }
    open_places = {
        repr(value)
        for incident in example.incidents
        if not is_protected(incident) and incident.place
        for value in (round(incident.place.lat or 0, 4), round(incident.place.lon or 0, 4))
    }
    assert exact
    for line in (example_site / "data" / "incidents.jsonl").read_text().splitlines():
        incident = json.loads(line)
        if {"hospital", "clinic", "rescue_centre", "school", "camp"} & set(incident["targets"]) and incident[
            "place"
        ]:
            assert incident["place"]["precision"] in ("district", "province", "country", None)
    assert not (exact - open_places) & list_coordinates(example_site)


FULL = "Fulan al-Fulani"
POISON = Voice(FULL, f"{FULL}, a resident", "resident", (f"{FULL}",))


def make_poisoned():
    """Give material with a name in every field that may hold one."""
    told = f"At least 23 died, {FULL}, a resident, said."
    claim = make_claim(
        "c1",
        told,
        "At least 23",
        document=FULL,
        voice=POISON,
        count=Count(23, 23, None, "at_least", f"At least 23 with {FULL}"),
        actors=(Actor("Russia", f"the aircraft that {FULL} saw", "blamed"),),
        place=replace(IDLIB, id=None, name=f"{FULL} street", wording=f"{FULL} street"),
        time=Time("2016-05-30", "2016-05-30", "day", f"the day that {FULL} was killed"),
        extra={"victim": FULL},
    )
    incident = make_incident(
        id="fulan-al-fulani-was-killed",
        targets=(),
        place=replace(IDLIB, id=None, name=f"{FULL} street", wording=f"{FULL} street"),
        time=Time("2016-05-30", "2016-05-30", "day", f"when {FULL} was killed"),
        accounts=(
            Account(
                POISON,
                FULL,
                "2016-05-31",
                {"killed": Extent(23, None, 23, True)},
                (FULL,),
                ("c1",),
                (EarlierFigure("2016-05-30", {"killed": Extent(20, 20, 20)}, ("c1",)),),
            ),
        ),
        attribution=(Attribution("Russia", (FULL,), (FULL,), (FULL,)),),
        grade=Grade("weak", (f"one-origin: {FULL} reports it",), (f"a second origin beside {FULL}",)),
        formerly=(FULL,),
        documents=(FULL,),
        claims=("c1",),
        extra={"victim": FULL},
    )
    document = Document(
        id=FULL,
        text=told,
        title=f"{FULL} speaks",
        url="https://example.org/fulan%20al%2Dfulani",
        publisher="Example Wire",
        published="2016-05-31",
        kind="news",
        extra={"author": FULL},
    )
    return hold((incident,), {"c1": claim}, {FULL: document})


def test_a_name_in_any_field_is_in_no_byte(tmp_path):
    assert_absent(publish(make_poisoned(), tmp_path / "site"), ("Fulan", "Fulani"))


@pytest.mark.parametrize(
    "title",
    [
        "Fulani mourned in Idlib",
        "FULAN KILLED IN IDLIB",
        "A Day With Fulan Who Lost His Home In Strikes",
        "فلان الفلاني",
    ],
)
def test_a_headline_with_an_unknown_name_is_not_shown(title, tmp_path):
    material = hold()
    document = replace(material.documents["wire"], title=title)
    folder = publish(replace(material, documents={"wire": document}), tmp_path / "site")
    assert_absent(folder, ("Fulan", "Fulani", "فلان"))


def test_a_plain_headline_is_shown(tmp_path):
    material = hold()
    document = replace(
        material.documents["wire"], title="Air strikes on Idlib kill at least 23, activists say"
    )
    folder = publish(replace(material, documents={"wire": document}), tmp_path / "site")
    assert any(b"kill at least 23, activists say" in data for data in list_files(folder).values())


def test_a_site_is_nowhere(tmp_path):
    material = hold(
        (make_incident(place=SITE, targets=("hospital",)),),
        {"c1": make_claim("c1", "The strike killed 50.", "50", place=SITE)},
    )
    folder = publish(material, tmp_path / "site")
    assert_absent(folder, ("Placeholder Hospital", "35.81234", "36.60987", "35.8123", "36.6099", "x:9"))


@given(
    lat=st.floats(-90, 90, allow_nan=False),
    lon=st.floats(-180, 180, allow_nan=False),
    precision=st.sampled_from(["site", "neighbourhood", "settlement", "district", None]),
    is_site=st.booleans(),
)
def test_what_is_protected_is_never_finer_than_a_tenth_of_a_degree(lat, lon, precision, is_site):
    place = coarsen_place(
        Place("Alpha", "Alpha", "x:1", "SY", "Idlib", None, lat, lon, precision, 0.5), choose_level(is_site)
    )
    if is_site or precision == "site":
        assert place.lat == round(lat, 1)
        assert place.lon == round(lon, 1)
        assert place.radius_km >= 15
        assert place.precision in ("district", "province", "country")
    if precision == "site" or (is_site and precision == "neighbourhood"):
        assert (place.name, place.wording, place.id) == (None, None, None)
