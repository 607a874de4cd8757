"""The same documents give the same bytes: in any order, with any hash seed, in any number of processes."""

import os
import random
import shutil
import subprocess

import pytest

from .conftest import PROGRAM, run, write_rows
from .reports import IDLIB

SETTINGS = [(1, "0"), (1, "1"), (2, "random")]


@pytest.fixture(scope="module")
def rows():
    """Give enough documents for two processes to share."""
    texts = [(row, n) for n in range(12) for row in IDLIB]
    return [{**row, "id": f"{row['id']}-{n:02}", "published": f"2016-06-{n % 9 + 1:02}"} for row, n in texts]


@pytest.mark.long
def test_the_bytes_do_not_depend_on_order_hash_seed_or_jobs(rows, tmp_path):
    claims, incidents = set(), set()
    for number, (jobs, seed) in enumerate(SETTINGS):
        shuffled = random.Random(number).sample(rows, len(rows))
        source = write_rows(tmp_path / f"{number}.jsonl", shuffled)
        environment = {"PYTHONHASHSEED": seed}
        target = tmp_path / f"{number}.claims.jsonl"
        read = run("read", source, "-o", target, "--jobs", jobs, "-q", environment=environment)
        assert read.returncode == 0, read.stderr
        claims.add(target.read_bytes())
        lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
        told = "".join(random.Random(number).sample(lines, len(lines)))
        fused = run("fuse", "-", "--documents", source, "-q", input=told, environment=environment)
        assert fused.returncode == 0, fused.stderr
        incidents.add(fused.stdout)
    assert len(claims) == 1
    assert len(incidents) == 1
    assert incidents != {""}


@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare is not there")
def test_nothing_asks_for_the_network(documents, tmp_path):
    offline = ["unshare", "-rn", PROGRAM]
    trial = subprocess.run([*offline, "--version"], capture_output=True, timeout=30, check=False)
    if trial.returncode != 0:
        pytest.skip("this system does not let a user make a network of their own")
    claims, incidents = tmp_path / "claims.jsonl", tmp_path / "incidents.jsonl"
    for arguments in (
        ("read", documents, "-o", claims),
        ("fuse", claims, "--documents", documents, "-o", incidents),
        ("report", incidents, "-o", tmp_path / "report.html"),
        ("tally", incidents),
    ):
        done = subprocess.run(
            [*offline, *map(str, arguments)], capture_output=True, timeout=60, check=False, env=os.environ
        )
        assert done.returncode == 0, done.stderr
