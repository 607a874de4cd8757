"""Acts on an incident: judgements on its claims, signatures, remarks. Each says from which state of the incident it was made."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from harmledger.desk.clock import read_moment
from harmledger.desk.web.access import requires
from harmledger.desk.web.building.works import ask_build
from harmledger.desk.web.cases import NotReadyError, ServedCase, open_served
from harmledger.desk.web.faults import show_not_ready
from harmledger.desk.web.journal.chain import write_line
from harmledger.desk.web.journal.models import Comment
from harmledger.desk.web.pages import mark_internal, open_frame, print_page
from harmledger.desk.web.processes import hold_turn
from harmledger.desk.web.review.differences import DifferenceLine, tell_differences
from harmledger.desk.web.review.models import Shown
from harmledger.desk.web.review.queue import carry_asked
from harmledger.desk.web.review.sheets import Decision, SheetDrawer
from harmledger.desk.web.review.values import LONGEST, ActError, is_same, read_value
from harmledger.desk.web.wording import load_desk_words
from harmledger.pipeline.case_view import CaseView
from harmledger.pipeline.judging import compose_judgement
from harmledger.pipeline.kept_forms import compose_form
from harmledger.pipeline.queue import requeue_incident
from harmledger.pipeline.recording import BUSY, BusyError, record_judgements, sign_incident
from harmledger.pipeline.review import Reviewed, open_review
from harmledger.publication.wording import Wording
from harmledger.records.claim import Claim
from harmledger.records.judgement import CORRECTED, Judgement
from harmledger.records.signing import STEPS, SigningStep
from harmledger.records.vocabulary import JudgementKind
from harmledger.review.content import compare_contents
from harmledger.review.standing import compose_signing, refuse_step
from harmledger.store.lock import ACTS_FILE
from harmledger.store.rulings import list_rulings_of_act

KINDS: Final = ("exclude", "correct", "join", "split", "note", "undo")
_FIELDS: Final = (
    "kind",
    "claim",
    "other",
    "judgement",
    "act",
    "field",
    "value",
    "pick",
    "lat",
    "lon",
    "precision",
    "reach",
    "reason",
    "step",
    "text",
    "asked",
)
"""What forms send; whatever else comes is passed over."""


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """What is shown where an act was made from another state: what was sent, what others did since, what changed."""

    id: str
    href: str
    action: str
    given: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]
    decisions: tuple[Decision, ...]
    changed: tuple[DifferenceLine, ...]
    state: str
    shown_at: str
    digest: str
    wrong: str = ""
    hint: str = ""


@require_POST
@requires("analyst")
def judge(request: HttpRequest, id: str) -> HttpResponse:
    """Record a judgement on a claim of the incident."""
    return _act(request, id, "judge", _judge)


@require_POST
@requires("analyst")
def sign(request: HttpRequest, id: str) -> HttpResponse:
    """Record a step of the incident; who may take which is decided by `review.standing`."""
    return _act(request, id, "sign", _sign)


@require_POST
@requires("analyst")
def comment(request: HttpRequest, id: str) -> HttpResponse:
    """Keep a remark on the incident, or on a claim or a field of it. It changes nothing, so nothing can be in its way."""
    text = request.POST.get("text", "").replace("\0", "").strip()[:LONGEST]
    claim, field = request.POST.get("claim", "")[:64], request.POST.get("field", "")
    if field and field not in CORRECTED:
        raise Http404
    try:
        with open_served() as case, hold_turn(case.folder / ACTS_FILE) as is_ours, case.read_view() as view:
            if not is_ours:
                return show_not_ready(request, "busy")
            reviewed = _find(view, case, id)
            if claim and claim not in reviewed.read:
                raise Http404
            target = claim or reviewed.incident.id
            if text:
                Comment.objects.create(
                    case=settings.HARMLEDGER_CASE_KEY,
                    target=target,
                    field=field,
                    author=request.user.name,
                    at=datetime.now(UTC),
                    text=text,
                )
                write_line(request.user.name, "comment", reviewed.incident.id, claim=claim, field=field)
            return _lead_back(request, reviewed.incident.id, "comment", claim)
    except NotReadyError:
        return show_not_ready(request)


@require_POST
@requires("analyst")
def build(request: HttpRequest, id: str) -> HttpResponse:
    """Have the record follow what was decided elsewhere, and lead back to the incident."""
    try:
        with open_served() as case, case.read_view() as view:
            found = view.incidents.find(id)
    except NotReadyError:
        return show_not_ready(request)
    if len(found) != 1:
        raise Http404
    target = found[0].id
    ask_build(request.user.name, target)
    write_line(request.user.name, "build", target)
    return _lead_back(request, target, "build")


def _act(request: HttpRequest, id: str, action: str, do: Any) -> HttpResponse:
    """Act on the state that the form was made from. From looking at the state to recording, one acts at a time: of two who
    send at once, the second is shown what the first did."""
    try:
        with open_served() as case, hold_turn(case.folder / ACTS_FILE) as is_ours, case.read_view() as view:
            reviewed = _find(view, case, id)
            if request.POST.get("state") != reviewed.state:
                return _show_conflict(request, case, view, reviewed, action)
            try:
                if not is_ours:
                    raise BusyError(BUSY)
                return cast("HttpResponse", do(request, case, view, reviewed))
            except (ActError, BusyError) as error:
                return _show_conflict(request, case, view, reviewed, action, str(error))
    except NotReadyError:
        return show_not_ready(request)


def _find(view: CaseView, case: ServedCase, id: str) -> Reviewed:
    found = view.incidents.find(id)
    if len(found) != 1:
        raise Http404
    return open_review(view, case.open_facts(), found[0])


def _judge(request: HttpRequest, case: ServedCase, view: CaseView, reviewed: Reviewed) -> HttpResponse:
    given = request.POST
    at = read_moment()
    kind = given.get("kind", "")
    if kind not in KINDS:
        raise ActError(f"{kind!r:.40} is no judgement")
    try:
        judgements, documents = _compose(
            given, cast("JudgementKind", kind), case, view, reviewed, request.user.name, at
        )
    except ValueError as error:
        raise ActError(str(error)) from error
    record_judgements(case.open_facts(), case.folder, judgements, documents)
    for one in judgements:
        about = {"claims": list(one.claims), "field": one.field, "undoes": one.undoes, "judgement": one.id}
        told = {name: value for name, value in about.items() if value}
        write_line(request.user.name, f"judgement.{kind}", reviewed.incident.id, **told)
    if kind != "note":
        ask_build(request.user.name, reviewed.incident.id)
    claim = given.get("claim", "") if kind != "join" else ""
    return _lead_back(request, reviewed.incident.id, kind, claim, "" if kind == "undo" else judgements[0].id)


def _compose(
    given: Mapping[str, str],
    kind: JudgementKind,
    case: ServedCase,
    view: CaseView,
    reviewed: Reviewed,
    by: str,
    at: str,
) -> tuple[list[Judgement], dict[str, str]]:
    """Give the judgements that a form asks for, and the documents of their claims."""
    reason = given.get("reason", "").replace("\0", "").strip()[:LONGEST]
    if kind == "undo":
        undone = _list_undone(given, case, reviewed, by)
        return [compose_judgement("undo", (), reason, by, at, undoes=one) for one in undone], {}
    claim = _choose_claim(given.get("claim", ""), reviewed, view)
    if kind in ("join", "split"):
        other = _choose_other(given.get("other", ""), view)
        documents = {claim.id: claim.document, other.id: other.document}
        return [compose_judgement(kind, (claim.id, other.id), reason, by, at)], documents
    if kind != "correct":
        return [compose_judgement(kind, (claim.id,), reason, by, at)], {claim.id: claim.document}
    return _correct(given, claim, case, reviewed, reason, by, at)


def _list_undone(given: Mapping[str, str], case: ServedCase, reviewed: Reviewed, by: str) -> list[str]:
    """Give the ids of what is taken back: one judgement of the incident, or an act of one's own as a whole, wherever its claims
    went by it."""
    if act := given.get("act", ""):
        own = [one.id for one in list_rulings_of_act(case.open_facts(), act) if one.by == by]
    else:
        own = [one.id for one in reviewed.judgements if one.id == given.get("judgement", "")]
    if not own:
        raise ActError("this judgement does not stand any more")
    return own


def _choose_claim(id: str, reviewed: Reviewed, view: CaseView) -> Claim:
    claim = reviewed.read.get(id)
    if claim is None and not id and reviewed.incident.claims:
        claim = reviewed.read.get(reviewed.incident.claims[0])
    if claim is None:
        raise ActError("this claim is not of this entry any more")
    return claim


def _choose_other(id: str, view: CaseView) -> Claim:
    """Give the claim with this id, or the first claim of the incident that has it; an address of its page will do."""
    told = re.findall(r"[0-9a-f]{8,64}", id)
    id = max(told, key=len) if told else id
    found = view.readings.fetch_claims_by_id((id,)) if id else {}
    if id in found:
        return found[id]
    homes = view.incidents.find(id) if len(id) > 7 else []
    if len(homes) != 1:
        raise ActError("there is no such claim or entry")
    first = homes[0].claims[0]
    return view.readings.fetch_claims_by_id((first,))[first]


def _correct(
    given: Mapping[str, str],
    claim: Claim,
    case: ServedCase,
    reviewed: Reviewed,
    reason: str,
    by: str,
    at: str,
) -> tuple[list[Judgement], dict[str, str]]:
    """Give the corrections of one field: of the claim, or of all of the incident's claims that say the same there."""
    field = given.get("field", "")
    present = reviewed.claims.get(claim.id, claim)
    value = read_value(given, field, present, case.given.countries)
    if given.get("reach") == "all":
        own = [
            one for one in reviewed.claims.values() if is_same(getattr(one, field), getattr(present, field))
        ]
    else:
        own = [claim]
    judgements = [
        compose_judgement("correct", (one.id,), reason, by, at, field=field, value=value)
        for one in sorted(own, key=lambda one: one.id)
    ]
    return judgements, {one.id: one.document for one in own}


