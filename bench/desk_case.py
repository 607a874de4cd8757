"""Make a large case for measuring the desk: made-up claims in made-up reports, fused as in a case that was read.

usage: desk_case.py FOLDER [--claims N] [--jobs N] [--seed N]

Writes reports with a million claims (or N) under FOLDER, some ten claims for each attack (bench/attacks.py), so that there are
more than 100,000 incidents, and a hundred reports more beside them; adds the reports to FOLDER/case, builds its view from
their claims in place of reading the texts, and makes the catalogue. Called again with more claims it brings the case up to
date. `desk.py --case FOLDER/case` measures it.
"""

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from attacks import SPARING
from evaluation import run_program
from fusing import DIGEST, Stages, read_reports, study, write_reports

from harmledger.pipeline.build import Recipe, Watch, refresh_view
from harmledger.pipeline.case_changes import FactHeads
from harmledger.pipeline.case_reading import Packed
from harmledger.pipeline.case_settings import describe_settings
from harmledger.pipeline.catalogue import make_catalogue
from harmledger.store.case import Case, open_case
from harmledger.store.view_marks import read_mark, write_mark
from harmledger.store.view_names import open_names


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=int, default=1_021_000)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    reports, folder = asked.folder / "reports", asked.folder / "case"
    reports.mkdir(parents=True, exist_ok=True)
    if not folder.is_dir():
        run_program("init", str(folder), "--country", "SY", "-q")
    done, made = reports / "made.txt", f"{asked.claims} claims, seed {asked.seed}"
    if not done.exists() or done.read_text() != made:
        print("{} reports, {} claims".format(*write_reports(reports, asked.claims, asked.seed, SPARING)))
        run_program("add", str(folder), str(reports / "documents.jsonl"), "-q")
        done.write_text(made)
    case, problems = open_case(folder)
    if case is None:
        raise SystemExit(problems)
    with case:
        build_view(case, reports, asked.jobs)
        keep_catalogue(case)
    return 0


def build_view(case: Case, reports: Path, jobs: int) -> None:
    """Build the view of a case from the claims that were made for its reports, or bring it up to date with more."""

    def read(wanted: Sequence[str]) -> Iterator[Packed]:
        known = set(wanted)
        return study(one for one in read_reports(reports, "") if one.document.id in known)

    with case.hold("build", datetime.now(UTC).isoformat()):
        mark = read_mark(case.folder)
        notes = {"mark": write_mark(mark), "settings": repr(describe_settings(case.settings))}
        heads, names = FactHeads(case.facts, mark), open_names(case.facts)
        recipe = Recipe(case.folder, DIGEST, heads, read, names, "harmledger/made", jobs, notes=notes)
        stages = Stages()
        built = refresh_view(recipe, Watch(stages.tell))
        stages.tell("")
        stages.report("")
    print(f"{built.documents} reports, {dict(built.incidents)}", flush=True)


def keep_catalogue(case: Case) -> None:
    """Make the catalogue of a case, as `serve` does at its start."""
    began = time.process_time()
    path = make_catalogue(case.facts, case.folder, case.settings, datetime.now(UTC))
    took = time.process_time() - began
    print(f"catalogue: {took:.0f} s CPU, {path.stat().st_size / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
