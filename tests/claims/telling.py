"""Read a story with the gazetteers that need no download, and tell where the claims differ from what was expected."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from harmledger.claims.fold import fold_text
from harmledger.claims.parse import Parsed, SentenceParser
from harmledger.claims.reader import Reader, open_reader
from harmledger.claims.trace import SentenceTrace
from harmledger.documents.read import read_document
from harmledger.documents.text import Text
from harmledger.places.gazetteer import Gazetteer, open_gazetteer
from harmledger.records.claim import Claim
from harmledger.records.document import Document

STORIES = Path(__file__).parents[1] / "stories"
COUNTED = frozenset({"toll", "displacement", "damage"})
STRUCK = frozenset({"killed", "injured", "killed_or_injured", "damaged", "destroyed"})
"""Harms that a means belongs to."""
ROLES = ("blamed", "denies", "admits")
PUBLISHED = "2021-11-08"
"""A Monday, on which the sentences of the tests are published."""


@cache
def open_story_gazetteer() -> Gazetteer:
    """Open what needs no download: the overlay and the world's larger places."""
    gazetteer, problems = open_gazetteer(layers=("overlay", "base"))
    assert not [problem for problem in problems if problem.severity == "error"]
    return gazetteer


@cache
def open_story_reader() -> Reader:
    """Open a reader with what needs no download."""
    return open_reader(open_story_gazetteer())


@cache
def open_story_parser() -> SentenceParser:
    """Open a parser of English sentences with what needs no download."""
    return SentenceParser("en", open_story_gazetteer())


def make_text(text: str, published: str | None = None, language: str = "en") -> Text:
    """Make a text of a story's words."""
    made, problems = read_document(
        Document(id="story", text=text, published=published, language=language), None
    )
    assert made is not None, problems
    return made


def parse_words(words: str) -> Parsed:
    """Parse the first sentence of some words, whether or not it tells of harm."""
    text = make_text(words, PUBLISHED)
    parser = open_story_parser()
    return parser.parse(text, parser.scan(text.reading, fold_text(text.reading)), 0)


def list_kinds(words: str) -> list[str]:
    """Give the kinds of the chunks of one sentence."""
    return [chunk.kind for chunk in parse_words(words).chunks]


def read_words(words: str, published: str | None = PUBLISHED) -> tuple[Claim, ...]:
    """Read some words, published on a Monday."""
    return open_story_reader().read(make_text(words, published))[0]


def explain_words(words: str, language: str = "en") -> tuple[tuple[Claim, ...], tuple[SentenceTrace, ...]]:
    """Read some words and give the trace of every sentence."""
    return open_story_reader().explain(make_text(words, PUBLISHED, language))


def read_one(words: str, **wanted: object) -> Claim:
    """Read some words that make exactly one claim with the attributes wanted; an attack alone is not counted."""
    wanted = wanted or {"kind": "toll"}
    claims = [
        c for c in read_words(words) if all(getattr(c, name) == value for name, value in wanted.items())
    ]
    assert len(claims) == 1, [(claim.kind, claim.harm, claim.cue.text) for claim in claims]
    return claims[0]


def load_stories(name: str) -> list[dict[str, Any]]:
    """Load the stories of tests/stories/<name>.toml."""
    with (STORIES / f"{name}.toml").open("rb") as handle:
        return list(tomllib.load(handle)["story"])


def read_story(story: dict[str, Any], language: str = "en") -> tuple[Claim, ...]:
    """Read a story's text."""
    claims, _ = open_story_reader().read(make_text(story["text"], story.get("published"), language))
    return claims


def compare_story(story: dict[str, Any], claims: tuple[Claim, ...], is_whole: bool = True) -> list[str]:
    """Give the differences between the claims read and those expected, in words; empty when there are none.

    Where the story `is_whole`, what it does not name must not be read: no place, time, means of harm, actor.
    """
    found: list[str] = []
    used: set[str] = set()
    for expected in story.get("claims", []):
        claim = _find_claim(story["text"], expected, claims, used)
        if claim is None:
            found.append(f"missing: {expected['cue']}")
            continue
        used.add(claim.id)
        differences = _compare(expected, claim) + (_list_untold(expected, claim) if is_whole else [])
        found += [f"{expected['cue']}: {difference}" for difference in differences]
    for claim in claims:
        if claim.id in used or claim.scope == "hypothetical":
            continue
        if claim.kind in COUNTED or (claim.kind == "media" and claim.harm):
            found.append(f"extra: {claim.harm} {claim.group} {claim.cue.text!r} by {claim.because}")
    return found


