"""The attacks that show why figures stand side by side: placeholder texts, public figures."""

from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.source import Source
from harmledger.records.claim import Voice
from harmledger.records.incident import Incident
from incidents.build import (
    IDLIB,
    MAARAT,
    NETWORK,
    OBSERVATORY,
    PROVINCE,
    TAKHARIM,
    attack,
    blame,
    count,
    day,
    toll,
)

NIGHT = day("2016-05-30", "2016-05-31")
MONDAY = day("2016-05-30")
ACTIVISTS = Voice(None, "opposition activists", "activist")
PERSON_A = Voice("Person A", "an activist", "activist")
MOSCOW = Voice("Russia", "Moscow", "government")
JULY = day("2019-07-22")
SINCE_APRIL = day("2019-04-20", "2019-07-22", "period")

SOURCES = {
    "idlib": Source("idlib", "2016-05-31", "Example Wire", "news"),
    "helicopters": Source("helicopters", "2018-09-10", "Example Daily", "news"),
    "summit": Source("summit", "2018-09-08", "Example Times", "news"),
    "maarat": Source("maarat", "2019-07-23", "Example Digest", "news"),
}

IDLIB_CLAIMS = [
    toll("idlib", 1, count("at_least", 23), voice=ACTIVISTS, place=IDLIB, time=NIGHT, means="air_strike"),
    toll("idlib", 1, count("dozens", 24), "injured", voice=ACTIVISTS, place=IDLIB, time=NIGHT, offset=25),
    toll("idlib", 1, count("several", 3), "trapped", voice=ACTIVISTS, place=IDLIB, time=NIGHT, offset=40),
    toll(
        "idlib", 1, 2, "struck_near", kind="damage", group="hospital", voice=ACTIVISTS, place=IDLIB, offset=60
    ),
    toll(
        "idlib",
        2,
        count("at_least", 7),
        group="children",
        voice=OBSERVATORY,
        part_of="idlib-001-killed-people-10",
    ),
    blame("idlib", 2, "Russia", voice=OBSERVATORY, id="idlib-blame"),
    blame("idlib", 3, "Russia", "denies", voice=MOSCOW, place=IDLIB, id="idlib-denial"),
    blame(
        "idlib",
        4,
        "Russia",
        "denies",
        voice=MOSCOW,
        place=PROVINCE,
        time=day("2016-05-31"),
        id="idlib-denial-2",
    ),
    toll(
        "idlib", 7, count("about", 250), "killed_or_injured", voice=PERSON_A, time=MONDAY, means="air_strike"
    ),
    toll("idlib", 9, 2, "damaged", kind="damage", group="hospital", voice=NETWORK),
    toll("idlib", 10, 50, voice=NETWORK),
    toll("idlib", 10, count("more_than", 200), "injured", voice=NETWORK, offset=30),
    attack("idlib", 11, voice=OBSERVATORY, place=IDLIB, means="air_strike"),
    toll(
        "idlib",
        14,
        2,
        "destroyed",
        kind="damage",
        group="clinic",
        voice=PERSON_A,
        place=TAKHARIM,
        time=day("2016-05-31"),
    ),
]
MAARAT_CLAIMS = [
    toll("maarat", 0, 59, scope="area_day", voice=OBSERVATORY, place=PROVINCE, time=JULY, id="headline"),
    toll("maarat", 1, 59, scope="area_day", voice=OBSERVATORY, place=PROVINCE, time=JULY, id="day"),
    toll("maarat", 2, 38, voice=OBSERVATORY, place=MAARAT, time=JULY, part_of="day", means="air_strike"),
    toll("maarat", 3, count("nearly", 750), group="civilians", scope="since_date", voice=OBSERVATORY, place=PROVINCE, time=SINCE_APRIL),
    blame("maarat", 4, "Russia", "denies", voice=MOSCOW, place=PROVINCE, id="maarat-denial"),
    toll("maarat", 5, count("at_least", 24), "destroyed", kind="damage", group="hospital", scope="since_date", voice=Voice("United Nations", "UN", "official"), place=PROVINCE),
]  # fmt: skip
HAMA_CLAIMS = [
    toll("helicopters", 6, count("exact", 24), group="civilians", scope="since_date", voice=Voice("White Helmets", "x", "rescue"), place=PROVINCE, time=day("2018-09-06", "2018-09-10", "period")),
]  # fmt: skip


