"""What answers a question, kept while pages are turned: looked for once, counted and cut into pages from memory."""

import threading
from array import array
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from harmledger.desk.web.cases import ServedCase
from harmledger.desk.web.once import Turns
from harmledger.publication.catalogue import write_moment
from harmledger.store.catalogue_masks import Mask, mask_positions, mask_range
from harmledger.store.catalogue_search import EVERYTHING, Question

_MOST_BYTES: Final = 24 * 1024 * 1024
"""Bytes of answers in memory: one for each entry of the case and each part of a question that was asked."""


@dataclass(slots=True)
class _Order:
    """The list of a catalogue: numbers by position, positions by number, and what answered its last questions, whether it
    is shown or not."""

    key: str
    numbers: "array[int]"
    positions: "array[int]"
    parts: "OrderedDict[Question, Mask]" = field(default_factory=OrderedDict)
    time: str = ""
    shown: "OrderedDict[Question, Mask]" = field(default_factory=OrderedDict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The entries that answer a question and are shown, the latest first."""

    mask: Mask
    numbers: "array[int]"

    @property
    def count(self) -> int:
        """How many they are."""
        return self.mask.count

    def cut(self, start: int, end: int) -> list[int]:
        """Give the numbers of those from the `start`-th, counted from 0, to before the `end`-th."""
        return [self.numbers[position - 1] for position in self.mask.cut(start, end)]

    def count_until(self, position: int) -> int:
        """Give how many of them stand at a position of the list or before it."""
        return self.mask.count_until(position)


class _Found:
    """What answered the last questions, while the catalogue is the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns = Turns()
        self._order: _Order | None = None

    def find(self, case: ServedCase, question: Question) -> Answer:
        """Give what answers, looked for where it is not known."""
        order = self._open(case)
        time = _tell_time(case)
        found = self._recall(order, time, question)
        if found is None:
            with self._turns.take((time, question)):
                found = self._recall(order, time, question)
                if found is None:
                    found = self._look(case, order, time, question)
                    self._keep(order, time, question, found)
        return Answer(found, order.numbers)

    def _open(self, case: ServedCase) -> _Order:
        order = self._order
        if order is None or order.key != case.stamp:
            with self._turns.take(case.stamp):
                order = self._order
                if order is None or order.key != case.stamp:
                    order = self._order = _load_order(case)
        return order

    def _recall(self, order: _Order, time: str, question: Question) -> Mask | None:
        with self._lock:
            if order.time != time:
                order.time = time
                order.shown.clear()
            found = order.shown.get(question)
            if found is not None:
                order.shown.move_to_end(question)
            return found

    def _keep(self, order: _Order, time: str, question: Question, found: Mask) -> None:
        with self._lock:
            if order.time == time:
                order.shown[question] = found
                _forget(order.shown, found.size)

    def _look(self, case: ServedCase, order: _Order, time: str, question: Question) -> Mask:
        """Look for what answers. What answers a question of many parts answers each of them, and those are asked often."""
        if question == EVERYTHING:
            whole = bytearray(b"\1" * len(order.numbers))
            for number in case.catalogue.list_unshown():
                whole[order.positions[number] - 1] = 0
            return Mask(bytes(whole))
        found = self.find(case, EVERYTHING).mask
        for part in question.list_parts():
            found &= self._find_part(case, order, part)
        return found

    def _find_part(self, case: ServedCase, order: _Order, part: Question) -> Mask:
        with self._lock:
            known = order.parts.get(part)
            if known is not None:
                order.parts.move_to_end(part)
                return known
        with self._turns.take((order.key, part)):
            found = order.parts.get(part) or _find_part(case, order, part)
        with self._lock:
            order.parts[part] = found
            _forget(order.parts, found.size)
        return found


def _forget(kept: "OrderedDict[Question, Mask]", size: int) -> None:
    """Forget those not asked for longest, where there are too many."""
    while len(kept) * size > _MOST_BYTES and len(kept) > 1:
        kept.popitem(last=False)


def _load_order(case: ServedCase) -> _Order:
    numbers = case.catalogue.load_order()
    positions = array("I", bytes(array("I").itemsize * (max(numbers, default=0) + 1)))
    for position, number in enumerate(numbers, start=1):
        positions[number] = position
    return _Order(case.stamp, numbers, positions)


def _find_part(case: ServedCase, order: _Order, part: Question) -> Mask:
    size = len(order.numbers)
    kept = case.catalogue.fetch_mask(part)
    if kept is not None:
        return kept
    if not (part.since or part.until):
        found = case.catalogue.find_part(part)
        return mask_positions(map(order.positions.__getitem__, found), size)
    first, last, others = case.catalogue.find_days(part.since, part.until)
    within = mask_range(first, last, size)
    if not others:
        return within
    return within | mask_positions(map(order.positions.__getitem__, others), size)


def _tell_time(case: ServedCase) -> str:
    """Tell until when what was found stays true: until the next entry may be shown, and a minute from then on."""
    release = case.meta.get("next_release", "")
    return case.key if not release or write_moment(case.now) < release else f"{case.key} {case.now:%H:%M}"


_found = _Found()


def find_answer(case: ServedCase, question: Question) -> Answer:
    """Give the entries that answer a question."""
    return _found.find(case, question)
