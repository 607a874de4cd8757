"""The evaluation sets that lie beside the checkout: find them, read and fuse them, have them scored.

A set is read with no settings at all, as a stranger would, with every country pack of ../shared/gazetteer, and scored
by ../shared/bench/score.py in a process of its own. All that is written lies in build/bench, which git ignores: texts
of the sets are never copied into the repository.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
BUILD = ROOT / "build" / "bench"
PROGRAM = Path(sys.executable).with_name("harmledger")
FUSED_TOGETHER = frozenset({"syria"})
SEEDS = {"syria": 10}
"""Of sets whose scorer breaks ties by the order of a set of strings: over how many hash seeds figures are averaged."""
RECORDS_LOST = 1


@dataclass(frozen=True)
class EvaluationSet:
    """A folder with documents and gold; `scorer` is the name that score.py knows it by."""

    name: str
    folder: Path

    @property
    def scorer(self) -> str:
        return "claims" if self.name.startswith("claims") else self.name


@dataclass(frozen=True)
class Figures:
    """What score.py said of one set: the value of each figure, and in words the number of cases behind it."""

    values: dict[str, float]
    cases: dict[str, str]


def find_scorer(shared: Path) -> Path | None:
    """Give the path of score.py, or None where the sets are not there."""
    path = shared / "bench" / "score.py"
    return path if path.is_file() else None


def install_packs(folder: Path, only: frozenset[str] | None = None) -> Iterator[str]:
    """Install the country packs that lie in the folder, all or some, for this process and its children; give what
    is absent."""
    os.environ["HARMLEDGER_DATA"] = str(BUILD / "data")
    there = {path.name[:2] for path in folder.glob("??.txt.gz")}
    countries = sorted(there if only is None else there & only)
    if not countries:
        yield f"gazetteer packs in {folder.name}"
    missing = [code for code in countries if not (BUILD / "data" / "packs" / f"{code}.sqlite").exists()]
    if missing:
        run_program("places", "install", *missing, "--from", str(folder), "-q")


def list_sets(shared: Path, wanted: tuple[str, ...] = ()) -> tuple[list[EvaluationSet], list[str]]:
    """Give the sets that are there, and the names of those that were asked for and are not."""
    folders = {"seeds": shared / "seeds"}
    folders |= {path.name: path for path in sorted((shared / "bench" / "data").glob("*")) if path.is_dir()}
    names = wanted or tuple(folders)
    found = [EvaluationSet(name, folders[name]) for name in names if _is_complete(folders.get(name))]
    return found, [name for name in names if not _is_complete(folders.get(name))]


def _is_complete(folder: Path | None) -> bool:
    return folder is not None and (folder / "documents.jsonl").is_file()


def digest_set(each: EvaluationSet, scorer: Path) -> str:
    """Give the SHA-256 of what decides a set's figures beside the program: its files, by name, and score.py."""
    digest = hashlib.sha256()
    files = {
        path.relative_to(each.folder).as_posix(): path for path in each.folder.rglob("*") if path.is_file()
    }
    for name, path in [*sorted(files.items()), ("score.py", scorer)]:
        digest.update(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n".encode())
    return digest.hexdigest()


def score_set(each: EvaluationSet, scorer: Path) -> Figures:
    """Read and fuse one set, and have score.py score what came of it."""
    place = BUILD / each.name
    place.mkdir(parents=True, exist_ok=True)
    documents = str(each.folder / "documents.jsonl")
    claims, incidents = str(place / "claims.jsonl"), str(place / "incidents.jsonl")
    run_program("read", documents, "-o", claims, "--problems", str(place / "problems.jsonl"), "-q")
    alone = [] if each.name in FUSED_TOGETHER else ["--each-document"]
    run_program("fuse", claims, "--documents", documents, "-o", incidents, "-q", *alone)
    command = [sys.executable, str(scorer), each.scorer, str(each.folder), claims, incidents]
    return average_figures([_run_scorer(command, seed) for seed in range(SEEDS.get(each.name, 1))])


def _run_scorer(command: list[str], seed: int) -> Figures:
    settled = os.environ | {"PYTHONHASHSEED": str(seed)}
    scored = subprocess.run(command, capture_output=True, text=True, check=False, env=settled)
    if scored.returncode:
        raise SystemExit(f"{Path(command[1]).name} ended with {scored.returncode}:\n{scored.stderr}")
    return read_scored(scored.stdout)


def average_figures(runs: list[Figures]) -> Figures:
    """Give the mean of each figure, to four decimals as score.py has them, with the cases of the first run."""
    values = {name: round(sum(run.values[name] for run in runs) / len(runs), 4) for name in runs[0].values}
    return Figures(values, runs[0].cases)


def read_scored(output: str) -> Figures:
    """Take score.py's output apart: a line a figure, and all figures as JSON in the last line."""
    *lines, last = output.splitlines()
    cases = {name: "".join(rest).strip("()") for name, _, *rest in (line.split() for line in lines)}
    return Figures(json.loads(last), cases)


def iterate_rows(folder: Path, has_files: bool = True) -> Iterator[dict[str, object]]:
    """Give the documents of a set with their text in the row, so that they can be put into one file.

    Texts in files of their own are taken as UTF-8; without `has_files` such documents are left out.
    """
    with (folder / "documents.jsonl").open(encoding="utf-8") as handle:
        for line in handle:
            row = json.loads(line)
            if has_files and row.get("text") is None and row.get("path"):
                row["text"] = (folder / row.pop("path")).read_text(encoding="utf-8-sig")
            if row.get("text"):
                yield row


def run_program(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program; lost records are part of what is measured, anything worse ends the measuring."""
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)
    if done.returncode > RECORDS_LOST:
        raise SystemExit(f"harmledger {' '.join(arguments[:2])} ended with {done.returncode}:\n{done.stderr}")
    return done
