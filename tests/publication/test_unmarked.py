"""Names in Arabic, a script without capitals: told by the words around them."""

import pytest

from harmledger.publication.withholding.names import NameMask
from harmledger.publication.withholding.unmarked import find_unmarked
from harmledger.publication.wording import load_wording
from harmledger.records.claim import Actor

from .cases import make_claim
from .sites import WORDS, hold, list_files, publish

TABLE = load_wording("ar").tables["unmarked"]


def mask(text, **changes):
    claim = make_claim("c", text, text.split()[0], **changes)
    return "".join(piece.text for piece in NameMask([claim], (), WORDS).cut_evidence([claim]))


@pytest.mark.parametrize("text", TABLE["examples"])
def test_placeholder_names_are_hidden(text):
    assert "فلان" not in mask(text)
    assert "[name withheld]" in mask(text)


@pytest.mark.parametrize("text", TABLE["counters"])
def test_what_names_nobody_stays(text):
    assert mask(text) == text


def test_a_party_keeps_its_name():
    text = "قال المتحدث باسم فيلق تجريبي إن ثلاثة قتلوا"
    actors = (Actor("Party A", "فيلق تجريبي", "blamed"),)
    assert mask(text, actors=actors) == text


def test_vowel_marks_and_prefixes_make_no_difference():
    assert list(find_unmarked("وَقُتِلَ فلان الفلاني", frozenset()))
    assert list(find_unmarked("والطفل فلان", frozenset()))


def test_punctuation_ends_a_name():
    (span,) = find_unmarked("الناشط فلان، الفلاني", frozenset())
    assert "الناشط فلان، الفلاني"[slice(*span)] == "فلان"


def test_a_name_told_once_is_hidden_in_all_of_its_document(tmp_path):
    first = make_claim("c1", "قتل الشاب فلان الفلاني مع خمسة مدنيين", "خمسة")
    second = make_claim("c2", "وجد فلان الفلاني وأربعة تحت الأنقاض", "أربعة")
    folder = publish(hold(claims={"c1": first, "c2": second}), tmp_path / "site")
    assert not [path for path, data in list_files(folder).items() if "الفلاني" in data.decode()]
