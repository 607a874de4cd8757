"""Totals as they are shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One row."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TotalsTable:
    """One table."""

    caption: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[TotalsRow, ...]


@dataclass(frozen=True, slots=True)
class RunningRow:
    """One."""

    voice: str
    period: str
    theirs: str
    what: str
    ours: str
    missing: str


def tabulate_totals(incidents: object, words: object) -> tuple[TotalsTable, ...]:
    """Nothing yet."""
    return ()


def list_running_totals(incidents: object, maker: object, words: object) -> tuple[RunningRow, ...]:
    """Nothing yet."""
    return ()
