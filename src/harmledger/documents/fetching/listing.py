"""Lists of web addresses, one a line."""

from typing import Final
from urllib.parse import urlsplit

from harmledger.records.problem import Problem

LONGEST_ADDRESS: Final = 2_000
MOST_ADDRESSES: Final = 200
"""Addresses that are asked for at a time."""


def read_addresses(text: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Give the addresses of a list, each once, in their order; blank lines and those that begin with # are passed over."""
    found: dict[str, None] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        fault = find_fault(address)
        if fault is None and len(found) >= MOST_ADDRESSES and address not in found:
            problems.append(
                _report(number, f"more than {MOST_ADDRESSES} addresses; this and the rest are left")
            )
            break
        if fault is None:
            found[address] = None
        else:
            problems.append(_report(number, fault))
    return tuple(found), tuple(problems)


def find_fault(address: str) -> str | None:
    """Give what keeps a text from being an address of the web; None where nothing does."""
    if len(address) > LONGEST_ADDRESS:
        return f"an address has at most {LONGEST_ADDRESS} characters"
    if any(not char.isprintable() or char.isspace() for char in address):
        return "an address holds no space and no control character"
    try:
        parts = urlsplit(address)
        has_port = parts.port != 0
    except ValueError:
        return "this is no address"
    if parts.scheme.lower() not in ("http", "https"):
        return "only addresses that begin with https:// or http:// are asked for"
    if parts.username is not None or parts.password is not None:
        return "an address that holds a name or a password is not asked for"
    return None if parts.hostname and has_port else "this is no address"


def _report(number: int, message: str) -> Problem:
    return Problem(
        "documents.address", message, "error", f"line {number}", remedy="mend the list, and send it again"
    )
