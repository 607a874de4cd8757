"""`editions.toml`: the editions of a case, and what is wrong with a file that breaks it."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, get_args

from harmledger.publication.disclosure.fields import list_withholdable
from harmledger.publication.disclosure.rules import (
    BUILT_IN,
    EVERYWHERE,
    GRADES,
    KINDS,
    LANGUAGES,
    LEVELS,
    Audience,
    Disclosure,
    GraphicRule,
    IdRule,
    NameRule,
    NeedRule,
    PostRule,
    TextRule,
    choose_default,
    list_edition_keys,
)
from harmledger.publication.withholding.public_words import SITE_KINDS
from harmledger.records.problem import Problem

FILE: Final = "editions.toml"
"""The policy of a case: one table for each edition."""

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")
_LONGEST_DELAY_HOURS: Final = 24 * 366
_SIZE_LIMIT: Final = 1_000_000

Fault = tuple[str, str]
"""What is wrong with a value, and what is allowed."""


def load_editions(folder: Path, delay_hours: int) -> tuple[Mapping[str, Disclosure], tuple[Problem, ...]]:
    """Read a case's editions by name; without a file those that are built in.

    `delay_hours` is the case's own. Where any key is wrong there are no editions: one whose delay is misspelt must not
    be published as if it had none.
    """
    path = folder / FILE
    editions = {name: choose_default(name, name, delay_hours) for name in BUILT_IN}
    try:
        with path.open("rb") as handle:
            data = handle.read(_SIZE_LIMIT + 1)
        if len(data) > _SIZE_LIMIT:
            raise ValueError("larger than 1 MB")
        text = data.decode().removeprefix("\ufeff")
        tables = tomllib.loads(text)
    except FileNotFoundError:
        return editions, ()
    except OSError as error:
        return {}, (_problem(f"cannot be read: {error.strerror or error}", str(path), "check the file"),)
    except (ValueError, RecursionError) as error:
        return {}, (_report_broken(error, path),)
    lines = Lines(text, path)
    problems: list[Problem] = []
    for name, table in tables.items():
        faults = list(_check_edition(name, table, lines))
        problems += faults
        if not faults:
            editions[name] = _make_edition(name, table, delay_hours)
    return ({}, tuple(problems)) if problems else (editions, ())


def write_editions(folder: Path) -> None:
    """Write the policy of a new case, which changes nothing and explains every key; one that is there stays.

    Raises OSError.
    """
    path = folder / FILE
    if not path.exists():
        path.write_text(compose_editions(), encoding="utf-8", newline="\n")


def compose_editions() -> str:
    """Give the text of an editions.toml that changes nothing: every key with its meaning, and the defaults of each
    edition as comments."""
    lines = [
        "# Which editions leave the case, and what each discloses. Every key may be left out; what stands behind # holds.",
        "",
    ]
    lines += [f"# {name}: {meaning}" for name, meaning in list_edition_keys().items()]
    for edition in BUILT_IN.values():
        lines += ["", f"[{edition.name}]"]
        for key in list_edition_keys():
            value = getattr(edition, key)
            if key == "coordinates":
                continue
            lines.append(f"# {key} = {_write_value(value)}")
        lines += ["", f"[{edition.name}.coordinates]"]
        lines += [f"# {kind} = {_write_value(level)}" for kind, level in edition.coordinates.items()]
    return "\n".join(lines) + "\n"


def _write_value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_write_value(item) for item in value)}]"
    return str(value) if isinstance(value, int) else f'"{value or ""}"'


class Lines:
    """Finds the line on which a key stands: tomllib keeps no places."""

    def __init__(self, text: str, path: Path) -> None:
        self._path = path
        self._found: dict[tuple[str, ...], int] = {}
        table: tuple[str, ...] = ()
        for number, line in enumerate(text.splitlines(), 1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
                table = tuple(_unquote(part) for part in header[1].split("."))
                self._found.setdefault(table, number)
            elif key := re.match(r"\s*([\w\"'.-]+)\s*=", line):
                told = tuple(_unquote(part) for part in key[1].split("."))
                for length in range(1, len(told) + 1):
                    self._found.setdefault((*table, *told[:length]), number)

    def locate(self, *keys: str) -> str:
        """Give file and line of a key, else of the table that it stands in."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self._found:
                return f"{self._path}:{self._found[keys[:length]]}"
        return f"{self._path}:1"


def _unquote(part: str) -> str:
    return part.strip().strip("\"'")


def _check_edition(name: str, table: object, lines: Lines) -> Iterator[Problem]:
    where = lines.locate(name)
    if not isinstance(table, dict):
        remedy = "write a table for each edition, such as [public], and its keys under it"
        yield _problem(f"{name!r:.80} stands outside any edition", where, remedy)
        return
    if not _NAME.fullmatch(name):
        yield _problem(
            f"{name!r:.80} is no name of an edition",
            where,
            "write small letters, digits and hyphens, 32 at most",
        )
        return
    if name not in BUILT_IN and "audience" not in table:
        remedy = f"write audience = one of: {', '.join(get_args(Audience))}"
        yield _problem(f"the edition {name!r} does not say who it is for", where, remedy)
    known = list_edition_keys()
    for key, value in table.items():
        where = lines.locate(name, key)
        if key not in known:
            nearest = get_close_matches(key, known, 1, 0.5)
            hint = f"write {nearest[0]!r}" if nearest else "take the line out"
            yield _problem(f"there is no key {key!r:.80}", where, f"{hint}; the keys are {', '.join(known)}")
        elif key == "coordinates":
            yield from _check_coordinates(name, value, lines)
        elif (fault := _CHECKS[key](value)) is not None:
            yield _problem(f"{key}: {value!r:.80} {fault[0]}", where, fault[1])
    yield from _check_public(name, table, lines)


