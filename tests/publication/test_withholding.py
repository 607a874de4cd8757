"""What the public must not see."""

from dataclasses import replace

import pytest

from harmledger.publication.withholding.names import NameMask
from harmledger.publication.withholding.patterns import compile_rules
from harmledger.publication.withholding.privacy import is_post_withheld
from harmledger.publication.wording import load_wording
from harmledger.records.claim import Voice
from harmledger.records.document import Document

from .cases import IDLIB, MONITOR, NAMELESS, PRIVATE, make_claim

WORDS = load_wording()
REGISTERED = Voice("Syrian Observatory for Human Rights", "the Observatory", "monitor")
RULES = WORDS.tables["name"]["rule"]


def cut(claims, *others):
    return NameMask([*claims, *others], (), WORDS).cut_evidence(claims)


def show(claim, *others):
    return "".join(piece.text for piece in cut([claim], *others))


@pytest.mark.parametrize("rule", RULES, ids=[rule["name"] for rule in RULES])
def test_each_pattern_hides_its_example_and_leaves_its_counterexample(rule):
    hidden = show(make_claim("c", rule["example"], rule["example"][:3]))
    assert "[name withheld]" in hidden
    assert "Alpha" not in hidden
    assert show(make_claim("c", rule["counter"], rule["counter"][:3])) == rule["counter"]


def test_a_private_voice_loses_its_name_everywhere_in_the_document():
    said = make_claim("c1", "At least 23 died, Person Alpha said.", "At least 23", voice=PRIVATE)
    later = make_claim("c2", "Two more were hurt, Alpha added.", "Two more")
    assert show(said) == "At least 23 died, [name withheld] said."
    assert show(later, said) == "Two more were hurt, [name withheld] added."


def test_bodies_and_places_keep_their_names():
    text = "In Idlib, 23, residents of Idlib told Example Monitor, a monitor."
    assert show(make_claim("c", text, "23", voice=NAMELESS)) == text


def test_the_cue_stays_marked_and_a_name_inside_it_is_hidden():
    claim = make_claim("c", "Person Alpha, 34, was killed.", "Person Alpha, 34, was killed")
    pieces = cut([claim])
    assert [(piece.text, piece.is_cue, piece.is_withheld) for piece in pieces] == [
        ("[name withheld]", True, True),
        (", 34, was killed", True, False),
        (".", False, False),
    ]


def test_pieces_without_names_are_the_evidence_unchanged():
    claims = [
        make_claim("c1", "Shells killed two and wounded nine.", "killed two"),
        make_claim("c2", "Shells killed two and wounded nine.", "wounded nine", harm="injured"),
    ]
    pieces = cut(claims)
    assert "".join(piece.text for piece in pieces) == claims[0].evidence.text
    assert [piece.text for piece in pieces if piece.is_cue] == ["killed two", "wounded nine"]


def test_a_name_is_hidden_in_its_own_document_alone():
    said = make_claim("c1", "At least 23 died, Person Alpha said.", "At least 23", voice=PRIVATE)
    elsewhere = make_claim("c2", "Alpha Street was hit.", "hit", document="other")
    assert show(elsewhere, said) == "Alpha Street was hit."


def test_a_name_that_holds_the_name_of_a_place_is_hidden_whole():
    voice = Voice("Person Idlib", "Person Idlib", "witness")
    claim = make_claim("c", "In Idlib 23 died, Person Idlib said.", "23", voice=voice)
    assert show(claim) == "In Idlib 23 died, [name withheld] said."


def test_a_description_is_no_name_and_a_name_in_any_script_is():
    mask = NameMask([make_claim("c", "Idlib was hit.", "hit")], (), WORDS)
    assert mask.is_nameless("Residents of Idlib")
    assert mask.is_nameless("two medical sources")
    assert not mask.is_nameless("Person Alpha")
    assert not mask.is_nameless("فلان الفلاني")


def test_a_named_voice_of_unknown_role_may_be_a_person():
    voice = Voice("Person Alpha", "Person Alpha", None)
    mask = NameMask([make_claim("c", "Person Alpha said so.", "so", voice=voice)], (), WORDS)
    assert mask.find_role("Person Alpha") == "unnamed"
    assert mask.find_role("Example Monitor") is None


