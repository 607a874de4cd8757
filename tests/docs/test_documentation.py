"""The documentation keeps up with the code: commands, options, fields, terms, dependencies, links, examples."""

import re
import shlex
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from harmledger.desk.main import cli, main
from harmledger.pipeline.formats import FORMATS
from harmledger.pipeline.schema import _collect_dataclasses
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import VOCABULARIES

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
FORMATS_PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def walk_commands(group=cli, names=()):
    for name, command in group.commands.items():
        yield (*names, name), command
        if isinstance(command, click.Group):
            yield from walk_commands(command, (*names, name))


def quote(word):
    return f"`{word}`"


@pytest.mark.parametrize(("names", "command"), list(walk_commands()), ids=lambda value: str(value)[:40])
def test_every_command_and_option_is_documented(names, command):
    assert f"harmledger {' '.join(names)}" in COMMANDS
    for option in (one for one in command.params if isinstance(one, click.Option)):
        for name in option.opts:
            assert re.search(rf"`[^`]*(?<![\w-]){re.escape(name)}(?![\w-])[^`]*`", COMMANDS), name


def test_every_field_is_documented():
    records = {kind for record in FORMATS.values() for kind in _collect_dataclasses(record)} | {Problem}
    missing = {
        field.name for kind in records for field in fields(kind) if quote(field.name) not in FORMATS_PAGE
    }
    assert missing == set()


def test_every_term_is_documented():
    missing = {term for terms in VOCABULARIES.values() for term in terms if quote(term) not in FORMATS_PAGE}
    assert missing == set()


def test_every_dependency_is_documented():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    named = [*project["dependencies"], *(name for extra in extras for name in extra)]
    missing = {name for name in (re.split(r"[><=\[; ]", one)[0] for one in named) if quote(name) not in page}
    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_inside_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            assert (page.parent / path).exists() if path else anchor, target


def list_examples():
    for page in (ROOT / "README.md", ROOT / "docs" / "commands.md"):
        for line in page.read_text(encoding="utf-8").splitlines():
            found = re.match(r"\s*(?:\.venv/bin/)?harmledger ([^\[…|]+?)\s*(?:\[.*|….*)?$", line)
            if found:
                yield found[1]
    for _, command in walk_commands():
        for line in (command.help or "").splitlines():
            found = re.match(r"\s+(?:cat \S+ \| )?harmledger ([^|>]+)", line)
            if found:
                yield found[1]


@pytest.mark.parametrize("example", sorted(set(list_examples())))
def test_every_example_names_commands_and_options_that_exist(example):
    words = shlex.split(example)
    command = cli
    while isinstance(command, click.Group) and words:
        command = command.commands[words.pop(0)]
    known = {name for one in command.params for name in one.opts}
    assert {word for word in words if word.startswith("-") and word != "-"} <= known


def test_the_readme_names_what_the_makefile_has():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_readme_explains_a_claim_that_its_own_report_gives(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"```json\n(.+)\n```", readme)
    (prefix,) = re.findall(r"harmledger explain claims.jsonl (\w+)", readme)
    source, claims = tmp_path / "documents.jsonl", tmp_path / "claims.jsonl"
    source.write_text(line + "\n", encoding="utf-8")
    assert main(["read", str(source), "--country", "SY", "-o", str(claims), "-q"]) == 0
    assert main(["explain", str(claims), prefix, "--documents", str(source)]) == 0
