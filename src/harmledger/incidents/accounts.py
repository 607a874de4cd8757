"""Accounts: one voice's toll for an incident, its later figures in place of the earlier."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from harmledger.incidents.growth import Progress, tell_over_time
from harmledger.incidents.source import Sources
from harmledger.incidents.tolls import HarmFigures, index_counted
from harmledger.incidents.voices import VoiceKey, is_publisher, key_voice
from harmledger.records.claim import Claim, Voice
from harmledger.records.incident import Account


@dataclass(slots=True)
class Testimony:
    """All that one voice says of one incident, while the incident is being made.

    `progress` tells how its figures came to be, and `figures` the latest; `is_origin` tells whether it counts as
    independent of the others, and `root` is equal for voices that count as one origin. Of one that has another's sentences
    `pasted` is the document that they stand in first, and `source` the place of its voice. `incidents.origins` fills these in.
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
    pasted: str | None = None
    source: int | None = None

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
    return testimonies
