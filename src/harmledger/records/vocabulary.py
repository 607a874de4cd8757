"""The closed lists of values of format 1. A new value is a new format number."""

from typing import Final, Literal, get_args

FORMAT: Final = 1

DocumentKind = Literal["news", "monitor", "rescue", "ngo", "official", "field", "social"]
ClaimKind = Literal["attack", "toll", "damage", "displacement", "attribution", "media"]
Stance = Literal["asserted", "denied", "hedged"]
Scope = Literal["attack", "area_day", "since_date", "background", "hypothetical"]
VoiceRole = Literal[
    "news", "monitor", "rescue", "ngo", "official", "field", "social",
    "resident", "witness", "activist", "medic", "belligerent", "government", "unnamed",
]  # fmt: skip
Harm = Literal[
    "killed", "injured", "killed_or_injured", "missing", "trapped", "rescued", "detained", "displaced",
    "destroyed", "damaged", "struck_near",
]  # fmt: skip
PeopleGroup = Literal[
    "people", "civilians", "children", "women", "women_and_children", "men", "combatants", "police",
    "medics", "rescuers", "journalists", "aid_workers", "detainees",
]  # fmt: skip
PlaceGroup = Literal[
    "home", "residential_area", "hospital", "clinic", "ambulance", "rescue_centre", "school", "university",
    "mosque", "church", "market", "shop", "bakery", "camp", "tent", "factory", "farm", "road", "bridge",
    "vehicle", "infrastructure", "water", "fuel", "government", "military", "cultural", "property", "other",
]  # fmt: skip
Group = Literal[PeopleGroup, PlaceGroup]
Quantifier = Literal[
    "exact", "at_least", "more_than", "about", "nearly", "at_most", "range", "dozens", "several", "unspecified",
]  # fmt: skip
Means = Literal[
    "air_strike", "barrel_bomb", "shelling", "mortar", "rocket", "missile", "drone", "cluster_munition",
    "chemical", "ied", "car_bomb", "suicide_bomb", "landmine", "explosion", "gunfire", "sniper", "clashes",
    "raid", "execution", "other",
]  # fmt: skip
ActorRole = Literal["blamed", "denies", "admits"]
PlacePrecision = Literal["site", "neighbourhood", "settlement", "district", "province", "country"]
TimePrecision = Literal["day", "week", "month", "year", "period"]
GradeValue = Literal["confirmed", "fair", "weak", "contested", "discounted"]
IncidentScope = Literal["attack", "area_day", "since_date"]
IncidentStatus = Literal["machine", "reviewed", "withdrawn"]
JudgementKind = Literal["join", "split", "exclude", "correct", "note", "undo", "add"]
Severity = Literal["error", "warning", "note"]

HARMS_TO_PEOPLE: Final[frozenset[str]] = frozenset(
    {"killed", "injured", "killed_or_injured", "missing", "trapped", "rescued", "detained", "displaced"}
)
HARMS_TO_PLACES: Final[frozenset[str]] = frozenset({"destroyed", "damaged", "struck_near"})
PEOPLE_GROUPS: Final[tuple[str, ...]] = get_args(PeopleGroup)
PLACE_GROUPS: Final[tuple[str, ...]] = get_args(PlaceGroup)

VOCABULARIES: Final[dict[str, tuple[str, ...]]] = {
    "document kind": get_args(DocumentKind),
    "claim kind": get_args(ClaimKind),
    "stance": get_args(Stance),
    "scope": get_args(Scope),
    "voice role": get_args(VoiceRole),
    "harm": get_args(Harm),
    "people group": PEOPLE_GROUPS,
    "place group": PLACE_GROUPS,
    "quantifier": get_args(Quantifier),
    "means": get_args(Means),
    "actor role": get_args(ActorRole),
    "place precision": get_args(PlacePrecision),
    "time precision": get_args(TimePrecision),
    "grade": get_args(GradeValue),
    "incident scope": get_args(IncidentScope),
    "incident status": get_args(IncidentStatus),
    "judgement kind": get_args(JudgementKind),
}
