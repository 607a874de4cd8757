"""The patterns of a language by which personal names are recognised."""

import re
from functools import cache

from harmledger.publication.wording import load_wording


@cache
def compile_rules(language: str) -> tuple[re.Pattern[str], ...]:
    """Compile the patterns by which the language's personal names are recognised."""
    table = load_wording(language).tables["name"]
    parts = {part: table[part].replace("{word}", table["word"]) for part in ("pattern", "single")}
    parts["names"] = table["names"].replace("{single}", parts["single"])
    return tuple(
        re.compile(
            rule["pattern"]
            .replace("{names}", parts["names"])
            .replace("{name}", parts["pattern"])
            .replace("{single}", parts["single"])
            .replace("{word}", table["word"])
        )
        for rule in table["rule"]
    )


@cache
def compile_describing(language: str) -> re.Pattern[str]:
    """Compile the pattern of a voice that is many people, "residents of the town", and names nobody."""
    return re.compile(load_wording(language).tables["name"]["describing"])


@cache
def names_person(name: str, language: str) -> bool:
    """Tell whether a name alone is built as a person's: with a title, or with a particle such as "bin"."""
    return re.search(load_wording(language).tables["name"]["personal"], name) is not None