def _list_untold(expected: dict[str, Any], claim: Claim) -> list[str]:
    """Give what the claim has and the story does not name."""
    found = []
    if "place" not in expected and claim.place is not None:
        found.append(f"place {claim.place.name!r}, expected none")
    if "start" not in expected and claim.time is not None:
        found.append(f"time {claim.time.start} to {claim.time.end}, expected none")
    if "means" not in expected and claim.means is not None and claim.harm in STRUCK:
        found.append(f"means {claim.means!r}, expected none")
    return found + [
        f"{actor.role} {actor.name!r}, expected none"
        for actor in claim.actors
        if actor.role in ROLES and actor.role not in expected
    ]


def _find_claim(
    text: str, expected: dict[str, Any], claims: tuple[Claim, ...], used: set[str]
) -> Claim | None:
    start = text.index(expected["cue"])
    end = start + len(expected["cue"])
    kinds = {expected["kind"]} | ({"media"} if expected["kind"] == "toll" else set())
    fits = [
        claim
        for claim in claims
        if claim.id not in used
        and claim.kind in kinds
        and claim.harm == expected.get("harm")
        and claim.cue.start < end
        and start < claim.cue.end
    ]
    return max(
        fits,
        key=lambda claim: (_count(claim) == _wanted(expected), claim.group == expected.get("group")),
        default=None,
    )


def _count(claim: Claim) -> tuple[object, ...]:
    if claim.count is None:
        return (None, None, None, None)
    return (claim.count.value, claim.count.low, claim.count.high, claim.count.quantifier)


def _wanted(expected: dict[str, Any]) -> tuple[object, ...]:
    return tuple(expected.get(key) for key in ("value", "low", "high", "quantifier"))


def _compare(expected: dict[str, Any], claim: Claim) -> list[str]:
    pairs: list[tuple[str, object, object]] = [
        ("group", expected.get("group"), claim.group),
        ("scope", expected.get("scope", "attack"), claim.scope),
        ("stance", expected.get("stance", "asserted"), claim.stance),
        ("part_of", expected.get("part_of", False), claim.part_of is not None),
    ]
    if "quantifier" in expected:
        pairs.append(("count", _wanted(expected), _count(claim)))
    if "start" in expected and "end" in expected:
        overlap = (
            claim.time is not None
            and claim.time.start <= expected["end"]
            and expected["start"] <= claim.time.end
        )
        pairs.append(("time", True, overlap))
    if "means" in expected:
        pairs.append(("means", expected["means"], claim.means))
    differences = [f"{name} {got!r}, expected {want!r}" for name, want, got in pairs if want != got]
    voice = expected.get("voice")
    said = f"{claim.voice.name or ''} {claim.voice.wording or ''}".lower()
    if (voice is None and claim.voice.name) or (
        voice and not any(word in said for word in voice.lower().split() if len(word) > 3)
    ):
        differences.append(f"voice {claim.voice.name!r}, expected {voice!r}")
    for role in ROLES:
        if role in expected:
            wanted = expected[role] if isinstance(expected[role], list) else [expected[role]]
            names = " ".join(
                f"{actor.name} {actor.wording}" for actor in claim.actors if actor.role == role
            ).lower()
            missing = [
                name
                for name in wanted
                if not any(word in names for word in name.lower().split() if len(word) > 3)
            ]
            differences += [f"{role} lacks {name!r}, has {names!r}" for name in missing]
    if expected.get("place"):
        place = claim.place
        named = f"{place.name} {place.wording} {place.admin1}".lower() if place else ""
        if not any(
            word in named for word in expected["place"].lower().replace("-", " ").split() if len(word) > 2
        ):
            differences.append(f"place {named!r}, expected {expected['place']!r}")
    return differences
