"""case.toml: what is written, what is read, and what is said of a wrong key."""

from pathlib import Path

import pytest

from harmledger.store.settings import FILE, CaseSettings, compose_settings, list_keys, load_settings


def load(tmp_path, text):
    (tmp_path / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_settings(tmp_path)


@pytest.mark.parametrize(
    "settings",
    [
        CaseSettings(),
        CaseSettings(
            name='A "case" \\ with\nlines and \x01',
            countries=("SY", "IQ"),
            zone="Asia/Damascus",
            languages=("en", "ar"),
            delay_hours=0,
            editions="kept",
        ),
    ],
)
def test_what_is_written_is_read_again(tmp_path, settings):
    assert load(tmp_path, compose_settings(settings)) == (settings, ())


def test_every_key_is_explained_in_the_file():
    text = compose_settings(CaseSettings())
    for key, meaning in list_keys().items():
        assert f"# {meaning}\n" in text
        assert f"{key} = " in text


def test_an_empty_file_is_all_defaults(tmp_path):
    settings, _ = load(tmp_path, "")
    assert settings == CaseSettings()
    assert settings.delay_hours == 72
    assert settings.editions == "rolling"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('name = "x"\n\ncountrys = ["SY"]\n', 3, "'countries'"),
        ("delay = 5\n", 1, "delay_hours"),
        ('# a comment\ncountries = ["Syria"]\n', 2, 'countries = ["SY", "IQ"]'),
        ('countries = "SY"\n', 1, "two-letter"),
        ('zone = "Asia/Nowhere"\n', 1, "Asia/Damascus"),
        ('zone = "../../etc/passwd"\n', 1, "tz database"),
        ("delay_hours = true\n", 1, "whole number"),
        ("delay_hours = -1\n", 1, "0 to 8784"),
        ("delay_hours = 72.5\n", 1, "whole number"),
        ('editions = "all"\n', 1, "rolling, kept"),
        ('languages = ["english language"]\n', 1, '["en", "ar"]'),
        ("name = 5\n", 1, "quotes"),
        ("[publication]\ndelay_hours = 3\n", 1, "publication"),
        ('name = "x"\nname = "y"\n', 2, "TOML"),
        ('name = "x\n', 1, "TOML"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_line(tmp_path, text, line, words):
    settings, problems = load(tmp_path, text)
    assert settings is None
    (problem,) = problems
    assert problem.where == f"{tmp_path / FILE}:{line}"
    assert words in f"{problem.message} {problem.remedy}"


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"a = " + b"[" * 5000, b"x" * 1_000_001])
def test_a_file_that_is_no_toml_is_a_problem(tmp_path, data):
    settings, problems = load(tmp_path, data)
    assert settings is None
    assert problems[0].severity == "error"


def test_all_wrong_keys_are_told_at_once(tmp_path):
    _, problems = load(tmp_path, "a = 1\nb = 2\nzone = 3\n")
    assert len(problems) == 3


def test_every_key_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "case.md").read_text(encoding="utf-8")
    assert {key for key in list_keys() if f"| `{key}` |" not in page} == set()
