"""docs/adding-a-language.md makes a language: its tables are taken from the page, and read what the page says."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import harmledger
from claims.telling import make_text, open_story_gazetteer
from harmledger.claims import lexemes, marks, rules
from harmledger.claims.reader import open_reader
from harmledger.lexicon import clitics, inflection, names, numbers, prose, syntax, tables, times, toponyms
from harmledger.places import wording
from harmledger.records.claim import Claim

PAGE = (Path(__file__).parents[2] / "docs" / "adding-a-language.md").read_text("utf-8")
TABLE = re.compile(r"^`(?P<name>[\w/]+\.toml)`\n\n```toml\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (?P<sentence>[^|]+\.) \| (?P<claims>[^|]+) \|$", re.MULTILINE)
TOY = "eo"
LOADERS = (
    tables.list_languages, tables.load_table, tables.load_folded_table, tables.load_rules, syntax.load_syntax,
    clitics.load_clitics, inflection.load_paradigms, names.load_name_shape, numbers.load_number_words,
    times.load_time_words, toponyms.load_toponyms, prose.load_prose, prose.load_layout, marks.compile_vocabulary,
    rules.load_family, wording.describe_wording, lexemes._judge_categories,
)  # fmt: skip


def forget() -> None:
    for loader in LOADERS:
        loader.cache_clear()


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A lexicon with a third language, made of the tables of the page."""
    lexicon = tmp_path / "lexicon"
    shutil.copytree(Path(harmledger.__file__).parent / "lexicon", lexicon)
    for table in TABLE.finditer(PAGE):
        path = lexicon / TOY / table["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(table["content"], encoding="utf-8")
    monkeypatch.setattr(tables, "_HERE", lexicon)
    forget()
    yield TOY
    monkeypatch.undo()
    forget()


def read_toy(sentence: str) -> tuple[Claim, ...]:
    reader = open_reader(open_story_gazetteer())
    return reader.read(make_text(sentence, "2021-11-08", TOY))[0]


def test_the_page_has_the_tables_and_sentences_it_promises() -> None:
    assert len(list(TABLE.finditer(PAGE))) >= 15
    assert len(list(ROW.finditer(PAGE))) >= 3


def test_the_toy_language_reads_what_the_page_says(toy: str) -> None:
    assert tables.list_languages() == ("ar", "en", toy)
    for row in ROW.finditer(PAGE):
        told = [
            f"{claim.harm} {claim.group} {claim.count.value if claim.count else None}"
            for claim in read_toy(row["sentence"])
            if claim.kind in {"toll", "damage"}
        ]
        assert told == [part.strip() for part in row["claims"].split(";")], row["sentence"]


def test_the_toy_language_finds_place_day_voice_and_means(toy: str) -> None:
    claim = next(c for c in read_toy("Bombado mortigis tri civilulojn en Idlib hieraŭ.") if c.kind == "toll")
    assert claim.place is not None
    assert claim.place.admin1 == "Idlib"
    assert claim.time is not None
    assert claim.time.start == "2021-11-07"
    assert claim.means == "shelling"
    told = read_toy("Aktivuloj diris ke rusaj bombadoj mortigis tri infanojn.")
    assert told[0].voice.role == "activist"


@pytest.mark.parametrize(
    "rule", ["toll.including", "toll.active", "toll.passive", "damage.active", "denial.verb"]
)
def test_the_rules_of_the_toy_language_have_examples_that_make_them_fire(toy: str, rule: str) -> None:
    families = ("asides", "tolls", "damage", "denials")
    example = next(r.example for family in families for r in rules.load_family(toy, family) if r.name == rule)
    assert rule in {name for claim in read_toy(example) for name in claim.because}
