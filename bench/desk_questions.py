"""What readers ask the desk for, drawn from the case itself: lists, maps and entries, and the room of those signed in."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

_SAMPLED = 300
_MEASURER = "the-reader-of-a-measurement"


@dataclass(frozen=True)
class Sample:
    """What of a case is asked for; ids and documents are of entries with many reports and of any."""

    count: int
    years: tuple[int, int]
    provinces: Sequence[str]
    means: Sequence[str]
    parties: Sequence[str]
    names: Sequence[str]
    box: tuple[float, float, float, float]
    stems: Sequence[str]
    ids: Sequence[str]
    documents: Sequence[str]


def draw_sample(folder: Path) -> Sample:
    """Draw what is asked of a case from its catalogue."""
    from harmledger.store.catalogue import find_catalogue, open_catalogue
    from harmledger.store.mercator import unproject

    path = find_catalogue(folder)
    if path is None:
        raise SystemExit(f"{folder} has no catalogue yet: serve it once")
    with closing(open_catalogue(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM entries").fetchone()
        first, last = connection.execute("SELECT min(first), max(first) FROM entries").fetchone()
        west, north, east, south = connection.execute(
            "SELECT min(x), min(y), max(x), max(y) FROM entries"
        ).fetchone()
        step = max(1, count // _SAMPLED)
        some = connection.execute(
            "SELECT number, stem, id FROM entries WHERE release = '' AND number % ? = 0", (step,)
        )
        many = connection.execute(
            "SELECT number, stem, id FROM entries WHERE release = '' AND number IN"
            " (SELECT number FROM sources GROUP BY number ORDER BY count(*) DESC LIMIT 50)"
        )
        entries = [*some, *many]
        told = "SELECT DISTINCT document FROM sources WHERE number IN (" + ",".join(
            str(n) for n, _, _ in entries
        )
        documents = [name for (name,) in connection.execute(told + ") LIMIT 600")]
        return Sample(
            count,
            (int(first[:4]), int(last[:4])),
            _list_values(connection, "SELECT province FROM entries WHERE province IS NOT NULL GROUP BY 1"),
            _list_values(connection, "SELECT value FROM tags WHERE kind = 'means' GROUP BY 1"),
            _list_values(connection, "SELECT value FROM tags WHERE kind = 'party' GROUP BY 1"),
            _list_values(connection, "SELECT name FROM entries WHERE name IS NOT NULL GROUP BY 1 LIMIT 2000"),
            (*unproject(west, south), *unproject(east, north)),
            [stem for _, stem, _ in entries],
            [id for _, _, id in entries],
            documents,
        )


def _list_values(connection: sqlite3.Connection, asked: str) -> list[str]:
    return [value for (value,) in connection.execute(asked)] or ["nothing"]


def ask_round(
    sample: Sample, cookie: str | None, chance: random.Random
) -> Iterator[tuple[str, str, str | None]]:
    """Give kind, address and cookie of a round of questions; entries and the room are asked for where there is a cookie."""
    yield from ((kind, address, None) for kind, address in list_questions(sample, chance))
    if cookie is not None:
        yield from ((kind, address, None) for kind, address in list_entry_questions(sample, chance))
        yield from ((kind, address, cookie) for kind, address in list_room_questions(sample, chance))


def list_questions(sample: Sample, chance: random.Random) -> list[tuple[str, str]]:
    """Give a reader's questions: kind and address."""
    year, month = chance.randint(*sample.years), chance.randrange(1, 12)
    period = f"from={year}-{month:02d}-01&to={year}-{month + 1:02d}-28"
    west, south, east, north = sample.box
    lon, lat, zoom = chance.uniform(west, east), chance.uniform(south, north), chance.randrange(5, 12)
    reach = 360 / 2**zoom
    box = f"{lon - reach:.3f},{lat - reach / 2:.3f},{lon + reach:.3f},{lat + reach / 2:.3f}"
    name = chance.choice(sample.names)
    pages = max(3, sample.count // 50 - 1)
    return [
        ("first page", "/"),
        ("a page further on", f"/?page={chance.randrange(2, pages)}"),
        (
            "by province and means",
            f"/?province={quote_plus(chance.choice(sample.provinces))}&means={chance.choice(sample.means)}",
        ),
        ("by period", f"/?{period}"),
        ("by words", f"/?q={quote_plus(name)}"),
        ("map, all of it", "/api/v1/map?zoom=5"),
        ("map, a piece", f"/api/v1/map?zoom={zoom}&bbox={box}"),
        ("map, a period", f"/api/v1/map?zoom=6&{period}"),
        ("list by API", f"/api/v1/incidents?limit=50&party={quote_plus(chance.choice(sample.parties))}"),
        ("totals", "/totals.html"),
    ]


def list_entry_questions(sample: Sample, chance: random.Random) -> list[tuple[str, str]]:
    """Give what is asked about single entries, which only a case that was built has."""
    return [
        ("an entry", f"/incidents/{chance.choice(sample.stems)}.html"),
        ("an entry by API", f"/api/v1/incidents/{chance.choice(sample.stems)}"),
    ]


def list_room_questions(sample: Sample, chance: random.Random) -> list[tuple[str, str]]:
    """Give what somebody asks who is signed in."""
    return [
        ("queue", "/review/"),
        ("queue, a page on", f"/review/?page={chance.randrange(2, 150)}"),
        ("queue by province", f"/review/?province={quote_plus(chance.choice(sample.provinces))}"),
        ("screen of an incident", f"/review/incidents/{chance.choice(sample.ids)}"),
        ("a text", f"/review/texts/{quote_plus(chance.choice(sample.documents))}"),
    ]


def open_session() -> str:
    """Give the cookie of an analyst who is signed in to the case that this process is set up for."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from harmledger.desk.web.accounts.membership import grant_role
    from harmledger.desk.web.accounts.models import Account

    account = Account.objects.filter(name=_MEASURER).first() or Account.objects.create_account(
        _MEASURER, None
    )
    Account.objects.filter(name=_MEASURER).update(is_active=True)
    grant_role(account, "analyst")
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def close_account() -> None:
    """Close the analyst's account."""
    from harmledger.desk.web.accounts.models import Account

    Account.objects.filter(name=_MEASURER).update(is_active=False)
