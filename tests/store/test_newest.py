"""The file that was put in place last, found while others come and go."""

import os

from harmledger.store.newest import find_newest


def test_the_last_is_found_and_of_one_moment_the_last_by_name(tmp_path):
    assert find_newest(tmp_path, "kept-*.bin") is None
    for name, moment in (("kept-c.bin", 1), ("kept-a.bin", 2), ("kept-b.bin", 2), ("other.bin", 3)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (moment, moment))
    assert find_newest(tmp_path, "kept-*.bin") == tmp_path / "kept-b.bin"


def test_one_that_goes_while_they_are_looked_at_hides_no_other(tmp_path):
    (tmp_path / "kept-b.bin").symlink_to(tmp_path / "gone")  # is listed, and is not there any more
    assert find_newest(tmp_path, "kept-*.bin") is None
    (tmp_path / "kept-a.bin").touch()
    assert find_newest(tmp_path, "kept-*.bin") == tmp_path / "kept-a.bin"
