"""What was signed in another case, as the review room shows it: never as if it had been signed here."""

import shutil

import pytest

from .room import Room


@pytest.mark.long
def test_a_signature_of_another_case_says_who_took_it_over_and_from_which_file(
    own, built, run, start, tmp_path
):
    there = Room(*own)
    id = there.find("Saraqib")
    assert there.act("the-analyst", id, "sign", step="accept").status == 303
    assert "taken over" not in there.open("the-analyst", id).text
    run("export", own[0], "-o", tmp_path / "out", "-q")
    moved = shutil.copytree(built, tmp_path / "moved")
    signings = tmp_path / "out" / "signings.jsonl"
    run("take-over", moved, "--signings", signings, "--by", "the-admin", "-q")
    address = start(moved)
    page = Room(moved, address).open("the-analyst", id).text
    start.end(address)
    told = "made in another case, taken over by the-admin, "
    steps, decided = page.split('class="steps"')[1].split("</ol>")[0], page.split('class="decided"')[-1]
    for part in (steps, decided):
        assert told in part
        assert "signings.jsonl (SHA-256 " in part
