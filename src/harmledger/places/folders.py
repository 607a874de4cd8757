"""Where gazetteer files live on this computer."""

import os
from pathlib import Path
from typing import Final

import platformdirs

DATA_VARIABLE: Final = "HARMLEDGER_DATA"
_PROGRAM: Final = "harmledger"


def locate_packs(folder: Path | None = None) -> Path:
    """Give the folder of installed country packs.

    It lies in `folder` where one is given, else in the folder that the environment names (HARMLEDGER_DATA),
    else in the user's data folder. It need not exist.
    """
    named = os.environ.get(DATA_VARIABLE)
    data = folder or (Path(named) if named else platformdirs.user_data_path(_PROGRAM, appauthor=False))
    return data / "packs"


def locate_cache() -> Path:
    """Give the user's cache folder for what can be compiled anew at any time. It need not exist."""
    return platformdirs.user_cache_path(_PROGRAM, appauthor=False)
