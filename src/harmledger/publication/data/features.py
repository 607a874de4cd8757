"""Incidents as GeoJSON features (RFC 7946), as coarse as they are shown."""

import json
from typing import Any

from harmledger.publication.data.rows import IncidentRow
from harmledger.records.incident import Incident


def compose_feature(incident: Incident, row: IncidentRow) -> str | None:
    """Give an incident in its public form as one feature on one line; None for one that has no coordinates.

    The point stands for a circle of `radius_km` around it: it is no site.
    """
    place = incident.place
    if place is None or place.lat is None or place.lon is None:
        return None
    named: dict[str, Any] = {name: getattr(row, name) for name in IncidentRow.__dataclass_fields__}
    for name in ("latitude", "longitude"):
        named.pop(name)
    feature = {
        "type": "Feature",
        "id": incident.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {name: value for name, value in named.items() if value not in (None, "")},
    }
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
