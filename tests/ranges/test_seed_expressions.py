"""Acceptance: the 21 hand-annotated date expressions of the four seed articles.

A hit has the annotator's first day, and a last day that is his or the day beside it (he ends a running
total with the last event of the article, we end it with the day of publication).
"""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from harmledger.lexicon.times import load_time_words
from harmledger.ranges.times import find_times, resolve_time
from harmledger.records.time import Time

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
DAY = timedelta(1)
Interval = tuple[date, date]


def collect_expressions() -> dict[tuple[str, int], tuple[int, set[Interval]]]:
    """Give each distinct expression by document and offset, with its end and the intervals annotated."""
    gold = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))
    found: dict[tuple[str, int], tuple[int, set[Interval]]] = {}
    for claim in gold["claims"]:
        when = claim.get("date") or {}
        expression = when.get("expression")
        if expression:
            key = claim["doc"], expression["start"]
            interval = date.fromisoformat(when["start_date"]), date.fromisoformat(when["end_date"])
            found.setdefault(key, (expression["end"], set()))[1].add(interval)
    return found


def resolve_document(document: str) -> list[tuple[int, int, Interval]]:
    gold = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))["documents"][document]
    text = (SEEDS / gold["file"]).read_text(encoding="utf-8")
    anchor = date.fromisoformat(gold["pub_date"])
    resolved: list[tuple[int, int, Interval]] = []
    total: Time | None = None
    for mention in find_times(text, 0, len(text), load_time_words("en")):
        time = resolve_time(mention, anchor, total)
        if time is not None:
            total = time if mention.kind == "since" else total
            resolved.append(
                (mention.start, mention.end, (date.fromisoformat(time.start), date.fromisoformat(time.end)))
            )
    return resolved


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed articles (../shared/seeds) are not here")
def test_seed_expressions_are_resolved() -> None:
    expressions = collect_expressions()
    assert len(expressions) == 21
    documents = {document: resolve_document(document) for document, _ in expressions}
    same = hits = near = 0
    for (document, start), (end, wanted) in expressions.items():
        ours = next((i for first, last, i in documents[document] if first < end and start < last), None)
        if ours is None:
            continue
        same += ours in wanted
        hits += any(ours[0] == first and abs(ours[1] - last) <= DAY for first, last in wanted)
        near += any(abs(ours[0] - first) <= DAY and abs(ours[1] - last) <= DAY for first, last in wanted)
    assert (same, hits, near) >= (17, 19, 21)
