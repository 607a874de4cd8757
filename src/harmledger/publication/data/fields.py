"""The data explained: a README of every field, and a Frictionless data package, both from the definitions."""

import json
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final, Literal, get_args, get_origin

from harmledger.publication.data.layouts import hxl
from harmledger.publication.data.rows import ROWS
from harmledger.publication.data.tables import TABLES
from harmledger.publication.disclosure.rules import Disclosure
from harmledger.publication.wording import Wording
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident

LINES: Final[Mapping[str, type]] = {"incidents.jsonl": Incident, "claims.jsonl": Claim}
"""Files of JSON lines, and the record of each."""

HXL: Final[Mapping[str, str]] = {
    "id": "#event+id",
    "incident": "#event+id",
    "scope": "#event+type",
    "start": "#date+start",
    "end": "#date+end",
    "place": "#loc+name",
    "place_id": "#loc+code",
    "country": "#country+code",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "place_precision": "#geo+precision",
    "killed_low": "#affected+killed+min",
    "killed_best": "#affected+killed",
    "killed_high": "#affected+killed+max",
    "killed_children_low": "#affected+killed+children+min",
    "killed_children_best": "#affected+killed+children",
    "killed_children_high": "#affected+killed+children+max",
    "injured_low": "#affected+injured+min",
    "injured_best": "#affected+injured",
    "injured_high": "#affected+injured+max",
    "voice": "#meta+source",
    "low": "#affected+min",
    "best": "#affected",
    "high": "#affected+max",
    "grade": "#meta+grade",
    "status": "#status",
}
"""Tags of the Humanitarian Exchange Language (hxlstandard.org, 1.1) for the columns that have one."""

_TYPES: Final = {str: "string", int: "integer", float: "number", bool: "boolean"}


def compose_readme(words: Wording, name: str, rules: Disclosure) -> str:
    """Give the README of the data folder: every file, every column, every field."""
    text = words.tables["data"]
    parts = [text["title"].format(name=name), "", text[rules.audience], ""]
    for paragraph in text["notes"]:
        parts += [paragraph, ""]
    for file, row_type in TABLES.items():
        parts += [f"## {file}", "", text["files"][_key(file)], "", *_tabulate(file, row_type, text), ""]
    parts += ["## incidents.geojson", "", text["files"]["incidents_geojson"], ""]
    for file, record in LINES.items():
        parts += [f"## {file}", "", text["files"][_key(file)], ""]
        for kind in list_records(record):
            doc = (kind.__doc__ or "").split("\n\n")[0].strip()
            parts += [f"### {kind.__name__}", "", doc, "", *_list_meanings(kind), ""]
    return "\n".join(parts).rstrip() + "\n"


def _key(file: str) -> str:
    return file.replace(".", "_").replace("-", "_")


def list_tags(file: str) -> Mapping[str, str]:
    """Give the tags of a table's columns; a layout of somebody else's has none."""
    return hxl.TAGS if file == hxl.FILE else HXL if file in ROWS else {}


def _tabulate(file: str, row_type: type, text: Mapping[str, Any]) -> Iterator[str]:
    yield f"| {text['column']} | {text['meaning']} | HXL |"
    yield "|---|---|---|"
    for field in fields(row_type):
        yield f"| `{field.name}` | {_escape(field.metadata['meaning'])} | {_code(list_tags(file).get(field.name))} |"


def _list_meanings(record: type) -> Iterator[str]:
    for field in fields(record):
        yield f"- `{field.name}`: {field.metadata['meaning']}"


def list_records(record: type) -> list[type]:
    """Give a record's type and those of the records inside it, each once, in the order in which they appear."""
    found: list[type] = []
    waiting = [record]
    while waiting:
        kind = waiting.pop(0)
        if kind in found:
            continue
        found.append(kind)
        for hint in typing.get_type_hints(kind).values():
            waiting.extend(
                part for part in _take_apart(hint) if isinstance(part, type) and is_dataclass(part)
            )
    return found


def _take_apart(hint: Any) -> Iterator[Any]:
    yield hint
    if get_origin(hint) is not Literal:
        for part in get_args(hint):
            yield from _take_apart(part)


def compose_package(name: str, as_of: str, digests: Mapping[str, tuple[str, int]], credits: str) -> str:
    """Give the data package (specs.frictionlessdata.io), with SHA-256 and size of each file."""
    resources = []
    for file in sorted(digests):
        digest, size = digests[file]
        resource: dict[str, Any] = {
            "name": file.replace(".", "-"),
            "path": file,
            "bytes": size,
            "hash": f"sha256:{digest}",
        }
        if file in TABLES:
            resource |= {
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": [_describe_field(file, field) for field in fields(TABLES[file])]},
            }
        else:
            resource["format"] = file.rpartition(".")[2]
        resources.append(resource)
    package = {
        "profile": "data-package",
        "name": "harmledger-record",
        "title": name,
        "created": as_of,
        "description": credits,
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _describe_field(file: str, field: Any) -> dict[str, Any]:
    told = {"name": field.name, "type": _name_type(field.type), "description": field.metadata["meaning"]}
    tag = list_tags(file).get(field.name)
    return told | ({"hxl": tag} if tag else {})


def _name_type(hint: Any) -> str:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return _TYPES.get(hint, "string")


def _escape(text: str) -> str:
    return text.replace("|", "\\|")


def _code(tag: str | None) -> str:
    return f"`{tag}`" if tag else ""
