"""What stands in place of a name: nothing but that it is withheld, or a code that means nothing without a key."""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from typing import Final

from harmledger.publication.wording import Wording

_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Naming:
    """Replaces names. Without a key a name is dropped; with one it has a code, the same wherever it stands.

    The key is the edition's own (`derive_key`): codes of two editions cannot be held against each other.
    """

    key: bytes | None = None

    def replace_name(self, name: str, words: Wording) -> str:
        """Give what is written in place of a name."""
        code = self.code_name(name)
        return words.phrase("withheld_name") if code is None else words.phrase("hashed_name", code=code)

    def code_name(self, name: str) -> str | None:
        """Give a name's code; None where names are dropped. Case, marks and blanks do not change it."""
        if self.key is None:
            return None
        marks = unicodedata.normalize("NFKD", name.casefold())
        folded = " ".join(
            "".join(c if c.isalnum() else " " for c in marks if not unicodedata.combining(c)).split()
        )
        return hmac.new(self.key, folded.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:_LENGTH]


def derive_key(secret: bytes, edition: str) -> bytes:
    """Give an edition's own key from the case's secret (HMAC-SHA256, as HKDF's expansion has it)."""
    return hmac.new(secret, b"harmledger names " + edition.encode(), hashlib.sha256).digest()
