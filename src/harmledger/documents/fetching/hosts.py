"""Hosts: which machines may be asked. A list of addresses must not reach into the network that the program runs in."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Final

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host's name. Raises OSError."""

_PORTS: Final = frozenset({80, 443, 8080, 8443})
"""Ports that public web servers listen on."""
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones everywhere (RFC 6052). Prefixes that a network chooses for itself (RFC 8215) may
hide the IPv4 address anywhere in them, and are asked for by nobody else."""
_GIVEN_OUT: Final = ipaddress.ip_network("2000::/3")
"""All IPv6 addresses that were ever given out to machines of the public network (RFC 4291, IANA)."""
_DOCUMENTATION: Final = ipaddress.ip_network("3fff::/20")
_PROTOCOL: Final = ipaddress.ip_network("192.0.0.0/24")
"""Given to protocols, and by some providers to services of their own machines (RFC 6890)."""
_ANYCAST: Final = ipaddress.ip_network("192.88.99.0/24")
"""What led into IPv6 by way of whoever was near (RFC 7526)."""

_METADATA: Final = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "192.80.8.124")))
"""Addresses in the public range at which providers tell their own machines of themselves: Azure, Equinix Metal. Those of others lie
in ranges that are refused as a whole."""


class Forbidden(Exception):  # noqa: N818 (no error of the program: the address leads where nobody may send it)
    """The host may not be asked; the text says why."""


def resolve_host(host: str, port: int) -> Sequence[str]:
    """Give the IP addresses of a host's name, as the system finds them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve_within(resolve: Resolve, host: str, port: int, seconds: float) -> Sequence[str]:
    """Give the IP addresses of a host's name in so many seconds. The system's look-up cannot be ended: it is left to itself, and
    ends by its own limit. Raises OSError; TimeoutError where it takes longer."""
    found: list[Sequence[str]] = []
    faults: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            found.append(resolve(host, port))
        except (OSError, UnicodeError) as error:
            faults.append(error)

    asking = threading.Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(max(0.0, seconds))
    if faults:
        raise faults[0]
    if not found:
        raise TimeoutError
    return found[0]


def choose_address(host: str, port: int, resolve: Resolve, is_private_allowed: bool, seconds: float) -> str:
    """Give the IP address to connect to. Raises TimeoutError where looking its name up takes longer than so many seconds, and
    Forbidden where any of the host's addresses is not public: a name may be
    made to lead to another machine from one moment to the next, so that whoever connects takes what was looked at."""
    if not is_private_allowed and port not in _PORTS:
        raise Forbidden(f"port {port} is none that web servers listen on publicly")
    try:
        found = resolve_within(resolve, host, port, seconds)
    except TimeoutError:
        raise
    except (OSError, UnicodeError) as error:
        raise Forbidden("its host was not found") from error
    if not found:
        raise Forbidden("its host was not found")
    if not is_private_allowed and not all(map(is_public, found)):
        raise Forbidden("its host is no public one")
    return found[0]


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public network: not of this machine, nor of a network around it."""
    try:
        told = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(told, ipaddress.IPv6Address):
        inner = told.ipv4_mapped or told.sixtofour or (told.teredo[1] if told.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if told in _TRANSLATED:
            return is_public(str(ipaddress.IPv4Address(int(told) & 0xFFFFFFFF)))
        if told not in _GIVEN_OUT or told in _DOCUMENTATION:
            return False
    elif told in _ANYCAST or told in _PROTOCOL or told in _METADATA:
        return False
    return told.is_global and not told.is_multicast and not told.is_reserved
