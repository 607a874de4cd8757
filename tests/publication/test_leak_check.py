"""The check for leaks: what is clean is called clean, and what is planted anywhere is found."""

import base64
import gzip
import html
import io
import json
import urllib.parse
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from depth import examples
from harmledger.publication.disclosure.rules import INTERNAL, PARTNER, PUBLIC
from harmledger.publication.leaks import layers
from harmledger.publication.leaks.check import NoEditionError, check_edition, read_head
from harmledger.publication.leaks.folding import find_numbers, fold_text, split_words
from harmledger.publication.leaks.gathering import gather_restricted
from harmledger.publication.leaks.layers import list_layers
from harmledger.publication.material import Settings, Withdrawn
from harmledger.records.document import Document
from harmledger.records.place import Place
from harmledger.records.time import Time

from .cases import PRIVATE, make_claim, make_incident
from .sites import AS_OF, NAME, WORDS, hold, list_files, publish

SITE = Place("Placeholder Hospital", "it", "x:9", "SY", "Idlib", "Maarra", 35.81234, 36.60987, "site", 0.1)
HELD, ERASED = "d" * 64, "e" * 64
TOLD = (
    "At least 23 died in the evening, said Fulan al-Fulani, a resident who had come back from the market with bread "
    "for nine neighbours. The road to the south stayed closed until the morning after the second raid ended."
)
POST = "My neighbour Tajruba Mithali lay in the street beside the well and nobody came to help for hours that day."
SECRET = b"s" * 32


def make_material():
    """Give a case with a private speaker, a named hospital, a post, a held incident and an erased document."""
    voice = replace(PRIVATE, name="Fulan al-Fulani", wording="Fulan al-Fulani, a resident")
    text = TOLD[: TOLD.index(",", TOLD.index("resident"))] if "," in TOLD[TOLD.index("resident") :] else TOLD
    clause = text.partition(" who had")[0]
    claims = {
        "c1": make_claim("c1", clause, "At least 23", voice=voice, place=SITE),
        "c2": make_claim(
            "c2", POST, "nobody came", document="post", voice=replace(voice, name=None, wording=None)
        ),
    }
    shown = make_incident("a" * 64, place=SITE, claims=("c1", "c2"), documents=("wire", "post"))
    day = AS_OF.date().isoformat()
    young = make_incident(HELD, time=Time(day, day, "day"), claims=(), documents=("late-report-of-somebody",))
    documents = {
        "wire": Document(id="wire", text=TOLD, publisher="Example Wire", url="https://example.org/a", published="2016-05-31", kind="news"),
        "post": Document(id="post", text=POST, url="https://social.example.org/tajruba/77", published="2016-05-31", kind="social"),
        "late-report-of-somebody": Document(id="late-report-of-somebody", text="", published=day, kind="news", publisher="Example Daily"),
    }  # fmt: skip
    return hold((shown, young), claims, documents, (Withdrawn("document", ERASED),))


def gather(material, rules=PUBLIC):
    told = Settings(NAME, disclosure=rules, secret=SECRET)
    return gather_restricted(material, material.documents.values(), told, AS_OF, WORDS, ("f" * 64,))


@pytest.fixture(scope="module")
def restricted():
    return gather(make_material())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("leaks") / "site"
    return publish(make_material(), folder, Settings(NAME, disclosure=PUBLIC, secret=SECRET))


def list_rules(report):
    return {hit.rule for hit in report.hits}


@pytest.mark.parametrize(
    "rules", [PUBLIC, PARTNER, INTERNAL, replace(PUBLIC, texts="none")], ids=lambda r: r.texts + r.name
)
def test_what_publish_writes_is_clean(rules, tmp_path):
    folder = publish(make_material(), tmp_path / "site", Settings(NAME, disclosure=rules, secret=SECRET))
    report = check_edition(folder, rules, gather(make_material(), rules))
    assert report.hits == ()
    assert report.files == len(list_files(folder))
    assert read_head(folder).rules == rules


def test_stories_full_of_names_are_clean(stories, tmp_path):
    folder = publish(stories, tmp_path / "site")
    report = check_edition(folder, PUBLIC, gather(stories))
    assert report.hits == ()
    assert report.looked_for["name"] > 3


def test_the_example_is_clean(example, example_site):
    assert check_edition(example_site, PUBLIC, gather(example)).hits == ()


