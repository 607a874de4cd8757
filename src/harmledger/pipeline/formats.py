"""The interchange formats: what their records are called and how a record becomes a line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Final, TypeVar

import msgspec

from harmledger.documents.json_lines import LineError, decode_row, set_unknown_aside
from harmledger.pipeline.validity import Record, find_faults
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from harmledger.records.problem import Problem
from harmledger.records.signing import Signing
from harmledger.records.vocabulary import PEOPLE_GROUPS, PLACE_GROUPS, VOCABULARIES

R = TypeVar("R", Document, Claim, Incident, Judgement, Signing)

FORMATS: Final[Mapping[str, type[Record]]] = {
    "documents": Document,
    "claims": Claim,
    "incidents": Incident,
    "judgements": Judgement,
    "signings": Signing,
}
"""Name of each format, as `harmledger schema` takes it, and the record that is one line of it."""

_UNKNOWN_TERM: Final = re.compile(r"^Invalid enum value .* - at `\$\.?([^`]*)`$", re.DOTALL)
_LIST_NAMES: Final[Mapping[str, str]] = {
    "Document.kind": "document kind",
    "Claim.kind": "claim kind",
    "Judgement.kind": "judgement kind",
    "Claim.scope": "scope",
    "Incident.scope": "incident scope",
    "voice.role": "voice role",
    "actors.role": "actor role",
    "place.precision": "place precision",
    "time.precision": "time precision",
    "count.quantifier": "quantifier",
    "grade.value": "grade",
    "Incident.status": "incident status",
    "Claim.stance": "stance",
    "Claim.harm": "harm",
    "Claim.means": "means",
    "Incident.means": "means",
}
"""The vocabulary of each field that takes terms of one, by the object that holds it."""

_KNOWN_FIELDS: Final = {kind: frozenset(field.name for field in fields(kind)) for kind in FORMATS.values()}
_EMPTY_EXTRA: Final = b',"extra":{}}'
_ENCODER: Final = msgspec.json.Encoder(order="deterministic")


def decode_record(line: bytes, record_type: type[R]) -> R:
    """Read one line as a record; fields that the format does not know go to `extra`.

    A line without `format` is taken as format 1. Raises LineError.
    """
    row = set_unknown_aside(decode_row(line), _KNOWN_FIELDS[record_type])
    try:
        record = msgspec.convert(row, record_type)
    except (msgspec.ValidationError, ValueError) as error:
        raise LineError(f"{error}{_list_allowed(str(error), record_type)}") from error
    for fault in find_faults(record):
        raise LineError(fault)
    return record


def _list_allowed(fault: str, record_type: type[Record]) -> str:
    """Give the terms that the field takes, where the fault is a term of a closed list that nobody knows."""
    found = _UNKNOWN_TERM.match(fault)
    if found is None:
        return ""
    path = [record_type.__name__, *(re.sub(r"\[[^]]*\]", "", part) for part in found[1].split("."))]
    if path[-1] == "group":
        allowed: tuple[str, ...] = PEOPLE_GROUPS + PLACE_GROUPS
    else:
        allowed = VOCABULARIES.get(_LIST_NAMES.get(".".join(path[-2:]), ""), ())
    return f"; use one of: {', '.join(allowed)}" if allowed else ""


def encode_record(record: Record) -> bytes:
    """Give a record's one line, with its newline: fields in the order of the format, nulls kept.

    UTF-8 that is not ASCII-escaped, keys of free objects sorted, `extra` left out when empty; the same record
    gives the same bytes. Raises LineError for a record that its own format does not allow.
    """
    try:
        line = _ENCODER.encode(record)
        msgspec.json.decode(line, type=type(record))
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
        raise LineError(str(error)) from error
    for fault in find_faults(record):
        raise LineError(fault)
    if line.endswith(_EMPTY_EXTRA):
        line = line[: -len(_EMPTY_EXTRA)] + b"}"
    return line + b"\n"


def encode_records(records: Iterable[Record]) -> tuple[list[bytes], list[Problem]]:
    """Give the lines of the records; one that its format does not allow is a problem and has no line."""
    lines: list[bytes] = []
    problems: list[Problem] = []
    for record in records:
        try:
            lines.append(encode_record(record))
        except LineError as error:
            problems.append(
                Problem(
                    code="pipeline.invalid-record",
                    message=f"a record that was made breaks its own format and is not written: {error}",
                    severity="error",
                    where=getattr(record, "document", None) or record.id,
                    remedy="this is a fault of the program: please report it with the document",
                )
            )
    return lines, problems
