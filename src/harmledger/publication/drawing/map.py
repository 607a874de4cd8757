"""The map: where attacks were, as finely as it is known and no finer."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from harmledger.publication.drawing.atlas import Country, Point
from harmledger.publication.drawing.outline import draw_countries
from harmledger.publication.drawing.projection import Frame, choose_scale_km, frame_points, list_degrees
from harmledger.publication.view.entry import Entry
from harmledger.publication.wording import Wording
from harmledger.records.place import Place

_AREAS: Final = frozenset({"district", "province"})
_LEAST_RADIUS: Final = 3.5
_LARGEST_RADIUS: Final = 34.0
_LEAST_AREA: Final = 6.0
_DEFAULT_RADIUS_KM: Final = {"district": 15.0, "province": 45.0}
_MOST_LABELS: Final = 14
_LETTER: Final = 7.4
_LINE: Final = 17.0
_LEGEND_GAP: Final = 110.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Entries at one place: a point for a town, a circle of the area's size for what is known only by area.

    `entries` are positions in the list of entries. `figure` is the number written in an area, `label` the
    place's name where there is room for it.
    """

    x: float
    y: float
    radius: float
    is_area: bool
    entries: tuple[int, ...]
    title: str
    href: str
    has_figure: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A text on the map, anchored at its start or end."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the graticule with its degree."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Legend:
    """Circles of round tolls, with their figures, drawn on the scale of the map."""

    x: float
    radius: float
    text: str


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """Everything the template prints of the map."""

    frame: Frame
    countries: tuple[tuple[str, str, Point | None], ...]
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    areas: tuple[Mark, ...]
    points: tuple[Mark, ...]
    labels: tuple[Label, ...]
    legend: tuple[Legend, ...]
    scale_km: int
    scale_width: float
    unmapped: int


def draw_map(entries: Sequence[Entry], countries: Iterable[Country], words: Wording) -> MapDrawing | None:
    """Draw the attacks and day totals that have a place; None where none has.

    Running totals are about a period, not a place on a day, and are not drawn. A country alone is no place.
    """
    groups = _group_places(entries)
    frame = frame_points((lon, lat, _measure_radius(place)) for (lon, lat, _), (place, _) in groups.items())
    if frame is None:
        return None
    drawn = sum(len(found) for _, found in groups.values())
    largest = max((_add_best(entries, found) for _, found in groups.values()), default=0)
    marks = [
        _make_mark(entries, place, found, frame.place(lon, lat), frame, max(largest, 1), words)
        for (lon, lat, _), (place, found) in groups.items()
    ]
    points = tuple(sorted((m for m in marks if not m.is_area), key=lambda m: (-m.radius, m.x, m.y)))
    areas = tuple(sorted((m for m in marks if m.is_area), key=lambda m: (-m.radius, m.x, m.y)))
    scale = choose_scale_km(frame)
    labels = _place_labels(entries, points, frame, words)
    mapped_scopes = sum(entry.scope != "since_date" for entry in entries)
    return MapDrawing(
        frame=frame,
        countries=_leave_room(
            tuple(
                (words.name_country(name), path, at) for name, path, at in draw_countries(countries, frame)
            ),
            labels,
            points,
        ),
        meridians=tuple(
            Line(round(frame.place(d, frame.south)[0], 1), _name_degree(d, "east", "west", words))
            for d in list_degrees(frame.west, frame.east)
            if frame.place(d, frame.south)[0] < frame.width - 60 - frame.measure_km(scale)
        ),
        parallels=tuple(
            Line(round(frame.place(frame.west, d)[1], 1), _name_degree(d, "north", "south", words))
            for d in list_degrees(frame.south, frame.north)
        ),
        areas=areas,
        points=points,
        labels=labels,
        legend=_make_legend(largest, words),
        scale_km=scale,
        scale_width=round(frame.measure_km(scale), 1),
        unmapped=mapped_scopes - drawn,
    )


def _group_places(entries: Sequence[Entry]) -> dict[tuple[float, float, bool], tuple[Place, list[int]]]:
    groups: dict[tuple[float, float, bool], tuple[Place, list[int]]] = {}
    for position, entry in enumerate(entries):
        place = entry.place
        if entry.scope == "since_date" or place is None or place.lat is None or place.lon is None:
            continue
        if place.precision == "country" or not (abs(place.lat) <= 90 and abs(place.lon) <= 180):
            continue
        key = (place.lon, place.lat, place.precision in _AREAS)
        groups.setdefault(key, (place, []))[1].append(position)
    return groups


def _measure_radius(place: Place) -> float:
    return place.radius_km or _DEFAULT_RADIUS_KM.get(place.precision or "", 1.0)


