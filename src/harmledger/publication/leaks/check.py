"""An edition's folder, file by file, held against what must not be in it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from harmledger.publication.disclosure.rules import Disclosure, unpack_disclosure
from harmledger.publication.leaks.layers import Layer, UnreadableError, list_layers
from harmledger.publication.leaks.restricted import Restricted, Rule
from harmledger.publication.leaks.search import Hit, search_layer
from harmledger.publication.leaks.shapes import check_lines, check_parts
from harmledger.publication.site.edition import MARKER, read_edition

_SIZE_LIMIT: Final = 256 * 1024 * 1024
_MOST_HITS: Final = 10_000
_DATA: Final = ("data/incidents.jsonl", "data/claims.jsonl")


class NoEditionError(LookupError):
    """A folder that holds no edition; the message says so."""


@dataclass(frozen=True, slots=True)
class EditionHead:
    """What an edition says of itself: its name in the policy, its moment (UTC), and the rules it was made by."""

    name: str
    as_of: str
    rules: Disclosure


@dataclass(frozen=True, slots=True)
class LeakReport:
    """What was looked into, what was looked for, and what was found. `is_cut` where there were more hits."""

    files: int
    characters: int
    looked_for: dict[Rule, int]
    hits: tuple[Hit, ...]
    is_cut: bool = False


def read_head(folder: Path) -> EditionHead:
    """Read what an edition says of itself. Raises NoEditionError."""
    found = read_edition(folder)
    if found is None:
        raise NoEditionError(f"{folder} holds no edition that harmledger published")
    body: Any = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    try:
        rules = unpack_disclosure(body["rules"])
    except (KeyError, TypeError, ValueError) as error:
        raise NoEditionError(f"{folder} does not say by what rules it was made; publish it again") from error
    return EditionHead(found[0].name, found[0].as_of, rules)


def check_edition(folder: Path, rules: Disclosure, restricted: Restricted | None = None) -> LeakReport:
    """Look into every file of an edition, decoded, for what is restricted, and hold its data against the rules.

    Without `restricted`, which only the case tells, its shape alone is checked. A file that cannot be looked into is a hit:
    nothing is proved of it.
    """
    held = restricted or Restricted()
    hits: list[Hit] = []
    files = characters = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            continue
        files += 1
        try:
            for layer in _open(path, name):
                characters += len(layer.text)
                hits.extend(search_layer(layer, name, held))
        except UnreadableError as error:
            hits.append(Hit(name, 1, "unreadable", str(error)))
        if len(hits) > _MOST_HITS:
            break
    hits += _check_shape(folder, rules, held)
    counts = dict(held.counts)
    told = sorted(set(hits))
    return LeakReport(files, characters, counts, tuple(told[:_MOST_HITS]), len(told) > _MOST_HITS)


def _open(path: Path, name: str) -> Iterator[Layer]:
    """Give the layers of a file, its name first. Raises UnreadableError."""
    yield Layer(name, "(its name)")
    if path.is_symlink() or not path.is_file():
        raise UnreadableError("it is a link, or no file at all")
    try:
        if path.stat().st_size > _SIZE_LIMIT:
            raise UnreadableError("it is larger than 256 MB")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"it cannot be read: {error.strerror or error}") from error
    yield from list_layers(data)


def _check_shape(folder: Path, rules: Disclosure, restricted: Restricted) -> Iterator[Hit]:
    kinds: dict[str, frozenset[str]] = {}
    for home in (Path(), *sorted(path.relative_to(folder) for path in folder.glob("editions/*"))):
        for name in _DATA:
            file = home / (name if home == Path() else Path(name).name)
            path = folder / file
            if not path.is_file() or path.is_symlink():
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            for line, rule, what in check_lines(text, rules, kinds):
                yield Hit(file.as_posix(), line, rule, what)
            for line, rule, what in check_parts(text, restricted):
                yield Hit(file.as_posix(), line, rule, what)
