"""What requests decode is met once, before there are threads.

msgspec learns a class when it is first decoded, and keeps what it has learned so far on the class while it goes on: a second
thread that decodes it meanwhile takes the half for the whole, and the process dies (seen with msgspec 0.22 and eight
threads). A class that is known already is only looked up.
"""

import sys
from contextlib import suppress
from dataclasses import is_dataclass
from importlib import import_module
from typing import Any, Final

import msgspec

_IMPORTED_BY_REQUESTS: Final = (
    "harmledger.documents.parts.lines",
    "harmledger.incidents.rulings",
    "harmledger.pipeline.case_reading",
    "harmledger.pipeline.case_rulings",
    "harmledger.pipeline.case_view",
    "harmledger.pipeline.catalogue_rows",
    "harmledger.pipeline.claiming",
    "harmledger.pipeline.formats",
    "harmledger.pipeline.judging",
    "harmledger.pipeline.kept_forms",
    "harmledger.pipeline.public_incident",
    "harmledger.pipeline.review",
    "harmledger.pipeline.suggesting",
    "harmledger.pipeline.why",
    "harmledger.records.document",
    "harmledger.records.judgement",
    "harmledger.records.signing",
    "harmledger.store.view_incidents",
    "harmledger.store.view_placements",
    "harmledger.store.view_readings",
    "harmledger.store.view_tellings",
)
"""Modules that decode, and that views import only when they are asked."""


def meet_types() -> None:
    """Have msgspec learn every record of the program that a request may decode. Call it before threads start."""
    for name in _IMPORTED_BY_REQUESTS:
        import_module(name)
    for name, module in sorted(sys.modules.items()):
        if name.startswith("harmledger."):
            for value in tuple(vars(module).values()):
                if _is_record(value) and value.__module__ == name:
                    # What names a type that is imported for the type checker alone is decoded by nobody.
                    with suppress(TypeError, NameError):
                        msgspec.json.Decoder(value)


def _is_record(value: Any) -> bool:
    return isinstance(value, type) and (is_dataclass(value) or issubclass(value, msgspec.Struct))
