"""What changed among the heads since a moment is what looking at all of them shows."""

from random import Random

import pytest

from harmledger.store.changed_heads import list_changed_heads
from harmledger.store.view_marks import find_since, read_mark, write_mark

from .conftest import AT, add, write_lines


def do_something(case, folder, chance, step):
    """Add a version of some report, which may say that it replaces another, or judge one, at random."""
    known = [head.id for head in case.facts.list_heads()]
    if len(known) < 3 or chance.random() < 0.5:
        row = {"id": f"r{chance.randrange(6)}", "text": f"Shelling killed {step} people."}
        if chance.random() < 0.5:
            row["supersedes"] = chance.choice([f"r{chance.randrange(6)}", *known])
        add(case, write_lines(folder / f"{step}.jsonl", row))
    else:
        case.facts.judge(
            chance.choice(known), chance.choice(["withdrawn", "retracted"]), "tried out", "the-analyst", AT,
            holds=chance.random() < 0.6, of_address=chance.random() < 0.3,
        )  # fmt: skip


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2, 3))])
def test_what_changed_is_what_looking_at_all_shows(case, tmp_path, seed):
    chance = Random(seed)
    seen = []
    for step in range(25):
        do_something(case, tmp_path, chance, step)
        heads = {head.id: head for head in case.facts.list_heads() if head.state != "withdrawn"}
        mark = read_mark(case.folder)
        for then, written in seen:
            changed = list_changed_heads(case.facts, find_since(mark, written))
            told = {**then, **changed}
            assert {id: head for id, head in told.items() if head is not None} == heads
        seen.append((heads, write_mark(mark)))
    assert case.facts.count_withdrawn() == sum(head.state == "withdrawn" for head in case.facts.list_heads())


def test_after_an_erasure_nothing_is_told(case):
    mark = read_mark(case.folder)
    assert find_since(mark, write_mark(mark)) is not None
    assert find_since(None, write_mark(mark)) is None
    assert find_since(mark, "1,2") is None
    erased = (*mark[:2], mark[2] + 1, *mark[3:])
    assert find_since(erased, write_mark(mark)) is None
