"""The screen of one incident: every account with its claims, why it holds together, what stands near, who signed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from harmledger.desk.web.access import is_enough, requires
from harmledger.desk.web.building.models import Work
from harmledger.desk.web.building.works import find_last, list_open
from harmledger.desk.web.cases import NotReadyError, ServedCase, open_served
from harmledger.desk.web.faults import show_not_ready
from harmledger.desk.web.journal.models import Comment
from harmledger.desk.web.pages import mark_internal, open_frame, print_page
from harmledger.desk.web.public.questions import read_page
from harmledger.desk.web.review.differences import DifferenceLine, tell_differences
from harmledger.desk.web.review.presence import list_present, note_presence
from harmledger.desk.web.review.queue import carry_asked, read_asked
from harmledger.desk.web.review.sheets import (
    SHOWN_ID,
    AccountSheet,
    BondSheet,
    Decision,
    NearSheet,
    SheetDrawer,
    TellingSheet,
    tell_origin,
)
from harmledger.desk.web.review.shown import keep_shown
from harmledger.desk.web.wording import load_desk_words
from harmledger.pipeline.case_view import CaseView
from harmledger.pipeline.kept_forms import KeptForms
from harmledger.pipeline.review import Reviewed, bind_incident, find_near, open_review
from harmledger.pipeline.standings import Standings
from harmledger.publication.drawing.bars import Bar
from harmledger.publication.templating import draw_figure, scale_figures
from harmledger.publication.view.figures import Figure
from harmledger.publication.view.sheet import IncidentSheet
from harmledger.publication.wording import Wording
from harmledger.records.signing import Signing, SigningStep
from harmledger.review.content import compare_contents
from harmledger.review.effect import Effect, EntryChange, Sum
from harmledger.review.standing import Standing, refuse_step
from harmledger.store.queue import LookRow, open_queue
from harmledger.store.rulings import list_rulings_of_act

MOST_CLAIMS: Final = 100
"""Claims on one page of the screen; an incident that many told of has more pages."""

_ID: Final = re.compile(r"[0-9a-f]{64}")
_EFFECTS: Final = msgspec.json.Decoder(Effect)
_PUBLIC_STEM: Final = 16


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step towards publication: who took it, whether whoever looks may take it now and why not, and who took it over
    from another case."""

    step: SigningStep
    label: str
    by: str
    at: str
    may: bool
    refusal: str
    key: str
    origin: str


@dataclass(frozen=True, slots=True)
class EffectEntry:
    """An entry that came, went or changed: where and when it is, and what differs."""

    id: str
    href: str
    name: str
    kind: str
    lines: tuple[DifferenceLine, ...]