def _sign(request: HttpRequest, case: ServedCase, view: CaseView, reviewed: Reviewed) -> HttpResponse:
    step = request.POST.get("step", "")
    if step not in STEPS:
        raise ActError(f"{step!r:.40} is no step")
    reason = request.POST.get("reason", "").replace("\0", "").strip()[:LONGEST]
    words = load_desk_words(open_frame(request).words.language)["review"]
    refusal = refuse_step(
        cast("SigningStep", step), request.user.name, request.role, reviewed.standing, reason
    )
    if refusal is not None:
        raise ActError(words["refusals"][refusal])
    if reviewed.waiting and step in ("accept", "approve", "publish"):
        raise ActError(words["not_built"])
    at = read_moment()
    incident = reviewed.incident
    signing = compose_signing(
        incident.id,
        cast("SigningStep", step),
        reviewed.content,
        reviewed.digest,
        request.user.name,
        at,
        reason,
        incident.documents,
    )
    form = compose_form(incident, reviewed.claims.values()) if step == "publish" else ""
    sign_incident(case.open_facts(), case.folder, signing, form)
    write_line(request.user.name, f"signing.{step}", incident.id, digest=reviewed.digest)
    requeue_incident(case.folder, case.open_facts(), incident.id)
    return _lead_back(request, incident.id, step)


