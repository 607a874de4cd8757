"""The words of the desk's own pages, one file a language beside those of the publication."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from harmledger.publication.wording import list_languages


@cache
def load_desk_words(language: str) -> Mapping[str, Any]:
    """Load the desk's words in a language. Raises FileNotFoundError for one that has none."""
    with files("harmledger.desk.web").joinpath("words", f"{language}.toml").open("rb") as handle:
        return tomllib.load(handle)


@cache
def name_languages() -> tuple[tuple[str, str], ...]:
    """Give the languages that pages can be asked for in: tag, and name in the language itself."""
    home = files("harmledger.desk.web").joinpath("words")
    own = [tag for tag in list_languages() if home.joinpath(f"{tag}.toml").is_file()]
    return tuple((tag, str(load_desk_words(tag)["name"])) for tag in own)