def _check_coordinates(name: str, table: object, lines: Lines) -> Iterator[Problem]:
    kinds = (*KINDS, EVERYWHERE)
    if not isinstance(table, dict):
        yield _problem(
            f"coordinates: {table!r:.80} is no table",
            lines.locate(name, "coordinates"),
            f"write [{name}.coordinates]",
        )
        return
    for kind, level in table.items():
        where = lines.locate(name, "coordinates", kind)
        if kind not in kinds:
            nearest = get_close_matches(kind, kinds, 1, 0.5)
            hint = f"write {nearest[0]!r}" if nearest else "take the line out"
            yield _problem(
                f"there is no kind of place {kind!r:.80}", where, f"{hint}; the kinds are {', '.join(kinds)}"
            )
        elif level not in LEVELS:
            yield _problem(f"{kind}: {level!r:.80} is no level", where, f"write one of: {', '.join(LEVELS)}")


def _check_public(name: str, table: Mapping[str, Any], lines: Lines) -> Iterator[Problem]:
    """Hold a public edition to what no setting may undo: names, posts, full texts, ids and sites stay inside."""
    if table.get("audience", name) != "public":
        return
    for key, allowed in _PUBLIC_ONLY.items():
        if key in table and table[key] not in allowed:
            remedy = f"write one of: {', '.join(allowed)}; or make it a partner edition"
            yield _problem(f"{key}: {table[key]!r:.80} is never public", lines.locate(name, key), remedy)
    told = table.get("coordinates")
    for kind, level in told.items() if isinstance(told, dict) else ():
        if level not in LEVELS:
            continue
        finest = "district" if kind in SITE_KINDS else "neighbourhood"
        if LEVELS.index(level) < LEVELS.index(finest):
            where = lines.locate(name, "coordinates", kind)
            yield _problem(
                f"{kind}: {level!r} is never public", where, f"write {finest!r} or what is coarser"
            )


_PUBLIC_ONLY: Final[Mapping[str, tuple[str, ...]]] = {
    "names": ("drop", "hash"),
    "posts": ("reviewed",),
    "texts": ("none", "clause"),
    "ids": ("digest",),
}


def _make_edition(name: str, table: Mapping[str, Any], delay_hours: int) -> Disclosure:
    base = choose_default(table.get("audience", name), name, delay_hours)
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    if "coordinates" in given:
        given["coordinates"] = {**base.coordinates, **given["coordinates"]}
    if given.get("least_grade") == "":
        given["least_grade"] = None
    return replace(base, **given)


def _one_of(*allowed: str) -> Callable[[object], Fault | None]:
    def check(value: object) -> Fault | None:
        if isinstance(value, str) and value in allowed:
            return None
        return "is not allowed", f"write one of: {', '.join(repr(one) for one in allowed)}"

    return check


def _list_of(
    allowed: Callable[[], Mapping[str, Any] | tuple[str, ...]], least: int = 0
) -> Callable[[object], Fault | None]:
    def check(value: object) -> Fault | None:
        known = tuple(allowed())
        if not isinstance(value, list) or len(value) < least:
            return "is no list", f"write a list of: {', '.join(known)}"
        wrong = next((one for one in value if one not in known), None)
        if wrong is None:
            return None
        nearest = get_close_matches(str(wrong), known, 1, 0.5)
        hint = f"did you mean {nearest[0]!r}? " if nearest else ""
        return (
            f"holds {wrong!r:.80}, which is none of those that are known",
            f"{hint}write: {', '.join(known)}",
        )

    return check


def _check_delay(value: object) -> Fault | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LONGEST_DELAY_HOURS:
        return None
    return "is no number of hours", f"write a whole number from 0 to {_LONGEST_DELAY_HOURS}"


_CHECKS: Final[Mapping[str, Callable[[object], Fault | None]]] = {
    "audience": _one_of(*get_args(Audience)),
    "languages": _list_of(lambda: LANGUAGES, 1),
    "names": _one_of(*get_args(NameRule)),
    "posts": _one_of(*get_args(PostRule)),
    "texts": _one_of(*get_args(TextRule)),
    "ids": _one_of(*get_args(IdRule)),
    "least_grade": _one_of("", *GRADES),
    "needs": _one_of(*get_args(NeedRule)),
    "delay_hours": _check_delay,
    "delayed": _list_of(lambda: KINDS),
    "withheld": _list_of(list_withholdable),
    "facility_withheld": _list_of(list_withholdable),
    "graphic": _one_of(*get_args(GraphicRule)),
}


def _report_broken(error: Exception, path: Path) -> Problem:
    found = re.search(r"\(at line (\d+), column \d+\)", str(error))
    where = f"{path}:{found[1]}" if found else str(path)
    return _problem(f"is no TOML: {error}", where, "mend the line; text stands in quotes, lists in [ ]")


def _problem(message: str, where: str, remedy: str) -> Problem:
    return Problem("publication.editions", message, "error", where, remedy=remedy)
