"""The queue: incidents that want a look, those first that a look would change most."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from harmledger.desk.web.access import requires
from harmledger.desk.web.building.works import list_open
from harmledger.desk.web.cases import NotReadyError, ServedCase, open_served
from harmledger.desk.web.faults import show_not_ready
from harmledger.desk.web.pages import mark_internal, open_frame, print_page
from harmledger.desk.web.public.questions import read_page
from harmledger.desk.web.review.keeping import keep_up
from harmledger.desk.web.review.presence import list_present
from harmledger.desk.web.wording import load_desk_words
from harmledger.publication.wording import Wording
from harmledger.records.incident import Extent
from harmledger.records.signing import STATES
from harmledger.review.reasons import REASONS
from harmledger.store.queue import MOST_COUNTED, Asked, LookRow, Queue, open_queue

LISTED: Final = 50
_NAMES: Final = ("state", "reason", "province", "means", "group", "scope")
_LONGEST: Final = 200
_ANY: Final = "0" * 64
"""Stands for an id in an address that is made once for many."""
_OPEN: Final = ("new", "changed", "accepted", "approved")
"""States that somebody still has something to do about: what the queue shows without being asked for one."""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One incident in the queue."""

    id: str
    href: str
    score: str
    place: str
    province: str
    time: str
    killed: str
    state: str
    grade: str
    scope: str
    reasons: tuple[tuple[str, str], ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the filter: its name, label, options with counts in words, and what is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """What the queue prints."""

    lines: tuple[QueueLine, ...]
    choices: tuple[Choice, ...]
    found: str
    number: int
    count: int
    newer: str | None
    older: str | None
    is_behind: bool
    is_filtered: bool


@require_safe
@requires("reader")
def show_queue(request: HttpRequest) -> HttpResponse:
    """Show the queue, or what of it answers a filter."""
    try:
        with open_served() as case:
            is_behind = not keep_up(case)
            with open_queue(case.folder) as queue:
                page = _make_page(request, case, queue, is_behind)
                frame = mark_internal(open_frame(request, case))
                is_part = request.headers.get("HX-Request") == "true"
                name = "review_list.jinja" if is_part else "review_queue.jinja"
                return print_page(frame.render(name, page, "review"))
    except (NotReadyError, FileNotFoundError):
        return show_not_ready(request)


def read_asked(given: QueryDict) -> tuple[Asked, dict[str, str]]:
    """Give what an address asks of the queue, and its parts as they were given."""
    told = {name: given.get(name, "").replace("\0", "")[:_LONGEST] for name in _NAMES}
    state = told["state"]
    states = (state,) if state in STATES else () if state == "all" else _OPEN
    tags = tuple((kind, told[kind]) for kind in ("reason", "means", "group") if told[kind])
    return Asked(states, told["province"] or None, told["scope"] or None, tags), told


def carry_asked(query: str) -> str:
    """Give of a query what is asked of the queue, and the page of claims: what goes along from one screen to the next."""
    given = QueryDict(query[:2000])
    told = {name: value for name, value in read_asked(given)[1].items() if value}
    part = read_page(given.get("part"))
    return urlencode({**told, "part": part} if part > 1 else told)


def _make_page(request: HttpRequest, case: ServedCase, queue: Queue, is_behind: bool) -> QueuePage:
    frame = open_frame(request, case)
    words = frame.words
    asked, told = read_asked(request.GET)
    count = queue.count(asked)
    pages = max(1, -(-min(count, MOST_COUNTED) // LISTED))
    number = min(read_page(request.GET.get("page")), pages)
    rows = queue.list_rows(asked, LISTED, (number - 1) * LISTED)
    present = {
        id: [name for name in names if name != request.user.name]
        for id, names in list_present([row.id for row in rows]).items()
    }
    parts = {name: value for name, value in told.items() if value}
    beside = urlencode(parts)
    desk = load_desk_words(words.language)["review"]
    link, more = reverse("review:incident", args=(_ANY,)), f"?{beside}" if beside else ""
    return QueuePage(
        lines=tuple(
            _make_line(row, words, link.replace(_ANY, row.id) + more, present.get(row.id, ())) for row in rows
        ),
        choices=tuple(_make_choices(queue, told, words)),
        found=desk["found_more" if count > MOST_COUNTED else "found"].format(
            count=words.number(min(count, MOST_COUNTED))
        ),
        number=number,
        count=pages,
        newer=f"?{urlencode({**parts, 'page': number - 1})}" if number > 1 else None,
        older=f"?{urlencode({**parts, 'page': number + 1})}" if number < pages else None,
        is_behind=is_behind or bool(list_open()),
        is_filtered=bool(parts),
    )


def _make_line(row: LookRow, words: Wording, href: str, people: "list[str] | tuple[str, ...]") -> QueueLine:
    from harmledger.records.time import Time

    desk = load_desk_words(words.language)["review"]
    toll = Extent(row.low, row.high, row.best)
    is_told = (row.low, row.best, row.high) != (None, None, None)
    time = Time(row.first, row.last or row.first, "day") if row.first else None
    return QueueLine(
        id=row.id,
        href=href,
        score=words.digits(str(round(row.score))),
        place=words.name_place(row.name, row.country) if row.name else words.phrase("no_place"),
        province=words.name_place(row.province, row.country)
        if row.province and row.province != row.name
        else "",
        time=words.time(time),
        killed=words.figure(toll) if is_told else words.phrase("none_said"),
        state=row.state,
        grade=words.label("grade", row.grade) if row.grade else "",
        scope=words.label("scope", row.scope) if row.scope != "attack" else "",
        reasons=tuple((name, desk["reasons"][name]) for name, _ in json.loads(row.reasons)),
        people=tuple(people),
    )


def _make_choices(queue: Queue, told: dict[str, str], words: Wording) -> "list[Choice]":
    desk = load_desk_words(words.language)["review"]
    counts = queue.count_states()
    states = [("", desk["open"]), ("all", desk["all_states"])]
    states += [
        (state, f"{words.label('state', state)} ({words.number(counts.get(state, 0))})") for state in STATES
    ]
    found = [Choice("state", desk["state"], tuple(states), told["state"])]
    labels: dict[str, Callable[[str], str]] = {
        "reason": lambda value: desk["reasons"].get(value, value),
        "province": lambda value: words.name_place(value, None),
        "means": lambda value: words.label("means", value),
        "group": lambda value: words.label("group", value),
    }
    order = [reason.name for reason in REASONS]
    for kind, label in labels.items():
        values = queue.list_values(kind)
        if kind == "reason":
            values = sorted(values, key=lambda one: order.index(one[0]) if one[0] in order else len(order))
        options = tuple((value, f"{label(value)} ({words.number(number)})") for value, number in values)
        found.append(Choice(kind, desk[kind], (("", words.tables["site"]["any"]), *options), told[kind]))
    return found
