"""Incident ids: minted with an anchor claim, kept while documents come in, merge and split."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from harmledger.incidents.source import Sources
from harmledger.records.identity import identify
from harmledger.records.incident import Incident

ANCHORS: Final = 3
"""How many claims, of as many stories, an incident's id is held by: when the first is gone the next holds it."""

Story = tuple[str, str]
"""A claim's id and its document's."""


@dataclass(frozen=True, slots=True)
class Named:
    """The id of a cluster of claims, the ids it had or swallowed, and the previous incident it continues."""

    id: str
    formerly: tuple[str, ...] = ()
    continues: Incident | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An id given before: the claims that hold it, first the one it was minted with, and those that follow.

    Of several that meet in one cluster the one whose `age` sorts first stays. `formerly` are the ids that it
    swallowed before, `incident` what is known of it besides.
    """

    id: str
    anchors: tuple[str, ...]
    age: tuple[str | int, ...]
    formerly: tuple[str, ...] = ()
    incident: Incident | None = None


def derive_id(claim: str) -> str:
    """Give the id that an incident with this anchor claim is minted with."""
    return identify(("incident", claim))


def list_anchors(claims: Iterable[Story], sources: Sources) -> list[str]:
    """Give the claims in the order in which they stand for the incident: published first, an original before its
    copies, then the smaller id. ANCHORS of different stories come first, then the others."""
    ordered = sorted((sources.order_story(document), claim, document) for claim, document in claims)
    stories: dict[str, str] = {}
    for _, claim, document in ordered:
        stories.setdefault(sources.family(document), claim)
    first = list(stories.values())[:ANCHORS]
    return [*first, *(claim for _, claim, _ in ordered if claim not in set(first))]


def name_clusters(
    anchors: Sequence[Sequence[str]], held: Iterable[Held], find_home: Callable[[str], int | None]
) -> list[Named]:
    """Give every cluster its id, in the order of the clusters. `anchors` are the first claims of each, as
    `list_anchors` gives them; `find_home` gives the number of the cluster that a claim is in.

    An id goes where the first claim that holds it, and is still there, went. A cluster with several keeps the
    oldest and lists the others under `formerly`; of a split incident the part with the anchor keeps the id. A
    cluster with none gets the id of its first anchor.
    """
    living: dict[int, list[Held]] = defaultdict(list)
    used: set[str] = set()
    for one in held:
        used.add(one.id)
        home = next((home for claim in one.anchors if (home := find_home(claim)) is not None), None)
        if home is not None:
            living[home].append(one)
    named: dict[int, Named] = {}
    for number in sorted(range(len(anchors)), key=lambda number: anchors[number][0]):
        present = sorted(living.get(number, ()), key=lambda one: (one.age, one.id))
        if present:
            first = present[0]
            swallowed = {other.id for other in present} | {f for one in present for f in one.formerly}
            named[number] = Named(first.id, tuple(sorted(swallowed - {first.id})), first.incident)
        else:
            named[number] = Named(_mint(anchors[number], used))
        used.add(named[number].id)
    return [named[number] for number in range(len(anchors))]


def _mint(claims: Sequence[str], used: set[str]) -> str:
    """Give a new id; where the anchor's is taken by an incident that lost it, the id of the next claim."""
    ids = (derive_id(claim) for claim in claims)
    return next((one for one in ids if one not in used), derive_id(claims[0]))


def hold_previous(previous: Iterable[Incident], documents: Mapping[str, str], sources: Sources) -> list[Held]:
    """Give the ids of earlier incidents, held by their claims. `documents` gives the document of each claim.

    The claim that the id was minted with comes first, then the others in the order of the record. The older of
    two is the one whose earliest claim was published first.
    """
    held = []
    for incident in {one.id: one for one in sorted(previous, key=lambda i: repr(i.id))}.values():
        claims = sorted(incident.claims, key=lambda claim: derive_id(claim) != incident.id)
        found = (documents[claim] for claim in claims if claim in documents)
        published = min((sources.order_story(document)[0] for document in found), default="~")
        held.append(Held(incident.id, tuple(claims), (published,), incident.formerly, incident))
    return held
