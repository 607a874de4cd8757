"""Who had it first: which voices of an incident are independent of each other, and who only carried them on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from harmledger.incidents.accounts import Testimony
from harmledger.incidents.bodies import fold_body, is_body
from harmledger.incidents.mentions import reads_as_figure
from harmledger.incidents.source import Sources
from harmledger.incidents.voices import is_publisher
from harmledger.records.claim import Claim
from harmledger.records.origin import Carrier, Manner, Origin

_OUTLETS: Final = frozenset({None, "news", "social"})
"""Kinds of publisher that pass on what others say."""

PASTED_WORDS: Final = 8
"""So many consecutive words in common are no chance: the sentence was taken over."""
PASTED_SHARE: Final = 0.6
"""Of the runs of so many words of a sentence this share stands in another: it was taken over, more or less whole."""

_WORD: Final = re.compile(r"\w+")

Root = tuple[str, str]


def mark_origins(testimonies: Sequence[Testimony], sources: Sources) -> None:
    """Mark which voices are independent origins, and give each the root of what it says.

    A voice that passes another on (it stands in that voice's `via`) is none. The own voice of a news outlet is none
    where its reports quote others on the incident and it gives no figure that they do not give: it retells them. Where
    nothing else would be left, every voice stands. A voice all of whose figures stand in sentences that an earlier report
    has word for word shares that one's root: it pastes.
    """
    passing = {("name", name) for testimony in testimonies for name in _list_passing(testimony)}
    quoted = [testimony for testimony in testimonies if not testimony.is_own_voice]
    for testimony in testimonies:
        testimony.is_origin = testimony.key not in passing and not _retells(testimony, quoted)
    if not any(testimony.is_origin for testimony in testimonies):
        for testimony in testimonies:
            testimony.is_origin = True
    _find_roots(testimonies)
    if len({testimony.root for testimony in testimonies}) > 1:
        _find_pasted(testimonies, sources)


def count_origins(testimonies: Iterable[Testimony]) -> int:
    """Give the number of independent origins: voices with one root are one."""
    return len({testimony.root for testimony in testimonies if testimony.is_origin})


def list_roles(testimonies: Iterable[Testimony]) -> tuple[frozenset[str], ...]:
    """Give for each independent origin the roles of its voices; the publisher's own voice has that of its kind."""
    found: dict[Root, set[str]] = defaultdict(set)
    for testimony in testimonies:
        if testimony.is_origin:
            found[testimony.root].add(testimony.voice.role or "unnamed")
    return tuple(frozenset(found[root]) for root in sorted(found))


def _find_roots(testimonies: Sequence[Testimony]) -> None:
    """Give each voice the root of what it says: a body that speaks for itself, else the document it first stands in.

    A body is one of the register, quoted or on its own page; a news outlet's own words are the document's.
    What unnamed and unknown voices tell on a body's own page is that body's.
    """
    hosts: dict[str, Root] = {}
    for testimony in testimonies:
        if _speaks_for_itself(testimony):
            testimony.root = ("body", testimony.key[1])
            hosts.update(dict.fromkeys(testimony.own_families, testimony.root))
    for testimony in testimonies:
        if not _speaks_for_itself(testimony):
            testimony.root = hosts.get(testimony.origin, ("document", testimony.origin))


def _speaks_for_itself(testimony: Testimony) -> bool:
    is_outlet = testimony.is_own_voice and testimony.voice.role in _OUTLETS
    return testimony.key[0] == "name" and is_body(testimony.key[1]) and not is_outlet


def _retells(testimony: Testimony, quoted: Sequence[Testimony]) -> bool:
    if not testimony.is_own_voice or testimony.voice.role not in _OUTLETS:
        return False
    beside = [other for other in quoted if other.families & testimony.families]
    if not testimony.families <= {family for other in beside for family in other.families}:
        return False
    told = {figure for other in beside for figure in _list_totals(other)}
    return _list_totals(testimony) <= told


def _list_totals(testimony: Testimony) -> set[tuple[str, int]]:
    return {(harm, told.total.best) for harm, told in testimony.figures.items() if told.total is not None}


def _list_passing(testimony: Testimony) -> set[str]:
    names = {fold_body(name) for claim in testimony.claims for name in claim.voice.via}
    return names - set(testimony.key[1:])


class _Sentences:
    """Runs of words of the sentences of an incident, with who has each first."""

    def __init__(self, testimonies: Sequence[Testimony], sources: Sources) -> None:
        self._first: dict[tuple[str, ...], tuple[tuple[str, str], int]] = {}
        self._sources = sources
        for number, testimony in enumerate(testimonies):
            for claim in _list_telling(testimony):
                order = sources.order(claim.document)
                for run in _list_runs(claim):
                    known = self._first.get(run)
                    if known is None or (order, number) < known:
                        self._first[run] = order, number

    def find_source(self, claim: Claim, number: int) -> tuple[str, int] | None:
        """Give the earlier report, and the place of its voice, that has the claim's sentence; None where none has."""
        order = self._sources.order(claim.document)
        family = self._sources.family(claim.document)
        runs = _list_runs(claim)
        found: dict[tuple[str, int], int] = defaultdict(int)
        for run in runs:
            (_, document), who = self._first[run]
            is_other = who != number and self._sources.family(document) != family
            if is_other and self._first[run][0] < order:
                found[document, who] += 1
        if not found:
            return None
        best = min(found, key=lambda key: (-found[key], key))
        return best if sum(found.values()) >= PASTED_SHARE * len(runs) else None


def _list_telling(testimony: Testimony) -> Iterator[Claim]:
    """Give the claims of a voice that count somebody, one of each sentence."""
    seen: set[tuple[str, int]] = set()
    for claim in testimony.claims:
        key = claim.document, claim.evidence.start
        if reads_as_figure(claim) and key not in seen:
            seen.add(key)
            yield claim


def _list_runs(claim: Claim) -> list[tuple[str, ...]]:
    words = _WORD.findall(claim.evidence.text.casefold())
    return [tuple(words[at : at + PASTED_WORDS]) for at in range(len(words) - PASTED_WORDS + 1)]


def _find_pasted(testimonies: Sequence[Testimony], sources: Sources) -> None:
    """Give a voice that pastes the root of the voice whose sentences it has."""
    candidates = [
        number
        for number, one in enumerate(testimonies)
        if one.is_origin and one.root[0] == "document" and one.figures and one.is_own_voice
    ]
    if not candidates:
        return
    sentences = _Sentences(testimonies, sources)
    for number in candidates:
        told = [sentences.find_source(claim, number) for claim in _list_telling(testimonies[number])]
        found = [one for one in told if one is not None]
        if found and len(found) == len(told):
            testimonies[number].pasted = found[0][0]
            testimonies[number].source = found[0][1]
    for number in candidates:
        end = _follow(testimonies, number)
        testimonies[number].root, testimonies[number].is_origin = end.root, end.is_origin


def _follow(testimonies: Sequence[Testimony], number: int) -> Testimony:
    """Give the voice at the end of a line of pasting; each is earlier than the one before it, so there is an end."""
    seen = {number}
    while (above := testimonies[number].source) is not None and above not in seen:
        seen.add(above)
        number = above
    return testimonies[number]


def describe_origins(testimonies: Sequence[Testimony], sources: Sources) -> tuple[Origin, ...]:
    """Give the independent origins of an incident with the reports that carry each, the first published first."""
    members: dict[Root, list[int]] = defaultdict(list)
    for number, testimony in enumerate(testimonies):
        if testimony.is_origin:
            members[testimony.root].append(number)
    found = [_describe_origin(root, numbers, testimonies, sources) for root, numbers in members.items()]
    return tuple(one for _, one in sorted(found, key=lambda item: item[0]))


def _describe_origin(
    root: Root, numbers: Sequence[int], testimonies: Sequence[Testimony], sources: Sources
) -> tuple[tuple[str, str], Origin]:
    carriers: dict[str, Carrier] = {}
    for number in numbers:
        for claim in testimonies[number].claims:
            carrier = _describe_carrier(claim, testimonies[number], sources)
            known = carriers.get(claim.document)
            if known is None or _MANNERS.index(carrier.manner) < _MANNERS.index(known.manner):
                carriers[claim.document] = carrier
    documents = sorted(carriers, key=sources.order)
    origin = Origin(
        kind="body" if root[0] == "body" else "document",
        name=_name_root(root, numbers, testimonies, sources),
        accounts=tuple(numbers),
        first_published=sources.get(documents[0]).published,
        carriers=tuple(carriers[document] for document in documents),
    )
    return sources.order(documents[0]), origin


_MANNERS: Final[tuple[Manner, ...]] = ("copies", "own", "quotes", "pastes")
"""Of a report that carries an origin in several manners, the first of these is told."""


def _describe_carrier(claim: Claim, testimony: Testimony, sources: Sources) -> Carrier:
    head = sources.family(claim.document)
    if head != claim.document:
        return Carrier(claim.document, "copies", head)
    if testimony.pasted is not None:
        return Carrier(claim.document, "pastes", testimony.pasted)
    return Carrier(claim.document, "own" if is_publisher(claim.voice) else "quotes")


def _name_root(root: Root, numbers: Sequence[int], testimonies: Sequence[Testimony], sources: Sources) -> str:
    if root[0] == "document":
        return root[1]
    names = (
        testimonies[number].voice.name or sources.head(testimonies[number].origin).publisher
        for number in numbers
        if testimonies[number].key[1:] == root[1:]
    )
    return next((name for name in names if name), root[1])
