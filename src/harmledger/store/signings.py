"""Signings among the facts: what people signed of incidents, added and never changed."""

import json
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from harmledger.records.signing import Signing
from harmledger.records.taking_over import TakenOver
from harmledger.store.facts import BATCH, Facts, read_time, write_time
from harmledger.store.origins import read_origin, write_origin
from harmledger.store.placing import clean_text
from harmledger.store.tables import models

_LONGEST_REASON: Final = 2000


def record_signing(facts: Facts, signing: Signing, form: str = "", origin: TakenOver | None = None) -> None:
    """Record a signing, what was published by it, and where it was taken over from. One that stands already is passed over."""
    models.Signing.objects.using(facts.alias).get_or_create(
        case_id=facts.case,
        key=signing.id,
        defaults={
            "incident": signing.incident,
            "step": signing.step,
            "digest": signing.digest,
            "content": json.dumps(signing.content, sort_keys=True, ensure_ascii=False),
            "documents": json.dumps(list(signing.documents)),
            "reason": clean_text(signing.reason)[:_LONGEST_REASON],
            "by": clean_text(signing.by),
            "at": read_time(signing.at),
            "form": form,
            "origin": write_origin(origin),
        },
    )


def list_signings(facts: Facts, incidents: Iterable[str] | None = None) -> Iterator[Signing]:
    """Give all signings, or those of incidents by the ids they had then, in the order in which they were recorded."""
    if incidents is None:
        yield from map(
            _read, facts.rows(models.Signing).defer("form").order_by("id").iterator(chunk_size=BATCH)
        )
        return
    remaining = iter(incidents)
    while batch := list(islice(remaining, BATCH)):
        yield from map(
            _read, facts.rows(models.Signing).defer("form").filter(incident__in=batch).order_by("id")
        )


def list_signing_ids(facts: Facts) -> set[str]:
    """Give the ids of all signings."""
    return set(facts.rows(models.Signing).values_list("key", flat=True))


def fetch_form(facts: Facts, signing: str) -> str:
    """Give what was published by the signing with this id; nothing where it was not kept, or was erased."""
    found = facts.rows(models.Signing).filter(key=signing).values_list("form", flat=True).first()
    return str(found or "")


def mark_signings(facts: Facts) -> int:
    """Give how far the signings have come: the number of the last; 0 where there is none."""
    last = facts.rows(models.Signing).order_by("-id").values_list("id", flat=True).first()
    return int(last or 0)


def empty_signings(facts: Facts, documents: Collection[str]) -> None:
    """Take reasons and published forms from the signings of incidents that erased documents stood behind: they may repeat
    their words."""
    rows: Any = facts.rows(models.Signing).exclude(reason="", form="").values_list("pk", "documents")
    wanted = [key for key, told in rows if not set(documents).isdisjoint(json.loads(told))]
    for start in range(0, len(wanted), BATCH):
        facts.rows(models.Signing).filter(pk__in=wanted[start : start + BATCH]).update(reason="", form="")


def _read(row: Any) -> Signing:
    return Signing(
        id=row.key,
        incident=row.incident,
        step=row.step,
        digest=row.digest,
        content=json.loads(row.content),
        documents=tuple(json.loads(row.documents)),
        reason=row.reason,
        by=row.by,
        at=write_time(row.at),
        extra=read_origin(row.origin),
    )