def test_an_edition_of_more_is_full_of_leaks(tmp_path):
    folder = publish(make_material(), tmp_path / "site", Settings(NAME, is_internal=True))
    found = list_rules(check_edition(folder, PUBLIC, gather(make_material())))
    assert {"name", "speaker", "coordinates", "text", "held", "level", "field", "address"} <= found


PLANTED = {
    "Fulan al-Fulani": {"name", "speaker"},
    "FULAN AL FULANI": {"name", "speaker"},
    "al-Fulani, Fulan": {"name", "speaker"},
    "Ｆｕｌａｎ al\u2011Fulānī": {"name", "speaker"},
    "Fu\u200blan al-Fula\u00adni": {"name", "speaker"},
    "fulan_al_fulani": {"name", "speaker"},
    "Placeholder Hospital": {"facility"},
    "35.81234, 36.60987": {"coordinates"},
    "at 36.61,35.81": {"coordinates"},
    "lon 36.659 lat 35.853": {"coordinates"},
    "35°48′44″N 36°36′35″E": {"coordinates"},
    "٣٥٫٨١٢٣٤ ٣٦٫٦٠٩٨٧": {"coordinates"},
    "a town at 35.8123": {"coordinates"},
    "had come back from the market with bread for nine": {"text"},
    "lay in the street beside the well and nobody came": {"text"},
    "https://social.example.org/tajruba/77": {"address"},
    HELD: {"held"},
    HELD[:16].upper(): {"held"},
    ERASED[:20]: {"erased"},
    "f" * 64: {"erased"},
    "late-report-of-somebody": {"id"},
    SECRET.hex(): {"secret"},
    base64.b64encode(SECRET).decode(): {"secret"},
}
"""What must be found, and under which of the rules."""


def escape_html(text):
    return "".join(f"&#{ord(c)};" if n % 3 else html.escape(c) for n, c in enumerate(text))


def put_in_gzip(text):
    return gzip.compress(text.encode(), mtime=0)


def put_in_zip(text):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("inner/told.txt", text)
    return held.getvalue()


FORMS = {
    "plain": lambda text: text,
    "html": escape_html,
    "attribute": lambda text: f'<a title="{html.escape(text)}">x</a>',
    "json": lambda text: json.dumps({"a": [text]}),
    "twice": lambda text: json.dumps(json.dumps(text)),
    "javascript": lambda text: "".join(f"\\x{ord(c):02x}" if c.isascii() else c for c in text),
    "address": lambda text: urllib.parse.quote(text, safe=""),
    "address in html": lambda text: html.escape(urllib.parse.quote(text)),
    "tags": lambda text: "<p>" + "".join(f"<b>{html.escape(c)}</b>" if n % 4 == 1 else html.escape(c) for n, c in enumerate(text)),
    "lines": lambda text: text.replace(" ", "\n"),
    "csv": lambda text: '1,"' + text.replace('"', '""') + '",2\n',
    "base64": lambda text: "data:text/plain;base64," + base64.b64encode(text.encode()).decode(),
    "gzip": put_in_gzip,
    "zip": put_in_zip,
    "utf-16": lambda text: text.encode("utf-16"),
}  # fmt: skip


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("told", sorted(PLANTED))
def test_every_form_of_everything_restricted_is_found(told, form, restricted, tmp_path):
    if form == "javascript" and not told.isascii():
        pytest.skip("such escapes stand for plain letters")
    if (form, told) in {("lines", "https://social.example.org/tajruba/77")}:
        return
    planted = FORMS[form](told)
    data = planted if isinstance(planted, bytes) else planted.encode()
    (tmp_path / "planted.txt").write_bytes(data)
    assert list_rules(check_edition(tmp_path, PUBLIC, restricted)) & PLANTED[told], (told, form)


PLANTINGS = st.tuples(
    st.integers(0), st.sampled_from(sorted(PLANTED)), st.sampled_from(["plain", "html", "json", "attribute"]),
    st.floats(0, 1),
)  # fmt: skip
"""Which file, what, in which form, and where in the file."""


@examples(
    20,
    6,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plantings=st.lists(PLANTINGS, min_size=4, max_size=8))
