"""The form of an act: what a field may hold, in the words of its vocabulary, or the place looked up and set on a map."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from harmledger.desk.web.access import requires
from harmledger.desk.web.cases import NotReadyError, ServedCase, open_served
from harmledger.desk.web.faults import show_not_ready, show_refused
from harmledger.desk.web.pages import choose_words, mark_internal, open_frame, print_page
from harmledger.desk.web.review.acts import KINDS
from harmledger.desk.web.review.queue import carry_asked
from harmledger.desk.web.review.sheets import ClaimSheet, SheetDrawer
from harmledger.desk.web.review.shown import keep_shown
from harmledger.desk.web.review.values import ACTOR_ROWS, is_same
from harmledger.desk.web.texts.sheets import tell_field, tell_place
from harmledger.desk.web.wording import load_desk_words
from harmledger.pipeline.judging import write_value
from harmledger.pipeline.placing import list_towns, search_places
from harmledger.pipeline.review import Reviewed, open_review
from harmledger.places.town import Box
from harmledger.publication.wording import Wording
from harmledger.records.claim import Claim
from harmledger.records.judgement import CORRECTED
from harmledger.records.place import Place
from harmledger.records.vocabulary import PEOPLE_GROUPS, PLACE_GROUPS, VOCABULARIES

_LISTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "harm": ("harm", VOCABULARIES["harm"]),
    "group": ("group", PEOPLE_GROUPS + PLACE_GROUPS),
    "scope": ("scope", VOCABULARIES["scope"]),
    "stance": ("stance", VOCABULARIES["stance"]),
    "means": ("means", VOCABULARIES["means"]),
}
_REQUIRED: Final = frozenset({"scope", "stance"})


@dataclass(frozen=True, slots=True)
class PlaceOption:
    """A place that a name may mean: what it is called, where it is, and itself as JSON."""

    told: str
    value: str
    lat: str
    lon: str


@dataclass(frozen=True, slots=True)
class ActPage:
    """What the form of an act prints. `options` are pairs of code and words; `others` the claims that one may be told apart from."""

    id: str
    href: str
    kind: str
    field: str
    label: str
    claim: ClaimSheet | None
    other: str
    value: str
    present: str
    options: tuple[tuple[str, str], ...]
    places: tuple[PlaceOption, ...]
    query: str
    lat: str
    lon: str
    precision: str
    precisions: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    others: tuple[ClaimSheet, ...]
    same: int
    state: str
    shown_at: str
    digest: str
    asked: str = ""
    is_part: bool = False


@require_safe
@requires("analyst")
def show_act(request: HttpRequest, id: str) -> HttpResponse:
    """Show the form of one act on a claim, by itself or for a place in the incident's page: then it is made from the state
    that the page shows, which it sends, and not from a later one that nobody looked at."""
    try:
        with open_served() as case, case.read_view() as view:
            found = view.incidents.find(id)
            if len(found) != 1:
                raise Http404
            reviewed = open_review(view, case.open_facts(), found[0])
            keep_shown(reviewed)
            page = _make_page(request, case, reviewed)
            frame = mark_internal(open_frame(request, case))
            name = "review_act_form.jinja" if page.is_part else "review_act.jinja"
            return print_page(frame.render(name, page, "review"))
    except NotReadyError:
        return show_not_ready(request)


@require_safe
@requires("analyst")
def show_places(request: HttpRequest) -> HttpResponse:
    """Give the places that a name may mean."""
    try:
        with open_served() as case:
            frame = open_frame(request, case)
            options = _list_places(request.GET.get("value", ""), case, frame.words)
            return print_page(frame.render("review_places.jinja", options, "review"))
    except NotReadyError:
        return show_not_ready(request)


@require_safe
@requires("reader")
def show_towns(request: HttpRequest) -> HttpResponse:
    """Give the towns and villages of a part of the map, as JSON: what a point lies near."""
    try:
        box = Box(*(float(edge) for edge in request.GET.get("bbox", "").split(",")))
    except (TypeError, ValueError):
        return show_refused(request)
    try:
        with open_served() as case:
            name = choose_words().name_place
            found = list_towns(box, case.given.countries)
            told = [{"name": name(one.name, one.country), "lat": one.lat, "lon": one.lon} for one in found]
            return JsonResponse({"towns": told})
    except NotReadyError:
        return show_not_ready(request)


def _make_page(request: HttpRequest, case: ServedCase, reviewed: Reviewed) -> ActPage:
    given = request.GET
    kind, field = given.get("kind", ""), given.get("field", "")
    if kind not in (*KINDS, "remark") or (kind == "correct" and field not in CORRECTED):
        raise Http404
    words = open_frame(request, case).words
    desk = load_desk_words(words.language)["review"]
    sheets = _draw_claims(reviewed, words, desk)
    id = given.get("claim", "")
    claim = reviewed.claims.get(id) or reviewed.read.get(id)
    if claim is None and kind != "join":
        raise Http404
    value = getattr(claim, field) if claim is not None and field else None
    place = value if isinstance(value, Place) else None
    is_place = kind == "correct" and field == "place"
    query = given.get("value", "")[:120] or ((place.wording or place.name or "") if place else "")
    return ActPage(
        id=reviewed.incident.id,
        href=reverse("review:incident", args=(reviewed.incident.id,)),
        kind=kind,
        field=field,
        label=desk["fields"].get(field, field),
        claim=sheets.get(id),
        other=given.get("other", "")[:64],
        value=write_value(field, value),
        present=tell_field(field, value, words) if field else "",
        options=_list_options(field, words, desk),
        places=_list_places(query, case, words) if is_place else (),
        query=query,
        lat=f"{place.lat:.5f}" if place and place.lat is not None else "",
        lon=f"{place.lon:.5f}" if place and place.lon is not None else "",
        precision=(place.precision or "") if place else "",
        precisions=tuple((one, desk["precisions"][one]) for one in VOCABULARIES["place precision"]),
        roles=_list_roles(field, words, desk),
        rows=_list_rows(field, claim),
        others=tuple(one for one in sheets.values() if one.id != id) if kind == "split" else (),
        same=_count_same(reviewed, claim, field),
        state=given.get("state", "")[:64] or reviewed.state,
        shown_at=given.get("shown_at", "")[:40] or datetime.now(UTC).isoformat(),
        digest=given.get("digest", "")[:64] or reviewed.digest,
        asked=carry_asked(request.headers.get("HX-Current-URL", "").partition("#")[0].partition("?")[2]),
        is_part=request.headers.get("HX-Request") == "true",
    )


def _draw_claims(reviewed: Reviewed, words: Wording, desk: Mapping[str, Any]) -> dict[str, ClaimSheet]:
    drawer = SheetDrawer(reviewed, words, desk, ())
    accounts = drawer.draw_accounts(drawer.draw())
    return {one.id: one for account in accounts for one in account.claims}


def _list_options(field: str, words: Wording, desk: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    if field not in _LISTS:
        return ()
    vocabulary, terms = _LISTS[field]
    none = () if field in _REQUIRED else (("null", str(desk["nothing_label"])),)
    return (*none, *((term, words.label(vocabulary, term)) for term in terms))


def _list_roles(field: str, words: Wording, desk: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    if field == "voice":
        return tuple((role, words.label("role", role)) for role in VOCABULARIES["voice role"])
    if field == "actors":
        return tuple((role, str(desk["actor_roles"][role])) for role in VOCABULARIES["actor role"])
    return ()


def _list_rows(field: str, claim: Claim | None) -> tuple[tuple[str, str], ...]:
    """Give the names with their roles that the form begins with."""
    if claim is None:
        return ()
    if field == "voice":
        return ((claim.voice.name or claim.voice.wording or "", claim.voice.role or ""),)
    if field == "actors":
        told: list[tuple[str, str]] = [(one.name, one.role) for one in claim.actors]
        return (*told, *[("", "blamed")] * max(1, ACTOR_ROWS - len(told)))[:ACTOR_ROWS]
    return ()


def _list_places(query: str, case: ServedCase, words: Wording) -> tuple[PlaceOption, ...]:
    return tuple(_offer(place, words) for place in search_places(query, case.given.countries))


def _offer(place: Place, words: Wording) -> PlaceOption:
    at = (
        (f"{place.lat:.5f}", f"{place.lon:.5f}")
        if place.lat is not None and place.lon is not None
        else ("", "")
    )
    told = tell_place(place, words)
    if place.precision:
        told = f"{told} ({load_desk_words(words.language)['review']['precisions'][place.precision]})"
    return PlaceOption(told, json.dumps(asdict(place), ensure_ascii=False), *at)


def _count_same(reviewed: Reviewed, claim: Claim | None, field: str) -> int:
    """Give how many other claims of the incident say the same in this field."""
    if claim is None or not field:
        return 0
    mine = getattr(claim, field)
    return sum(is_same(getattr(one, field), mine) for one in reviewed.claims.values() if one.id != claim.id)
