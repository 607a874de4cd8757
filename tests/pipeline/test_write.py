"""Files out: a name never holds half a file."""

import os
import stat

import pytest

from harmledger.pipeline.write import OutputError, write_aside


def test_the_target_appears_when_the_block_ends(tmp_path):
    target = tmp_path / "out.jsonl"
    with write_aside(str(target)) as handle:
        handle.write(b"a\n")
        assert not target.exists()
    assert target.read_bytes() == b"a\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_failure_leaves_the_earlier_file_and_nothing_else(tmp_path, failure):
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"before\n")
    with pytest.raises(failure), write_aside(str(target)) as handle:  # noqa: PT012
        handle.write(b"half")
        raise failure
    assert target.read_bytes() == b"before\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_target_that_cannot_be_written_is_refused_before_the_work(tmp_path):
    for target in (tmp_path, tmp_path / "none" / "out.jsonl"):
        with pytest.raises(OutputError), write_aside(str(target)):
            pytest.fail("the block must not be entered")


def test_the_mode_is_what_the_umask_gives_and_is_kept(tmp_path):
    target = tmp_path / "out.jsonl"
    before = os.umask(0o027)
    try:
        with write_aside(str(target)) as handle:
            handle.write(b"a")
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    target.chmod(0o600)
    with write_aside(str(target)) as handle:
        handle.write(b"b")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_bytes(b"before")
    link.symlink_to(real)
    with write_aside(str(link)) as handle:
        handle.write(b"after")
    assert link.is_symlink()
    assert real.read_bytes() == b"after"


def test_a_device_is_written_directly():
    with write_aside(os.devnull) as handle:
        assert handle.name == os.devnull
        handle.write(b"a")
