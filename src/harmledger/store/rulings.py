"""Rulings among the facts: people's judgements on claims, recorded once, never changed, emptied by an erasure."""

import json
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from harmledger.records.judgement import Judgement
from harmledger.records.taking_over import TakenOver
from harmledger.store.facts import BATCH, Facts, read_time, write_time
from harmledger.store.origins import read_origin, write_origin
from harmledger.store.placing import clean_text
from harmledger.store.tables import models


def record_ruling(
    facts: Facts, judgement: Judgement, documents: Mapping[str, str], origin: TakenOver | None = None
) -> None:
    """Record a judgement; `documents` gives for each of its claims the id of its document, `origin` where it was taken over
    from. One that stands already is passed over. The caller holds the case's lock."""
    from django.db import transaction

    with transaction.atomic(using=facts.alias):
        row, is_new = models.Ruling.objects.using(facts.alias).get_or_create(
            case_id=facts.case,
            key=judgement.id,
            defaults={
                "kind": judgement.kind,
                "field": judgement.field,
                "value": None if judgement.value is None else json.dumps(judgement.value, ensure_ascii=False),
                "undoes": judgement.undoes,
                "reason": clean_text(judgement.reason),
                "by": clean_text(judgement.by),
                "at": read_time(judgement.at),
                "origin": write_origin(origin),
            },
        )
        if is_new:
            models.RuledClaim.objects.using(facts.alias).bulk_create(
                models.RuledClaim(
                    case_id=facts.case, ruling=row, number=number, claim=claim, document=documents[claim]
                )
                for number, claim in enumerate(judgement.claims)
            )


def list_rulings(facts: Facts) -> Iterator[Judgement]:
    """Give all judgements on claims, those taken back too, in the order in which they were made."""
    yield from _read_rulings(facts, facts.rows(models.Ruling))


def _read_rulings(facts: Facts, chosen: Any) -> Iterator[Judgement]:
    claims: dict[int, list[str]] = {}
    rows = facts.rows(models.RuledClaim).filter(ruling__in=chosen).order_by("ruling_id", "number")
    for ruling, claim in rows.values_list("ruling_id", "claim"):
        claims.setdefault(ruling, []).append(claim)
    for row in chosen.order_by("id"):
        yield Judgement(
            id=row.key,
            kind=row.kind,
            claims=tuple(claims.get(row.pk, ())),
            field=row.field,
            value=None if row.value is None else json.loads(row.value),
            undoes=row.undoes,
            reason=row.reason,
            by=row.by,
            at=write_time(row.at),
            extra=read_origin(row.origin),
        )


def list_ruling_ids(facts: Facts) -> set[str]:
    """Give the ids of all judgements on claims, those taken back too."""
    return set(facts.rows(models.Ruling).values_list("key", flat=True))


def list_rulings_about(facts: Facts, documents: Collection[str]) -> list[Judgement]:
    """Give the judgements on claims of documents, and those that take them back, in the order in which they were made."""
    keys: set[int] = set()
    remaining = iter(sorted(documents))
    while batch := list(islice(remaining, BATCH)):
        told = facts.rows(models.RuledClaim).filter(document__in=batch)
        keys.update(told.values_list("ruling_id", flat=True))
    fresh = list(facts.numbered(models.Ruling).filter(pk__in=keys).values_list("key", flat=True))
    while fresh:
        rows = facts.rows(models.Ruling).filter(undoes__in=fresh).exclude(pk__in=keys)
        found = list(rows.values_list("pk", "key"))
        keys.update(key for key, _ in found)
        fresh = [name for _, name in found]
    return list(_read_rulings(facts, facts.numbered(models.Ruling).filter(pk__in=keys)))


def list_rulings_of_act(facts: Facts, key: str) -> list[Judgement]:
    """Give the judgements that a person made by the same act as one of them, at the same moment, and that nobody took back."""
    first = facts.rows(models.Ruling).filter(key=key).first()
    if first is None or first.kind == "undo":
        return []
    rows = facts.rows(models.Ruling).filter(by=first.by, at=first.at, kind=first.kind)
    undone = facts.rows(models.Ruling).filter(undoes__in=list(rows.values_list("key", flat=True)))
    return list(_read_rulings(facts, rows.exclude(key__in=list(undone.values_list("undoes", flat=True)))))


def empty_rulings(facts: Facts, documents: Collection[str]) -> None:
    """Take from the judgements on claims of erased documents what may repeat their words: the value and the reason.

    A correction without its value is followed no more; that there was one, whose and when, stays on record.
    """
    remaining = iter(documents)
    while batch := list(islice(remaining, BATCH)):
        told: Any = facts.rows(models.RuledClaim).filter(document__in=batch)
        keys = list(told.values_list("ruling_id", flat=True).distinct())
        for start in range(0, len(keys), BATCH):
            rows = facts.numbered(models.Ruling).filter(pk__in=keys[start : start + BATCH])
            rows.update(value=None, reason="", is_emptied=True)
