"""`harmledger init`."""

import tomllib

import pytest

from harmledger.desk.main import main

from .case_folders import make_case
from .conftest import run


def test_a_case_is_made_with_its_settings(tmp_path):
    folder = tmp_path / "north west"
    assert main(["init", str(folder), "--country", "sy", "--country", "IQ", "--zone", "Asia/Damascus"]) == 0
    settings = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    assert settings["countries"] == ["SY", "IQ"]
    assert settings["zone"] == "Asia/Damascus"
    assert settings["name"] == "north west"
    assert settings["delay_hours"] == 72


def test_a_case_is_not_made_twice(tmp_path, capsys):
    folder = make_case(tmp_path)
    assert main(["init", folder]) == 3
    assert "a case already" in capsys.readouterr().err


@pytest.mark.parametrize("options", [("--country", "Syria"), ("--zone", "Asia/Nowhere")])
def test_wrong_settings_make_nothing(tmp_path, options):
    assert main(["init", str(tmp_path / "case"), *options]) == 2
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize("command", ["add", "history", "withdraw", "erase", "problems"])
def test_commands_on_what_is_no_case_say_so(tmp_path, command, capsys):
    (tmp_path / "file.txt").write_text("text")
    given = {
        "add": [str(tmp_path / "file.txt")],
        "history": ["a"],
        "withdraw": ["a", "--reason", "r"],
        "erase": ["a", "--reason", "r", "--yes"],
        "problems": [],
    }
    assert main([command, str(tmp_path), *given[command]]) == 3
    assert "harmledger init" in capsys.readouterr().err


def test_a_wrong_key_is_named_with_its_line(tmp_path, capsys):
    folder = make_case(tmp_path)
    with (tmp_path / "case" / "case.toml").open("a") as handle:
        handle.write("editon = 'kept'\n")
    assert main(["problems", folder]) == 3
    told = capsys.readouterr().err
    assert "case.toml:" in told
    assert "'editions'" in told


def test_help_and_read_start_without_the_database(tmp_path):
    code = "import sys; from harmledger.desk.main import main; main(['read', '--help']); print('django' in sys.modules)"
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", code], timeout=120, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"
    assert run("init", "--help").returncode == 0
