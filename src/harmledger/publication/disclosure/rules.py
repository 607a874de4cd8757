"""What an edition discloses: names, words, places, fields, grades and times, each as one setting with its meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from harmledger.publication.withholding.public_words import SITE_KINDS
from harmledger.records.meaning import meant
from harmledger.records.vocabulary import GradeValue, PlacePrecision

DELAY_HOURS: Final = 72
"""How long an attack on a hospital, clinic, rescue centre, school or camp is held back, by default."""

Audience = Literal["public", "partner", "internal"]
NameRule = Literal["drop", "hash", "keep"]
PostRule = Literal["reviewed", "all"]
TextRule = Literal["none", "clause", "full"]
IdRule = Literal["digest", "keep"]
GraphicRule = Literal["hidden", "shown"]
NeedRule = Literal["nothing", "published"]
Level = PlacePrecision

LEVELS: Final[tuple[str, ...]] = get_args(Level)
"""How finely a place may be told, the finest first."""
GRADES: Final[tuple[str, ...]] = tuple(reversed(get_args(GradeValue)))
"""Grades, the least first."""
LANGUAGES: Final = ("en", "ar")
"""Languages that the pages are written in."""

EVERYWHERE: Final = "elsewhere"
"""The key under `coordinates` for every place that no kind of facility is named for."""
KINDS: Final[tuple[str, ...]] = (*SITE_KINDS, "ambulance")
"""Kinds of facility that coordinates may be set for; the first five are treated as working wherever they are."""


def _coarsen(level: Level) -> Mapping[str, Level]:
    return MappingProxyType(dict.fromkeys(SITE_KINDS, level))


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One edition of `editions.toml`. Every field is a key there; its meaning stands in the file."""

    name: str = "public"
    audience: Audience = meant(
        "who it is for: public, partner or internal; decides the defaults of all other keys, and what is never allowed",
        "public",
    )
    languages: tuple[str, ...] = meant("languages of the pages, the first leads: en, ar", LANGUAGES)
    names: NameRule = meant(
        "names of private people, the dead and witnesses: drop them; hash them, so that one person's code is the same "
        "throughout this edition and means nothing without the case's key; keep them",
        "drop",
    )
    posts: PostRule = meant(
        "posts and messages of private people: only those that a person reviewed, or all of them", "reviewed"
    )
    texts: TextRule = meant(
        "words of reports: none, the clause that carries a figure, or the clause and the full text", "clause"
    )
    ids: IdRule = meant("ids that a person chose: given as a digest, or kept as they are", "digest")
    least_grade: GradeValue | None = meant(
        "the least grade of an entry that leaves: discounted, contested, weak, fair or confirmed; empty: any",
        None,
    )
    needs: NeedRule = meant(
        "what an entry needs to leave: nothing, or that two editors published it; what changed since goes on as it was "
        "published last",
        "nothing",
    )
    delay_hours: int = meant(
        "hours that an attack on a kind of facility under `delayed` is held back, from the end of its day or its first "
        "report, whichever is later (0 to 8784); left out: as case.toml says",
        DELAY_HOURS,
    )
    delayed: tuple[str, ...] = meant("kinds of facility whose attacks are held back", SITE_KINDS)
    withheld: tuple[str, ...] = meant(
        "fields that do not leave, of any entry: incident.FIELD, account.FIELD, claim.FIELD, place.FIELD, time.FIELD",
        (),
    )
    facility_withheld: tuple[str, ...] = meant(
        "fields that do not leave where a hospital, clinic, ambulance, rescue centre, school or camp was hit",
        ("place.id", "place.wording"),
    )
    graphic: GraphicRule = meant(
        "words that describe bodies and wounds: hidden until they are asked for, or shown", "hidden"
    )
    coordinates: Mapping[str, Level] = meant(
        "how finely a place may be told, by kind of facility hit there: site, neighbourhood, settlement, district, province, country; "
        "`elsewhere` for all other places",
        default_factory=lambda: {**_coarsen("district"), EVERYWHERE: "neighbourhood"},
    )

    @property
    def is_internal(self) -> bool:
        """Tell whether it is for the recorders themselves: its pages say INTERNAL."""
        return self.audience == "internal"

    @property
    def keeps_names(self) -> bool:
        """Tell whether names stand as they are."""
        return self.names == "keep"

    @property
    def keeps_sites(self) -> bool:
        """Tell whether single sites are told: facilities are then followed place by place."""
        return all(level == "site" for level in self.coordinates.values())

    @property
    def has_full_texts(self) -> bool:
        """Tell whether whole reports are written."""
        return self.texts == "full"

    @property
    def shows_posts(self) -> bool:
        """Tell whether posts of private people are shown before anybody reviewed them."""
        return self.posts == "all"

    def find_level(self, kinds: frozenset[str]) -> Level:
        """Give how finely a place may be told where these kinds of place were hit: the coarsest that is set."""
        told: list[Level] = [self.coordinates[kind] for kind in kinds if kind in self.coordinates]
        told.append(self.coordinates.get(EVERYWHERE, "neighbourhood"))
        return max(told, key=LEVELS.index)

    def admits(self, grade: str | None) -> bool:
        """Tell whether an entry of a grade leaves; one that nobody graded leaves where any grade does."""
        if self.least_grade is None:
            return True
        return grade is not None and GRADES.index(grade) >= GRADES.index(self.least_grade)


PUBLIC: Final = Disclosure()
"""What leaves for everybody: SYSTEM's do-no-harm rules, and for attacks on health care WHO's restricted fields (site,
exact place, identities) withheld."""

PARTNER: Final = Disclosure(
    name="partner",
    audience="partner",
    names="hash",
    delay_hours=0,
    facility_withheld=(),
    coordinates={**_coarsen("settlement"), EVERYWHERE: "neighbourhood"},
)
"""What a partner who is trusted with more gets: codes for names, towns of facilities, nothing held back."""

INTERNAL: Final = Disclosure(
    name="internal",
    audience="internal",
    names="keep",
    posts="all",
    texts="full",
    ids="keep",
    delay_hours=0,
    delayed=(),
    facility_withheld=(),
    coordinates={EVERYWHERE: "site"},
)
"""Everything, for the recorders themselves."""

BUILT_IN: Final[Mapping[str, Disclosure]] = {one.name: one for one in (PUBLIC, PARTNER, INTERNAL)}


def choose_default(audience: str, name: str, delay_hours: int) -> Disclosure:
    """Give the edition that an audience gets where nothing else is set; the case's own delay is the public's."""
    base = BUILT_IN[audience]
    return replace(base, name=name, delay_hours=delay_hours if audience == "public" else base.delay_hours)


def list_edition_keys() -> Mapping[str, str]:
    """Give every key of an edition and what it means, in the order of the file."""
    return {
        name: told.metadata["meaning"]
        for name, told in Disclosure.__dataclass_fields__.items()
        if "meaning" in told.metadata
    }


def pack_disclosure(disclosure: Disclosure) -> dict[str, Any]:
    """Give an edition's rules as JSON has them."""
    return {
        name: dict(sorted(value.items())) if isinstance(value, Mapping) else value
        for name in ("name", *list_edition_keys())
        for value in (getattr(disclosure, name),)
    }


def unpack_disclosure(packed: Mapping[str, Any]) -> Disclosure:
    """Read an edition's rules from JSON. Raises KeyError and TypeError for what is none."""
    given: dict[str, Any] = {
        name: tuple(told) if isinstance(told, list) else told
        for name in ("name", *list_edition_keys())
        for told in (packed[name],)
    }
    return Disclosure(**given)
