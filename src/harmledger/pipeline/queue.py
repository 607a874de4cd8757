"""The queue of a case kept up with its view and its signings: only what changed is weighed anew."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from harmledger import __version__
from harmledger.incidents.compare import THRESHOLD
from harmledger.incidents.components import Components
from harmledger.pipeline.case_view import CaseView, NoView, read_view
from harmledger.pipeline.case_work import cut_batches
from harmledger.pipeline.standings import Standings, open_standings
from harmledger.records.incident import Incident
from harmledger.review.reasons import REASONS, see_incident, weigh_look
from harmledger.review.standing import Standing
from harmledger.store.queue import LookRow, QueuedLook, open_queue
from harmledger.store.signings import mark_signings
from harmledger.store.view_tellings import Tellings
from harmledger.store.views import read_stamp

if TYPE_CHECKING:
    from harmledger.store.facts import Facts

_BATCH: Final = 500
_UNREAD: Final = "claims.number-unread"
_ENCODER: Final = msgspec.json.Encoder()


def is_queue_current(folder: Path, facts: "Facts") -> bool:
    """Tell whether the queue was made from the present view and all that was signed."""
    try:
        with open_queue(folder) as queue:
            return _describe_origin(folder, facts).items() <= queue.read_meta().items()
    except FileNotFoundError:
        return False


def count_behind(folder: Path) -> int:
    """Give how many incidents the view has that the queue does not have as they are. Raises NoView."""
    with read_view(folder) as view:
        present = {(id, check) for _, id, check in view.incidents.list_numbers()}
    try:
        with open_queue(folder) as queue:
            return len(present - set(queue.list_checks().items()))
    except FileNotFoundError:
        return len(present)


def refresh_queue(folder: Path, facts: "Facts") -> int:
    """Bring the queue up to date; gives how many incidents were weighed. Raises NoView."""
    with read_view(folder) as view, open_queue(folder, is_writing=True) as queue:
        origin = _describe_origin(folder, facts)
        told = queue.read_meta()
        known = queue.list_checks() if told.get("weights") == origin["weights"] else {}
        present = {id: (number, check) for number, id, check in view.incidents.list_numbers()}
        signed = open_standings(facts)
        is_signed_since = told.get("signings") != origin["signings"]
        moved = set(queue.find_present(signed.list_signed())) if is_signed_since else set()
        queue.drop(id for id in queue.list_checks() if id not in present)
        wanted = [id for id, (_, check) in present.items() if known.get(id) != check or id in moved]
        queue.put(_weigh_all(view, [(id, *present[id]) for id in sorted(wanted)], signed))
        queue.count_values()
        queue.put_meta(origin)
        return len(wanted)


def requeue_incident(folder: Path, facts: "Facts", id: str) -> None:
    """Weigh one incident anew, after something was signed of it."""
    try:
        with read_view(folder) as view, open_queue(folder, is_writing=True) as queue:
            found = view.incidents.find_check(id)
            incident = view.incidents.fetch((id,)).get(id)
            if incident is None or found is None:
                return
            signed = open_standings(facts, (id, *incident.formerly))
            queue.put(_weigh_all(view, [(id, *found)], signed))
            if queue.read_meta().get("view") == (read_stamp(folder) or ""):
                queue.put_meta({"signings": str(mark_signings(facts))})
    except NoView:
        return


def _describe_origin(folder: Path, facts: "Facts") -> dict[str, str]:
    weights = repr([(one.name, one.weight) for one in REASONS]) + __version__
    return {"view": read_stamp(folder) or "", "signings": str(mark_signings(facts)), "weights": weights}


def _weigh_all(
    view: CaseView, wanted: Sequence[tuple[str, int, int]], signed: Standings
) -> Iterator[QueuedLook]:
    """Weigh incidents given as id, number and check sum, some at a time."""
    tellings = Tellings(view.connection)
    for batch in cut_batches(wanted, _BATCH):
        incidents = dict(view.incidents.load(number for _, number, _ in batch))
        bonds = _find_bonds(tellings, incidents)
        documents = {document for one in incidents.values() for document in one.documents}
        unread = view.readings.count_problems(sorted(documents), _UNREAD)
        for _, number, check in batch:
            incident = incidents[number]
            bond = bonds.get(number)
            missed = sum(unread.get(document, 0) for document in incident.documents)
            yield weigh_incident(incident, check, bond, missed, signed.find(incident))


def weigh_incident(
    incident: Incident, checksum: int, bond: float | None, unread: int, standing: Standing
) -> QueuedLook:
    """Give an incident as the queue keeps it."""
    look = weigh_look(see_incident(incident, bond, unread, standing.state))
    place, time = incident.place, incident.time
    killed = incident.toll.get("killed")
    row = LookRow(
        id=incident.id,
        checksum=checksum,
        score=look.score,
        state=standing.state,
        scope=incident.scope,
        first=time.start if time else None,
        last=time.end if time else None,
        name=(place.name or place.wording) if place else None,
        province=place.admin1 if place else None,
        country=place.country if place else None,
        grade=incident.grade.value if incident.grade else None,
        low=killed.low if killed else None,
        best=killed.best if killed else None,
        high=killed.high if killed else None,
        reasons=_ENCODER.encode(look.reasons).decode(),
    )
    groups = {group for extent in incident.toll.values() for group in extent.groups}
    tags = (
        *(("reason", name) for name, _ in look.reasons),
        *(("means", means) for means in incident.means),
        *(("group", group) for group in sorted(groups.union(incident.targets))),
    )
    return QueuedLook(row, tags, tuple(incident.formerly))


def _find_bonds(tellings: Tellings, incidents: Iterable[int]) -> dict[int, float]:
    """Give for incidents by number how many bits above the threshold their weakest link lies: the weakest of the strongest
    that hold all together (a maximum spanning tree). Those without a link are left out."""
    by_incident: dict[int, list[tuple[float, int, int]]] = {}
    for incident, link in tellings.list_inner_links(incidents):
        by_incident.setdefault(incident, []).append((-link.score, link.later, link.earlier))
    weakest: dict[int, float] = {}
    for incident, links in by_incident.items():
        joined = Components({end for _, later, earlier in links for end in (later, earlier)})
        for score, later, earlier in sorted(links):
            if joined.find(later) != joined.find(earlier):
                joined.join(later, earlier)
                weakest[incident] = -score - THRESHOLD
    return weakest
