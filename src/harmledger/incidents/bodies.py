"""Known bodies: which names are those of a public body, and which body a publisher is."""

from collections.abc import Mapping
from functools import cache

from harmledger.incidents.names import fold_name
from harmledger.lexicon.tables import load_table


@cache
def _names() -> Mapping[str, str]:
    """Map every folded name of a body, in any language of the register, to the folded neutral name."""
    try:
        register = load_table("register", "bodies")
    except FileNotFoundError:  # a build without the register: every named speaker may be a private person
        return {}
    names: dict[str, str] = {}
    for body in register.get("body", ()):
        neutral = fold_name(body["name"])
        names[neutral] = neutral
        for value in body.values():
            if isinstance(value, list):
                for name in value:
                    names.setdefault(fold_name(name), neutral)
    return names


def is_body(name: str) -> bool:
    """Tell whether the name is that of a body in the register of voices."""
    return fold_name(name) in _names()


def fold_body(name: str) -> str:
    """Give the folded neutral name of the body so called; the folded name itself where no body is known."""
    folded = fold_name(name)
    return _names().get(folded, folded)
