"""What a line says beyond the format, as far as it is what this program writes."""

from typing import TypeVar

import msgspec

from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from harmledger.records.signing import Signing

T = TypeVar("T")


def read_extra(record: Incident | Judgement | Signing, name: str, kind: type[T]) -> T | None:
    """Give what stands in `extra` under the name; None where nothing does, or something else than expected."""
    found = record.extra.get(name)
    if found is None:
        return None
    try:
        return msgspec.convert(found, kind)
    except (msgspec.ValidationError, ValueError, RecursionError):
        return None
