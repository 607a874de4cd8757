"""Tellings to attacks: links of enough weight, taken strongest first, with a guard against chains."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from harmledger.incidents.candidates import pair_candidates
from harmledger.incidents.compare import THRESHOLD, contradict, score_pair
from harmledger.incidents.days import Days
from harmledger.incidents.geography import name_of
from harmledger.incidents.mentions import Mention
from harmledger.incidents.source import Sources
from harmledger.incidents.voices import key_voice
from harmledger.records.place import Place

RUNNING_SLACK_DAYS = 7
"""Two quotations of one running total may date its period this many days apart."""


def _sign(place: Place | None, days: Days | None) -> Hashable:
    """Give what bears on contradiction, so that a hundred tellings of one town and day are looked at once."""
    if place is None:
        return None, days
    return (place.id, place.name, place.admin1, place.lat, place.lon, place.precision), days


class _Cluster:
    """Tellings taken for one attack, with the different places, days and documents they name."""

    __slots__ = ("documents", "mentions", "signatures")

    def __init__(self, mention: Mention, position: int):
        self.mentions = [position]
        self.documents = {mention.document}
        self.signatures = {_sign(mention.place, mention.days): mention}

    def refuses(self, other: "_Cluster") -> bool:
        """Tell whether any two tellings contradict, or one document tells both as different attacks."""
        if not self.documents.isdisjoint(other.documents):
            return True
        return any(contradict(a, b) for a in self.signatures.values() for b in other.signatures.values())

    def absorb(self, other: "_Cluster") -> None:
        self.mentions.extend(other.mentions)
        self.documents |= other.documents
        self.signatures.update(other.signatures)


def _key_place(place: Place | None) -> Hashable:
    return None if place is None else place.id or (place.country, name_of(place))


def _same_telling(mention: Mention, sources: Sources) -> Hashable:
    voices: frozenset[Hashable] = frozenset()
    if mention.scope == "since_date":
        voices = frozenset(key_voice(claim, sources) for claim in mention.claims)
    return mention.family, mention.scope, _key_place(mention.place), mention.days, voices


def _sort_mentions(mentions: Iterable[Mention], sources: Sources) -> list[Mention]:
    """Give the mentions by publication, document and place in the text, whatever order they came in."""
    return sorted(mentions, key=lambda m: (sources.order_story(m.document), m.document, m.position))


def fold_copies(mentions: Sequence[Mention], sources: Sources) -> list[list[Mention]]:
    """Put together what near-copies of one document tell alike: the same place and days (and, for a running
    total, the same voice).

    Mentions of one document stay apart: the second at the same place and days goes with the second of the
    copy.
    """
    folded: dict[Hashable, list[Mention]] = {}
    seen: dict[Hashable, int] = defaultdict(int)
    for mention in mentions:
        key = _same_telling(mention, sources)
        seen[key, mention.document] += 1
        folded.setdefault((key, seen[key, mention.document]), []).append(mention)
    return list(folded.values())


def _link(groups: Sequence[Sequence[Mention]]) -> list[list[int]]:
    heads = [group[0] for group in groups]
    links = []
    for a, b in pair_candidates(heads):
        if heads[a].document == heads[b].document:
            continue
        score = score_pair(heads[a], heads[b])
        if score is not None and score >= THRESHOLD:
            links.append((-score, a, b))
    owner = [_Cluster(head, position) for position, head in enumerate(heads)]
    for position, group in enumerate(groups):
        owner[position].documents = {mention.document for mention in group}
    for _, a, b in sorted(links):
        first, second = owner[a], owner[b]
        if first is second or first.refuses(second):
            continue
        if len(first.mentions) < len(second.mentions):
            first, second = second, first
        first.absorb(second)
        for position in second.mentions:
            owner[position] = first
    return [cluster.mentions for cluster in dict.fromkeys(owner)]


def cluster_attacks(mentions: Iterable[Mention], sources: Sources) -> list[list[Mention]]:
    """Give the tellings of each attack together.

    Links of at least THRESHOLD are taken strongest first; a link that would bring together two tellings that
    contradict each other in place or days, or that one document tells as two attacks, is not taken: a chain
    of neighbours never glues two towns together. Ties are settled by publication and claim ids, so the result
    does not depend on the order of the input.
    """
    groups = fold_copies(_sort_mentions(mentions, sources), sources)
    return [
        [mention for position in sorted(cluster) for mention in groups[position]] for cluster in _link(groups)
    ]


def cluster_area_days(mentions: Iterable[Mention], sources: Sources) -> list[list[Mention]]:
    """Give the tellings of one area's total of the same days together, whoever says it.

    A total without a place or without days is joined only with the copies of its own document.
    """
    clusters: dict[Hashable, list[Mention]] = {}
    for mention in _sort_mentions(mentions, sources):
        key: Hashable = _same_telling(mention, sources)
        if mention.place is not None and mention.days is not None:
            key = _key_place(mention.place), mention.days
        clusters.setdefault(key, []).append(mention)
    return list(clusters.values())


def _is_one_period(a: Mention, b: Mention) -> bool:
    if a.days is None or b.days is None:
        return a.days == b.days and a.family == b.family
    return all(abs(x - y) <= RUNNING_SLACK_DAYS for x, y in zip(a.days, b.days, strict=True))


def _list_running_keys(mention: Mention, sources: Sources) -> list[Hashable]:
    """Give what two quotations of one running total share: place and figures, or place, period and voice."""
    where = _key_place(mention.place)
    figures = frozenset(
        (c.harm, c.group, c.count.value, c.count.low, c.count.high) for c in mention.claims if c.count
    )
    keys: list[Hashable] = [("figures", where, figures)] if figures else []
    voices = sorted({key_voice(claim, sources) for claim in mention.claims})
    keys.extend(("voice", where, voice, mention.days) for voice in voices if mention.days is not None)
    return keys


def cluster_running(mentions: Iterable[Mention], sources: Sources) -> list[list[Mention]]:
    """Give the quotations of one published running total together: the same area and period, and the same
    voice or the same figures."""
    clusters: list[list[Mention]] = []
    index: dict[Hashable, list[int]] = defaultdict(list)
    for group in fold_copies(_sort_mentions(mentions, sources), sources):
        mention = group[0]
        keys = _list_running_keys(mention, sources)
        near = (n for key in keys for n in index[key][-8:] if _is_one_period(clusters[n][0], mention))
        home = min(near, default=None)
        if home is None:
            home = len(clusters)
            clusters.append([])
        clusters[home].extend(group)
        for key in keys:
            if home not in index[key]:
                index[key].append(home)
    return clusters
