"""What one family of near-copies tells of one attack, area-day or running total: the thing that is linked."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar, cast

from harmledger.incidents.dating import NO_DATING, Dating, find_dating
from harmledger.incidents.days import Days
from harmledger.incidents.geography import name_of
from harmledger.incidents.kinship import sketch_words
from harmledger.incidents.mentions import Figure, Mention, Rank, list_sentences
from harmledger.incidents.source import Sources
from harmledger.incidents.voices import key_voice
from harmledger.records.place import Place
from harmledger.records.vocabulary import IncidentScope

T = TypeVar("T")

_SEPARATOR: Final = "\x1f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Mentions that near-copies of one document share: the first speaks for all when tellings are compared.

    `order` sorts tellings by the publication of their story, originals before copies, then by document and by
    the place in the text; no two are equal. `place` to `figures` are the first mention's, `documents` those of
    all mentions, and `claims` the ids of all their claims with the numbers of their documents in `documents`.
    `joins` are what brings tellings of totals together: two that share one may be quotations of one total.
    `words` is the sketch of the first mention's sentences (`incidents.kinship`), `dating` what they say of
    the day where there is none, and `rank` its place among the attacks of its document.
    """

    scope: IncidentScope
    family: str
    order: str
    document: str
    place: Place | None
    days: Days | None
    means: frozenset[str]
    targets: frozenset[str]
    actors: frozenset[str]
    figures: Mapping[str, frozenset[Figure]]
    documents: tuple[str, ...]
    claims: tuple[tuple[int, str], ...]
    joins: tuple[str, ...] = ()
    words: bytes = b""
    dating: Dating = NO_DATING
    rank: Rank | None = None


def slim_telling(telling: Telling, pool: dict[Any, Any], kept: AbstractSet[str] = frozenset()) -> Telling:
    """Give the telling with no claims but those in `kept`, and with one value for all that are equal: `pool` holds those
    met so far.

    That is all linking needs, at a third of the memory.
    """

    def share(value: T) -> T:
        found: T = pool.setdefault(value, value)
        return found

    return replace(
        telling,
        family=share(telling.family),
        document=share(telling.document),
        place=share(telling.place),
        means=share(telling.means),
        targets=share(telling.targets),
        actors=share(telling.actors),
        figures={share(harm): share(told) for harm, told in telling.figures.items()},
        documents=share(tuple(share(document) for document in telling.documents)),
        words=share(telling.words),
        claims=tuple(claim for claim in telling.claims if claim[1] in kept) if kept else (),
    )


def key_place(place: Place | None) -> Hashable:
    """Give what two mentions of one place share, found in the gazetteer or not."""
    return None if place is None else place.id or (place.country, name_of(place))


def fold_family(mentions: Iterable[Mention], sources: Sources) -> list[Telling]:
    """Put together what near-copies of one document tell alike: the same place and days (and, for a running
    total, the same voice). Takes the mentions of whole families; gives tellings in their order.

    Mentions of one document stay apart: the second at the same place and days goes with the second of the
    copy. Running totals that give no figure are left out.
    """
    told = [mention for mention in mentions if not mention.is_empty_total]
    ordered = sorted((_order_mention(mention, sources), number) for number, mention in enumerate(told))
    folded: dict[Hashable, list[tuple[str, Mention]]] = {}
    seen: dict[Hashable, int] = defaultdict(int)
    for order, number in ordered:
        key = _same_telling(told[number], sources)
        if sources.rulings.apart and sources.rulings.list_barred(one.id for one in told[number].claims):
            key = told[number].document, key  # what a person told apart is not taken for the like of a copy
        seen[key, told[number].document] += 1
        folded.setdefault((key, seen[key, told[number].document]), []).append((order, told[number]))
    ranks = _rank_mentions(told)
    return [_make_telling(copies, ranks.get(id(copies[0][1])), sources) for copies in folded.values()]


def _rank_mentions(mentions: Iterable[Mention]) -> dict[int, Rank]:
    """Give the rank of each attack among those of its document."""
    attacks: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.scope == "attack":
            attacks[mention.document].append(mention)
    ranks: dict[int, Rank] = {}
    for told in attacks.values():
        first = min(told, key=lambda mention: mention.position)
        ranks.update((id(mention), "later" if mention.figures else "passing") for mention in told)
        ranks[id(first)] = "only" if len(told) == 1 else "first"
    return ranks


def _order_mention(mention: Mention, sources: Sources) -> str:
    published, is_copy = sources.order_story(mention.document)
    start, cue, claim = mention.position
    parts = (published, str(int(is_copy)), mention.document, f"{start:010}", f"{cue:010}", claim)
    return _SEPARATOR.join(parts)


def _same_telling(mention: Mention, sources: Sources) -> Hashable:
    voices: frozenset[Hashable] = frozenset()
    if mention.scope == "since_date":
        voices = frozenset(key_voice(claim, sources) for claim in mention.claims)
    return mention.family, mention.scope, key_place(mention.place), mention.days, voices


def _make_telling(copies: Sequence[tuple[str, Mention]], rank: Rank | None, sources: Sources) -> Telling:
    order, first = copies[0]
    documents = tuple(dict.fromkeys(mention.document for _, mention in copies))
    places = {document: number for number, document in enumerate(documents)}
    sentences = list_sentences(first) if first.scope == "attack" else []
    return Telling(
        scope=cast(IncidentScope, first.scope),
        family=first.family,
        order=order,
        document=first.document,
        place=first.place,
        days=first.days,
        means=frozenset(first.means),
        targets=frozenset(first.targets),
        actors=frozenset(first.actors),
        figures={harm: frozenset(told) for harm, told in sorted(first.figures.items())},
        documents=documents,
        claims=tuple((places[m.document], claim.id) for _, m in copies for claim in m.claims),
        joins=tuple(dict.fromkeys(_list_joins(first, sources))),
        words=sketch_words(sentences),
        dating=find_dating(sentences) if first.days is None else NO_DATING,
        rank=rank,
    )


def _list_joins(mention: Mention, sources: Sources) -> Iterator[str]:
    """Give what two tellings of one total share.

    Of an area's day the place and the days; without them only what its copies share. Of a running total place
    and figures, or place, period and voice.
    """
    where = key_place(mention.place)
    if mention.scope == "area_day":
        is_placed = mention.place is not None and mention.days is not None
        yield repr((where, mention.days) if is_placed else (mention.family, where, mention.days))
    elif mention.scope == "since_date":
        figures = {
            repr((c.harm, c.group, c.count.value, c.count.low, c.count.high))
            for c in mention.claims
            if c.count
        }
        if figures:
            yield repr(("figures", where, sorted(figures)))
        for voice in sorted({key_voice(claim, sources) for claim in mention.claims}):
            if mention.days is not None:
                yield repr(("voice", where, voice, mention.days))
