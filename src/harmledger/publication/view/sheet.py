"""What is shown of an incident: its accounts, its quotes and where they stand, who is blamed, its grade."""

from dataclasses import dataclass

from harmledger.publication.view.figures import Figure
from harmledger.publication.view.growth import GrowthSheet
from harmledger.publication.view.origins import OriginSheet
from harmledger.publication.withholding.pieces import Piece


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where a sentence stands: publisher, publication and address; the address only where it is a web page.

    `anchor` is the document's id as it may be shown; `title` its headline with names masked.
    """

    document: str
    publisher: str
    published: str | None
    url: str | None
    anchor: str = ""
    title: str | None = None
    is_retracted: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """One evidence clause as it may be shown, with every report that has it word for word.

    Without pieces its words are withheld.
    """

    places: tuple[tuple[str, int], ...]
    pieces: tuple[Piece, ...]
    sources: tuple[SourceLine, ...]
    notes: tuple[str, ...] = ()
    is_graphic: bool = False


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One voice's toll, in its own row."""

    voice: str
    role: str | None
    via: str | None
    published: str | None
    figures: tuple[Figure, ...]
    damages: tuple[Figure, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Allegation:
    """Who is alleged to have done it, by whom, with the denial beside it: the same grammar for every party."""

    actor: str
    alleged_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    admitted_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GradeSheet:
    """A grade in words, with its reasons and what would change it."""

    label: str
    because: tuple[str, ...]
    would_change: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncidentSheet:
    """Everything shown of one incident."""

    id: str
    scope: str
    scope_label: str
    place: str
    time: str
    start: str | None
    means: str
    targets: str
    figures: tuple[Figure, ...]
    damages: tuple[Figure, ...]
    accounts: tuple[AccountRow, ...]
    allegations: tuple[Allegation, ...]
    quotes: tuple[Quote, ...]
    origins: str
    grade: str | None
    grade_because: tuple[str, ...]
    would_change: tuple[str, ...]
    status: str
    status_label: str
    revised_since: str
    wholes: tuple[str, ...]
    growth: tuple[GrowthSheet, ...] = ()
    roots: tuple[OriginSheet, ...] = ()
    more_roots: str = ""
    certainty: GradeSheet | None = None

    @property
    def heading(self) -> str:
        """Place and time, as a headline has them."""
        return f"{self.place} — {self.time}"

    @property
    def harms(self) -> tuple[str, ...]:
        """The harms that any account or the envelope has a figure for, in the order of the format."""
        return tuple(figure.harm for figure in self.figures)


def order_sheet(sheet: IncidentSheet) -> tuple[bool, str, str, str]:
    """Give the key that sorts sheets by time, then place; those without a time come last."""
    return sheet.start is None, sheet.start or "", sheet.place, sheet.id
