"""What the API takes and gives, beside the record's own formats."""

import re
from datetime import date
from typing import Annotated, Any, Final, Literal

from ninja import Schema
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from harmledger.desk.web.public.questions import LONGEST, project_box, read_box
from harmledger.records.vocabulary import GradeValue, IncidentScope, Means
from harmledger.store.catalogue_search import Question

MOST: Final = 200
"""Entries of one answer."""


def _check_box(text: str | None) -> str | None:
    if text is not None and read_box(text) is None:
        raise ValueError("give west,south,east,north in degrees")
    return text


def _check_day(text: Any) -> Any:
    """Refuse what is no day as we write it: a number would be taken for seconds since 1970."""
    if isinstance(text, str) and _DAY.fullmatch(text) is None:
        raise ValueError("give a day as YYYY-MM-DD")
    return text


_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
Day = Annotated[date | None, BeforeValidator(_check_day)]
Text = Annotated[str | None, Field(max_length=LONGEST, pattern=r"^[^\x00]*$")]
_DEGREES = r"-?(?:180|1[0-7]\d|\d{1,2})(?:\.\d{1,20})?"
Box = Annotated[
    str | None,
    Field(max_length=120, pattern=rf"^{_DEGREES}(?:,{_DEGREES}){{3}}$"),
    AfterValidator(_check_box),
]


class Asked(Schema):
    """A question: every part that is given must hold."""

    model_config = ConfigDict(populate_by_name=True)

    q: Text = Field(None, description="beginnings of words of places and parties")
    since: Day = Field(None, alias="from", description="first day, YYYY-MM-DD")
    until: Day = Field(None, alias="to", description="last day, YYYY-MM-DD")
    province: Text = None
    means: Means | None = None
    target: Text = Field(None, description="kind of place hit")
    group: Text = Field(None, description="who was harmed, or what was hit")
    party: Text = Field(None, description="party that a voice blames")
    grade: GradeValue | None = None
    scope: IncidentScope | None = None
    bbox: Box = Field(None, description="west,south,east,north in degrees", examples=["36.0,35.0,37.5,36.5"])

    def ask(self) -> Question:
        """Give it as the catalogue takes it."""
        told = {"means": self.means, "target": self.target, "group": self.group, "party": self.party}
        return Question(
            words=self.q or "",
            since=self.since.isoformat() if self.since else None,
            until=self.until.isoformat() if self.until else None,
            province=self.province,
            grade=self.grade,
            scope=self.scope,
            tags=tuple((kind, value) for kind, value in told.items() if value),
            box=project_box(read_box(self.bbox)) if self.bbox else None,
        )


class AskedPage(Asked):
    """A question, and which of the answers are wanted."""

    limit: int = Field(50, ge=1, le=MOST, description="entries of this answer")
    after: str | None = Field(
        None,
        pattern=r"^[0-9a-f]{8,64}$",
        description="`next` of the answer before: entries beyond it are given",
    )


class AskedMap(Asked):
    """A question, and how closely the map is looked at."""

    zoom: float = Field(
        5, ge=0, le=22, description="zoom of the map; marks nearer than about 50 pixels are one"
    )
    language: Literal["en", "ar"] = Field(
        "en", description="language of the names of places, where they are known in it"
    )


class Fault(BaseModel):
    """Why there is no answer."""

    detail: str


class Faults(BaseModel):
    """What was wrong with the question, part by part."""

    detail: list[dict[str, Any]]


class Tallies(BaseModel):
    """Totals of what is shown now."""

    as_of: str = Field(description="the moment of these sums, UTC")
    totals: list[dict[str, Any]]


class Geometry(BaseModel):
    """A point (RFC 7946)."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class MarkProperties(BaseModel):
    """What stands at a mark: how many entries, the sum of their best figures of people killed, the page of one."""

    entries: int
    killed: int
    page: str
    is_area: bool
    name: str | None = Field(description="name of the place, where all stand at one")
    largest: str | None = Field(description="name of the place among them with most people killed")
    radius_km: float | None = Field(description="the largest radius around any of their points")


class MarkFeature(BaseModel):
    """A mark of the map."""

    type: Literal["Feature"] = "Feature"
    geometry: Geometry
    properties: MarkProperties


class Marks(BaseModel):
    """Marks of the map, as GeoJSON."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[MarkFeature]
