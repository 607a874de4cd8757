"""Acts of people recorded among the facts while others work: at once, beside a build, and never beside an erasure."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harmledger.records.judgement import Judgement
from harmledger.records.signing import Signing
from harmledger.store.lock import LockedError, hold_lock, read_holder
from harmledger.store.rulings import record_ruling
from harmledger.store.signings import record_signing

if TYPE_CHECKING:
    from harmledger.store.facts import Facts

BUSY: Final = "others record their acts at this moment: send it again"
_PATIENCE_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.1
_BUILD: Final = "build"


class BusyError(Exception):
    """Another process writes the case, and what it does cannot be done beside this."""


@contextmanager
def hold_facts(folder: Path, at: str) -> Iterator[None]:
    """Hold the facts to add acts to them. A build reads them at one moment and writes no act: whoever acts does not wait
    for it, and the next build follows. Raises BusyError where something else holds the case for longer than a moment."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with hold_lock(folder, "review", at, is_waiting=False):
                yield
                return
        except LockedError as error:
            if read_holder(folder) == _BUILD:
                break
            if time.monotonic() > end:
                raise BusyError(error.problem.message) from error
            time.sleep(_PAUSE_SECONDS)
    yield


def record_judgements(
    facts: "Facts", folder: Path, judgements: Sequence[Judgement], documents: Mapping[str, str]
) -> None:
    """Record judgements; `documents` gives for each of their claims the id of its document. Raises BusyError."""
    with hold_facts(folder, judgements[0].at):
        for judgement in judgements:
            record_ruling(facts, judgement, documents)


def sign_incident(facts: "Facts", folder: Path, signing: Signing, form: str = "") -> None:
    """Record a signing, with what is published by it. Raises BusyError."""
    with hold_facts(folder, signing.at):
        record_signing(facts, signing, form)
