"""Words of the desk: every language has all of them, with the same parts to fill in."""

import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

WORDS = files("harmledger.desk.web").joinpath("words")
LANGUAGES = sorted(path.name for path in WORDS.iterdir() if path.name.endswith(".toml"))


def flatten(table, before=""):
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{before}{name}.")
        else:
            yield before + name, value


def load(name):
    return dict(flatten(tomllib.loads(WORDS.joinpath(name).read_text(encoding="utf-8"))))


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_has_every_word(name):
    ours, english = load(name), load("en.toml")
    assert ours.keys() == english.keys()
    for key, text in ours.items():
        assert sorted(re.findall(r"\{\w*\}", text)) == sorted(re.findall(r"\{\w*\}", english[key])), key


def test_every_word_is_used():
    templates = files("harmledger.desk.web").joinpath("templates")
    code = "".join(
        path.read_text(encoding="utf-8") for path in templates.iterdir() if path.name.endswith(".jinja")
    )
    home = Path(str(files("harmledger.desk.web")))
    code += "".join(path.read_text(encoding="utf-8") for path in sorted(home.rglob("*.py")))
    unused = {
        key for key in load("en.toml") if "." not in key and not re.search(rf"desk\.{key}\b|\"{key}\"", code)
    }
    assert unused == set()


def test_no_word_is_called_as_what_a_table_can_do():
    # A template that asks a table for `keys` or `items` is given its method, and prints it.
    assert [key for key in load("en.toml") if hasattr({}, key.rpartition(".")[2])] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_step_of_a_build_and_every_level_of_a_link_has_words(name):
    desk = tomllib.loads(WORDS.joinpath(name).read_text(encoding="utf-8"))["review"]
    pipeline = files("harmledger.pipeline")
    told = "".join(pipeline.joinpath(one).read_text(encoding="utf-8") for one in ("build.py", "effects.py"))
    steps = set(re.findall(r"tell\(\"([^\"]+)\"\)", told))
    assert steps
    assert steps <= desk["build_steps"].keys()
    weights = json.loads(files("harmledger.incidents").joinpath("weights.json").read_text(encoding="utf-8"))
    levels = {level for one in weights["comparisons"].values() for level in one["levels"]}
    assert levels
    assert levels <= desk["levels"].keys()
