"""Accounts: one voice's toll for an incident, its later figures in place of the earlier."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from harmledger.incidents.bodies import fold_body, is_body
from harmledger.incidents.growth import Progress, tell_over_time
from harmledger.incidents.source import Sources
from harmledger.incidents.tolls import HarmFigures, index_counted
from harmledger.incidents.voices import VoiceKey, is_publisher, key_voice
from harmledger.records.claim import Claim, Voice
from harmledger.records.incident import Account

_OUTLETS: Final = frozenset({None, "news", "social"})
"""Kinds of publisher that pass on what others say."""


@dataclass(slots=True)
class Testimony:
    """All that one voice says of one incident, while the incident is being made.

    `progress` tells how its figures came to be, and `figures` the latest; `is_origin` tells whether it counts as
    independent of the others (`mark_origins`), and `root` is equal for voices that count as one origin.
    """

    key: VoiceKey
    voice: Voice
    origin: str
    claims: list[Claim]
    progress: Progress = field(default_factory=Progress)
    figures: dict[str, HarmFigures] = field(default_factory=dict)
    families: frozenset[str] = frozenset()
    is_own_voice: bool = False
    is_origin: bool = True
    own_families: frozenset[str] = frozenset()
    root: tuple[str, str] = ("", "")

    @property
    def published(self) -> str:
        """Sorts by the publication of its latest figures."""
        return self.progress.published

    def to_account(self, sources: Sources) -> Account:
        """Give the account as a record; ids in the order of publication and text."""
        earlier = self.progress.earlier
        replaced = {claim for figure in earlier for claim in figure.claims}
        documents = sorted({claim.document for claim in self.claims}, key=sources.order)
        return Account(
            voice=self.voice,
            origin=self.origin,
            first_published=self.progress.first_published,
            toll={harm: told.to_extent() for harm, told in sorted(self.figures.items())},
            documents=tuple(documents),
            claims=tuple(claim.id for claim in self.claims if claim.id not in replaced),
            earlier=tuple(earlier),
        )


def _name_speaker(claim: Claim, sources: Sources) -> Voice:
    """Give the voice of the account's first claim; the publisher's own takes the document's kind for a role."""
    voice = claim.voice
    if voice.role is None and is_publisher(voice):
        return replace(voice, role=sources.head(claim.document).kind)
    return voice


def gather_testimonies(claims: Sequence[Claim], sources: Sources) -> list[Testimony]:
    """Give what each voice says of the incident, in the order of first publication. Takes the claims in that order
    (`making.sort_claims`).

    A voice that only denies gives no account of harm; it stands in the attribution.
    """
    counted = index_counted(claims)
    by_voice: dict[VoiceKey, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.stance != "denied":
            by_voice[key_voice(claim, sources)].append(claim)
    testimonies = []
    for key, said in by_voice.items():
        progress = tell_over_time(said, sources, counted)
        testimony = Testimony(
            key=key,
            voice=_name_speaker(said[0], sources),
            origin=sources.family(said[0].document),
            claims=said,
            families=frozenset(sources.family(claim.document) for claim in said),
            is_own_voice=all(is_publisher(claim.voice) for claim in said),
            own_families=frozenset(
                sources.family(claim.document) for claim in said if is_publisher(claim.voice)
            ),
            progress=progress,
            figures=dict(progress.figures),
        )
        testimonies.append(testimony)
    mark_origins(testimonies)
    return testimonies


def mark_origins(testimonies: Sequence[Testimony]) -> None:
    """Mark which voices are independent origins.

    A voice that passes another on (it stands in that voice's `via`) is none. The own voice of a news outlet is
    none where its reports quote others on the incident and it gives no figure that they do not give: it
    retells them. Where nothing else would be left, every voice stands.
    """
    passing = {("name", name) for testimony in testimonies for name in _list_passing(testimony)}
    quoted = [testimony for testimony in testimonies if not testimony.is_own_voice]
    for testimony in testimonies:
        testimony.is_origin = testimony.key not in passing and not _retells(testimony, quoted)
    if not any(testimony.is_origin for testimony in testimonies):
        for testimony in testimonies:
            testimony.is_origin = True
    _find_roots(testimonies)


def count_origins(testimonies: Iterable[Testimony]) -> int:
    """Give the number of independent origins: voices with one root are one."""
    return len({testimony.root for testimony in testimonies if testimony.is_origin})


def _find_roots(testimonies: Sequence[Testimony]) -> None:
    """Give each voice the root of what it says: a body that speaks for itself, else the document it first stands in.

    A body is one of the register, quoted or on its own page; a news outlet's own words are the document's.
    What unnamed and unknown voices tell on a body's own page is that body's.
    """
    hosts: dict[str, tuple[str, str]] = {}
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
