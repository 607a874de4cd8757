"""What Arabic asks of the engine besides its stories: forms, phrases, names, pages, dates."""

import pytest

from claims.telling import explain_words, make_text, open_story_gazetteer, open_story_reader
from harmledger.claims.lexemes import NOUNS
from harmledger.documents.read import read_document
from harmledger.documents.text import Text
from harmledger.lexicon.inflection import inflect_word, load_paradigms
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.syntax import load_syntax
from harmledger.lexicon.tables import list_languages, load_table
from harmledger.lexicon.words import TOPICS, list_words
from harmledger.ranges.quantities import find_quantities
from harmledger.records.document import Document
from harmledger.records.vocabulary import Group, Harm, Means

PARADIGMS = load_paradigms("ar")


def list_kinds(words: str) -> list[str]:
    return [chunk.kind for trace in explain_words(words, "ar")[1] for chunk in trace.parsed.chunks]


def read_page(text: str, **facts: str) -> Text:
    made, _ = read_document(Document(id="page", text=text, language="ar", **facts), None)
    assert made is not None
    return made


def test_there_are_two_languages() -> None:
    assert list_languages() == ("ar", "en")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_category_of_words_is_one_that_english_or_the_syntax_knows(topic: str) -> None:
    """A category of a wrong spelling would never be waited for."""
    own = {"HARMED", "LOSS", "OWN_LIFE", "NONE_HARMED", "MASSACRE", "MEANS_ALONE", "PEOPLE_TWO", "BOUND"}
    own |= {
        "EITHER",
        "BOTH_HARMED",
        "ILLNESS",
        "PRAYER",
        "LYING",
        "FATE",
        "BETWEEN",
        "FUNERAL",
        "EACH_OF",
        "CONSISTING",
        "OCCUPIER",
        "OCCUPIER_NAMED",
    }
    assert set(load_table("ar", topic)) <= set(load_table("en", topic)) | own | {
        word.category for word in list_words("en")
    }


def test_values_of_words_are_terms_of_the_records() -> None:
    harms, groups, means = set(Harm.__args__), set(Group.__args__), set(Means.__args__)
    assert set(load_table("ar", "harm")["HARM_ED"]) <= harms
    assert set(load_table("ar", "harm")["HARMED"]) <= harms
    assert set(load_table("ar", "people")["PEOPLE_MANY"]) <= groups
    assert set(load_table("ar", "targets")["TARGET_ONE"]) <= groups
    assert set(load_table("ar", "means")["MEANS_ONE"]) <= means


def test_no_word_stands_in_two_groups_of_one_category() -> None:
    for topic in ("people", "targets"):
        for category, values in load_table("ar", topic).items():
            if category in NOUNS:
                told = [text for texts in values.values() for text in texts]
                twice = {text for text in told if told.count(text) > 1}
                assert twice == set(), (topic, category)


@pytest.mark.parametrize(
    ("word", "category", "form", "of_form"),
    [
        ("طفل", "PEOPLE_ONE", "طفلان", "PEOPLE_TWO"),
        ("طفل", "PEOPLE_ONE", "طفلين", "PEOPLE_TWO"),
        ("طفلة", "PEOPLE_ONE", "طفلتين", "PEOPLE_TWO"),
        ("سيارة", "TARGET_ONE", "سيارتي", "TARGET_TWO"),
        ("غارة", "MEANS_ONE", "غارتان", "MEANS_TWO"),
        ("مدني", "PEOPLE_ONE", "مدنيا", "PEOPLE_ONE"),
        ("منزل", "TARGET_ONE", "منزلهم", "TARGET_ONE"),
        ("زوجة", "PEOPLE_ONE", "زوجته", "PEOPLE_ONE"),
        ("روسي", "DEMONYM", "روسيه", "DEMONYM"),
    ],
)
def test_forms_are_derived(word: str, category: str, form: str, of_form: str) -> None:
    assert (form, of_form) in set(inflect_word(word, category, PARADIGMS))


def test_phrases_are_not_inflected_as_words() -> None:
    assert list(inflect_word("سيارة إسعاف", "TARGET_ONE", PARADIGMS)) == []


