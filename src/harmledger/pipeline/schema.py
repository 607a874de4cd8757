"""JSON Schema (draft 2020-12) of the formats, from the records themselves."""

from dataclasses import fields, is_dataclass
from typing import Any, Final, get_args, get_origin

import msgspec

from harmledger.pipeline.formats import FORMATS
from harmledger.records.document import Document
from harmledger.records.span import EVIDENCE_LIMIT
from harmledger.records.vocabulary import FORMAT

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def describe_format(name: str) -> dict[str, Any]:
    """Give the JSON Schema of one line of a format, named as in FORMATS.

    Every field carries its meaning as description. Raises KeyError for another name.
    """
    record_type = FORMATS[name]
    schema: dict[str, Any] = {"$schema": DIALECT, "title": f"One line of {name}.jsonl"}
    schema |= msgspec.json.schema(record_type)
    definitions = schema["$defs"]
    for kind in _collect_dataclasses(record_type):
        _explain_fields(definitions[kind.__name__], kind)
    own = definitions[record_type.__name__]
    own["properties"]["format"] = {"const": FORMAT, "description": own["properties"]["format"]["description"]}
    if record_type is Document:
        own["oneOf"] = [
            {"required": [content], "properties": {content: {"type": "string"}}}
            for content in ("text", "html", "path")
        ]
    if "evidence" in own["properties"]:
        own["properties"]["evidence"]["properties"] = {"text": {"maxLength": EVIDENCE_LIMIT}}
    return schema


def _explain_fields(definition: dict[str, Any], kind: type) -> None:
    for field in fields(kind):
        definition["properties"][field.name]["description"] = field.metadata["meaning"]


def _collect_dataclasses(root: type) -> list[type]:
    """Give the dataclass and those that its fields hold, each once, in order of appearance."""
    found: list[type] = []
    waiting: list[Any] = [root]
    while waiting:
        kind = waiting.pop(0)
        if get_origin(kind) is not None:
            waiting.extend(get_args(kind))
        elif is_dataclass(kind) and isinstance(kind, type) and kind not in found:
            found.append(kind)
            waiting.extend(field.type for field in fields(kind))
    return found
