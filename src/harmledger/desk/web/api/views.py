"""Operations of the API: incidents, claims, totals, and marks for maps. All of them show what the public may see."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.errors import HttpError, ValidationError

from harmledger.desk.web.access import requires
from harmledger.desk.web.answers import answer_once
from harmledger.desk.web.api.routing import DeskApi, DeskRouter, describe_answer
from harmledger.desk.web.api.shapes import (
    Asked,
    AskedMap,
    AskedPage,
    Fault,
    Faults,
    Marks,
    Tallies,
)
from harmledger.desk.web.cases import NotReadyError, ServedCase, open_served
from harmledger.desk.web.pages import open_frame
from harmledger.desk.web.public.found import find_answer
from harmledger.places.local_names import find_local_name
from harmledger.publication.data.features import compose_feature
from harmledger.publication.data.rows import make_incident_row
from harmledger.publication.withholding.links import hide_id
from harmledger.records.incident import Incident
from harmledger.store.catalogue import Found
from harmledger.store.catalogue_search import EVERYTHING
from harmledger.store.mercator import unproject

_INCIDENTS: Final = msgspec.json.Decoder(Incident)
_STEM: Final = 16
_UNTOLD: Final = ("accounts", "denied")
"""Columns that the thin form of an incident cannot fill."""

_MOST_MARKS: Final = 2000
_MOST_NUMBERED: Final = 10_000
"""Entries that are looked up one by one for the map; where more answer, all are gone through."""

_CELLS_OF_A_TILE: Final = 3
"""Halvings of a map's tile (512 pixels) into cells: 64 pixels each."""

_FAULTS: Final[dict[int, Any]] = {422: Faults, 429: Fault, 503: Fault}
_ONE: Final[dict[int, Any]] = {404: Fault, **_FAULTS}

router = DeskRouter()


@contextmanager
def _open() -> Iterator[ServedCase]:
    try:
        with open_served() as case:
            yield case
    except NotReadyError as error:
        raise HttpError(503, "the record is being prepared") from error


@router.get(
    "/incidents",
    response={**_FAULTS, 404: Fault},
    openapi_extra=describe_answer("Incident", many="incidents"),
    summary="Incidents that answer, the latest first",
)
@requires("public")
def list_incidents(request: HttpRequest, asked: Query[AskedPage]) -> HttpResponse:
    """Give incidents without accounts, documents and claims; `next` leads on to those beyond, null at the end."""
    return _answer(request, AskedPage, lambda case: _give_page(case, asked))


def _give_page(case: ServedCase, asked: AskedPage) -> HttpResponse:
    count, shown, is_last = _list_found(case, asked)
    given = {
        "count": count,
        "next": None if is_last or not shown else shown[-1].stem,
        "incidents": [_read_public(one, case) for one in shown],
    }
    return _give(given)


@router.get(
    "/incidents.geojson",
    response={**_FAULTS, 404: Fault},
    openapi_extra={
        "responses": {
            200: {"description": "OK", "content": {"application/geo+json": {"schema": {"type": "object"}}}}
        }
    },
    summary="Incidents that answer, as GeoJSON",
)
@requires("public")
def list_features(request: HttpRequest, asked: Query[AskedPage]) -> HttpResponse:
    """Give the same as features with the columns of incidents.csv; those without coordinates are left out."""
    return _answer(request, AskedPage, lambda case: _give_features(case, asked))


def _give_features(case: ServedCase, asked: AskedPage) -> HttpResponse:
    _, shown, _ = _list_found(case, asked)
    public = [_read_public(one, case) for one in shown]
    features = [json.loads(told) for one in public if (told := compose_feature(one, make_incident_row(one)))]
    for feature in features:
        for name in _UNTOLD:
            feature["properties"].pop(name, None)
    body = msgspec.json.encode({"type": "FeatureCollection", "features": features})
    return HttpResponse(body, content_type="application/geo+json")


@router.get(
    "/map",
    response={200: Marks, **_FAULTS},
    summary="Marks for a map, gathered by how closely it is looked at",
)
@requires("public")
def show_marks(request: HttpRequest, asked: Query[AskedMap]) -> HttpResponse:
    """Give what answers as marks; incidents that stand near each other at this zoom are one mark. Areas stand apart."""
    return _answer(request, AskedMap, lambda case: _give_marks(case, asked))


def _give_marks(case: ServedCase, asked: AskedMap) -> HttpResponse:
    question = asked.ask()
    numbers = None
    if replace(question, box=None) != EVERYTHING:
        found = find_answer(case, question)
        numbers = found.cut(0, found.count) if found.count <= _MOST_NUMBERED else None
    cells = case.catalogue.list_cells(question, int(asked.zoom) + _CELLS_OF_A_TILE, _MOST_MARKS, numbers)
    countries = tuple(case.given.countries)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": _round(unproject(cell.x, cell.y))},
            "properties": {
                "entries": cell.entries,
                "killed": cell.killed,
                "page": cell.stem,
                "is_area": bool(cell.is_area),
                "name": cell.name and _name_place(cell.name, countries, asked.language),
                "largest": (cell.largest and _name_place(cell.largest, countries, asked.language)) or None,
                "radius_km": cell.radius,
            },
        }
        for cell in cells
    ]
    return _give({"type": "FeatureCollection", "features": features})