def _lead_back(request: HttpRequest, id: str, done: str, claim: str = "", act: str = "") -> HttpResponse:
    """Lead back to the screen, with what was asked of the queue and the act that can be taken back, and to the claim."""
    asked = carry_asked(request.POST.get("asked", ""))
    anchor = f"#c-{claim[:12]}" if claim else ""
    href = reverse("review:incident", args=(id,))
    return HttpResponseRedirect(
        f"{href}?done={done}{f'&act={act}' if act else ''}{'&' if asked else ''}{asked}{anchor}", status=303
    )


def _show_conflict(
    request: HttpRequest,
    case: ServedCase,
    view: CaseView,
    reviewed: Reviewed,
    action: str,
    wrong: str = "",
) -> HttpResponse:
    """Show an act that was not done, beside what happened meanwhile; nothing of it is lost, and it can be confirmed."""
    words = open_frame(request, case).words
    desk = load_desk_words(words.language)["review"]
    since = request.POST.get("shown_at", "")[:40]
    drawer = SheetDrawer(reviewed, words, desk, ())
    given = tuple((name, value[:LONGEST]) for name in _FIELDS if (value := request.POST.get(name, "")))
    page = ConflictPage(
        id=reviewed.incident.id,
        href=reverse("review:incident", args=(reviewed.incident.id,)),
        action=reverse(f"review:{action}", args=(reviewed.incident.id,)),
        given=given,
        told=tuple(
            (desk["given"].get(name, name), _tell_given(name, value, words, desk))
            for name, value in given
            if name != "asked" and not (wrong and name in ("value", "reason"))
        ),
        decisions=() if wrong else drawer.list_decisions(since),
        changed=() if wrong else _tell_changes(request.POST.get("digest", ""), reviewed, words, desk),
        state=reviewed.state,
        shown_at=datetime.now(UTC).isoformat(),
        digest=reviewed.digest,
        wrong=wrong,
        hint=desk["hints"].get(request.POST.get("field", ""), "") if wrong else "",
    )
    frame = mark_internal(open_frame(request, case))
    return print_page(frame.render("review_conflict.jinja", page, "review"), status=422 if wrong else 409)


def _tell_given(name: str, value: str, words: Wording, desk: Mapping[str, Any]) -> str:
    if name == "kind":
        return str(desk["kinds"].get(value, value))
    if name == "step":
        return words.label("signing", value)
    if name == "field":
        return str(desk["fields"].get(value, value))
    if name == "pick":
        found = re.search(r'"name": "([^"]{1,120})"', value)
        return found[1] if found else ""
    return value[:12] if name in ("claim", "other", "judgement", "act") else value


def _tell_changes(
    digest: str, reviewed: Reviewed, words: Any, desk: Mapping[str, Any]
) -> tuple[DifferenceLine, ...]:
    shown = Shown.objects.filter(case=settings.HARMLEDGER_CASE_KEY, digest=digest[:64]).first()
    if shown is None or digest == reviewed.digest:
        return ()
    return tell_differences(compare_contents(json.loads(shown.content), reviewed.content), words, desk)