def test_what_is_planted_anywhere_is_found(site, restricted, plantings):
    """Several files at a time: each look is at the whole site."""
    names = sorted(path for path in list_files(site) if path != "edition.json")
    planted = {names[number % len(names)]: rest for number, *rest in plantings}
    before = {name: (site / name).read_bytes() for name in planted}
    try:
        for name, (told, form, share) in planted.items():
            text = before[name].decode()
            at = int(share * len(text))
            written = f"{text[:at]} {FORMS[form](told)} {text[at:]}"
            (site / name).write_text(written, encoding="utf-8", newline="")
        report = check_edition(site, PUBLIC, restricted)
        for name, (told, _, _) in planted.items():
            hits = [hit for hit in report.hits if hit.rule in PLANTED[told]]
            assert any(hit.file.startswith(name) for hit in hits), (name, told)
        assert not any("ulan" in hit.what or "laceholder" in hit.what for hit in report.hits)
    finally:
        for name, data in before.items():
            (site / name).write_bytes(data)


def test_a_hit_names_file_and_line(restricted, tmp_path):
    (tmp_path / "page.html").write_text("<p>\n\n<i>Fulan al-Fulani</i></p>\n", encoding="utf-8")
    (hit, *_) = check_edition(tmp_path, PUBLIC, restricted).hits
    assert (hit.file, hit.line) == ("page.html", 3)


def test_a_file_s_name_is_read_too(restricted, tmp_path):
    (tmp_path / "fulan-al-fulani.html").write_text("nothing", encoding="utf-8")
    assert "speaker" in list_rules(check_edition(tmp_path, PUBLIC, restricted))


@pytest.mark.parametrize("data", [b"\x89PNG\x00\x00\x01", b"PK\x03\x04broken", b"\x1f\x8bbroken"])
def test_a_file_that_cannot_be_looked_into_is_a_leak(data, restricted, tmp_path):
    (tmp_path / "it").write_bytes(data)
    assert list_rules(check_edition(tmp_path, PUBLIC, restricted)) == {"unreadable"}


def test_a_link_is_a_leak(restricted, tmp_path):
    (tmp_path / "it").symlink_to("/etc/hostname")
    assert list_rules(check_edition(tmp_path, PUBLIC, restricted)) == {"unreadable"}


def test_a_bomb_is_not_unpacked(restricted, tmp_path, monkeypatch):
    monkeypatch.setattr(layers, "_UNPACKED_LIMIT", 16 << 20)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(9):
            archive.writestr(str(n), b"a " * (1 << 20))
    (tmp_path / "bomb.zip").write_bytes(held.getvalue())
    assert list_rules(check_edition(tmp_path, PUBLIC, restricted)) == {"unreadable"}


def test_one_word_of_a_masked_name_is_found_in_the_claims_of_its_document(site, restricted):
    path = site / "data" / "claims.jsonl"
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(before.replace("At least 23", "Fulani: 23"), encoding="utf-8")
        assert "name" in list_rules(check_edition(site, PUBLIC, restricted))
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda i: i["place"].update(lat=35.8123), "level"),
        (lambda i: i["place"].update(precision="settlement"), "level"),
        (lambda i: i["place"].update(id="x:9"), "field"),
    ],
)
def test_without_a_case_the_data_are_held_against_the_edition_s_own_rules(change, rule, site):
    path = site / "data" / "incidents.jsonl"
    before = path.read_text(encoding="utf-8")
    incident = json.loads(before.splitlines()[0])
    change(incident)
    try:
        path.write_text(json.dumps(incident) + "\n", encoding="utf-8")
        assert list_rules(check_edition(site, read_head(site).rules)) == {rule}
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_folder_that_is_no_edition_is_said_to_be_none(tmp_path):
    with pytest.raises(NoEditionError):
        read_head(tmp_path)


def test_an_edition_is_released_when_the_delay_is_over():
    material = make_material()
    told = Settings(NAME, disclosure=PUBLIC)
    later = datetime.now(UTC) + timedelta(days=3650)
    found = gather_restricted(material, material.documents.values(), told, later, WORDS)
    assert "held" not in found.counts


@given(st.text(max_size=80))
def test_folding_keeps_length_and_lines(text):
    folded = fold_text(text)
    assert len(folded) == len(text) or text.isascii()
    assert folded.count("\n") == text.count("\n")
    split_words(folded)
    find_numbers(folded)


@given(st.text(max_size=120))
def test_no_text_breaks_the_layers(text):
    for layer in list_layers(text.replace("\x00", "").encode("utf-8", "replace")):
        assert layer.text.count("\n") <= text.count("\n") + 1