@lru_cache(maxsize=20_000)
def _name_place(name: str, countries: tuple[str, ...], language: str) -> str:
    """Give a place's name in a language, where the overlay of one of the case's countries tells it."""
    told = (find_local_name(name, country, language) for country in countries)
    return next((own for own in told if own), name)


@router.get(
    "/incidents/{id}",
    response=_ONE,
    openapi_extra=describe_answer("Incident"),
    summary="One incident with its accounts",
)
@requires("public")
def show_incident(request: HttpRequest, id: str) -> HttpResponse:
    """Give an incident by its id, the beginning of it that names its page, or an earlier id."""
    with _open() as case, case.read_view() as view:
        shown = _open_public(request, case, view, id)
        wholes = {one.id: one for one in case.catalogue.fetch(shown.incident.part_of)}
        return _give(shown.disclose(wholes))


@router.get(
    "/incidents/{id}/claims",
    response=_ONE,
    openapi_extra=describe_answer("Claim", many="claims"),
    summary="The claims behind an incident",
)
@requires("public")
def list_claims(request: HttpRequest, id: str) -> HttpResponse:
    """Give who says what of an incident, and in which sentence."""
    with _open() as case, case.read_view() as view:
        return _give({"claims": _open_public(request, case, view, id).disclose_claims()})


@router.get(
    "/claims/{id}",
    response=_ONE,
    openapi_extra=describe_answer("Claim"),
    summary="One claim of an incident that is shown",
)
@requires("public")
def show_claim(request: HttpRequest, id: str) -> HttpResponse:
    """Give a claim by its id."""
    with _open() as case, case.read_view() as view:
        home = view.incidents.find_home(id) if _is_digest(id) else None
        if home is None:
            raise HttpError(404, "missing")
        shown = _open_public(request, case, view, hide_id(home))
        for claim in shown.disclose_claims():
            if claim.id == id:
                return _give(claim)
    raise HttpError(404, "missing")


@router.get("/totals", response={200: Tallies, **_FAULTS}, summary="Sums, with their bounds")
@requires("public")
def show_totals(request: HttpRequest) -> Tallies:
    """Give the totals of everything, by year, month and province, in which nothing is counted twice."""
    with _open() as case:
        body = case.catalogue.fetch_page("tallies", "")
        if body is None:
            raise HttpError(503, "the record is being prepared")
        return Tallies(as_of=case.meta["as_of"], totals=msgspec.json.decode(body))


def _answer(
    request: HttpRequest, shape: type[Asked], make: Callable[[ServedCase], HttpResponse]
) -> HttpResponse:
    """Answer a question of this shape, from what is kept where it was asked before."""
    _refuse_unknown(request, shape)
    with _open() as case:
        return answer_once(request, case, lambda: make(case))


def _refuse_unknown(request: HttpRequest, shape: type[Asked]) -> None:
    """Refuse a question with a part that nobody knows, or that is given twice: it would be answered with something else."""
    known = {field.alias or name for name, field in shape.model_fields.items()}
    wrong = [{"type": "unknown", "loc": ["query", name]} for name in request.GET if name not in known]
    wrong += [
        {"type": "repeated", "loc": ["query", name]} for name in known if len(request.GET.getlist(name)) > 1
    ]
    if wrong:
        raise ValidationError(wrong)


def _list_found(case: ServedCase, asked: AskedPage) -> tuple[int, list[Found], bool]:
    """Give how many entries answer, those that were asked for, and whether there are none beyond them."""
    after = 0
    if asked.after is not None:
        last = case.catalogue.find(asked.after)
        if last is None:
            raise HttpError(404, "what `after` names is not in the record any more: begin anew")
        after = last.position
    found = find_answer(case, asked.ask())
    start = found.count_until(after)
    end = start + asked.limit
    return found.count, case.catalogue.fetch_numbered(found.cut(start, end)), end >= found.count


def _read_public(found: Found, case: ServedCase) -> Incident:
    incident = _INCIDENTS.decode(found.body)
    wholes = case.catalogue.fetch(incident.part_of) if incident.part_of else ()
    return replace(incident, id=hide_id(incident.id), part_of=tuple(hide_id(one.id) for one in wholes))


def _open_public(request: HttpRequest, case: ServedCase, view: Any, id: str) -> Any:
    from harmledger.pipeline.public_incident import open_public

    found = case.catalogue.find(id) or (case.catalogue.find(id[:_STEM]) if _is_digest(id) else None)
    if found is None:
        raise HttpError(404, "missing")
    if case.catalogue.is_shown(found):
        shown = open_public(
            case.open_facts(), view, found.id, case.settings, case.now, open_frame(request, case)
        )
        if shown is not None:
            return shown
    raise HttpError(404, "not shown at the moment")


def _is_digest(id: str) -> bool:
    return len(id) == 64 and all(letter in "0123456789abcdef" for letter in id)


def _round(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 4), round(point[1], 4)


def _give(record: Any) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(record), content_type="application/json")


api = DeskApi()
api.add_router("", router)
