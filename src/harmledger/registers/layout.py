"""Layouts: which column of a register is what, for the registers known here and for any other by a mapping file."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec

from harmledger.records.problem import Problem
from harmledger.records.vocabulary import PlacePrecision

FIELDS: Final = (
    "code", "start", "end", "place", "country", "lat", "lon", "place_code", "day_code", "killed_low",
    "killed_best", "killed_high", "injured_low", "injured_best", "injured_high", "children_low", "children_high",
    "blamed", "grade",
)  # fmt: skip
"""What a column of a register may be. `place_code` and `day_code` say in the register's own codes how exact a
place or a date is."""
_NEEDED: Final = ("code", "start")
_LIMIT: Final = 1 << 20


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The columns of a register.

    `columns` gives for each field of `FIELDS` the headings that may carry it: the first that is there counts.
    Values inside a list or an object of a JSON register are named with a dot ("killed.0"). `marks` are sets of headings by
    which such a table is known. `place_codes` tell what coordinates stand for, `day_codes` how many days to
    either side of the date an event may lie.
    """

    register: str
    columns: dict[str, tuple[str, ...]]
    title: str = ""
    marks: tuple[tuple[str, ...], ...] = ()
    place_codes: dict[str, PlacePrecision] = {}
    day_codes: dict[str, int] = {}

    def find(self, row: Mapping[str, str], field: str) -> str:
        """Give what a row tells in a field, without the blanks around it; empty where it tells nothing."""
        for heading in self.columns.get(field, ()):
            told = row.get(heading)
            if told is not None and told.strip():
                return told.strip()
        return ""


class _LayoutError(ValueError):
    """A layout that cannot be used; its text says why."""


def read_layout(body: bytes) -> Layout:
    """Give the layout written in a TOML text. Raises ValueError, with the reason, where it is none."""
    try:
        layout = msgspec.toml.decode(body, type=Layout)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _LayoutError(str(error)) from error
    unknown = sorted(set(layout.columns) - set(FIELDS))
    if unknown:
        raise _LayoutError(f"knows no field {unknown[0]!r}; fields are {', '.join(FIELDS)}")
    missing = [field for field in _NEEDED if not layout.columns.get(field)]
    if missing:
        raise _LayoutError(f"names no column for {missing[0]!r}")
    if any(days < 0 for days in layout.day_codes.values()):
        raise _LayoutError("counts days to either side of a date, so none may be negative")
    return layout


def load_layout(path: Path) -> tuple[Layout | None, tuple[Problem, ...]]:
    """Read a layout of one's own from a TOML file, as docs/registers.md describes it."""
    try:
        body = path.read_bytes()
        if len(body) > _LIMIT:
            raise _LayoutError("is too large for a layout")
        return read_layout(body), ()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    remedy = "see “A layout of your own” in docs/registers.md"
    return None, (
        Problem(
            "registers.layout", f"the layout cannot be used: {reason}", "error", path.name, remedy=remedy
        ),
    )


@cache
def list_layouts() -> tuple[Layout, ...]:
    """Give the layouts of the registers known here, by name."""
    folder = files("harmledger.registers").joinpath("layouts")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(read_layout(folder.joinpath(name).read_bytes()) for name in names)


def recognise_layout(headings: Sequence[str]) -> Layout | None:
    """Give the known layout whose marks are all among the headings, or None."""
    present = set(headings)
    return next(
        (one for one in list_layouts() if any(present.issuperset(mark) for mark in one.marks)),
        None,
    )
