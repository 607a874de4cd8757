"""Rows of the list, kept while the catalogue is the same: most readers see the same few hundred."""

import threading
from collections.abc import Callable, Sequence
from typing import Final

from harmledger.desk.web.cases import ServedCase
from harmledger.publication.site.ledger import EntryRow, key_month, make_row
from harmledger.publication.view.entry import Entry
from harmledger.publication.wording import Wording
from harmledger.store.catalogue import Found

_MOST: Final = 20_000
"""Rows in memory, some hundred bytes each."""

Row = tuple[str, EntryRow]
"""A row, and the month that it stands under."""


class _Rows:
    """Rows by language and number."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key = ""
        self._kept: dict[tuple[str, int], Row] = {}

    def fetch(
        self,
        case: ServedCase,
        numbers: Sequence[int],
        words: Wording,
        read: Callable[[Found, Wording], Entry],
    ) -> list[Row]:
        """Give the rows of entries, made where they are not known."""
        language = words.language
        with self._lock:
            if self._key != case.key or len(self._kept) > _MOST:
                self._key, self._kept = case.key, {}
            kept = self._kept
        missing = [number for number in numbers if (language, number) not in kept]
        for found in case.catalogue.fetch_numbered(missing) if missing else ():
            entry = read(found, words)
            kept[language, found.number] = (key_month(entry), make_row(entry, words))
        return [row for number in numbers if (row := kept.get((language, number))) is not None]


_rows = _Rows()


def fetch_rows(
    case: ServedCase, numbers: Sequence[int], words: Wording, read: Callable[[Found, Wording], Entry]
) -> list[Row]:
    """Give the rows of the entries with these numbers, in their order; `read` makes an entry of what the catalogue has."""
    return _rows.fetch(case, numbers, words, read)
