"""Fields of a claim in words, as the page of a text and the review room print them."""

from harmledger.desk.web.texts.sheets import tell_field
from harmledger.publication.wording import load_wording
from harmledger.records.claim import Voice

WORDS = load_wording()


def test_a_voice_that_is_called_by_its_role_is_named_once():
    assert tell_field("voice", Voice("a monitoring group", None, "monitor"), WORDS) == "a monitoring group"
    assert tell_field("voice", Voice("A monitoring group", None, "monitor"), WORDS) == "A monitoring group"
    named = tell_field("voice", Voice("Example Monitor", None, "monitor"), WORDS)
    assert named == "Example Monitor, a monitoring group"
