"""What answers a question, kept while pages are turned: looked for once, counted and cut into pages from memory."""

import threading
from array import array
from collections import OrderedDict
from typing import Final

from harmledger.desk.web.cases import ServedCase
from harmledger.desk.web.once import Turns
from harmledger.publication.catalogue import write_moment
from harmledger.store.catalogue_search import Question

_MOST: Final = 2_000_000
"""Numbers of entries in memory, four bytes each."""


class _Found:
    """The entries that answered the last questions, by number, while the catalogue is the same and nothing new may be shown."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns = Turns()
        self._key = ""
        self._kept: OrderedDict[Question, array[int]] = OrderedDict()
        self._size = 0

    def find(self, case: ServedCase, question: Question) -> "array[int]":
        """Give the numbers, looked for where they are not known."""
        key = _tell_time(case)
        found = self._recall(key, question)
        if found is None:
            with self._turns.take((key, question)):
                found = self._recall(key, question)
                if found is None:
                    found = self._look(case, question)
                    self._keep(key, question, found)
        return found

    def _recall(self, key: str, question: Question) -> "array[int] | None":
        with self._lock:
            if self._key != key:
                self._key, self._size = key, 0
                self._kept.clear()
            found = self._kept.get(question)
            if found is not None:
                self._kept.move_to_end(question)
            return found

    def _keep(self, key: str, question: Question, found: "array[int]") -> None:
        with self._lock:
            if self._key != key or question in self._kept:
                return
            self._kept[question] = found
            self._size += len(found)
            while self._size > _MOST:
                self._size -= len(self._kept.popitem(last=False)[1])

    def _look(self, case: ServedCase, question: Question) -> "array[int]":
        """Look for what answers. What answers a question of many parts answers each of them, and those are asked often."""
        parts = question.list_parts()
        if len(parts) < 2:
            return case.catalogue.find_numbers(question)
        narrow, *others = sorted((self.find(case, part) for part in parts), key=len)
        held = set(narrow).intersection(*others)
        return array("I", sorted(held))


def _tell_time(case: ServedCase) -> str:
    """Tell until when what was found stays true: until the next entry may be shown, and a minute from then on."""
    release = case.meta.get("next_release", "")
    return case.key if not release or write_moment(case.now) < release else f"{case.key} {case.now:%H:%M}"


_found = _Found()


def find_numbers(case: ServedCase, question: Question) -> "array[int]":
    """Give the numbers of the entries that answer a question, the latest first."""
    return _found.find(case, question)
