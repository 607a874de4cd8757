"""Particles that a language writes onto the next word: `lexicon/<language>/clitics.toml`, typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from harmledger.lexicon.letters import fold_letters
from harmledger.lexicon.tables import has_table, load_table


@dataclass(frozen=True, slots=True)
class Clitics:
    """What is written onto words, as it folds. `articles` stand last, right before the word; `joined_articles` are an
    article and a particle in one ("لل"); `particles` may stand one before the other in the order of `orders`.

    `seams` finds what stands before a letter inside a word that only begins words, or is one of the `final` that only end
    them; `joined` are the letters of all particles.
    `whole` are words that begin as if with an article or a particle and are one word; `apart` gives for words as written,
    which fold into one of these, the letters of the particle that they do begin with; `shortest` is the least number
    of letters that is left of a word; `letters` finds words in the language's script, whose first and last letter
    are `script`; `owned` are endings, as they are written, that say whose somebody is;
    `masculine` are words as written that fold into one for a woman and are of a man.
    """

    articles: tuple[str, ...]
    joined_articles: tuple[str, ...]
    orders: tuple[tuple[str, ...], ...]
    whole: frozenset[str]
    apart: Mapping[str, int]
    shortest: int
    letters: re.Pattern[str]
    seams: re.Pattern[str] | None
    final: str
    joined: str
    script: tuple[str, str]
    owned: tuple[str, ...] = ()
    masculine: frozenset[str] = frozenset()


@cache
def load_clitics(language: str) -> Clitics | None:
    """Give the clitics of a language; None where words stand apart."""
    if not has_table(language, "clitics"):
        return None
    table = load_table(language, "clitics")
    return Clitics(
        tuple(map(fold_letters, table["articles"])),
        tuple(map(fold_letters, table["joined_articles"])),
        tuple(tuple(map(fold_letters, order)) for order in table["orders"]),
        frozenset(map(fold_letters, table["whole"])),
        dict(table.get("apart", {})),
        int(table["shortest"]),
        re.compile(table["letters"]),
        re.compile(table["seams"]) if "seams" in table else None,
        table.get("final", ""),
        "".join((*table["articles"], *("".join(order) for order in table["orders"]))),
        (table["script"][0], table["script"][1]),
        tuple(table.get("owned", ())),
        frozenset(table.get("masculine", ())),
    )
