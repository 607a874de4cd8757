"""The compiled build: what is compiled, what happens where it cannot be, and that it gives the same bytes."""

import json
import os
import subprocess
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
COMPILED = ROOT / "build" / "compiled"
EXAMPLES = ROOT / "examples" / "northwest-syria" / "documents.jsonl"
pytest.importorskip("hatchling")


@pytest.fixture(scope="module")
def build():
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def hook(build, monkeypatch):
    monkeypatch.delenv("HARMLEDGER_BUILD", raising=False)
    warnings = []
    app = SimpleNamespace(display_warning=warnings.append)
    made = build.CompiledRooms(str(ROOT), {}, None, None, "", "wheel", app)
    made.warnings = warnings
    return made


def test_what_is_compiled_is_there(build):
    modules = build.list_modules(ROOT)
    assert all((ROOT / path).is_file() for path in modules)
    names = {path.name for path in modules}
    assert {"parse.py", "settle.py", "quantities.py", "tables.py"} <= names
    assert "__init__.py" not in names


def test_a_compiled_build_is_no_pure_wheel(build, hook, monkeypatch, tmp_path):
    library = tmp_path / "parse.so"
    monkeypatch.setattr(build, "compile_rooms", lambda root, aside: {"harmledger/claims/parse.so": library})
    data = {"force_include": {}}
    hook.initialize("standard", data)
    hook.finalize("standard", data, "")
    assert data == {
        "force_include": {str(library): "harmledger/claims/parse.so"}, "pure_python": False, "infer_tag": True
    }  # fmt: skip


def test_without_a_compiler_plain_python_is_built_and_said(build, hook, monkeypatch):
    monkeypatch.setattr(build.shutil, "which", lambda _: None)
    assert hook.dependencies() == []
    data = {"force_include": {}}
    hook.initialize("standard", data)
    assert data == {"force_include": {}}
    assert "plain Python" in hook.warnings[0]
    assert "no C compiler" in hook.warnings[0]


def test_who_asks_for_a_compiled_build_gets_no_other(build, hook, monkeypatch):
    def fail(root, aside):
        raise build.CannotCompileError("no")

    monkeypatch.setattr(build, "compile_rooms", fail)
    monkeypatch.setenv("HARMLEDGER_BUILD", "compiled")
    with pytest.raises(build.CannotCompileError):
        hook.initialize("standard", {"force_include": {}})


@pytest.mark.parametrize(("version", "asked"), [("editable", ""), ("standard", "pure")])
def test_what_is_not_to_be_compiled_is_not(build, hook, monkeypatch, version, asked):
    monkeypatch.setattr(build, "compile_rooms", lambda root, aside: pytest.fail("compiled"))
    monkeypatch.setenv("HARMLEDGER_BUILD", asked)
    hook.initialize(version, {"force_include": {}})
    assert hook.warnings == []


@pytest.mark.parametrize("language", ["english", "arabic"])
def test_both_builds_give_the_same_bytes(build, tmp_path, language):
    _skip_without_compiled(build)
    documents = tmp_path / "documents.jsonl"
    documents.write_text(_gather_stories(language), encoding="utf-8")
    for reports in (EXAMPLES, documents):
        plain, compiled = (_run(folder, "read", str(reports)) for folder in (ROOT / "src", COMPILED))
        assert plain == compiled
        assert plain.count(b"\n") > 50
    assert b"\n  compiled\n" in _run(COMPILED, "--version")


def _skip_without_compiled(build):
    for path in build.list_modules(ROOT):
        made = COMPILED / path.relative_to("src")
        if not made.is_file() or made.read_bytes() != (ROOT / path).read_bytes():
            pytest.skip("build/compiled is not there or not of these sources: make compiled")


def _gather_stories(language):
    stories = tomllib.loads((ROOT / "tests" / "stories" / f"{language}.toml").read_text(encoding="utf-8"))[
        "story"
    ]
    documents = (
        {
            "id": story["name"],
            "text": story["text"],
            "published": story.get("published"),
            "publisher": "Example Wire",
        }
        for story in stories
    )
    return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)


def _run(folder: Path, *words: str) -> bytes:
    program = "import sys; from harmledger.desk.main import main; sys.exit(main())"
    settings = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", program, *words], timeout=120, env=settings, capture_output=True, check=False
    ).stdout
