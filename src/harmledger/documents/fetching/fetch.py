"""Asking web servers for pages, one after the other, within bounds, and writing what they gave into a web archive."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import IO, Final
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from harmledger.documents.fetching.hosts import Forbidden, Resolve, choose_address, resolve_host
from harmledger.documents.fetching.request import (
    AGENT,
    Bounds,
    Page,
    Place,
    TooLarge,
    parse_address,
    request_page,
)
from harmledger.documents.intake import SIZE_LIMIT
from harmledger.records.problem import Problem

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_READ: Final = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_ROBOTS_LIMIT: Final = 512_000
"""Bytes of robots.txt that a program has to read at least (RFC 9309, 2.5)."""
_ROBOTS_REDIRECTS: Final = 5
"""Redirections of robots.txt that are followed (RFC 9309, 2.3.1.2)."""
_UNAVAILABLE: Final = range(400, 500)
"""Answers by which a site has no robots.txt (RFC 9309, 2.3.1.3)."""


@dataclass(frozen=True, slots=True)
class FetchRules:
    """Bounds of fetching. `is_private_allowed` lets hosts of one's own network be asked; `pause` are the seconds between
    two requests to one host."""

    size: int = SIZE_LIMIT
    total: int = 500_000_000
    redirects: int = 5
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    page_seconds: float = 60.0
    pause: float = 1.0
    is_private_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """An address that was asked for: the one that answered after redirections, and its size; or what stood in the way."""

    address: str
    final: str | None = None
    size: int = 0
    problems: tuple[Problem, ...] = ()


class Unfetched(Exception):  # noqa: N818 (no error of the program: the address gave nothing)
    """An address gave nothing that can be kept: the code, what happened and what to do."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code = code
        self.remedy = remedy


def fetch_addresses(
    addresses: Sequence[str],
    target: Path,
    clock: Callable[[], str],
    rules: FetchRules | None = None,
    resolve: Resolve = resolve_host,
) -> Iterator[Fetched]:
    """Ask for addresses in their order, write what was received to the web archive `target`, and tell of each.

    `clock` gives the moment of receipt, UTC, ISO 8601. Every redirection is looked at as the address was. A page that
    robots.txt asks programs to leave alone is left alone. Nothing that is received is run or followed. Raises OSError
    where the archive cannot be written.
    """
    asking = _Asking(rules or FetchRules(), resolve)
    with target.open("wb") as handle:
        for address in addresses:
            try:
                page = asking.ask(address)
            except Unfetched as error:
                problem = Problem(
                    f"documents.{error.code}", str(error), "error", address, remedy=error.remedy
                )
                yield Fetched(address, problems=(problem,))
                continue
            _write_record(handle, page, clock())
            yield Fetched(address, page.address, len(page.body))


