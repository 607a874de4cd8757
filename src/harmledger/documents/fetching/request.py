"""One request to a web server: to the machine that was looked at, bounded in size and, whatever it sends, in time."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from harmledger.documents.fetching.listing import find_fault

AGENT: Final = "harmledger"
"""What the program calls itself to servers, and what robots.txt may speak of."""

_CHUNK: Final = 65_536
_SAFE: Final = "%/:=&?~+!$,;'@()*[]"


class TooLarge(Exception):  # noqa: N818 (no error of the program: the page is more than is taken)
    """The server sends more than is taken; the text says how much that is."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart, once for looking at its host and for asking it."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        """The host as a URL has it, with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"https": 443, "http": 80}[self.scheme] else f"{host}:{self.port}"

    @property
    def site(self) -> str:
        """The address of the site."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def address(self) -> str:
        """The address as a whole, without its fragment."""
        return self.site + self.target


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a request may take: bytes of its body; the end of its time (time.monotonic()); seconds until something comes."""

    size: int
    deadline: float
    connect_seconds: float
    read_seconds: float


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered. Names of headers are in lower case."""

    address: str
    ip: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


def parse_address(address: str) -> Place:
    """Take an address apart. Raises ValueError, with the reason, for one that is none or is not asked for."""
    fault = find_fault(address)
    if fault is not None:
        raise ValueError(fault)
    parts = urlsplit(address)
    scheme, told = parts.scheme.lower(), parts.hostname or ""
    try:
        host = told if ":" in told else told.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError("this is no address") from error
    target = urlunsplit(("", "", quote(parts.path or "/", _SAFE), quote(parts.query, _SAFE), ""))
    return Place(scheme, host.lower(), parts.port or {"https": 443, "http": 80}[scheme], target)


def request_page(place: Place, ip: str, bounds: Bounds) -> Page:
    """Ask the machine at `ip` for an address; its certificate is held against the host's name. No redirection is followed.

    Raises TooLarge, OSError, HTTPException or ValueError.
    """
    with _connect(place, ip, bounds) as connection:
        headers = {"Host": place.netloc, "User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
        connection.request("GET", place.target, headers=headers)  # http.client asks for no packing by itself
        response = connection.getresponse()
        told = tuple((name.lower(), " ".join(value.split())) for name, value in response.getheaders())
        parts: list[bytes] = []
        size = 0
        while chunk := response.read1(_CHUNK):
            size += len(chunk)
            if size > bounds.size:
                raise TooLarge(f"is larger than {bounds.size // 1_000_000} MB")
            parts.append(chunk)
        if time.monotonic() >= bounds.deadline:
            raise TimeoutError  # what was cut off looks like a page that has ended
        if response.length:
            raise ConnectionError("it ended too early")
        return Page(place.address, ip, response.status, response.reason, told, b"".join(parts))


@contextmanager
def _connect(place: Place, ip: str, bounds: Bounds) -> Iterator[HTTPConnection]:
    """Open a connection that is cut at the end of its time, however slowly its server sends."""
    left = bounds.deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    opened = [socket.create_connection((ip, place.port), min(bounds.connect_seconds, left))]
    cut = threading.Timer(max(0.0, bounds.deadline - time.monotonic()), _cut, (opened,))
    cut.daemon = True
    cut.start()
    try:
        opened[0].settimeout(bounds.read_seconds)
        if place.scheme == "https":
            secured = _open_context().wrap_socket(
                opened[0], server_hostname=place.host, do_handshake_on_connect=False
            )
            opened[0] = secured
            secured.do_handshake()
        connection = HTTPConnection(place.host, place.port)
        connection.sock = opened[0]
        yield connection
    finally:
        cut.cancel()
        opened[0].close()


def _cut(opened: list[socket.socket]) -> None:
    with suppress(OSError):
        socket.socket.shutdown(opened[0], socket.SHUT_RDWR)


@cache
def _open_context() -> ssl.SSLContext:
    return ssl.create_default_context()
