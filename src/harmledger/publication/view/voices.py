"""What a voice is called where anybody may read it."""

from harmledger.publication.withholding.privacy import is_private
from harmledger.publication.wording import Wording
from harmledger.records.claim import Voice


def name_voice(voice: Voice, words: Wording) -> str:
    """Give a voice's name; one that may be a private person's by its role."""
    if is_private(voice):
        return words.label("role", voice.role or "unnamed")
    return voice.name or str(words.tables["page"]["a_publisher"])
