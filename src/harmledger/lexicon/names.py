"""How names look in a language: whether capitals show them, and which small words belong inside them."""

from dataclasses import dataclass
from functools import cache

from harmledger.lexicon.letters import fold_letters
from harmledger.lexicon.tables import load_table


@dataclass(frozen=True, slots=True)
class NameShape:
    """`capitals` tells that names begin with capitals; `particles` are small words inside a name ("al" in
    "Bab al-Hawa"); `endings` are no part of the name they stand after ("'s");
    `quarters` are words for a part of a town that elsewhere are a division of a province; `camps` words for a camp, which is in no town; `outlets` make a name an outlet's ("Example News");
    `generic` words name no place by themselves ("Street", "City Hall").
    `common` are folded words that are rather common than the names of the places that bear them, `described` the endings
    of words that describe a name from behind and are no part of it, `parts` folded words that only begin the names of
    places ("hill of"), all where no capital shows a name.
    """

    capitals: bool
    particles: tuple[str, ...]
    endings: tuple[str, ...]
    quarters: frozenset[str]
    camps: frozenset[str]
    outlets: frozenset[str]
    generic: frozenset[str]
    common: frozenset[str] = frozenset()
    described: tuple[str, ...] = ()
    parts: frozenset[str] = frozenset()


@cache
def load_name_shape(language: str) -> NameShape:
    """Give the content of lexicon/<language>/names.toml."""
    table = load_table(language, "names")
    return NameShape(
        bool(table["capitals"]),
        tuple(table["particles"]),
        tuple(table["endings"]),
        frozenset(table["quarters"]),
        frozenset(table.get("camps", ())),
        frozenset(table["outlets"]),
        frozenset(table["generic"]),
        frozenset(map(fold_letters, table.get("common", ()))),
        tuple(map(fold_letters, table.get("described", ()))),
        frozenset(map(fold_letters, table.get("parts", ()))),
    )
