"""Sites to look at: the example case's, and one of stories with placeholder names."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from harmledger.pipeline.publish import open_files
from harmledger.publication.material import Settings

from .sites import AS_OF, NAME, STORIES, publish, write_rows

PROGRAM = str(Path(sys.executable).with_name("harmledger"))
EXAMPLE = Path(__file__).parents[2] / "examples" / "northwest-syria" / "documents.jsonl"


def run(folder, *arguments):
    """Run the program with a data folder of its own, so that nobody's packs change what it reads."""
    environment = {**os.environ, "HARMLEDGER_DATA": str(folder / "data")}
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)],
        timeout=120,
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert done.returncode in (0, 1), done.stderr


def read_material(folder, documents):
    """Read and fuse documents, and open them as material."""
    claims, incidents = folder / "claims.jsonl", folder / "incidents.jsonl"
    run(folder, "read", documents, "-o", claims, "--country", "SY", "-q")
    run(folder, "fuse", claims, "--documents", documents, "-o", incidents, "-q")
    material, _ = open_files((str(incidents),), (str(claims),), (str(documents),))
    return material


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """Give the material of the example case."""
    return read_material(tmp_path_factory.mktemp("example"), EXAMPLE)


@pytest.fixture(scope="session")
def example_site(example, tmp_path_factory):
    """Give the folder of the example case's public site."""
    return publish(example, tmp_path_factory.mktemp("public") / "site", Settings(NAME), AS_OF)


@pytest.fixture(scope="session")
def stories(tmp_path_factory):
    """Give the material of stories that hold placeholder names in every place where a name can stand."""
    folder = tmp_path_factory.mktemp("stories")
    return read_material(folder, write_rows(folder / "documents.jsonl", STORIES))
