"""Received bytes: aside, durable, in place; nothing half-written."""

import errno
import os

import pytest

from harmledger.records.identity import digest_bytes
from harmledger.store.bytes import ByteStore, SourceError, destroy_file


def list_files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_bytes_lie_under_their_digest(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"x" * 3_000_000)
    store = ByteStore(tmp_path / "case")
    arrival = store.take_in(source)
    assert (arrival.size, arrival.digest) == (3_000_000, digest_bytes(b"x" * 3_000_000))
    store.keep([arrival])
    store.discard(arrival)
    path = store.locate(arrival.digest)
    assert path.read_bytes() == source.read_bytes()
    assert list_files(tmp_path / "case") == [f"bytes/{arrival.digest[:2]}/{arrival.digest}"]
    store.write([b"x" * 3_000_000, b"y"])
    assert store.has(arrival.digest)
    assert store.locate(digest_bytes(b"y")).read_bytes() == b"y"
    assert len(list_files(tmp_path / "case")) == 2


def test_the_holes_of_a_sparse_file_cost_no_disk(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"x" * 100)
    os.truncate(source, (64 << 20) + 7)
    store = ByteStore(tmp_path / "case")
    arrival = store.take_in(source)
    assert (arrival.size, arrival.digest) == ((64 << 20) + 7, digest_bytes(source.read_bytes()))
    store.keep([arrival])
    kept = store.locate(arrival.digest)
    assert kept.read_bytes() == source.read_bytes()
    if source.stat().st_blocks * 512 < 1 << 20:  # a file system that has holes
        assert kept.stat().st_blocks * 512 < 4 << 20


def test_what_is_not_kept_leaves_nothing(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"x")
    store = ByteStore(tmp_path / "case")
    arrivals = [store.take_in(source), store.take_in(source)]
    assert len(list_files(tmp_path / "case")) == 2
    for arrival in arrivals:
        store.discard(arrival)
    assert list_files(tmp_path / "case") == []


def test_a_source_that_cannot_be_read_is_told_apart_from_a_case_that_cannot_be_written(tmp_path):
    with pytest.raises(SourceError):
        ByteStore(tmp_path / "case").take_in(tmp_path / "none")
    assert list_files(tmp_path / "case") == []


def test_leftovers_of_killed_processes_are_cleared(tmp_path):
    store = ByteStore(tmp_path)
    (tmp_path / "bytes" / "incoming").mkdir(parents=True)
    (tmp_path / "bytes" / "incoming" / "1-1.part").write_bytes(b"half")
    store.clear_aside()
    assert list_files(tmp_path) == []


def test_destroying_a_sparse_file_overwrites_what_it_holds_and_leaves_its_holes(tmp_path):
    path, also = tmp_path / "sparse", tmp_path / "also"
    secret = b"a name" * 1000
    with path.open("wb") as handle:
        for start in (0, 5 << 20, (9 << 20) + 77):
            handle.seek(start)
            handle.write(secret)
        handle.truncate(1 << 32)
    also.hardlink_to(path)
    before = also.stat().st_blocks
    destroy_file(path)
    assert not path.exists()
    assert also.stat().st_blocks <= before + 16
    with also.open("rb") as handle:
        for start in (0, 5 << 20, (9 << 20) + 77):
            handle.seek(start)
            assert handle.read(len(secret)) == bytes(len(secret))


@pytest.mark.parametrize("error", [errno.EINVAL, None])
def test_where_holes_are_not_told_the_whole_file_is_overwritten(tmp_path, monkeypatch, error):
    path, also = tmp_path / "plain", tmp_path / "also"
    path.write_bytes(b"a name" * 500_000)
    also.hardlink_to(path)
    if error is None:
        monkeypatch.delattr(os, "SEEK_DATA")
    else:
        seek = os.lseek

        def refuse(number, place, how):
            if how in (os.SEEK_DATA, os.SEEK_HOLE):
                raise OSError(error, os.strerror(error))
            return seek(number, place, how)

        monkeypatch.setattr(os, "lseek", refuse)
    destroy_file(path)
    assert also.read_bytes() == bytes(3_000_000)


def test_destroying_overwrites_and_never_follows_a_link(tmp_path):
    kept = tmp_path / "kept"
    kept.write_bytes(b"kept")
    link = tmp_path / "link"
    link.symlink_to(kept)
    also = tmp_path / "also"
    also.write_bytes(b"secret")
    second_name = tmp_path / "second"
    second_name.hardlink_to(also)
    destroy_file(link)
    destroy_file(also)
    destroy_file(tmp_path / "none")
    assert kept.read_bytes() == b"kept"
    assert not link.is_symlink()
    assert second_name.read_bytes() == bytes(6)