def fuse_all(each_document: bool = False) -> tuple[Incident, ...]:
    incidents, problems = fuse_claims(
        [*IDLIB_CLAIMS, *MAARAT_CLAIMS, *HAMA_CLAIMS], SOURCES, each_document=each_document
    )
    assert not problems
    return incidents


def find(incidents: tuple[Incident, ...], name: str, scope: str = "attack", year: str = "") -> Incident:
    found = [
        i
        for i in incidents
        if i.scope == scope
        and i.place
        and i.place.id == name
        and (i.time is None or i.time.start.startswith(year))
    ]
    assert len(found) == 1, found
    return found[0]


def test_idlib_shows_both_tolls_and_neither_overwrites_the_other() -> None:
    incident = find(fuse_all(), "t:idlib")
    killed = incident.toll["killed"]
    assert (killed.low, killed.high, killed.open_ended) == (23, 50, True)
    assert (killed.groups["children"].low, killed.groups["children"].best) == (7, 7)
    assert incident.toll["injured"].high == 200
    assert incident.toll["injured"].best == 200
    assert incident.toll["injured"].open_ended
    assert incident.toll["killed_or_injured"].best == 250
    assert {a.voice.name: a.toll["killed"].best for a in incident.accounts if "killed" in a.toll} == {
        None: 23,
        "Syrian Observatory for Human Rights": None,
        "Local Coordination Committees": 50,
    }


def test_blame_and_denial_stand_side_by_side() -> None:
    (attribution,) = find(fuse_all(), "t:idlib").attribution
    assert attribution.actor == "Russia"
    assert attribution.asserted_by == ("Syrian Observatory for Human Rights",)
    assert attribution.denied_by == ("Russia",)
    assert attribution.admitted_by == ()


def test_struck_near_is_no_hit() -> None:
    incident = find(fuse_all(), "t:idlib")
    assert incident.targets == ("hospital",)
    assert incident.toll["struck_near"].groups["hospital"].best == 2
    assert incident.toll["damaged"].groups["hospital"].best == 2


def test_the_next_days_strike_on_another_village_is_another_attack() -> None:
    incident = find(fuse_all(), "t:takharim")
    assert incident.toll["destroyed"].groups["clinic"].best == 2
    assert "killed" not in incident.toll


def test_maarat_is_part_of_the_day_and_the_day_is_not_added() -> None:
    incidents = fuse_all()
    one, whole = find(incidents, "t:maarat"), find(incidents, "t:idlib-p", "area_day")
    assert (one.toll["killed"].low, one.toll["killed"].best, one.toll["killed"].high) == (38, 38, 38)
    assert whole.toll["killed"].best == 59
    assert one.part_of == (whole.id,)
    assert whole.part_of == ()
    assert one.attribution[0].denied_by == ("Russia",)


def test_running_totals_stand_only_in_their_own_scope() -> None:
    incidents = fuse_all()
    for incident in incidents:
        figures = {e.best for h, e in incident.toll.items() if h == "killed"}
        if incident.scope != "since_date":
            assert not figures & {24, 750}
    running = [i for i in incidents if i.scope == "since_date"]
    assert sorted(e.high for i in running for h, e in i.toll.items() if h == "killed") == [24, 750]
    assert all(i.part_of == () for i in running)


def test_fusing_each_document_alone_gives_the_same_here() -> None:
    assert fuse_all() == fuse_all(each_document=True)
