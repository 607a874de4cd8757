"""The stories for the claims engine are well-formed: a wrong story would teach a wrong lesson."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from examples.annotation_checks import check_claim, check_count, check_days

STORIES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "stories" / "english.toml").read_text("utf-8")
)["story"]
STORY_KEYS = {"name", "phenomenon", "published", "text", "claims", "nothing", "set_aside"}
CLAIM_KEYS = {
    "kind", "harm", "group", "value", "low", "high", "quantifier", "scope", "voice", "via", "place", "start", "end",
    "stance", "cue", "part_of", "means", "blamed", "denies", "admits",
}  # fmt: skip


def test_there_are_many_and_each_has_its_name_and_text() -> None:
    assert len(STORIES) >= 60
    assert len({story["name"] for story in STORIES}) == len(STORIES)
    assert len({story["text"] for story in STORIES}) == len(STORIES)
    assert sum(bool(story.get("nothing")) for story in STORIES) >= 8


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_a_story_is_well_formed(story: dict[str, Any]) -> None:
    assert set(story) <= STORY_KEYS
    assert story["phenomenon"]
    text, claims = story["text"], story.get("claims", [])
    if "published" in story:
        date.fromisoformat(story["published"])
    assert bool(claims) != story.get("nothing", False)
    for number in story.get("set_aside", ()):
        assert number in text
    for claim in claims:
        _check_story_claim(claim, text)
    if any(claim.get("part_of") for claim in claims):
        assert not all(claim.get("part_of") for claim in claims)


def _check_story_claim(claim: dict[str, Any], text: str) -> None:
    assert set(claim) <= CLAIM_KEYS
    assert text.count(claim["cue"]) == 1, claim["cue"]
    check_claim(claim)
    assert ("quantifier" in claim) == (claim["kind"] in ("toll", "damage", "displacement"))
    if "quantifier" in claim:
        check_count(claim)
    if "place" in claim:
        assert claim["place"] in text
    assert ("start" in claim) == ("end" in claim)
    if "start" in claim:
        check_days(claim["start"], claim["end"])
