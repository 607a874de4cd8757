"""An edition held against its case: what the case must not let out, looked for in every file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harmledger.pipeline.editions import KEY_FILE, choose_edition, read_secret
from harmledger.pipeline.publish import CaseMaterial
from harmledger.publication.leaks.check import LeakReport, check_edition, read_head
from harmledger.publication.leaks.gathering import gather_restricted
from harmledger.publication.material import Settings
from harmledger.publication.wording import load_wording
from harmledger.records.document import Document

if TYPE_CHECKING:
    from harmledger.store.case import Case

_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in an edition, its name and moment; `is_changed` where the case's rules are others now."""

    name: str
    as_of: str
    report: LeakReport
    is_changed: bool = False


def check_folder(folder: Path) -> Checked:
    """Hold an edition against the rules that it says it was made by. Raises NoEditionError."""
    head = read_head(folder)
    return Checked(head.name, head.as_of, check_edition(folder, head.rules))


def check_against_case(folder: Path, case: "Case", now: datetime) -> Checked:
    """Hold an edition against the case that it was made from, and the case's present rules.

    The delay is that of the edition's own moment, or of `now` where that comes first. Raises NoEditionError, EditionError
    where the case has no such edition, and NoView where the case is not built.
    """
    from harmledger.pipeline.case_view import read_view

    head = read_head(folder)
    rules = choose_edition(case, head.name)
    has_secret = (case.folder / KEY_FILE).exists()
    settings = Settings(
        case.settings.name, disclosure=rules, secret=read_secret(case.folder) if has_secret else None
    )
    as_of = min(datetime.fromisoformat(head.as_of), now)
    with read_view(case.folder) as view:
        stones = case.facts.list_tombstones()
        erased = [digest for stone in stones for digest in (stone.digest, stone.text_digest) if digest]
        restricted = gather_restricted(
            CaseMaterial(case.facts, view, True, rules.needs),
            _list_documents(case),
            settings,
            as_of,
            load_wording(),
            erased,
        )
    return Checked(head.name, head.as_of, check_edition(folder, rules, restricted), head.rules != rules)


def _list_documents(case: "Case") -> Iterator[Document]:
    """Give every version of every document with its text, some hundreds at a time."""
    names = sorted(head.id for head in case.facts.list_heads())
    for start in range(0, len(names), _BATCH):
        yield from case.facts.fetch_documents(names[start : start + _BATCH])
