"""How far an incident has come towards publication, by what people signed; and who may take the next step.

An analyst accepts, an editor approves, a second editor publishes. Each signs what the incident held at that moment:
where it holds anything else now, none of the three counts any more, and it has to be looked at again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from harmledger.records.identity import identify
from harmledger.records.moment import order_moment
from harmledger.records.signing import Signing, SigningStep, State
from harmledger.records.vocabulary import IncidentStatus

Refusal = Literal["role", "order", "same_person", "done", "reason"]
"""Why a step may not be taken: the role does not reach; another step comes first; the person who approved may not publish; it
is so already; a reason is wanted."""

_EDITORS: Final = frozenset({"editor", "admin"})
_ANALYSTS: Final = frozenset({"analyst"}) | _EDITORS
_REASONED: Final = frozenset({"set_aside", "reopen"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an incident stands. A step that counts is there with who took it; `last` is the latest of them that was signed,
    whether it counts or not, since the last reopening: what changed is told against it."""

    state: State = "new"
    accepted: Signing | None = None
    approved: Signing | None = None
    published: Signing | None = None
    set_aside: Signing | None = None
    last: Signing | None = None
    versions: tuple[Signing, ...] = ()
    """What two editors published, one after another, since the last reopening; whether it counts still or not."""


NOTHING_SIGNED: Final = Standing()
"""Nobody signed anything."""


@dataclass(slots=True)
class _Chain:
    """The steps over one content."""

    accepted: Signing | None = None
    approved: Signing | None = None
    published: Signing | None = None

    def take(self, one: Signing) -> bool:
        """Take in a step; tell whether it is published by it."""
        if one.step == "accept":
            self.accepted = self.accepted or one
        elif one.step == "approve" and self.accepted is not None:
            self.approved = self.approved or one
        elif one.step == "publish" and self.approved is not None and self.approved.by != one.by:
            is_first = self.published is None
            self.published = self.published or one
            return is_first
        return False


def judge_standing(signings: Iterable[Signing], digest: str) -> Standing:
    """Give where an incident stands whose content has this digest; signings of its earlier ids count as its own."""
    chains: dict[str, _Chain] = {}
    versions: list[Signing] = []
    set_aside = last = None
    for one in sorted(signings, key=lambda one: (order_moment(one.at), one.id)):
        if one.step == "reopen":
            set_aside = last = None
            chains.clear()
            versions.clear()
            continue
        last = one
        if one.step == "set_aside":
            set_aside = one
        elif chains.setdefault(one.digest, _Chain()).take(one):
            versions.append(one)
    own = chains.get(digest, _Chain())
    accepted, approved, published = own.accepted, own.approved, own.published
    state: State = "new"
    if set_aside is not None:
        state = "set_aside"
    elif published is not None:
        state = "published"
    elif approved is not None:
        state = "approved"
    elif accepted is not None:
        state = "accepted"
    elif last is not None:
        state = "changed"
    return Standing(state, accepted, approved, published, set_aside, last, tuple(versions))


def refuse_step(
    step: SigningStep, by: str, role: str | None, standing: Standing, reason: str = ""
) -> Refusal | None:
    """Give why somebody in a role may not take a step; None where they may."""
    is_signed_off = standing.approved is not None
    wanted = (
        _EDITORS if step in ("approve", "publish") or (step in _REASONED and is_signed_off) else _ANALYSTS
    )
    if role not in wanted:
        return "role"
    if step in _REASONED and not reason.strip():
        return "reason"
    return _refuse_order(step, by, standing)


def _refuse_order(step: SigningStep, by: str, standing: Standing) -> Refusal | None:
    if step == "reopen":
        return "order" if standing.state == "new" else None
    if standing.set_aside is not None:
        return "done" if step == "set_aside" else "order"
    if step == "accept":
        return "done" if standing.accepted is not None else None
    if step == "approve":
        return "done" if standing.approved is not None else None if standing.accepted is not None else "order"
    if step == "publish":
        if standing.published is not None:
            return "done"
        if standing.approved is None:
            return "order"
        return "same_person" if standing.approved.by == by else None
    return None


def find_latest(standing: Standing) -> Signing | None:
    """Give the last step that counts; of an incident that changed the last of all, None where nothing is signed."""
    counted = (standing.set_aside, standing.published, standing.approved, standing.accepted, standing.last)
    return next((one for one in counted if one is not None), None)


def find_status(standing: Standing) -> IncidentStatus | None:
    """Give the status that an incident has by what was signed: reviewed from the first person's yes on, withdrawn where it is
    set aside; None where nothing counts."""
    if standing.set_aside is not None:
        return "withdrawn"
    return "reviewed" if standing.accepted is not None else None


def compose_signing(
    incident: str,
    step: SigningStep,
    content: Mapping[str, object],
    digest: str,
    by: str,
    at: str,
    reason: str = "",
    documents: Iterable[str] = (),
) -> Signing:
    """Give a step as it is recorded, with its id."""
    return Signing(
        id=name_signing(incident, step, digest, by, at, reason),
        incident=incident,
        step=step,
        digest=digest,
        content=content,
        by=by,
        at=at,
        reason=reason,
        documents=tuple(documents),
    )


def name_signing(incident: str, step: SigningStep, digest: str, by: str, at: str, reason: str) -> str:
    """Give the id of a step: SHA-256 over what is signed, who, when and why."""
    return identify((incident, step, digest, by, at, reason))
