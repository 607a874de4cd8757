"""Other languages: every word is there, with the same parts, and nothing of them changes what is withheld."""

import re
from collections.abc import Mapping

import pytest

from harmledger.publication.disclosure.rules import LANGUAGES, PUBLIC
from harmledger.publication.material import Settings
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.wording import list_languages, load_wording
from harmledger.records.incident import Extent, GroupExtent
from harmledger.records.place import Place
from harmledger.records.time import Time

from .cases import IDLIB, PRIVATE, make_claim
from .sites import NAME, hold, list_files, publish

ARABIC = load_wording("ar")
ENGLISH_ALONE = {"data", "name", "compare"}
"""Tables that pages do not print: the README of the data, patterns, the terminal."""
FORMS = re.compile("_(one|two|few|many|other)$")


def walk(tables, path=()):
    for key, value in tables.items():
        if isinstance(value, Mapping):
            yield from walk(value, (*path, key))
        elif isinstance(value, str):
            yield (*path, key), value


def read_own(language):
    import tomllib
    from importlib.resources import files

    text = files("harmledger.publication").joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@pytest.mark.parametrize("language", [name for name in list_languages() if name != "en"])
def test_every_word_of_the_pages_is_translated_with_the_same_parts(language):
    own = dict(walk(read_own(language)))
    english = {path: text for path, text in walk(read_own("en")) if path[0] not in ENGLISH_ALONE}
    assert [path for path in english if path not in own] == []
    for path, text in own.items():
        name = (*path[:-1], FORMS.sub("_many", path[-1]))
        parts = set(re.findall(r"{(\w+)}", english.get(path, english.get(name, text))))
        assert set(re.findall(r"{(\w+)}", text)) - {"count"} <= parts, path
        if not FORMS.search(path[-1]):
            assert set(re.findall(r"{(\w+)}", text)) == parts, path


def test_the_policy_knows_the_languages_that_there_are():
    assert set(LANGUAGES) == set(list_languages())


def test_counted_groups_and_lists_are_complete():
    english = read_own("en")
    arabic = read_own("ar")
    assert set(english["counted"]) == set(arabic["counted"])
    assert len(arabic["months"]) == len(arabic["months_short"]) == 12
    assert [len(one["text"]) for one in english["site"]["how"]] == [
        len(one["text"]) for one in arabic["site"]["how"]
    ]


def test_digits_and_dates_are_those_of_the_locale():
    assert ARABIC.number(1234567) == "١٬٢٣٤٬٥٦٧"
    assert ARABIC.day("2019-07-22") == "٢٢ تموز/يوليو ٢٠١٩"
    assert ARABIC.stamp("2019-07-22T18:05") == "٢٢ تموز/يوليو ٢٠١٩، ١٨:٠٥"
    assert ARABIC.time(Time("2016-05-30", "2016-05-31", "day")) == "٣٠–٣١ أيار/مايو ٢٠١٦"
    assert load_wording().number(1234567) == "1\u202f234\u202f567"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "مصدر أصلي مستقل واحد"),
        (2, "مصدران أصليان مستقلان"),
        (7, "٧ مصادر أصلية مستقلة"),
        (11, "١١ مصدرًا أصليًا مستقلًا"),
    ],
)
def test_counts_take_the_form_that_they_ask_for(count, text):
    assert ARABIC.count_phrase("origins", count) == text


@pytest.mark.parametrize(("best", "text"), [(1, "١ طفل"), (7, "٧ أطفال"), (11, "١١ طفلًا"), (100, "١٠٠ طفل")])
def test_groups_take_the_form_that_their_figure_asks_for(best, text):
    assert ARABIC.counted(GroupExtent(best, best, best), "children") == text
    assert ARABIC.figure(Extent(23, 50, 50, True), True) == "٢٣–٥٠ أو أكثر"


def test_places_and_bodies_have_their_own_names():
    assert ARABIC.place(IDLIB) == "إدلب"
    assert (
        ARABIC.place(Place("Placeholder", None, None, "SY", "Hama", None)) == "\u2068Placeholder\u2069، حماة"
    )
    assert ARABIC.name_body("Russia") == "روسيا"
    assert ARABIC.name_country("Syria") == "سوريا"
    assert ARABIC.name_country("Turkey") == "تركيا", "the atlas and CLDR spell it apart"
    assert load_wording("en").name_country("Turkey") == "Turkey"


def test_names_are_masked_by_the_patterns_of_the_texts_whatever_the_page_s_language():
    claim = make_claim("c", "At least 23 died, said Person Alpha, a resident.", "At least 23", voice=PRIVATE)
    pieces = NameMask([claim], (), ARABIC).cut_evidence([claim])
    assert "Alpha" not in "".join(piece.text for piece in pieces)
    assert "[اسم محجوب]" in "".join(piece.text for piece in pieces)


def test_pages_of_both_languages_withhold_the_same(stories, tmp_path):
    from .sites import PLACEHOLDERS

    folder = publish(stories, tmp_path / "site", Settings("Stories", disclosure=PUBLIC))
    arabic = [data.decode() for path, data in list_files(folder).items() if path.startswith("ar/")]
    assert len(arabic) > 5
    assert not [name for name in PLACEHOLDERS for text in arabic if name in text]


def test_one_language_makes_one_tree(tmp_path):
    from dataclasses import replace

    folder = publish(hold(), tmp_path / "site", Settings(NAME, disclosure=replace(PUBLIC, languages=("en",))))
    assert not (folder / "ar").exists()
    assert "hreflang" not in (folder / "index.html").read_text(encoding="utf-8")


def test_degrees_and_editions_are_told_in_the_language_of_the_page(example_site):
    page = (example_site / "ar" / "index.html").read_text("utf-8")
    degrees = re.findall(r'<text class="degree"[^>]*>([^<]*)</text>', page)
    assert degrees
    assert not [told for told in degrees if re.search("[0-9A-Za-z]", told)]
    assert "النسخة ١" in page
    assert "° N" in (example_site / "index.html").read_text("utf-8")
