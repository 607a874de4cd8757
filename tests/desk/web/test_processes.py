"""Processes of the desk: what they write to the server's log."""

from harmledger.desk.web.processes import hold_turn, print_failure, try_lock


def test_a_failure_is_told_without_the_words_that_it_happened_to(capsys):
    try:
        b"\xffThe words of a report".decode("utf-8")
    except UnicodeDecodeError as error:
        print_failure("adding failed", error)
    told = capsys.readouterr().err
    assert told.startswith("adding failed: UnicodeDecodeError at test_processes.py:")
    assert "words" not in told


def test_a_turn_comes_when_the_one_before_has_ended_or_not_at_all(tmp_path):
    path = tmp_path / "lock"
    with try_lock(path) as is_ours, hold_turn(path, 0.1) as is_held_too:
        assert (is_ours, is_held_too) == (True, False)
    with hold_turn(path, 0.1) as is_held:
        assert is_held
