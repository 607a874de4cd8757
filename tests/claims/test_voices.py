"""Who speaks: the ways in which English names a speaker, and for whom pronouns and nouns stand."""

import pytest

from claims.telling import parse_words, read_one, read_words

MONITOR = "Syrian Observatory for Human Rights"


@pytest.mark.parametrize(
    ("words", "name", "role"),
    [
        ("Medics said nine people were killed in Ariha.", "Medics", "medic"),
        ("Nine people were killed in Ariha, medics said.", "medics", "medic"),
        ("Nine people were killed in Ariha on Sunday medics said.", "medics", "medic"),
        ('"Nine people were killed in Ariha," said a nurse.', "a nurse", "medic"),
        ("Nine people were killed, said a doctor in Ariha.", "a doctor", "medic"),
        (f"According to the {MONITOR}, nine people were killed.", MONITOR, "monitor"),
        (f"Nine people were killed in Ariha, according to the {MONITOR}.", MONITOR, "monitor"),
        ("Nine people were killed in Ariha, according to two tribal elders.", "two tribal elders", "unnamed"),
        ("The state news agency SANA reported that nine people were killed.", "SANA", "official"),
        ("Activists in the town of Ariha said nine people were killed.", "Activists", "activist"),
        ("The monitor, which is based in Britain, said nine people were killed.", "The monitor", "monitor"),
        (
            "An official said on condition of anonymity that nine people were killed.",
            "An official",
            "government",
        ),
        (
            "Nine people were killed in Ariha, the regional aid committee said.",
            "the regional aid committee",
            "unnamed",
        ),
        ("Nine people killed in market blast in Ariha - monitor", "monitor", "monitor"),
        ("Nine people were killed in Ariha.", None, None),
        ("Nine people were killed in Ariha, but the army said they were fighters.", None, None),
        ("Nine people were killed in Ariha and residents said the market was empty.", None, None),
    ],
)
def test_a_voice_is_who_the_sentence_says(words: str, name: str | None, role: str | None) -> None:
    voice = read_one(words).voice
    assert (voice.name, voice.role) == (name, role)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (f"The {MONITOR} said nine people were killed. It said 40 were wounded.", MONITOR),
        (f"The {MONITOR} said nine people were killed. The group said 40 were wounded.", MONITOR),
        ("A resident said nine people were killed. He said 40 were wounded.", "A resident"),
        (
            "A medical source said nine people were killed. The source said 40 were wounded.",
            "A medical source",
        ),
        ("Residents said nine people were killed. They said 40 were wounded.", "Residents"),
    ],
)
def test_a_pronoun_and_a_bare_noun_stand_for_an_earlier_voice(words: str, name: str) -> None:
    first, second = (claim for claim in read_words(words) if claim.kind == "toll")
    assert second.harm == "injured"
    assert first.voice.name == second.voice.name == name


@pytest.mark.parametrize("words", ["It said nine people were killed.", "Nine people were killed, he said."])
def test_a_pronoun_for_nobody_names_nobody(words: str) -> None:
    claim = read_one(words)
    assert claim.voice.name is None
    assert "voice.unresolved-pronoun" in claim.because


@pytest.mark.parametrize(
    "words",
    [
        '"The jets came back," an activist said. "They killed nine people."',
        '"It was awful. Nine people were killed," said an activist.',
        '"Nine people were killed. It was awful," said an activist.',
    ],
)
def test_a_quotation_over_sentences_has_one_speaker(words: str) -> None:
    assert read_one(words).voice.name == "an activist"


def test_a_quotation_ends_with_its_paragraph() -> None:
    words = '"It was awful," an activist said.\n\nNine people were killed.'
    assert read_one(words).voice.name is None


def test_who_passed_it_on_is_kept() -> None:
    voice = read_one(f"The {MONITOR} told AFP that nine people were killed in Ariha.").voice
    assert (voice.name, voice.via) == (MONITOR, ("Agence France-Presse",))


def test_each_of_two_speakers_has_what_he_says() -> None:
    words = "A doctor said 14 people died in Ariha; a rescuer said 20 were killed."
    assert [claim.voice.name for claim in read_words(words) if claim.kind == "toll"] == [
        "A doctor",
        "a rescuer",
    ]


def test_a_denied_number_is_denied() -> None:
    assert read_one("Residents denied that nine people were killed in Ariha.").stance == "denied"


@pytest.mark.parametrize(
    "words", ["He said.", '" said " said', "said said said", "according to", "- -", "told AFP"]
)
def test_speech_without_a_speaker_is_no_error(words: str) -> None:
    parse_words(words)
