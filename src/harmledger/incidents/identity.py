"""Incident ids: minted with an anchor claim, kept while documents come in, merge and split."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harmledger.incidents.source import Sources
from harmledger.records.claim import Claim
from harmledger.records.identity import identify
from harmledger.records.incident import Incident


@dataclass(frozen=True, slots=True)
class Named:
    """The id of a cluster of claims, the ids it had or swallowed, and the previous incident it continues."""

    id: str
    formerly: tuple[str, ...] = ()
    continues: Incident | None = None


def derive_id(claim: str) -> str:
    """Give the id that an incident with this anchor claim is minted with."""
    return identify(("incident", claim))


def list_anchors(claims: Sequence[Claim], sources: Sources) -> list[str]:
    """Give the ids of the claims in the order in which they would stand for the incident: published first,
    an original before its copies, then the smaller id."""
    ordered = sorted(claims, key=lambda c: (sources.order_story(c.document), c.id))
    return [claim.id for claim in ordered]


class _Ledger:
    """The previous incidents: whose anchor a claim is, and how old each is."""

    def __init__(self, previous: Sequence[Incident], sources: Sources, claims: Mapping[str, Claim]):
        self.by_id = {incident.id: incident for incident in sorted(previous, key=lambda i: repr(i.id))}
        self._sources = sources
        self._claims = claims

    def find_age(self, incident: Incident) -> tuple[str, str]:
        """Give the key by which the older of two incidents sorts first: its earliest claim's publication."""
        found = (self._claims.get(claim) for claim in incident.claims)
        dates = [self._sources.order_story(claim.document)[0] for claim in found if claim]
        return min(dates, default="~"), incident.id

    def place_all(self, home: Mapping[str, int]) -> dict[int, list[Incident]]:
        """Give, for each cluster, the previous incidents that live on in it.

        An incident goes where its anchor claim went. Where the anchor claim is gone it goes where most of its
        claims went, ties to the earlier cluster.
        """
        anchors = {derive_id(claim): cluster for claim, cluster in home.items()}
        placed: dict[int, list[Incident]] = defaultdict(list)
        for incident in self.by_id.values():
            cluster = anchors.get(incident.id)
            if cluster is None:
                votes: dict[int, int] = defaultdict(int)
                for claim in incident.claims:
                    if claim in home:
                        votes[home[claim]] += 1
                cluster = min(votes, key=lambda c: (-votes[c], c), default=None)
            if cluster is not None:
                placed[cluster].append(incident)
        return placed


def name_clusters(
    clusters: Sequence[Sequence[Claim]], sources: Sources, previous: Sequence[Incident] = ()
) -> list[Named]:
    """Give every cluster its id, in the order of the clusters.

    Without `previous`, the id is derived from the anchor claim. With it, a cluster that holds the anchor claim
    of an earlier incident keeps that id; one that holds several keeps the oldest and lists the others under
    `formerly`; of a split incident, the part with the anchor claim keeps the id.
    """
    claims = {claim.id: claim for cluster in clusters for claim in cluster}
    home = {claim.id: number for number, cluster in enumerate(clusters) for claim in cluster}
    ledger = _Ledger(previous, sources, claims)
    placed = ledger.place_all(home)
    used = {incident.id for incident in ledger.by_id.values()}
    named = []
    for number, cluster in enumerate(clusters):
        living = sorted(placed.get(number, ()), key=ledger.find_age)
        if living:
            first, *others = living
            swallowed = {other.id for other in others} | {f for i in living for f in i.formerly}
            named.append(Named(first.id, tuple(sorted(swallowed - {first.id})), first))
        else:
            named.append(Named(_mint(cluster, sources, used)))
        used.add(named[-1].id)
    return named


def _mint(cluster: Sequence[Claim], sources: Sources, used: set[str]) -> str:
    """Give a new id; where the anchor's is taken by an incident that lost it, the id of the next claim."""
    ids = [derive_id(anchor) for anchor in list_anchors(cluster, sources)]
    return next((i for i in ids if i not in used), derive_id(ids[0]))