def test_the_order_of_words() -> None:
    assert load_syntax("ar").is_noun_first
    assert load_syntax("ar").is_verb_first
    assert not load_syntax("en").is_noun_first
    assert not load_syntax("en").is_verb_first


def test_what_describes_a_noun_follows_it() -> None:
    _, traces = explain_words("مقتل مدني بقصف مدفعي تركي كثيف على القرية.", "ar")
    means = next(chunk for chunk in traces[0].parsed.chunks if chunk.kind == "MEANS")
    assert (means.value, means.actor) == ("shelling", "Turkish military")


@pytest.mark.parametrize(
    ("words", "value", "low"),
    [
        ("خمسة وعشرين شخصاً", 25, 25),
        ("مئتين وخمسين مدنياً", 250, 250),
        ("ثلاثة عشر طفلاً", 13, 13),
        ("ثلاثمئة عائلة", 300, 300),
        ("ثلاثة آلاف نازح", 3000, 3000),
        ("مليوني مدني", 2000000, 2000000),
        ("٣٨ شخصاً", 38, 38),
    ],
)
def test_numbers(words: str, value: int, low: int) -> None:
    text = open_story_reader().prepare(make_text(f"مقتل {words}", None, "ar"))
    found = find_quantities(text.reading, 0, len(text.reading), load_number_words("ar"))
    assert [(quantity.count.value, quantity.count.low) for quantity in found] == [(value, low)]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("الخميس 8 ايلول 2022", "2022-09-08"),
        ("الاثنين, ١٠ مارس ٢٠٢٥, ١٩:٣٢", "2025-03-10"),
        ("22 كانون الأول 2021", "2021-12-22"),
    ],
)
def test_a_stamp_on_a_line_tells_the_day_of_publication(line: str, day: str) -> None:
    text = read_page(f"قصف على القرية\n\n{line}\n\nقتل طفل في القصف على القرية صباح اليوم.")
    assert text.published == day


def test_chrome_and_comments_of_a_post_are_not_read() -> None:
    text = read_page(
        "صفحة الأخبار\nFacebook‎صفحة الأخبار‎'s Post\n\nصفحة الأخبارNovember 3, 2021 · Shared with Public"
        "مقتل طفل بقصف على القرية.All reactions:3 commentsLikeCommentMost relevant﻿فلانقتل مئة شخص 1y",
        kind="social",
    )
    claims, _ = open_story_reader().read(text)
    assert [(claim.harm, claim.count.value) for claim in claims if claim.kind == "toll" and claim.count] == [
        ("killed", 1)
    ]
    assert text.published == "2021-11-03"


def test_a_post_without_a_day_is_of_the_day_it_was_posted() -> None:
    told = Document(
        id="post", text="مقتل طفل بقصف على بلدة سرمين.", language="ar", kind="social", published="2021-11-08"
    )
    text, _ = read_document(told, None)
    assert text is not None
    claim = next(c for c in open_story_reader().read(text)[0] if c.kind == "toll")
    assert claim.time is not None
    assert (claim.time.start, claim.time.end) == ("2021-11-07", "2021-11-08")
    assert "time.posted" in claim.because


def test_titles_above_and_below_an_article_are_furniture() -> None:
    prose = "قتل طفل وأصيب مدنيان بقصف مدفعي على بلدة سرمين بريف إدلب الشرقي صباح اليوم."
    titles = [f"مقتل {n} أشخاص في مدينة أخرى" for n in range(3, 9)]
    text = read_page("\n\n".join((*titles, "قصف على سرمين", prose, prose, *titles)))
    read = {text.reading[s.start : s.end] for s in text.sentences if s.role in {"body", "headline"}}
    assert prose in read
    assert not read & set(titles[:-1])


PROSE = "قتل طفل وأصيب مدنيان بقصف مدفعي على بلدة سرمين بريف إدلب الشرقي صباح اليوم."
MORE = "وأضاف المصدر أن فرق الإسعاف وصلت إلى المكان ونقلت المصابين إلى أحد المشافي القريبة من البلدة."
SHORT = "ولم ترد معلومات أخرى."


