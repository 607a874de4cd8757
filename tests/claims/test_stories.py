"""Every story is read exactly as expected: no claim missing, none too many, every field right."""

from typing import Any

import pytest

from claims.known import STORIES_READ_OTHERWISE, check_known
from claims.telling import compare_story, load_stories, read_story

STORIES = load_stories("english")
ARABIC_STORIES = load_stories("arabic")
FEWEST_IN_ARABIC = 100


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_a_story_is_read_as_expected(story: dict[str, Any]) -> None:
    check_known(STORIES_READ_OTHERWISE, story["name"], compare_story(story, read_story(story)))


@pytest.mark.parametrize("story", ARABIC_STORIES, ids=lambda story: story["name"])
def test_a_story_in_arabic_is_read_as_expected(story: dict[str, Any]) -> None:
    check_known(STORIES_READ_OTHERWISE, story["name"], compare_story(story, read_story(story, "ar")))


def test_there_are_as_many_stories_in_arabic_as_promised() -> None:
    names = {story["name"] for story in ARABIC_STORIES}
    assert len(names) == len(ARABIC_STORIES) >= FEWEST_IN_ARABIC
    assert all(story["phenomenon"] for story in ARABIC_STORIES)


def test_the_list_names_stories() -> None:
    assert set(STORIES_READ_OTHERWISE) <= {story["name"] for story in STORIES}