@dataclass(slots=True)
class _Asking:
    rules: FetchRules
    resolve: Resolve
    received: int = 0
    robots: dict[str, RobotFileParser | str | None] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)

    def ask(self, address: str) -> Page:
        """Give the page at an address, or where its redirections lead. Raises Unfetched."""
        deadline = time.monotonic() + self.rules.page_seconds
        present = address
        for _ in range(self.rules.redirects + 1):
            place = _parse(present)
            if not self._may_ask(place, deadline):
                raise Unfetched(
                    "robots",
                    "its site asks programs not to fetch it (robots.txt)",
                    "save the page in a browser, and add the file",
                )
            page = self._request(place, self.rules.size, deadline)
            location = dict(page.headers).get("location")
            if page.status not in _REDIRECTS or not location:
                return self._check(page)
            present = urljoin(page.address, location)
        raise Unfetched(
            "fetch", "it leads from one address to the next without end", "look at it in a browser"
        )

    def _check(self, page: Page) -> Page:
        if page.status != 200:
            message = f"its server answers {page.status} {page.reason[:60]}".rstrip()
            raise Unfetched("fetch", message, "look at it in a browser; it may be gone, or want an account")
        media = dict(page.headers).get("content-type", "").partition(";")[0].strip().lower()
        if media not in _READ:
            message = f"it is of the type {media[:60] or 'unknown'}, which is not read from an address"
            raise Unfetched("fetch", message, "save it, and add the file")
        if not page.body:
            raise Unfetched("fetch", "it is empty", "look at it in a browser")
        return page

    def _may_ask(self, place: Place, deadline: float) -> bool:
        """Tell whether a site lets programs ask for an address; it does where it has no robots.txt. Raises Unfetched where it
        fails to give it: then programs may ask for nothing (RFC 9309)."""
        site = place.site
        if site not in self.robots:
            self.robots[site] = self._read_robots(site, deadline)
        told = self.robots[site]
        if isinstance(told, str):
            message = f"its site fails to say what programs may fetch (robots.txt: {told})"
            raise Unfetched(
                "robots", message, "try again later, or save the page in a browser and add the file"
            )
        return told is None or told.can_fetch(AGENT, place.address)

    def _read_robots(self, site: str, deadline: float) -> RobotFileParser | str | None:
        """Give a site's rules; None where it has none; why not, where it fails to give them. Raises Unfetched where the site
        cannot be reached at all."""
        address = f"{site}/robots.txt"
        for _ in range(_ROBOTS_REDIRECTS + 1):
            try:
                page = self._request(_parse(address), _ROBOTS_LIMIT, deadline)
            except Unfetched as error:
                is_inward = error.code == "host" and address != f"{site}/robots.txt"
                if is_inward or (error.code == "size" and self.received < self.rules.total):
                    return (
                        "it leads where nobody is asked"
                        if is_inward
                        else f"larger than {_ROBOTS_LIMIT} bytes"
                    )
                raise
            location = dict(page.headers).get("location")
            if page.status not in _REDIRECTS or not location:
                break
            address = urljoin(page.address, location)
        if page.status == 200:
            rules = RobotFileParser()
            rules.parse(page.body.decode("utf-8", "replace").splitlines())
            return rules
        is_none = page.status in _UNAVAILABLE or page.status in _REDIRECTS
        return None if is_none else f"{page.status} {page.reason[:60]}".rstrip()

    def _request(self, place: Place, limit: int, deadline: float) -> Page:
        try:
            left = deadline - time.monotonic()
            ip = choose_address(place.host, place.port, self.resolve, self.rules.is_private_allowed, left)
        except TimeoutError as error:
            message = "could not be fetched (it took too long)"
            raise Unfetched("fetch", message, "try again later, or add the page as a file") from error
        except Forbidden as error:
            raise Unfetched("host", f"is not asked for: {error}", "check the address") from error
        self._wait(place.host)
        try:
            page = request_page(place, ip, self._bound(limit, deadline))
        except TooLarge as error:
            raise Unfetched("size", str(error), "save it, and add the file") from error
        except (HTTPException, OSError, ValueError) as error:
            reason = "it took too long" if time.monotonic() >= deadline else type(error).__name__
            message = f"could not be fetched ({reason})"
            raise Unfetched("fetch", message, "try again later, or add the page as a file") from error
        self.received += len(page.body)
        return page

    def _bound(self, limit: int, deadline: float) -> Bounds:
        left = self.rules.total - self.received
        if left <= 0:
            message = f"more than {self.rules.total // 1_000_000} MB were received in all"
            raise Unfetched("size", message, "send fewer addresses at a time")
        return Bounds(min(limit, left), deadline, self.rules.connect_seconds, self.rules.read_seconds)

    def _wait(self, host: str) -> None:
        """Wait until a host may be asked again."""
        wait = self.asked.get(host, 0.0) + self.rules.pause - time.monotonic()
        if host in self.asked and wait > 0:
            time.sleep(wait)
        self.asked[host] = time.monotonic()


def _parse(address: str) -> Place:
    try:
        return parse_address(address)
    except ValueError as error:
        raise Unfetched("host", f"is not asked for: {error}", "check the address") from error


def _write_record(handle: IO[bytes], page: Page, at: str) -> None:
    """Write a response as it came; its body is no longer in chunks, so the header that says so is kept under another name."""
    from io import BytesIO

    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    headers = [
        ("x-archive-orig-transfer-encoding" if name == "transfer-encoding" else name, value)
        for name, value in page.headers
    ]
    writer = WARCWriter(handle, gzip=False)
    record = writer.create_warc_record(
        page.address,
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=StatusAndHeaders(f"{page.status} {page.reason}".strip(), headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": at, "WARC-IP-Address": page.ip},
    )
    writer.write_record(record)