@pytest.mark.parametrize(
    ("lines", "furniture"),
    [
        pytest.param([PROSE, MORE, SHORT, "مقتل {n} عمال في...", "غارة {n} على..."], 2, id="cut-short"),
        pytest.param(
            [PROSE, "هل قُتل {n} مدنيين؟", "مقتل {n} في حلب", "غارة {n}", "قصف {n}", MORE], 4, id="inside"
        ),
        pytest.param([PROSE, "مقتل {n} مدنيين بغارة على حلب | فيديو", MORE], 1, id="linked"),
        pytest.param([PROSE, MORE, SHORT, "مقالات مشابهة", "مقتل {n} عمال في حلب"], 2, id="labelled"),
        pytest.param(
            [PROSE, "أسماء القتلى:", "فلان الفلاني", "فلانة الفلاني", "فلان بن فلان", MORE], 0, id="names"
        ),
        pytest.param(
            [PROSE, "وقال المصدر: إن", "المدفعية قصفت", "البلدة مساء.", "ثم", MORE], 0, id="broken-lines"
        ),
        pytest.param(
            [PROSE, "مقتل 3 مدنيين بقصف على مدينة سرمين مساء اليوم #سوريا #إدلب", MORE], 0, id="post"
        ),
    ],
)
def test_rows_of_titles_are_furniture_and_lists_of_the_article_are_not(
    lines: list[str], furniture: int
) -> None:
    text = read_page("\n\n".join(line.replace("{n}", str(n)) for n, line in enumerate(lines, 3)), kind="news")
    assert sum(sentence.role == "boilerplate" for sentence in text.sentences) == furniture


def test_a_page_of_contents_reports_nothing_and_a_post_without_stops_does() -> None:
    titles = "\n\n".join(f"مقتل {n} أشخاص بقصف على مدينة أخرى في البلاد" for n in range(3, 13))
    assert not open_story_reader().read(read_page(titles, kind="news"))[0]
    assert open_story_reader().read(read_page(titles, kind="social"))[0]


def test_a_post_in_english_on_an_arabic_page_is_read_in_english() -> None:
    made, problems = read_document(
        Document(id="post", text="Shelling killed three civilians in Idlib on Monday.", language="ar"), None
    )
    assert made is not None
    assert made.document.language == "en"
    assert [problem.code for problem in problems if problem.code == "documents.script"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("قصف على مدينة حلب.", ["مدينة حلب"]),
        ("قصف على بلدة كفرخيال.", ["بلدة كفرخيال"]),
        ("غارة على محيط مدينة #إدلب.", ["مدينة #إدلب"]),
        ("مقتل مدني بدمشق.", ["دمشق"]),
        ("قصف على الطريق العام.", []),
    ],
)
def test_places_are_names_of_the_gazetteer_or_stand_behind_a_generic_word(
    words: str, names: list[str]
) -> None:
    _, traces = explain_words(words, "ar")
    found = [toponym.wording for trace in traces for toponym in trace.parsed.toponyms]
    assert found[: len(names)] == names
    assert len(found) == len(names)


def test_a_gazetteer_speaks_a_language_over_the_same_layers() -> None:
    gazetteer = open_story_gazetteer()
    arabic = gazetteer.in_language("ar")
    assert arabic is gazetteer.in_language("ar")
    assert gazetteer.in_language("en") is gazetteer
    assert arabic.find("ريف إدلب الجنوبي")[0].place.admin1 == "Idlib"
    assert arabic.names_country("سوريا") == "SY"


def test_a_denial_in_arabic_stands_beside_what_it_denies() -> None:
    claims, _ = explain_words("نفت وزارة الدفاع الروسية استهداف المشفى.", "ar")
    assert any(claim.stance == "denied" for claim in claims)


def test_chunks_of_a_sentence() -> None:
    assert list_kinds("استهدفت قوات النظام سوقاً شعبياً في بلدة سرمين.")[:3] == ["HIT_ED", "BODY", "TARGET"]