@pytest.mark.parametrize(
    ("kind", "voice", "is_reviewed", "is_withheld"),
    [
        ("news", Voice(), False, False),
        ("social", Voice(), False, True),
        ("field", PRIVATE, False, True),
        ("field", MONITOR, False, True),
        ("field", REGISTERED, False, False),
        ("social", Voice("Person Alpha", "Person Alpha", "monitor"), False, True),
        ("social", Voice(), True, False),
    ],
)
def test_personal_posts_wait_for_a_review(kind, voice, is_reviewed, is_withheld):
    document = Document(id="d", text="x", kind=kind)
    assert is_post_withheld(document, voice, is_reviewed) is is_withheld


def test_patterns_take_linear_time():
    text = "Aa " * 20_000
    for pattern in compile_rules("en"):
        assert not list(pattern.finditer(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Three died, among them Alpha Beta and Gamma al-Delta.",
            "Three died, among them [name withheld] and [name withheld].",
        ),
        ("The raid killed Person Alpha on Monday.", "The raid killed [name withheld] on Monday."),
        ("Residents mourned the death of Person Alpha.", "Residents mourned the death of [name withheld]."),
        ("Person Alpha died of his wounds.", "[name withheld] died of his wounds."),
        (
            "I lost my son Alpha and his daughter Beta.",
            "I lost my son [name withheld] and his daughter [name withheld].",
        ),
        ("It hit Alpha Muslim Beta and Alpha Beta Idlib.", "It hit [name withheld] and [name withheld]."),
        ("Rescuers pulled out A. B. Alpha Beta.", "Rescuers pulled out [name withheld]."),
    ],
)
def test_the_dead_are_not_named(text, shown):
    assert show(make_claim("c", text, text[:3])) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Residents of Habit fled after shelling on Tuesday, July 23, 2019.",
        "Khan Sheikhoun and Maarat al-Numan in southern Idlib were hit.",
        "The Syrian Observatory for Human Rights said Russian warplanes killed five in Kafr Nabl.",
        "The White Helmets said Hayat Tahrir al-Sham fighters were killed near Saudi Arabia.",
        "The Russians and Idlib-based Americans hit the east, they said.",
        "Air Strikes Kill Dozens As Fighting Spreads In Northwest",
    ],
)
def test_places_bodies_and_days_stay_readable(text):
    assert show(make_claim("c", text, text[:3])) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Strikes hit Saraqib National Hospital, killing 3.",
            "Strikes hit [hospital, name withheld], killing 3.",
        ),
        (
            "Shells hit the Alpha Beta camp and a Syrian hospital.",
            "Shells hit the [camp, name withheld] and a Syrian hospital.",
        ),
        ("It hit the al-Alpha refugee camp.", "It hit the [camp, name withheld]."),
        ("It hit the Idlib Central Hospital.", "It hit the [hospital, name withheld]."),
        ("The Alpha School in Idlib was hit.", "The [school, name withheld] in Idlib was hit."),
    ],
)
def test_a_single_site_is_shown_by_its_kind(text, shown):
    assert show(make_claim("c", text, "hit")) == shown


def test_residents_of_a_place_nobody_knows_are_still_nameless():
    voice = Voice("residents of Alphaville", "residents of Alphaville", "resident")
    text = "Two were hurt, residents of Alphaville said."
    assert show(make_claim("c", text, "Two", voice=voice)) == text


def test_a_word_of_a_place_is_no_licence_for_the_name_of_a_person():
    place = replace(IDLIB, name="Abu Alpha", wording="Abu Alpha")
    text = "At Abu Alpha the raid killed one, and Beta Abu Gamma spoke."
    shown = "At Abu Alpha the raid killed one, and [name withheld] spoke."
    assert show(make_claim("c", text, "one", place=place)) == shown


def test_a_description_at_the_beginning_of_a_sentence_is_no_name():
    voice = Voice("Multiple reports", "Multiple reports", "unnamed")
    text = "Multiple reports said two died."
    assert show(make_claim("c", text, "two", voice=voice)) == text
