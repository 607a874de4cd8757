"""`case.toml`: what a case sets, with the meaning of every key, and what is wrong with a file that breaks it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, get_args

from harmledger.records.meaning import meant
from harmledger.records.problem import Problem

FILE: Final = "case.toml"
EditionPolicy = Literal["rolling", "kept"]

LONGEST_DELAY_HOURS: Final = 24 * 366
_SIZE_LIMIT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class CaseSettings:
    """What `case.toml` sets; every key is a field here, and its meaning stands in the file that init writes."""

    name: str = meant("what the case is called, on pages and in messages", "")
    description: str = meant("one or two sentences about the case, shown on public pages", "")
    contact: str = meant(
        "where readers write to with a correction (an address or a link), shown publicly", ""
    )
    countries: tuple[str, ...] = meant(
        "countries that places lie in, as two letters (ISO 3166-1 alpha-2); empty: anywhere", ()
    )
    zone: str | None = meant(
        "time zone in which days are counted, such as Asia/Damascus; left out: the country's", None
    )
    languages: tuple[str, ...] = meant(
        "languages of the documents (BCP 47); the first is taken where a text's own cannot be told", ()
    )
    delay_hours: int = meant(
        "hours that an attack on a hospital, clinic, rescue centre, school or camp is held back from the public (0 to 8784)",
        72,
    )
    editions: EditionPolicy = meant(
        "rolling: a publication replaces the one before it; kept: each stays, under a number of its own",
        "rolling",
    )


def list_keys() -> Mapping[str, str]:
    """Give every key of case.toml and what it means, in the order of the file."""
    return {field.name: field.metadata["meaning"] for field in fields(CaseSettings)}


def compose_settings(settings: CaseSettings) -> str:
    """Give the text of a case.toml: every key with its meaning above it; optional ones that are not set stand
    as comments."""
    lines = ["# A case of Harmledger. Every key may be left out; its default then holds.", ""]
    for name, meaning in list_keys().items():
        value = getattr(settings, name)
        lines.append(f"# {meaning}")
        lines.append(f"{name} = {_write_value(value)}" if value is not None else f'# {name} = ""')
        lines.append("")
    return "\n".join(lines)


def _write_value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_write_value(item) for item in value)}]"
    if isinstance(value, int):
        return str(value)
    quoted = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", quoted) + '"'


def load_settings(folder: Path) -> tuple[CaseSettings | None, tuple[Problem, ...]]:
    """Read the folder's case.toml. None where it cannot be read or any key is wrong: a case whose delay or
    country is misspelt must not be published as if it had none."""
    path = folder / FILE
    try:
        with path.open("rb") as handle:
            data = handle.read(_SIZE_LIMIT + 1)
        if len(data) > _SIZE_LIMIT:
            raise ValueError("larger than 1 MB")
        text = data.decode().removeprefix("\ufeff")
        table = tomllib.loads(text)
    except OSError as error:
        return None, (_problem(f"cannot be read: {error.strerror or error}", str(path), "check the file"),)
    except (ValueError, RecursionError) as error:
        return None, (_report_broken(error, path),)
    problems = tuple(_check_all(table, text, path))
    if problems:
        return None, problems
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    if "countries" in given:
        given["countries"] = tuple(code.upper() for code in given["countries"])
    return CaseSettings(**given), ()


def _report_broken(error: Exception, path: Path) -> Problem:
    found = re.search(r"\(at line (\d+), column \d+\)", str(error))
    where = f"{path}:{found[1]}" if found else str(path)
    return _problem(f"is no TOML: {error}", where, "mend the line; text stands in quotes, lists in [ ]")


def _check_all(table: Mapping[str, Any], text: str, path: Path) -> list[Problem]:
    known = tuple(list_keys())
    problems = []
    for key, value in table.items():
        where = f"{path}:{_find_line(text, key)}"
        if key not in known:
            nearest = get_close_matches(key, known, 1, 0.5)
            hint = f"write {nearest[0]!r}" if nearest else "take the line out"
            allowed = ", ".join(known)
            problems.append(
                _problem(f"there is no key {key!r:.80}", where, f"{hint}; the keys are {allowed}")
            )
            continue
        fault = _CHECKS[key](value)
        if fault is not None:
            problems.append(_problem(f"{key}: {value!r:.80} {fault[0]}", where, fault[1]))
    return problems


def _find_line(text: str, key: str) -> int:
    """Give the line on which a key of the top level stands; tomllib keeps no places."""
    name = re.escape(key)
    found = re.search(rf"^[ \t]*(?:\[+[ \t]*)?[\"']?{name}[\"']?[ \t]*(?:[=.\]])", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


Fault = tuple[str, str] | None
"""What is wrong with a value, and what is allowed; None where nothing is."""


def _check_text(value: object) -> Fault:
    return None if isinstance(value, str) else ("is no text", "write text in quotes")


def _check_countries(value: object) -> Fault:
    codes = value if isinstance(value, list) else [None]
    if all(isinstance(code, str) and re.fullmatch("[A-Za-z]{2}", code) for code in codes):
        return None
    return "is no list of two-letter country codes", 'write for instance countries = ["SY", "IQ"]'


def _check_zone(value: object) -> Fault:
    name = value if isinstance(value, str) else ""
    if re.fullmatch(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}", name):
        known = files("tzdata").joinpath("zoneinfo", *name.split("/"))
        if known.is_file():
            return None
    return "is no time zone", 'write a zone of the tz database, for instance zone = "Asia/Damascus"'


def _check_languages(value: object) -> Fault:
    tags = value if isinstance(value, list) else [None]
    if all(isinstance(tag, str) and re.fullmatch("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag) for tag in tags):
        return None
    return "is no list of language tags", 'write for instance languages = ["en", "ar"]'


def _check_delay(value: object) -> Fault:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST_DELAY_HOURS:
        return None
    return "is no number of hours", f"write a whole number from 0 to {LONGEST_DELAY_HOURS}"


def _check_editions(value: object) -> Fault:
    allowed = get_args(EditionPolicy)
    return None if value in allowed else ("is no edition policy", f"write one of: {', '.join(allowed)}")


_CHECKS: Final[Mapping[str, Callable[[object], Fault]]] = {
    "name": _check_text,
    "description": _check_text,
    "contact": _check_text,
    "countries": _check_countries,
    "zone": _check_zone,
    "languages": _check_languages,
    "delay_hours": _check_delay,
    "editions": _check_editions,
}


def _problem(message: str, where: str, remedy: str) -> Problem:
    return Problem("store.settings", message, "error", where, remedy=remedy)
