"""Read a language's data files: TOML tables under lexicon/<language>/."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from harmledger.lexicon.letters import fold_letters

_HERE = files("harmledger.lexicon")


@cache
def list_languages() -> tuple[str, ...]:
    """Give the languages that have a folder, as BCP 47 primary subtags, sorted."""
    return tuple(sorted(entry.name for entry in _HERE.iterdir() if entry.is_dir() and len(entry.name) == 2))


@cache
def load_table(language: str, name: str) -> dict[str, Any]:
    """Give the content of lexicon/<language>/<name>.toml.

    Raises FileNotFoundError where the language has no such file, and tomllib.TOMLDecodeError (with the
    line) where the file is not TOML.
    """
    with _HERE.joinpath(language, f"{name}.toml").open("rb") as handle:
        return tomllib.load(handle)


@cache
def load_folded_table(language: str, name: str) -> dict[str, Any]:
    """Give the content of lexicon/<language>/<name>.toml with its letters folded (see `letters.fold_letters`)."""
    folded: dict[str, Any] = _fold(load_table(language, name))
    return folded


def _fold(value: Any) -> Any:
    if isinstance(value, str):
        return fold_letters(value)
    if isinstance(value, dict):
        return {fold_letters(key): _fold(entry) for key, entry in value.items()}
    return [_fold(entry) for entry in value] if isinstance(value, list) else value


def has_table(language: str, name: str) -> bool:
    """Tell whether the language has a table of that name."""
    return _HERE.joinpath(language, f"{name}.toml").is_file()


@cache
def load_register(name: str) -> dict[str, Any]:
    """Give the content of lexicon/register/<name>.toml, which serves every language."""
    with _HERE.joinpath("register", f"{name}.toml").open("rb") as handle:
        return tomllib.load(handle)


@cache
def load_rules(language: str, name: str) -> dict[str, Any]:
    """Give the content of lexicon/<language>/rules/<name>.toml."""
    with _HERE.joinpath(language, "rules", f"{name}.toml").open("rb") as handle:
        return tomllib.load(handle)