def _add_best(entries: Sequence[Entry], found: Iterable[int]) -> int:
    """Add the best figures of the attacks at one place; day totals may hold them and are not added."""
    return sum(entries[n].best_killed or 0 for n in found if entries[n].scope == "attack")


def _make_mark(
    entries: Sequence[Entry],
    place: Place,
    found: Sequence[int],
    at: Point,
    frame: Frame,
    largest: int,
    words: Wording,
) -> Mark:
    is_area = place.precision in _AREAS
    radius = (
        max(frame.measure_km(_measure_radius(place)), _LEAST_AREA)
        if is_area
        else _scale_radius(_add_best(entries, found), largest)
    )
    only = entries[found[0]] if len(found) == 1 else None
    name = entries[found[0]].place_text
    told = [_describe(entries[n], words) for n in found]
    text = words.tables["site"]
    title = f"{name}: {'; '.join(told[:6])}{'; …' if len(told) > 6 else ''}"
    if is_area:
        title = text["map_area"].format(text=title)
    return Mark(
        x=round(at[0], 1),
        y=round(at[1], 1),
        radius=round(radius, 1),
        is_area=is_area,
        entries=tuple(found),
        title=title,
        href=only.href if only else "#entries",
        has_figure=any(entries[n].best_killed for n in found),
    )


def _describe(entry: Entry, words: Wording) -> str:
    if entry.killed is None or not entry.killed.has_total:
        return f"{entry.time_text}, {words.phrase('no_figure')}"
    return f"{entry.time_text}, {entry.killed.text} {entry.killed.label.lower()}"


def _scale_radius(best: int, largest: int) -> float:
    """Give the radius of a toll: its circle's area grows with it."""
    if best <= 0:
        return _LEAST_RADIUS
    return max(_LARGEST_RADIUS * math.sqrt(best / max(largest, 50)), _LEAST_RADIUS + 0.5)


def _make_legend(largest: int, words: Wording) -> tuple[Legend, ...]:
    steps = [step for step in (1, 10, 50, 100, 500, 1000, 5000) if step <= max(largest, 10)][-3:]
    found: list[Legend] = []
    x = 2.0
    for step in steps:
        radius = round(_scale_radius(step, max(largest, 1)), 1)
        found.append(Legend(round(x + radius, 1), radius, words.number(step)))
        x += 2 * radius + _LEGEND_GAP
    return tuple(found)


def _place_labels(
    entries: Sequence[Entry], points: Sequence[Mark], frame: Frame, words: Wording
) -> tuple[Label, ...]:
    """Name the places with the largest tolls, where the names do not lie upon each other."""
    labels: list[Label] = []
    boxes: list[tuple[float, float, float, float]] = [
        (p.x - p.radius, p.y - p.radius, p.x + p.radius, p.y + p.radius) for p in points[: 4 * _MOST_LABELS]
    ]
    for point in points:
        name = entries[point.entries[0]].place
        text = (name.name or name.wording or "") if name is not None else ""
        text = words.name_place(text, name.country) if text and name is not None else ""
        if not text or len(labels) >= _MOST_LABELS:
            continue
        width = _LETTER * len(text)
        for anchor, left in (
            ("start", point.x + point.radius + 5),
            ("end", point.x - point.radius - 5 - width),
        ):
            box = (left, point.y - _LINE / 2, left + width, point.y + _LINE / 2)
            is_inside = box[0] > 4 and box[2] < frame.width - 4 and box[1] > 4 and box[3] < frame.height - 30
            if is_inside and not any(_overlap(box, other) for other in boxes):
                x = left if anchor == "start" else left + width
                labels.append(Label(round(x, 1), round(point.y + 5, 1), text, anchor))
                boxes.append(box)
                break
    return tuple(labels)


def _leave_room(
    countries: Sequence[tuple[str, str, Point | None]], labels: Sequence[Label], points: Sequence[Mark]
) -> tuple[tuple[str, str, Point | None], ...]:
    """Leave a country's name away where it would lie upon a place's name or mark."""
    boxes = [(p.x - p.radius, p.y - p.radius, p.x + p.radius, p.y + p.radius) for p in points]
    for label in labels:
        left = label.x if label.anchor == "start" else label.x - _LETTER * len(label.text)
        boxes.append((left, label.y - _LINE, left + _LETTER * len(label.text), label.y + 4))
    told: list[tuple[str, str, Point | None]] = []
    for name, path, at in countries:
        half = 8.0 * len(name)
        is_free = at is not None and not any(
            _overlap((at[0] - half, at[1] - _LINE, at[0] + half, at[1] + 6), box) for box in boxes
        )
        told.append((name, path, at if is_free else None))
    return tuple(told)


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _name_degree(degree: float, positive: str, negative: str, words: Wording) -> str:
    told = words.tables["degrees"][positive if degree >= 0 else negative]
    return str(told).format(degrees=words.digits(f"{abs(degree):g}"))