@dataclass(frozen=True, slots=True)
class EffectSheet:
    """What the last act changed: sums before and after, and entries."""

    sums: tuple[tuple[str, str, str], ...]
    entries: tuple[EffectEntry, ...]
    count: int
    problem: str
    by: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything the screen prints. `state` and `shown` go with every form."""

    id: str
    sheet: IncidentSheet
    accounts: tuple[AccountSheet, ...]
    claim_count: int
    part: int
    parts: int
    tellings: tuple[TellingSheet, ...]
    bonds: tuple[BondSheet, ...]
    near: tuple[NearSheet, ...]
    decisions: tuple[Decision, ...]
    comments: tuple[Comment, ...]
    standing: Standing
    steps: tuple[StepLine, ...]
    reasons: tuple[tuple[str, str], ...]
    score: str
    changed: tuple[DifferenceLine, ...]
    changed_since: str
    public_form: str
    effect: EffectSheet | None
    is_working: bool
    is_behind: bool
    people: tuple[str, ...]
    may_judge: bool
    state: str
    shown_at: str
    digest: str
    older: str | None
    newer: str | None
    queue_href: str
    public_href: str
    position: str
    done: str
    act: str
    asked: str


@require_safe
@requires("reader")
def show_incident(request: HttpRequest, id: str) -> HttpResponse:
    """Show the screen of an incident; an earlier id leads to the incident that it became part of."""
    try:
        with open_served() as case, case.read_view() as view:
            found = view.incidents.find(id)
            if len(found) != 1:
                raise Http404
            incident = found[0]
            if incident.id != id:
                query = f"?{request.GET.urlencode()}" if request.GET else ""
                return HttpResponseRedirect(reverse("review:incident", args=(incident.id,)) + query)
            reviewed = open_review(view, case.open_facts(), incident)
            page = _make_page(request, case, view, reviewed)
            with transaction.atomic():  # one write: whoever writes waits for all others that do
                note_presence(request.user.name, incident.id)
                keep_shown(reviewed)
            frame = mark_internal(open_frame(request, case))
            draw = partial(_draw_bar, scale_figures((page.sheet,)))
            return print_page(frame.render("review_incident.jinja", page, "review", draw=draw, level=2))
    except NotReadyError:
        return show_not_ready(request)


def _draw_bar(scales: Mapping[int, float], figure: Figure) -> Bar | None:
    """Give the bar of a figure; places hit have none."""
    return draw_figure(scales, figure) if id(figure) in scales else None


def list_comments(reviewed: Reviewed) -> list[Comment]:
    """Give the remarks on an incident and its claims, the earliest first."""
    incident = reviewed.incident
    targets = [incident.id, *incident.formerly, *reviewed.read]
    rows = Comment.objects.filter(case=settings.HARMLEDGER_CASE_KEY, target__in=targets[:5000])
    return list(rows.order_by("at", "id"))


def _make_page(request: HttpRequest, case: ServedCase, view: CaseView, reviewed: Reviewed) -> ReviewPage:
    words = open_frame(request, case).words
    desk = load_desk_words(words.language)["review"]
    incident = reviewed.incident
    comments = list_comments(reviewed)
    part = read_page(request.GET.get("part"))
    drawer = SheetDrawer(reviewed, words, desk, comments, ((part - 1) * MOST_CLAIMS + 1, part * MOST_CLAIMS))
    sheet = drawer.draw()
    accounts = drawer.draw_accounts(sheet)
    tellings, bonds = drawer.draw_chain(bind_incident(view, incident))
    row, older, newer = _find_beside(case, request, incident.id)
    changed, since = _tell_changed(reviewed, words, desk)
    asked = urlencode({name: value for name, value in read_asked(request.GET)[1].items() if value})
    return ReviewPage(
        id=incident.id,
        sheet=sheet,
        accounts=accounts,
        claim_count=len(incident.claims),
        part=part,
        parts=max(1, -(-drawer.count // MOST_CLAIMS)),
        tellings=tellings,
        bonds=bonds,
        near=drawer.draw_near(find_near(view, incident)),
        decisions=drawer.list_decisions(),
        comments=tuple(one for one in comments if one.target not in reviewed.read),
        standing=reviewed.standing,
        steps=list_steps(request, reviewed, words, desk),
        reasons=_tell_reasons(row, desk),
        score=words.digits(str(round(row.score))) if row else "",
        changed=changed,
        changed_since=since,
        public_form=_tell_public(case, view, reviewed, words, desk),
        effect=_tell_effect(find_last((incident.id, *incident.formerly)), view, words, desk),
        is_working=bool(list_open()),
        is_behind=bool(reviewed.waiting),
        people=tuple(
            name for name in list_present([incident.id]).get(incident.id, ()) if name != request.user.name
        ),
        may_judge=is_enough(request.role, "analyst"),
        state=reviewed.state,
        shown_at=datetime.now(UTC).isoformat(),
        digest=reviewed.digest,
        older=_link(older, asked),
        newer=_link(newer, asked),
        queue_href=reverse("review:queue") + (f"?{asked}" if asked else ""),
        public_href=reverse("public:incident", args=(incident.id[:_PUBLIC_STEM],)),
        position=_tell_position(reviewed),
        done=desk["done"].get(request.GET.get("done", ""), ""),
        act=_find_own_act(request, case),
        asked=carry_asked(request.META.get("QUERY_STRING", "")),
    )


def _link(id: str | None, asked: str) -> str | None:
    if id is None:
        return None
    href = str(reverse("review:incident", args=(id,)))
    return f"{href}?{asked}" if asked else href


def _find_beside(
    case: ServedCase, request: HttpRequest, id: str
) -> tuple[LookRow | None, str | None, str | None]:
    """Give the incident's row in the queue, and those after and before it among what was asked for."""
    try:
        with open_queue(case.folder) as queue:
            row = queue.fetch(id)
            if row is None:
                return None, None, None
            asked, _ = read_asked(request.GET)
            after = queue.find_next(asked, row.score, row.id)
            return row, after, queue.find_next(asked, row.score, row.id, is_before=True)
    except FileNotFoundError:
        return None, None, None


