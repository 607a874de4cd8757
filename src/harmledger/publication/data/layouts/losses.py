"""What a layout could not carry, counted by entry."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from harmledger.records.meaning import meant


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRow:
    """One line of losses.csv: one thing that a layout cannot carry."""

    file: str = meant("the file whose layout it is")
    lost: str = meant("what is lost")
    entries: int = meant("entries that it was lost of")
    of: int = meant("entries of the record")
    explanation: str = meant("what that means, and where it is kept")


@dataclass(slots=True)
class LossCounter:
    """Counts losses as entries pass."""

    entries: int = 0
    found: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, file: str, lost: Iterable[str]) -> None:
        """Count what one entry lost in a file."""
        self.found.setdefault(file, Counter()).update(set(lost))

    def list_rows(self) -> list[LossRow]:
        """Give the losses by file, in the order in which they are explained; those that touch no entry are left out."""
        return [
            LossRow(file=file, lost=lost, entries=counts[lost], of=self.entries, explanation=explanation)
            for file, counts in sorted(self.found.items())
            for lost, explanation in EXPLAINED.items()
            if counts[lost]
        ]


EXPLAINED = {
    "no day total": "a day's total for an area is no event there; it is left out",
    "no running total": "a published running total is no event there; it is left out",
    "no figure": "events there have deaths; an entry for which nobody gives a figure of killed is left out",
    "nobody killed": "events there have deaths; an entry whose best figure is nought is left out",
    "no date": "events there have a date; an entry without one is left out",
    "no point": "events there have a point; an entry without coordinates is left out",
    "vague date": "the date is vaguer than that layout's coarsest step; its days stand in columns of our own",
    "days": "that layout has one day; the last day stands in a column of our own",
    "bounds": "that layout has one figure; the lowest and the highest stand in columns of our own",
    "open end": "somebody says “at least” or “more than”: the highest figure may be more",
    "accounts": "several voices' accounts stand side by side; one line is left of them",
    "injured": "figures of people injured, or harmed in other ways than killed",
    "groups": "figures by group of people, children among them",
    "targets": "what was hit",
    "means": "by what means",
    "further parties": "more than one party is blamed; the first stands there",
    "denial": "a denial is on the record",
    "nobody blamed": "that layout needs an actor; nobody is blamed, and the column is empty",
    "grade": "the grade and its reasons",
    "containment": "the entry lies inside a day's total",
    "evidence": "the sentences behind the figures, and where they stand",
    "province without P-code": "the gazetteer has no P-code for its province; harmledger places install --from a folder with "
    "OCHA's global_pcodes_adm_1_2.csv adds them",
    "district without P-code": "the gazetteer has no P-code for its district",
    "no province": "the province is not known, or not told",
}
"""Every loss that is counted, in the order in which they are told."""
