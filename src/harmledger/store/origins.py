"""Where facts that were taken over from another case came from, as their rows keep it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from harmledger.records.taking_over import TAKEN_OVER, TakenOver
from harmledger.store.facts import Facts
from harmledger.store.placing import clean_text


@contextmanager
def add_whole(facts: Facts) -> Iterator[None]:
    """Keep all that the block records, or nothing of it."""
    from django.db import transaction

    with transaction.atomic(using=facts.alias):
        yield


def write_origin(origin: TakenOver | None) -> str:
    """Give an origin as a row keeps it; nothing for what was made here."""
    return (
        "" if origin is None else clean_text(json.dumps(asdict(origin), sort_keys=True, ensure_ascii=False))
    )


def read_origin(told: str) -> Mapping[str, Any]:
    """Give what stands under `extra` of the line."""
    return {TAKEN_OVER: json.loads(told)} if told else {}
