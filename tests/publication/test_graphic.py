"""What is hard to read is hidden until it is asked for."""

from dataclasses import replace

import pytest

from harmledger.publication.disclosure.rules import PUBLIC
from harmledger.publication.material import Settings
from harmledger.publication.withholding.graphic import is_graphic
from harmledger.publication.wording import list_languages, load_wording

from .cases import make_claim
from .sites import NAME, hold, publish

TOLD = "At least 23 died, and rescuers collected body parts for an hour."


@pytest.mark.parametrize("language", list_languages())
def test_words_find_their_examples_and_not_their_counters(language):
    table = load_wording(language).tables["graphic"]
    assert [text for text in table["examples"] if not is_graphic(text)] == []
    assert [text for text in table["counters"] if is_graphic(text)] == []


@pytest.mark.parametrize(("rule", "is_hidden"), [("hidden", True), ("shown", False)])
def test_a_hard_sentence_is_folded_where_the_edition_says_so(rule, is_hidden, tmp_path):
    claim = make_claim("c1", TOLD, "At least 23")
    rules = replace(PUBLIC, graphic=rule)
    folder = publish(hold(claims={"c1": claim}), tmp_path / "site", Settings(NAME, disclosure=rules))
    page = next((folder / "incidents").iterdir()).read_text(encoding="utf-8")
    assert "body parts" in page
    assert ('<details class="graphic"><summary>Graphic description: show it</summary>' in page) is is_hidden


def test_a_plain_sentence_is_not_folded(example_site):
    pages = [path.read_text(encoding="utf-8") for path in (example_site / "incidents").iterdir()]
    assert sum('class="graphic"' in page for page in pages) < len(pages) / 4
