"""Incidents and claims made by hand, for what the desk shows."""

from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.count import Count
from harmledger.records.document import Document
from harmledger.records.incident import Account, Attribution, Extent, Grade, GroupExtent, Incident
from harmledger.records.place import Place
from harmledger.records.span import Span
from harmledger.records.time import Time

IDLIB = Place("Idlib", "Idlib", "geonames:1", "SY", "Idlib", None, 35.93, 36.63, "settlement", 3.0)
NIGHT = Time("2016-05-30", "2016-05-31", "day", "Monday night")
MONITOR = Voice("Example Monitor", "the monitor", "monitor")
PRIVATE = Voice("Person Alpha", "Person Alpha, a resident", "resident")
NAMELESS = Voice("residents of Idlib", "residents of Idlib", "resident")


def make_claim(name, text, cue, document="wire", **changes):
    """Give a claim whose evidence is the whole text, at offset 0."""
    start = text.index(cue)
    given = {
        "id": name,
        "document": document,
        "evidence": Span(0, len(text), text),
        "cue": Span(start, start + len(cue), cue),
        "kind": "toll",
        "harm": "killed",
        "group": "people",
        "voice": MONITOR,
        "place": IDLIB,
        "time": NIGHT,
        "because": ("toll.passive",),
        "made_by": "harmledger/0.1.0 SY@1",
    }
    return Claim(**(given | changes))


def make_incident(name="i1", **changes):
    """Give an incident with two accounts that differ, an allegation and its denial."""
    given = {
        "id": name,
        "scope": "attack",
        "time": NIGHT,
        "place": IDLIB,
        "means": ("air_strike",),
        "targets": ("hospital",),
        "toll": {"killed": Extent(23, 50, 50, True, {"children": GroupExtent(7, 7, 7)})},
        "accounts": (
            Account(MONITOR, "wire", "2016-05-31", {"killed": Extent(50, 50, 50)}, ("wire",), ("c1",)),
            Account(
                PRIVATE, "wire", "2016-05-31", {"killed": Extent(23, None, 23, True)}, ("wire",), ("c2",)
            ),
        ),
        "attribution": (Attribution("Party A", ("Example Monitor", "Person Alpha"), ("Ministry A",)),),
        "origins": 2,
        "grade": Grade("fair", ("two origins",), ("an admission",)),
        "documents": ("wire",),
        "claims": ("c1", "c2"),
        "made_by": "harmledger/0.1.0 SY@1",
    }
    return Incident(**(given | changes))


def make_documents(kind="news", url="https://example.org/a"):
    """Give the one document that the claims come from."""
    document = Document(
        id="wire", text="x", publisher="Example Wire", url=url, published="2016-05-31", kind=kind
    )
    return {"wire": document}


def make_claims():
    """Give the claims behind the incident of `make_incident`."""
    first = make_claim("c1", "Air raids killed 50 people, the monitor said.", "50 people")
    second = make_claim(
        "c2",
        "At least 23 died, said Person Alpha, a resident.",
        "At least 23",
        voice=PRIVATE,
        count=Count(23, 23, None, "at_least", "At least 23"),
        actors=(Actor("Party A", "the aircraft", "blamed"),),
    )
    return {"c1": first, "c2": second}
