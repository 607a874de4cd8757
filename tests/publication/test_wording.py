"""Figures, dates and places in words."""

import tomllib
from importlib.resources import files

import pytest

from harmledger.lexicon.tables import list_languages as list_read_languages
from harmledger.lexicon.tables import load_register, load_table
from harmledger.lexicon.words import load_bodies
from harmledger.publication.wording import list_languages, load_wording
from harmledger.records.incident import Extent
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.records.vocabulary import PEOPLE_GROUPS, PLACE_GROUPS, VOCABULARIES

WORDS = load_wording()


@pytest.mark.parametrize(
    ("extent", "text"),
    [
        (Extent(38, 38, 38), "38"),
        (Extent(23, None, 23, True), "at least 23"),
        (Extent(23, 23, 23, True), "at least 23"),
        (Extent(None, 750, 750), "up to 750"),
        (Extent(23, 50, 50), "23–50"),
        (Extent(23, 50, 50, True), "23–50 or more"),
        (Extent(None, None, 250), "250"),
        (Extent(0, 0, 0), "0"),
        (Extent(), "—"),
        (Extent(300_000, None, 300_000, True), "at least 300\u202f000"),
    ],
)
def test_figures(extent, text):
    assert WORDS.figure(extent, extent.open_ended) == text


def test_counted_things_agree_with_their_number():
    assert WORDS.counted(Extent(1, 1, 1), "children") == "1 child"
    assert WORDS.counted(Extent(2, 2, 2), "hospital") == "2 hospitals"
    assert WORDS.counted(Extent(7, 7, 7), "children", is_open=True) == "at least 7 children"
    assert WORDS.counted(Extent(), "home") == "homes"


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (None, "date not stated"),
        (Time("2019-07-22", "2019-07-22", "day"), "22 July 2019"),
        (Time("2016-05-30", "2016-05-31", "day"), "30–31 May 2016"),
        (Time("2018-08-30", "2018-09-02", "period"), "30 August to 2 September 2018"),
        (Time("2018-12-30", "2019-01-02", "period"), "30 December 2018 to 2 January 2019"),
        (Time("2019-07-01", "2019-07-31", "month"), "July 2019"),
        (Time("2019-01-01", "2019-12-31", "year"), "2019"),
    ],
)
def test_times(time, text):
    assert WORDS.time(time) == text


def test_a_site_is_named_by_its_area_alone():
    site = Place("Hospital A", "Hospital A", None, "SY", "Idlib", "Ariha", 35.8, 36.6, "site", 0.1)
    assert WORDS.place(site) == "a place in Ariha"
    assert WORDS.place(None) == "Place not stated"


def test_every_term_has_its_label():
    labelled = {
        "harm": VOCABULARIES["harm"],
        "group": PEOPLE_GROUPS + PLACE_GROUPS,
        "counted": PEOPLE_GROUPS + PLACE_GROUPS,
        "means": VOCABULARIES["means"],
        "role": VOCABULARIES["voice role"],
        "scope": VOCABULARIES["scope"],
        "stance": VOCABULARIES["stance"],
        "grade": VOCABULARIES["grade"],
        "status": VOCABULARIES["incident status"],
    }
    for entry in files("harmledger.publication").joinpath("words").iterdir():
        tables = tomllib.loads(entry.read_text(encoding="utf-8"))
        for table, terms in labelled.items():
            assert set(tables[table]) == set(terms), (entry.name, table)


def test_voices_and_countries_are_told_in_the_language_of_the_page():
    arabic, english = load_wording("ar"), load_wording("en")
    assert arabic.name_voice("rescuers", "rescue") == "رجال إنقاذ"
    assert arabic.name_voice("a monitor", "monitor") == "جهة رصد"
    assert arabic.name_voice("Activists", "activist") == "ناشطون", "they began a sentence"
    assert arabic.name_voice("One activist", "activist") == "ناشط"
    assert (
        arabic.name_voice("Syrian Observatory for Human Rights", "monitor") == "المرصد السوري لحقوق الإنسان"
    )
    assert "Example Wire" in arabic.name_voice("Example Wire", "news")
    told = arabic.name_voice("mountain guides", "witness")
    assert told.startswith("شاهد (")
    assert "mountain guides" in told
    assert english.name_voice("a monitor", "monitor") == "a monitor"
    assert arabic.name_territory("SY") == "سوريا"
    assert english.name_territory("SY") == "Syria"
    assert english.name_territory(None) == ""
    assert english.name_territory("X1") == "X1"


def list_parties():
    """Give the neutral names of everybody whom the lexicon can name."""
    yield from (body.name for body in load_bodies())
    for language in list_read_languages():
        actors = load_table(language, "actors")
        yield from (*actors["DEMONYM"], *actors["SIDE"])
    homes = load_register("homes")
    for sides in (homes["general"], *homes["local"].values()):
        yield from sides.values()


@pytest.mark.parametrize("language", [one for one in list_languages() if one != "en"])
def test_everybody_whom_the_lexicon_names_has_a_name_in_every_language(language):
    words = load_wording(language)
    parties = set(list_parties())
    assert len(parties) > 100
    assert sorted(name for name in parties if words.name_body(name) == words.isolate(name)) == []
