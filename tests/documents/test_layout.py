"""Every stamp and piece of furniture finds its example and spares its counter-example."""

import re

import pytest

from harmledger.documents.cues import find_cues
from harmledger.documents.read import read_document
from harmledger.documents.stamps import find_stamps
from harmledger.lexicon.prose import Furniture, Stamp, load_layout
from harmledger.records.document import Document

LAYOUT = load_layout()


def find(piece: Stamp | Furniture, text: str) -> re.Match[str] | None:
    if isinstance(piece, Stamp):
        search = {"head": piece.pattern.match, "line": piece.pattern.fullmatch}.get(
            piece.where, piece.pattern.search
        )
    else:
        search = piece.pattern.fullmatch if piece.reach == "paragraph" else piece.pattern.search
    return search(text)


@pytest.mark.parametrize("piece", [*LAYOUT.stamps, *LAYOUT.furniture], ids=lambda piece: piece.name)
def test_example_and_counter_example(piece: Stamp | Furniture) -> None:
    assert find(piece, piece.example)
    assert piece.counter is None or not find(piece, piece.counter)
    if piece.cues:
        assert piece.name in find_cues(piece.example), "no cue in the example: it would never be searched"
    else:
        assert isinstance(piece, Stamp)
        assert piece.where in ("head", "line")


def test_names_are_used_once() -> None:
    names = [piece.name for piece in (*LAYOUT.stamps, *LAYOUT.furniture)]
    assert len(set(names)) == len(names)


def test_labels_are_folded() -> None:
    for label in LAYOUT.labels | LAYOUT.list_labels:
        assert label == " ".join(re.findall(r"[^\W\d_]+", label.lower()))


@pytest.mark.parametrize("stamp", LAYOUT.stamps, ids=lambda stamp: stamp.name)
def test_a_stamp_tells_what_its_entry_says(stamp: Stamp) -> None:
    found = find_stamps(stamp.example, [(0, len(stamp.example), 0)], find_cues(stamp.example), {0})
    assert found
    told = f"{found[0].day or ''}{found[0].clock or ''}"
    if stamp.gives is None or stamp.gives.startswith("--"):
        assert not told
    else:
        assert told == stamp.gives


@pytest.mark.parametrize("piece", LAYOUT.furniture, ids=lambda piece: piece.name)
def test_furniture_is_marked_in_a_text_and_reporting_around_it_is_not(piece: Furniture) -> None:
    before = "Two people were killed when a shell hit a house in the town, rescuers said."
    after = "Five more were wounded in a strike on the market later in the day, rescuers said."
    text, _ = read_document(Document(text=f"{before}\n\n{piece.example}\n\n{after}", language="en"), None)
    assert text is not None
    roles = {text.reading[s.start : s.end]: s.role for s in text.sentences}
    assert roles[before] == "body"
    assert roles[after] == "body"
    assert "boilerplate" in roles.values()
