"""What a catalogue keeps so that nobody has to gather it: cells of the map, and masks of what many entries share."""

import sqlite3
from typing import Final

from harmledger.store.catalogue_masks import mask_positions, pack_mask

COLUMNS: Final = ("province", "grade", "scope")
"""Columns of entries by which one asks as by a tag."""

_FEWEST: Final = 300
"""Entries that share a value, from which on their mask is kept; fewer are quickly found."""

_STEPS: Final = float(1 << 40)
"""Positions are summed as whole numbers of these parts of the world's square (40 µm), so that the mean does not depend on the order
in which entries stand: sums of fractions do, in their last digit."""

_MEAN: Final = f"sum(CAST({{0}} * {_STEPS} AS INTEGER)) / (count(*) * {_STEPS})"
GATHERED: Final = (
    f"count(*), coalesce(sum(killed), 0), {_MEAN.format('x')}, {_MEAN.format('y')}, min(stem), max(is_area),"
    " CASE WHEN min(name) = max(name) AND count(name) = count(*) THEN min(name) END,"
    " max(radius), substr(max(printf('%09d%s', coalesce(killed, 0), name)), 10)"
)
"""What a cell of the map says of the entries in it, in the order of `Cell`."""

CELLS: Final = "entries, killed, x, y, stem, is_area, name, radius, largest"
DEEPEST: Final = 15
"""The most halvings of the world's square into cells; a cell is then about a kilometre wide."""


def keep_masks(connection: sqlite3.Connection) -> None:
    """Keep which entries share a tag or a value of a column, in a catalogue that is being made."""
    (size,) = connection.execute("SELECT count(*) FROM entries").fetchone()
    connection.execute("DELETE FROM masks")
    asked = [
        "SELECT kind, value, group_concat(position) FROM tags JOIN entries USING (number) GROUP BY kind, value"
    ]
    asked += [
        f"SELECT '{column}', {column}, group_concat(position) FROM entries WHERE {column} IS NOT NULL GROUP BY {column}"  # noqa: S608
        for column in COLUMNS
    ]
    for one in asked:
        for kind, value, told in connection.execute(f"{one} HAVING count(*) >= {_FEWEST}"):
            mask = mask_positions(map(int, told.split(",")), size)
            connection.execute("INSERT INTO masks VALUES (?, ?, ?)", (kind, value, pack_mask(mask)))


def keep_cells(connection: sqlite3.Connection, now: str) -> None:
    """Gather what is shown at a moment into cells of every depth, in a catalogue that is being made."""
    connection.execute("DELETE FROM cells")
    for depth in range(DEEPEST + 1):
        side = float(1 << depth)
        connection.execute(
            f"INSERT INTO cells (depth, {CELLS}) SELECT ?, {GATHERED} FROM entries"  # noqa: S608
            " WHERE release <= ? AND x IS NOT NULL AND scope != 'since_date'"
            " GROUP BY CAST(x * ? AS INTEGER), CAST(y * ? AS INTEGER), is_area",
            (depth, now, side, side),
        )


def measure_shown(connection: sqlite3.Connection, now: str) -> tuple[float, float, float, float] | None:
    """Give the box around all positions shown at a moment, as (west, north, east, south) on the square."""
    found = connection.execute(
        "SELECT min(x), min(y), max(x), max(y) FROM entries WHERE release <= ?", (now,)
    ).fetchone()
    return None if found[0] is None else tuple(map(float, found))  # type: ignore[return-value]
