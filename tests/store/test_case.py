"""Case folders: made, opened, refused with a reason."""

import os
import sqlite3
import subprocess

import pytest
from django.apps import apps
from django.db import connections
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from harmledger.store.case import create_case, is_case, open_case
from harmledger.store.database import close_connection, open_connection
from harmledger.store.settings import CaseSettings

from .conftest import AT, add, states, write_lines

ROW = {"id": "a", "text": "Shelling killed two people.", "publisher": "Example Wire"}


def explain(folder):
    case, problems = open_case(folder)
    assert case is None
    (problem,) = problems
    assert problem.severity == "error"
    assert problem.remedy
    return problem


def test_a_new_case_is_empty(case):
    assert list(case.facts.list_heads()) == []
    assert case.facts.summarize().files == 0
    assert case.settings.countries == ("SY",)


def test_the_facts_are_kept_so_that_nothing_is_lost_or_left_behind(case):
    with connections[case.facts.alias].cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_every_table_of_facts_names_its_case(case):
    from django.apps import apps

    from harmledger.store.apps import StoreConfig

    tables = apps.get_app_config(StoreConfig.label).get_models()
    without = {
        table.__name__ for table in tables if "case" not in {field.name for field in table._meta.fields}
    }
    assert without == {"Case"}


def test_two_cases_are_open_at_once(empty_case, tmp_path):
    import shutil

    opened = [open_case(shutil.copytree(empty_case, tmp_path / name))[0] for name in ("one", "two")]
    add(opened[0], write_lines(tmp_path / "a.jsonl", ROW))
    assert [len(states(case)) for case in opened] == [1, 0]
    for case in opened:
        case.close()


def test_a_case_is_not_made_over_anything(folder, tmp_path):
    assert create_case(folder, CaseSettings(), AT)[1][0].code == "store.exists"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").touch()
    case, problems = create_case(tmp_path / "other", CaseSettings(), AT)
    assert case is None
    assert problems[0].code == "store.not-empty"
    assert not is_case(tmp_path / "other")


def test_a_case_half_made_is_made_anew(tmp_path):
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "facts.sqlite").write_bytes(b"half")
    case, problems = create_case(tmp_path / "case", CaseSettings(), AT)
    assert problems == ()
    case.close()


def test_a_folder_that_is_no_case_is_told(tmp_path):
    assert "init" in explain(tmp_path).remedy
    assert explain(tmp_path / "none").code == "store.no-case"


@pytest.mark.parametrize("data", [None, b"", b"no database at all" * 100, "cut", "emptied"])
def test_damaged_facts_are_told(folder, data):
    facts = folder / "facts.sqlite"
    if data == "cut":
        facts.write_bytes(facts.read_bytes()[:5000])
    elif data == "emptied":
        facts.unlink()
        sqlite3.connect(facts).execute("CREATE TABLE other (x)").connection.close()
    elif data is None:
        facts.unlink()
    else:
        facts.write_bytes(data)
    problem = explain(folder)
    assert problem.code == "store.damaged"
    assert "bytes" in problem.remedy


def test_wrong_settings_keep_a_case_shut(folder):
    (folder / "case.toml").write_text("delay_ours = 7\n")
    assert "case.toml:1" in explain(folder).where


def test_a_newer_case_is_refused_and_left_as_it_is(folder):
    with sqlite3.connect(folder / "facts.sqlite") as facts:
        facts.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '')")
    facts.close()
    assert "newer" in explain(folder).message


def test_an_older_case_is_backed_up_and_brought_up_to_date(folder, tmp_path):
    with open_case(folder)[0] as case:
        add(case, write_lines(tmp_path / "a.jsonl", ROW))
    alias = open_connection(folder / "facts.sqlite")
    MigrationExecutor(connections[alias]).migrate([("store", "0001_initial")])
    close_connection(alias)
    with open_case(folder)[0] as case:
        assert states(case) == {"a": "current"}
        add(case, write_lines(tmp_path / "b.jsonl", {**ROW, "id": "b"}))
    (backup,) = (folder / "backups").iterdir()
    assert backup.name == "facts-0001_initial-1.sqlite"
    with sqlite3.connect(backup) as facts:
        assert facts.execute("SELECT key FROM store_version").fetchall() == [("a",)]
    facts.close()
    with open_case(folder)[0] as case:
        assert set(states(case)) == {"a", "b"}
    assert len(list((folder / "backups").iterdir())) == 1


def test_the_schema_is_that_of_the_models(folder):
    with open_case(folder)[0] as case:
        loader = MigrationLoader(connections[case.facts.alias])
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(
        loader.graph
    )
    assert "store" not in changes


@pytest.fixture
def read_only(folder, tmp_path):
    """Give the case with one document, on a file system mounted read-only."""
    with open_case(folder)[0] as case:
        add(case, write_lines(tmp_path / "a.jsonl", ROW))
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    done = subprocess.run(["mount", "--bind", folder, mounted], timeout=120, capture_output=True, check=False)
    if done.returncode == 0:
        again = subprocess.run(
            ["mount", "-o", "remount,bind,ro", mounted], timeout=120, capture_output=True, check=False
        )
        if again.returncode == 0:
            yield mounted
            subprocess.run(["umount", mounted], timeout=120, check=True)
            return
        subprocess.run(["umount", mounted], timeout=120, check=True)
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere, and nothing can be mounted here")
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


def test_a_read_only_case_is_read_and_not_written(read_only, tmp_path):
    with open_case(read_only)[0] as case:
        assert states(case) == {"a": "current"}
        with pytest.raises(Exception, match="cannot be locked"):
            add(case, write_lines(tmp_path / "b.jsonl", {**ROW, "id": "b"}))
        assert states(case) == {"a": "current"}
