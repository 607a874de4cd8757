"""Sentences not yet read as they should be: each still is, so that what is mended is not called a gap."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from claims.telling import PUBLISHED, compare_story, read_words
from harmledger.records.claim import Claim

GAPS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("gaps.toml").read_text("utf-8"))["story"]


@pytest.mark.parametrize("gap", GAPS, ids=lambda gap: gap["name"])
def test_a_gap_is_still_one(gap: dict[str, Any]) -> None:
    claims = read_words(gap["text"], gap.get("published", PUBLISHED))
    found = compare_story(gap, claims, is_whole=False) + compare_strictly(gap, claims)
    assert found, f"{gap['name']} is mended: take it out of gaps.toml ({gap['phenomenon']})"


def compare_strictly(gap: dict[str, Any], claims: Sequence[Claim]) -> list[str]:
    """Give the differences in voice, place and actors that the stories do not look at."""
    tolls = [claim for claim in claims if claim.kind == "toll"]
    found = []
    for expected, claim in zip(gap["claims"], tolls, strict=False):
        if expected.get("voice_name", claim.voice.name) != claim.voice.name:
            found.append(f"voice {claim.voice.name!r}")
        if expected.get("nowhere") and claim.place is not None:
            found.append(f"place {claim.place.name!r}")
        if expected.get("nobody") and claim.actors:
            found.append(f"actors {[actor.name for actor in claim.actors]}")
    return found
