"""What answers a question, kept while pages are turned: looked for once, counted and cut into pages from memory."""

import threading
from array import array
from collections import OrderedDict
from typing import Final

from harmledger.desk.web.cases import ServedCase
from harmledger.store.catalogue_search import Question

_MOST: Final = 2_000_000
"""Numbers of entries in memory, four bytes each."""


class _Found:
    """The entries that answered the last questions, by number, while catalogue and minute are the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key = ""
        self._kept: OrderedDict[Question, array[int]] = OrderedDict()
        self._size = 0

    def find(self, case: ServedCase, question: Question) -> "array[int]":
        """Give the numbers, looked for where they are not known."""
        key = f"{case.key} {case.now:%Y-%m-%dT%H:%M}"
        with self._lock:
            if self._key != key:
                self._key, self._size = key, 0
                self._kept.clear()
            found = self._kept.get(question)
            if found is not None:
                self._kept.move_to_end(question)
                return found
        found = self._look(case, question)
        with self._lock:
            if self._key == key and question not in self._kept:
                self._kept[question] = found
                self._size += len(found)
            while self._size > _MOST:
                self._size -= len(self._kept.popitem(last=False)[1])
        return found

    def _look(self, case: ServedCase, question: Question) -> "array[int]":
        """Look for what answers. What answers a question of many parts answers each of them, and those are asked often."""
        parts = question.list_parts()
        if len(parts) < 2:
            return case.catalogue.find_numbers(question)
        narrow, *others = sorted((self.find(case, part) for part in parts), key=len)
        held = set(narrow).intersection(*others)
        return array("I", sorted(held))


_found = _Found()


def find_numbers(case: ServedCase, question: Question) -> "array[int]":
    """Give the numbers of the entries that answer a question, the latest first."""
    return _found.find(case, question)
