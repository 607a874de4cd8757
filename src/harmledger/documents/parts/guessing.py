"""What the columns of a table may be, told by what stands in them: a mapping to begin with, for a person to mend."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from harmledger.documents.parts.dates import read_date
from harmledger.documents.parts.headings import find_roles

SAMPLE: Final = 20
"""So many rows are looked at."""
_SHARE: Final = 0.8
_SENTENCE_WORDS: Final = 5
"""A column whose cells have this many words on average may tell what happened."""
_LONGEST_HEADING: Final = 80


def is_heading_row(cells: Sequence[str]) -> bool:
    """Tell whether a row may be one of headings: short words, and no dates or web addresses."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and not any(
        len(cell) > _LONGEST_HEADING or cell.isdecimal() or _is_date(cell) or _is_address(cell)
        for cell in filled
    )


def guess_columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping[str, str]:
    """Give the heading of the column that may hold the text, the date, the web address and the id, by role, as far as the
    cells below tell; empty where none may hold a text. What headings say themselves is left out."""
    columns = [
        [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        for place in range(len(headings))
    ]
    found: dict[str, str] = {}
    known = find_roles(headings)
    taken = set(known.values())

    def take(role: str, fits: Callable[[Sequence[str]], float]) -> None:
        if role in known:
            return
        worth, place = max(
            ((fits(cells), -place) for place, cells in enumerate(columns) if cells and place not in taken),
            default=(0.0, 0),
        )
        if worth > 0:
            taken.add(-place)
            found[role] = headings[-place]

    take("text", _weigh_text)
    if "text" not in found:
        return {}
    take("published", lambda cells: _share(cells, _is_date))
    take("url", lambda cells: _share(cells, _is_address))
    take("id", _weigh_id)
    return found


def write_columns(columns: Mapping[str, str]) -> str:
    """Give columns as a line of a mapping file."""
    pairs = ", ".join(f"{role} = {_quote(heading)}" for role, heading in columns.items())
    return f"columns = {{ {pairs} }}"


def _quote(text: str) -> str:
    """Give a text as TOML writes it: as JSON does, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _weigh_text(cells: Sequence[str]) -> float:
    """Give the number of words in a cell, 0 where they are too few to tell anything."""
    words = sum(len(cell.split()) for cell in cells) / len(cells)
    return words if words >= _SENTENCE_WORDS else 0


def _weigh_id(cells: Sequence[str]) -> float:
    """Tell whether every cell is another short code with a figure in it."""
    is_code = all(len(cell) <= 20 and any(map(str.isdecimal, cell)) and " " not in cell for cell in cells)
    return float(is_code and len(set(cells)) == len(cells) > 1)


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    share = sum(map(fits, cells)) / len(cells)
    return share if share >= _SHARE else 0


def _is_date(cell: str) -> bool:
    return read_date(cell)[0] is not None


def _is_address(cell: str) -> bool:
    return cell.startswith(("http://", "https://"))
