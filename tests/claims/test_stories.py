"""Every story is read exactly as expected: no claim missing, none too many, every field right."""

from typing import Any

import pytest

from claims.known import STORIES_READ_OTHERWISE, check_known
from claims.telling import compare_story, load_stories, read_story

STORIES = load_stories("english")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["name"])
def test_a_story_is_read_as_expected(story: dict[str, Any]) -> None:
    check_known(STORIES_READ_OTHERWISE, story["name"], compare_story(story, read_story(story)))


def test_the_list_names_stories() -> None:
    assert set(STORIES_READ_OTHERWISE) <= {story["name"] for story in STORIES}
