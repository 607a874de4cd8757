"""What a document has told so far, carried from sentence to sentence: place, time, means, voices, open totals."""

from dataclasses import dataclass, field
from datetime import date

from harmledger.claims.drafts import Draft
from harmledger.claims.memory import Memory
from harmledger.records.claim import Voice
from harmledger.records.place import Place
from harmledger.records.time import Time


@dataclass(slots=True)
class Context:
    """The state of the pass over one document.

    `anchor` is the local day of publication; `areas` the precisions of places that words like "countryside of" make
    wide, none where the language has no such words; `event` the first time an attack was dated by, `is_told` whether any attack was told, `story_day` the
    first day told of anything, for a report that dates no attack; `posted` the day of a post of social media, and the one before; `place` and
    `time` those of the last attack told; `scene` the first place told; `area` the widest area named for an attack; `totals` the last total
    told for each harm, which a later "among the dead" divides, and `voices` who gave it; `last_total` is the last total told of any harm, running totals too, and `last_voice` who gave it;
    `own_events` the ids of parts that have an attack of their own; `is_running` whether the last toll told was a running
    total, which a list after it divides; `latter` is the last place named, `paragraph`
    that of the last place told, `media` the last that spoke of photos or videos; `period` is the last sentence that told of attacks over a period.
    """

    anchor: date | None
    areas: frozenset[str] = frozenset()
    event: Time | None = None
    posted: Time | None = None
    story_day: Time | None = None
    place: Place | None = None
    area: Place | None = None
    scene: Place | None = None
    time: Time | None = None
    since: Time | None = None
    latter: Place | None = None
    paragraph: int = -1
    media: int = -1
    period: int = -2
    means: str | None = None
    memory: Memory = field(default_factory=Memory)
    last_total: Draft | None = None
    last_voice: Voice | None = None
    totals: dict[str, Draft] = field(default_factory=dict)
    voices: dict[str, Voice] = field(default_factory=dict)
    is_told: bool = False
    is_running: bool = False
    own_events: set[str] = field(default_factory=set)
