from pathlib import Path

import pytest

from harmledger.places.gazetteer import Gazetteer, open_gazetteer
from harmledger.places.packs import install_pack
from places.geonames import write_source


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small pack of Syria."""
    folder = tmp_path_factory.mktemp("data")
    packs, problems = install_pack("SY", write_source(tmp_path_factory.mktemp("source")), folder)
    assert packs
    assert problems == ()
    return folder


@pytest.fixture(scope="session")
def pack_gazetteer(data_folder: Path) -> Gazetteer:
    """The small pack alone."""
    gazetteer, problems = open_gazetteer(data_folder, ["SY"], layers=("packs",))
    assert problems == ()
    return gazetteer


@pytest.fixture(scope="session")
def overlay_gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """What ships with the program, without the base."""
    gazetteer, problems = open_gazetteer(tmp_path_factory.mktemp("empty"), layers=("overlay", "packs"))
    assert problems == ()
    return gazetteer
