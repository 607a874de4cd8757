"""Build the wheel with the rooms that read compiled by mypyc; in plain Python where that cannot be done.

The same sources serve both and give the same bytes; compiled, reading takes two thirds of the time. A build for the working
copy (`pip install -e`) is never compiled: there, what runs is what was edited last. HARMLEDGER_BUILD=pure asks for plain
Python, HARMLEDGER_BUILD=compiled for a build that fails rather than giving it.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("src") / "harmledger"
ROOMS = ("lexicon", "ranges", "places", "claims")
"""Compiled as a whole, so that calls between their modules and the fields of their values are bound early."""
SINGLE = tuple(PACKAGE / "documents" / f"{name}.py" for name in ("text", "sentences", "roles", "lines"))
LEFT_OUT = frozenset({"__init__", "download", "packs", "dump", "base", "division", "folders"})
"""Modules that open and make gazetteers: their time goes into files. Packages stay plain, for the data beside them."""
LIBRARIES = ("*.so", "*.pyd")
NEEDED = ("mypy==2.4.1", "setuptools>=75")
"""What compiles; fetched for the build alone, and only where there is a C compiler."""
_SETUP = """
import sys
from mypyc.build import mypycify
from setuptools import setup
modules = mypycify(["--ignore-missing-imports", *sys.argv.pop().split()], opt_level="2", debug_level="0")
setup(name="harmledger", packages=[], package_dir={"": "src"}, ext_modules=modules)
"""
_SAID = 2_000
"""How many characters of a failed compiler's last words are passed on."""


class CannotCompileError(Exception):
    """There is no compiler, or it failed; the message says what it said."""


class CompiledRooms(BuildHookInterface[Any]):
    """Puts the compiled modules into a wheel beside their sources."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Give what this build needs beside hatchling."""
        return list(NEEDED) if may_compile() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name what came of it to the wheel."""
        if version == "editable" or os.environ.get("HARMLEDGER_BUILD") == "pure":
            return
        self._aside = tempfile.mkdtemp(prefix="harmledger-build-")
        try:
            libraries = compile_rooms(Path(self.root), Path(self._aside))
        except CannotCompileError as fault:
            if os.environ.get("HARMLEDGER_BUILD") == "compiled":
                raise
            self.app.display_warning(f"harmledger is built in plain Python, which reads more slowly: {fault}")
            return
        build_data["pure_python"], build_data["infer_tag"] = False, True
        build_data["force_include"].update({str(path): name for name, path in libraries.items()})

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled: the wheel has it now."""
        if hasattr(self, "_aside"):
            shutil.rmtree(self._aside, ignore_errors=True)


def may_compile() -> bool:
    """Tell whether a compiled build is asked for, or there are a C compiler and Python's headers to try one with."""
    asked = os.environ.get("HARMLEDGER_BUILD")
    if asked in ("pure", "compiled"):
        return asked == "compiled"
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    return shutil.which(compiler) is not None and Path(sysconfig.get_path("include"), "Python.h").is_file()


def list_modules(root: Path) -> list[Path]:
    """Give the modules that are compiled, relative to the checkout, in order."""
    found = [
        path for room in ROOMS for path in (root / PACKAGE / room).glob("*.py") if path.stem not in LEFT_OUT
    ]
    return sorted([*SINGLE, *(path.relative_to(root) for path in found)])


def compile_rooms(root: Path, aside: Path) -> dict[str, Path]:
    """Compile a copy of the sources in an empty folder; give the libraries by their names inside the wheel.

    Raises CannotCompileError.
    """
    if not may_compile():
        raise CannotCompileError("there is no C compiler, or Python's headers are missing")
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc", *LIBRARIES)
    shutil.copytree(root / PACKAGE, aside / PACKAGE, ignore=ignored)
    (aside / "setup.py").write_text(_SETUP, encoding="utf-8")
    built = aside / "built"
    modules = " ".join(path.as_posix() for path in list_modules(root))
    command = [sys.executable, "setup.py", "-q", "build_ext", "--build-lib", str(built), modules]
    done = subprocess.run(command, cwd=aside, capture_output=True, text=True, errors="replace", check=False)
    libraries = {path.relative_to(built).as_posix(): path for kind in LIBRARIES for path in built.rglob(kind)}
    if done.returncode or not libraries:
        raise CannotCompileError((done.stderr or done.stdout).strip()[-_SAID:])
    return libraries
