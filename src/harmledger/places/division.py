"""Provinces and districts of a pack: names from GeoNames' codes, extents from the settlements inside."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from harmledger.places.dump import DumpRow
from harmledger.places.entry import Entry, PlaceKind, measure_distance
from harmledger.places.wording import strip_levels

Codes = Mapping[tuple[str, ...], tuple[str, str, int]]
"""Codes after the country's, to name, ASCII name and GeoNames id."""

_COVERED_SHARE: Final = 0.9
_SMALLEST_RADIUS_KM: Final = 3.0


def list_divisions(
    country: str, rows: Iterable[DumpRow], names: Mapping[int, list[str]], provinces: Codes, districts: Codes
) -> Iterator[Entry]:
    """Yield the country's provinces and districts that hold a settlement, in the order of their codes.

    The files of codes have no coordinates. The point is the dump's own where it has one for the division,
    else the middle of its settlements; the radius reaches nine in ten of them.
    """
    points: dict[tuple[str, ...], list[tuple[float, float]]] = defaultdict(list)
    known: dict[int, DumpRow] = {}
    for row in rows:
        if row.feature in ("ADM1", "ADM2"):
            known[row.number] = row
        else:
            points[row.admin1,].append((row.lat, row.lon))
            points[row.admin1, row.admin2].append((row.lat, row.lon))
    kind: PlaceKind
    for kind, codes in (("province", provinces), ("district", districts)):
        for code, (name, ascii_name, number) in sorted(codes.items()):
            inside = points.get(code)
            if not inside:
                continue
            lat, lon, radius_km = _measure_extent(inside, known.get(number))
            spellings = [name, ascii_name, *names.get(number, ())]
            yield Entry(
                id=f"geonames:{number}",
                name=name,
                country=country,
                admin1=code[0],
                admin2=code[1] if len(code) > 1 else None,
                lat=lat,
                lon=lon,
                kind=kind,
                feature="ADM1" if kind == "province" else "ADM2",
                population=known[number].population if number in known else 0,
                radius_km=radius_km,
                names=(*spellings, *map(strip_levels, spellings)),
            )


def _measure_extent(points: list[tuple[float, float]], known: DumpRow | None) -> tuple[float, float, float]:
    """Give the middle in degrees and the radius in kilometres that reaches nine in ten of the points."""
    if known is not None:
        lat, lon = known.lat, known.lon
    else:
        lat = _find_median([lat for lat, _ in points])
        lon = _find_median([lon for _, lon in points])
    distances = sorted(measure_distance(lat, lon, *point) for point in points)
    reach = distances[min(len(distances) - 1, int(len(distances) * _COVERED_SHARE))]
    return round(lat, 4), round(lon, 4), round(max(reach, _SMALLEST_RADIUS_KM), 1)


def _find_median(values: list[float]) -> float:
    values = sorted(values)
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
