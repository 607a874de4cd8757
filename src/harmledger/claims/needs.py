"""Needs: letters that a sentence must have for a rule's expression to match, told from the expression itself.

Most rules fail because one chunk is missing, a number say, and looking into the sentence for each of them costs more
than asking which kinds it has.
"""

import re
from dataclasses import dataclass, field
from typing import Final

_SIGNS: Final = re.compile(
    r"(?P<opens>\(\?(?:P<\w+>|:|<?[=!]))|(?P<closes>\))|(?P<parts>\|)|(?P<repeats>(?:[?*+]|\{\d+,\d*\})[?+]?)"
    r"|(?P<edge>[\^$])|(?P<letter>[\ue000-\uf8ff])"
)
"""All that expressions of rules are written with; of one that holds anything else nothing is told."""
_MAY_LACK: Final = ("?", "*", "{0")

Needs = list[frozenset[str]]
"""Sets of letters, of each of which every match needs one in the sentence."""


@dataclass(slots=True)
class _Group:
    """A group while it is read: for each of its alternatives the needs of its parts."""

    is_refused: bool = False
    alternatives: list[list[Needs]] = field(default_factory=lambda: [[]])


def find_needs(expression: str) -> Needs:
    """Give sets of letters, the smallest first, of each of which a sentence has one wherever the expression matches;
    what it looks for before and behind is among them.

    Fewer may be told than there are, and none where the expression is not understood.
    """
    groups, end = [_Group()], 0
    for sign in _SIGNS.finditer(expression):
        if sign.start() != end:
            return []
        end, kind, parts = sign.end(), sign.lastgroup, groups[-1].alternatives
        if kind == "letter":
            parts[-1].append([frozenset(sign[0])])
        elif kind == "opens":
            groups.append(_Group("!" in sign[0]))
        elif kind == "parts":
            parts.append([])
        elif kind == "closes":
            closed = groups.pop()
            if not groups:
                return []
            groups[-1].alternatives[-1].append([] if closed.is_refused else _join_needs(closed))
        elif kind == "repeats" and parts[-1] and sign[0].startswith(_MAY_LACK):
            parts[-1][-1] = []
    if end != len(expression) or len(groups) > 1:
        return []
    return sorted(_join_needs(groups[0]), key=len)


def _join_needs(group: _Group) -> Needs:
    """Give what every alternative needs: all that the only one does, else a letter of one set of each."""
    needs = [[letters for part in parts for letters in part] for parts in group.alternatives]
    if len(needs) == 1:
        return needs[0]
    return [frozenset().union(*(min(each, key=len) for each in needs))] if all(needs) else []
