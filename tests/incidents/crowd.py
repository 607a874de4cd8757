"""Many made-up claims over many places and days, from a counter: no chance involved."""

from harmledger.incidents.source import Source
from harmledger.records.claim import Claim, Voice
from harmledger.records.place import Place
from incidents.build import day, toll


def spread_place(number: int) -> Place:
    """Give one of 900 towns on a grid some 11 km wide."""
    row, column = divmod(number % 900, 30)
    return Place(
        f"Town {number}",
        f"Town {number}",
        f"t:{number}",
        "SY",
        f"Province {row // 5}",
        None,
        33 + row / 10,
        36 + column / 10,
        "settlement",
        2.0,
    )


def make_crowd(size: int) -> tuple[list[Claim], dict[str, Source]]:
    """Give `size` claims: documents of four claims about two attacks; five documents tell of each attack."""
    claims: list[Claim] = []
    sources: dict[str, Source] = {}
    for n in range(size // 4):
        name, event = f"d{n:06}", n // 5
        date = f"2016-{1 + event // 28 % 12:02}-{1 + event % 28:02}"
        sources[name] = Source(name, date, f"Outlet {n % 40}", "news")
        for part in range(2):
            place, time = spread_place(event * 7 + part * 31), day(date)
            voice = Voice(f"Body {n % 9}", "a body", "monitor")
            killed = 1 + event % 17 + n % 2
            claims.append(
                toll(name, 10 * part, killed, place=place, time=time, voice=voice, means="air_strike")
            )
            claims.append(toll(name, 10 * part + 1, 2 * killed, "injured", voice=voice))
    return claims, sources
