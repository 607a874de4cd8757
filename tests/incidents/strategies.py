"""Claims for property tests: a few towns, days, voices and documents, in every combination."""

from dataclasses import replace

from hypothesis import strategies as st

from harmledger.incidents.source import Source
from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.place import Place
from incidents.build import IDLIB, MAARAT, NETWORK, OBSERVATORY, PROVINCE, TAKHARIM, count, day, toll

QUARTER = Place(
    "North Quarter",
    "the north quarter",
    "t:north",
    "SY",
    "Idlib",
    "Idlib",
    35.945,
    36.63,
    "neighbourhood",
    1.0,
)
UNKNOWN = Place(None, "the old mill", None, "SY")
PLACES = (None, IDLIB, replace(IDLIB, wording=None), PROVINCE, MAARAT, TAKHARIM, QUARTER, UNKNOWN)
TIMES = (None, day("2016-05-30"), day("2016-05-30", "2016-05-31"), day("2016-05-31"), day("2016-06-02"), day("2016-05-01", "2016-05-31", "month"))  # fmt: skip
VOICES = (Voice(), OBSERVATORY, NETWORK, Voice(None, "a resident", "resident"), Voice("White Helmets", "rescuers", "rescue", ("Outlet d1",)))  # fmt: skip
NUMBERED = ("exact", "at_least", "more_than", "about", "nearly", "at_most", "range")
COUNTS = (
    *(count(quantifier, number, 12) for quantifier in NUMBERED for number in (0, 2, 9)),
    count("dozens", 24),
    count("several", 3),
    count("unspecified", 2),
    None,
)
DOCUMENTS = ("d1", "d2", "d3", "d4")
SOURCES = {
    "d1": Source("d1", "2016-05-31", "Outlet d1", "news"),
    "d2": Source("d2", "2016-06-01T10:00:00+03:00", "Outlet d2", "monitor"),
    "d3": Source("d3", None, None, "social"),
    "d4": Source("d4", "2016-06-03", "Outlet d4", "news", copy_of="d1"),
}


@st.composite
def claims(
    draw: st.DrawFn, scopes: tuple[str, ...] = ("attack", "area_day", "since_date", "background")
) -> Claim:
    document, at = draw(st.sampled_from(DOCUMENTS)), draw(st.integers(0, 9))
    kind = draw(st.sampled_from(("toll", "toll", "toll", "damage", "attack", "attribution")))
    harm = {
        "toll": draw(st.sampled_from(("killed", "injured", "killed_or_injured"))),
        "damage": draw(st.sampled_from(("destroyed", "struck_near"))),
    }.get(kind)
    groups = (
        ("hospital", "home")
        if kind == "damage"
        else ("people", "civilians", "children", "combatants", "women")
    )
    group = draw(st.sampled_from(groups)) if harm else None
    offset = draw(st.sampled_from((5, 20, 50)))
    role = draw(st.sampled_from(("blamed", "denies", "admits")))
    actors = (
        (Actor(draw(st.sampled_from(("Party A", "Party B"))), None, role),) if kind == "attribution" else ()
    )
    stance = (
        "denied"
        if role == "denies" and actors
        else draw(st.sampled_from(("asserted", "asserted", "hedged", "denied")))
    )
    return toll(
        document, at, draw(st.sampled_from(COUNTS)) if harm else None, harm,
        id=f"{document}/{at}/{kind}/{harm}/{group}/{offset}",
        kind=kind, group=group, actors=actors, offset=offset, stance=stance,
        scope=draw(st.sampled_from(scopes)), place=draw(st.sampled_from(PLACES)),
        time=draw(st.sampled_from(TIMES)), voice=draw(st.sampled_from(VOICES)),
        means=draw(st.sampled_from((None, "air_strike", "shelling", "gunfire"))),
    )  # fmt: skip


def ledgers(size: int = 14) -> st.SearchStrategy[list[Claim]]:
    """Give lists of claims, each id once, some parts of others of their document."""

    def part(drawn: tuple[list[Claim], list[bool]]) -> list[Claim]:
        members, is_part = drawn
        first: dict[str, str] = {}
        linked = []
        for claim, flag in zip(members, is_part, strict=False):
            whole = first.setdefault(claim.document, claim.id)
            linked.append(replace(claim, part_of=whole if flag and whole != claim.id else None))
        return linked

    members = st.lists(claims(), max_size=size, unique_by=lambda claim: claim.id)
    return st.tuples(members, st.lists(st.booleans(), min_size=size, max_size=size)).map(part)
