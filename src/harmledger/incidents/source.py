"""What fusing has to know of a document: when, by whom, and whose copy it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from harmledger.incidents.rulings import NO_RULINGS, Rulings
from harmledger.records.vocabulary import DocumentKind

_EARLIEST = ""
_LATEST = "~"
_CHAIN_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Source:
    """The facts of one document that bear on fusing its claims.

    `published` is ISO 8601, a date or a date-time, or None. `copy_of` is the id of the first document of its
    family of near-copies, or None. `supersedes` is the id of the version that this one replaces.
    """

    document: str
    published: str | None = None
    publisher: str | None = None
    kind: DocumentKind | None = None
    url: str | None = None
    copy_of: str | None = None
    is_retracted: bool = False
    supersedes: str | None = None
    title: str | None = None


@lru_cache(maxsize=65536)
def _order(published: str) -> str | None:
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    try:
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:  # a zone at the edge of the calendar
        return None
    return moment.isoformat()


def order_published(published: str | None, unknown_last: bool = True) -> str:
    """Give a text by which publication times sort: in UTC, an unzoned time as given, a date as its midnight.

    A document without a readable date sorts last, or first with `unknown_last` false.
    """
    key = _order(published) if published else None
    return key if key is not None else (_LATEST if unknown_last else _EARLIEST)


class Sources:
    """The documents of one run, asked for by id; an unknown id gives an empty source.

    `rulings` are people's judgements on their claims. `voices` is for `incidents.voices`, which remembers there by id whose voice a claim's is.
    """

    def __init__(self, sources: Mapping[str, Source], rulings: Rulings = NO_RULINGS):
        self._sources = sources
        self.rulings = rulings
        self._families: dict[str, str] = {}
        self._orders: dict[str, tuple[str, str]] = {}
        self.voices: dict[str, tuple[str, ...]] = {}

    def get(self, document: str) -> Source:
        """Give the facts of the document; with nothing but its id where none are known."""
        found = self._sources.get(document)
        return found if found is not None else Source(document)

    def family(self, document: str) -> str:
        """Give the id of the first of the document's near-copies: its own id where it is no copy."""
        known = self._families.get(document)
        if known is None:
            known = document
            for _ in range(_CHAIN_LIMIT):
                above = self.get(known).copy_of
                if above is None or above == known:
                    break
                known = above
            self._families[document] = known
        return known

    def head(self, document: str) -> Source:
        """Give the facts of the first of the document's near-copies: a copy has its date and publisher."""
        family = self.family(document)
        return self.get(family if family in self._sources else document)

    def order_story(self, document: str) -> tuple[str, bool]:
        """Give the key that sorts documents by the publication of their story, an original before its copies."""
        return order_published(self.head(document).published), document != self.family(document)

    def order(self, document: str) -> tuple[str, str]:
        """Give the key that sorts documents by publication (unknown last), then id."""
        known = self._orders.get(document)
        if known is None:
            known = self._orders[document] = order_published(self.get(document).published), document
        return known
