"""Cases in folders of their own, and lines to add to them."""

import json
import shutil

import pytest

from harmledger.pipeline.add import add_files
from harmledger.store.case import create_case, open_case
from harmledger.store.settings import CaseSettings

AT = "2026-03-01T10:00:00Z"


@pytest.fixture(scope="session")
def empty_case(tmp_path_factory):
    """Give the folder of a case that nothing was added to, to be copied."""
    folder = tmp_path_factory.mktemp("template") / "case"
    case, problems = create_case(folder, CaseSettings(name="A case", countries=("SY",)), AT)
    assert problems == ()
    case.close()
    return folder


@pytest.fixture
def folder(empty_case, tmp_path):
    """Give the folder of a fresh case."""
    return shutil.copytree(empty_case, tmp_path / "case")


@pytest.fixture
def case(folder):
    """Give a fresh case, open."""
    opened, problems = open_case(folder)
    assert problems == ()
    with opened:
        yield opened


def write_lines(path, *rows):
    """Write rows as JSON lines, and give the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def add(case, *paths, at=AT):
    """Add files to an open case; give the files added and the problems."""
    files, problems = [], []
    with case.hold("add", at):
        for file, found in add_files(case, paths, at):
            problems.extend(found)
            if file is not None:
                files.append(file)
    return files, problems


def states(case):
    """Give the state of every version by id."""
    return {head.id: head.state for head in case.facts.list_heads()}