def _tell_reasons(row: LookRow | None, desk: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    if row is None:
        return ()
    return tuple((desk["reasons"][name], desk["reason_notes"][name]) for name, _ in json.loads(row.reasons))


def list_steps(
    request: HttpRequest, reviewed: Reviewed, words: Wording, desk: Mapping[str, Any]
) -> tuple[StepLine, ...]:
    """Give the three steps to publication, each with who took it or whether it may be taken."""
    standing = reviewed.standing
    taken: tuple[tuple[SigningStep, Signing | None, str], ...] = (
        ("accept", standing.accepted, "a"),
        ("approve", standing.approved, "p"),
        ("publish", standing.published, "u"),
    )
    found = []
    for step, signing, key in taken:
        refusal = refuse_step(step, request.user.name, request.role, standing)
        found.append(
            StepLine(
                step,
                words.label("signing", step),
                signing.by if signing else "",
                (words.stamp(signing.at) or signing.at) if signing else "",
                refusal is None,
                desk["refusals"][refusal] if refusal else "",
                key,
                tell_origin(signing, words, desk) if signing else "",
            )
        )
    return tuple(found)


def _tell_changed(
    reviewed: Reviewed, words: Wording, desk: Mapping[str, Any]
) -> tuple[tuple[DifferenceLine, ...], str]:
    """Give what changed since somebody last signed off, where anything did: since the approval if there was one."""
    last = reviewed.standing.last
    if last is None or last.digest == reviewed.digest:
        return (), ""
    since = desk["changed_since"].format(
        step=words.label("signing", last.step), by=words.isolate(last.by), at=words.stamp(last.at) or last.at
    )
    return tell_differences(compare_contents(last.content, reviewed.content), words, desk), since


def _tell_public(
    case: ServedCase, view: CaseView, reviewed: Reviewed, words: Wording, desk: Mapping[str, Any]
) -> str:
    """Tell what the public sees of what is not published as it is now, where the edition needs publication."""
    standing = reviewed.standing
    if case.settings.rules.needs != "published" or standing.published is not None:
        return ""
    kept = KeptForms(case.open_facts(), view, Standings(reviewed.signings)).find(reviewed.incident)
    if kept is None:
        return str(desk["not_public"])
    at = standing.versions[-1].at
    return str(desk["public_kept"]).format(at=words.stamp(at) or at)


def _find_own_act(request: HttpRequest, case: ServedCase) -> str:
    """Give the act that the page was led back from, where it stands and is of whoever looks: it can be taken back at once."""
    act = request.GET.get("act", "")
    if not _ID.fullmatch(act):
        return ""
    return (
        act if any(one.by == request.user.name for one in list_rulings_of_act(case.open_facts(), act)) else ""
    )


def _tell_effect(
    work: Work | None, view: CaseView, words: Wording, desk: Mapping[str, Any]
) -> EffectSheet | None:
    if work is None:
        return None
    if work.problem:
        return EffectSheet((), (), 0, work.problem, work.by)
    effect = _EFFECTS.decode(work.effect)
    sums = tuple(
        (words.label("harm", harm), _tell_sum(before, words), _tell_sum(after, words))
        for harm, (before, after) in effect.sums.items()
    )
    entries = tuple(_tell_entry(one, view, words, desk) for one in effect.entries[:8])
    return EffectSheet(sums, entries, effect.count, "", work.by)


def _tell_sum(told: Sum, words: Wording) -> str:
    return words.total(told.low, told.best, told.high, is_open=False)


def _tell_entry(one: EntryChange, view: CaseView, words: Wording, desk: Mapping[str, Any]) -> EffectEntry:
    lines = tell_differences(one.differences, words, desk) if one.kind == "changed" else ()
    found = view.incidents.find(one.id)
    name = one.id[:SHOWN_ID]
    if len(found) == 1:
        name = words.comma.join((words.place(found[0].place), words.time(found[0].time)))
    return EffectEntry(
        one.id, reverse("review:incident", args=(one.id,)), name, desk["entry"][one.kind], lines
    )


def _tell_position(reviewed: Reviewed) -> str:
    """Give latitude, longitude and radius of the place for the map; nothing where there is none."""
    place = reviewed.incident.place
    if place is None or place.lat is None or place.lon is None:
        return ""
    return f"{place.lat:.5f},{place.lon:.5f},{place.radius_km or 0:g}"


@require_safe
@requires("reader")
def show_presence(request: HttpRequest, id: str) -> HttpResponse:
    """Say that the page is open, and who else has it open."""
    if not _ID.fullmatch(id):
        raise Http404
    frame = open_frame(request)
    note_presence(request.user.name, id)
    people = [name for name in list_present([id]).get(id, ()) if name != request.user.name]
    return print_page(frame.render("review_people.jinja", people, "review"))


@require_safe
@requires("reader")
def show_work(request: HttpRequest, id: str) -> HttpResponse:
    """Say how far the builds have come; once there are none, have the page load again."""
    frame = open_frame(request)
    working = list_open()
    response = print_page(frame.render("review_work.jinja", working[0].step if working else "", "review"))
    if not working:
        response.headers["HX-Refresh"] = "true"
    return response
