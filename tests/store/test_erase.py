"""Erasing, tested down to the bytes of every file of the case."""

import gzip
import json
import sqlite3
import zipfile
import zlib
from email.message import EmailMessage

import pytest

from harmledger.pipeline.erase import erase_documents
from harmledger.store.bytes import ByteStore
from harmledger.store.case import open_case
from harmledger.store.entries import Edition
from harmledger.store.erasure_plan import plan_erasure
from harmledger.store.tables import models

from .conftest import AT, add, states, write_lines

SECRET = "Qzvxkwimble"
TEXT = f"Shelling killed two people near {SECRET} on Monday, and {SECRET}ton burned, residents said."
NEEDLES = (SECRET, "zvxkwimbl", "near Qzvx")


def find_traces(folder):
    """Give every file of a folder that holds the secret, in any encoding we would recognise."""
    wanted = [needle.encode(coding) for needle in NEEDLES for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    wanted += [needle.lower().encode() for needle in NEEDLES]
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if any(needle in form for form in unfold(data) for needle in wanted) or SECRET in path.name:
                found.append(str(path.relative_to(folder)))
    return found


def unfold(data):
    yield data
    for unpack in (zlib.decompress, gzip.decompress):
        try:
            yield unpack(data)
        except (zlib.error, OSError, EOFError):
            continue


def erase(case, *ids, reason="a source is in danger", file=None):
    plan = plan_erasure(case.facts, ids, file)
    with case.hold("erase", AT):
        return plan, erase_documents(case, plan, reason, "someone", AT)


def fill(case, tmp_path, count=120):
    """Add the secret document among many others, so that pages of the database are split around it."""
    rows = [
        {"id": f"d{n}", "text": f"Report {n}. " + "Nobody was hurt that day. " * (n % 40)}
        for n in range(count)
    ]
    secret = {
        "id": "secret",
        "text": TEXT,
        "title": f"{SECRET} burns",
        "url": f"https://example.org/{SECRET}",
        "more": SECRET,
    }
    rows.insert(count // 2, secret)
    return add(case, write_lines(tmp_path / "lines.jsonl", *rows))


def test_nothing_is_left_of_a_line_among_others(case, tmp_path):
    fill(case, tmp_path)
    assert len(find_traces(case.folder)) >= 2
    plan, problems = erase(case, "secret")
    assert problems == ()
    assert plan.separated == 120
    assert find_traces(case.folder) == []
    found = states(case)
    assert len(found) == 120
    assert "secret" not in found
    for document in case.facts.fetch_documents(["d7", "d119"]):
        (sheet,) = case.facts.find_version(document.id)
        assert sheet.is_kept
        assert json.loads(case.bytes.locate(sheet.digest).read_bytes())["text"] == document.text


def test_the_tombstone_says_who_when_and_why(case, tmp_path):
    fill(case, tmp_path, 2)
    (before,) = case.facts.find_version("secret")
    erase(case, "secret")
    (stone,) = case.facts.list_tombstones()
    assert (stone.digest, stone.by, stone.at, stone.reason) == (
        before.digest,
        "someone",
        AT,
        "a source is in danger",
    )
    with sqlite3.connect(case.folder / "facts.sqlite") as facts:
        assert facts.execute("SELECT count(*) FROM store_erasure WHERE finished IS NULL").fetchone() == (0,)
    facts.close()


def test_what_was_erased_is_refused_in_every_dress(case, tmp_path):
    fill(case, tmp_path, 3)
    erase(case, "secret")
    before = set(states(case))
    (again,), problems = add(case, tmp_path / "lines.jsonl")
    assert again.standing == "read"
    fill(case, tmp_path / "more", 4)
    (tmp_path / "plain.txt").write_text(TEXT)
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "more" / "lines.jsonl", "lines.jsonl")
        archive.writestr("other.txt", "Shelling killed nine people in the village, residents said.")
    files, problems = add(case, tmp_path / "plain.txt", tmp_path / "all.zip")
    assert [file.fates.get("refused") for file in files] == [1, 1]
    assert "a source is in danger" in problems[0].message
    assert find_traces(case.folder) == []
    assert len(set(states(case)) - before) == 2


def test_a_file_of_its_own_goes_with_its_name(case, tmp_path):
    source = tmp_path / f"{SECRET}.txt"
    source.write_text(TEXT)
    (file,), _ = add(case, source)
    assert len(find_traces(case.folder)) == 2
    erase(case, file.digest)
    assert find_traces(case.folder) == []
    (again,), problems = add(case, source)
    assert again.standing == "erased"
    assert "a source is in danger" in problems[0].message
    assert find_traces(case.folder) == []


def make_mail(path, attachment):
    mail = EmailMessage()
    mail["From"] = "desk@example.org"
    mail["Message-ID"] = "<1@example.org>"
    mail["Date"] = "Tue, 31 May 2016 10:00:00 +0000"
    mail["Subject"] = "Daily report"
    mail.set_content("Two people were killed in the town on Monday. The list is attached.\n")
    mail.add_attachment(attachment.encode(), maintype="text", subtype="plain", filename="list.txt")
    path.write_bytes(mail.as_bytes())
    return path


def test_an_attachment_takes_the_bytes_of_its_mail_along(case, tmp_path):
    add(case, make_mail(tmp_path / "report.eml", TEXT))
    heads = [head.id for head in case.facts.list_heads()]
    if len(heads) != 2:
        pytest.skip("mail is not taken apart")
    (secret,) = (one.id for one in case.facts.fetch_documents(heads) if SECRET in (one.text or ""))
    plan, _ = erase(case, secret)
    assert len(plan.holders) == 1
    for path in case.bytes.folder.rglob("*"):
        assert not path.is_file()
    assert find_traces(case.folder) == []
    (sheet,) = (case.facts.find_version(one)[0] for one in states(case))
    assert not sheet.is_kept
    assert "killed" in next(case.facts.fetch_documents([sheet.id])).text


def test_every_file_that_holds_it_is_reached(case, tmp_path):
    plain = tmp_path / "plain.txt"
    plain.write_text(TEXT)
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.write(plain, "a/plain.txt")
        archive.writestr("other.txt", "Shelling killed nine people in the village, residents said.")
    add(case, plain, tmp_path / "all.zip")
    (secret,) = (one.id for one in case.facts.fetch_documents(list(states(case))) if SECRET in one.text)
    erase(case, secret)
    assert find_traces(case.folder) == []
    assert len(states(case)) == 1


def test_views_backups_and_judgements_go_too(case, tmp_path):
    fill(case, tmp_path, 5)
    case.facts.judge("secret", "withdrawn", f"about {SECRET}", "someone", AT)
    (case.folder / "backups").mkdir()
    (case.folder / "backups" / "facts-0001-1.sqlite").write_text(TEXT)
    (case.folder / "views-12ab.sqlite").write_text(TEXT)
    (case.folder / "views-12ab.sqlite-wal").write_text(TEXT)
    (case.folder / ".views-12ab.part").write_text(TEXT)
    case.facts.record_edition(Edition("published", AT, "d", False, ("d1", "secret")))
    plan, _ = erase(case, "secret")
    assert [edition.folder for edition in plan.editions] == ["published"]
    assert find_traces(case.folder) == []
    assert not list(case.folder.glob("*views*"))
    assert not list((case.folder / "backups").iterdir())


def test_backups_that_go_are_written_down_before_they_do(case, tmp_path, monkeypatch):
    fill(case, tmp_path, 5)
    backups = case.folder / "backups"
    backups.mkdir()
    for name in ("facts-0003_rulings-1.sqlite", "facts-0003_rulings-2.sqlite.part", f"{SECRET}.sqlite"):
        (backups / name).write_text(TEXT)
    known = ["another file", "facts-0003_rulings-1.sqlite", "facts-0003_rulings-2.sqlite.part"]

    def fail(path):
        (row,) = case.facts.rows(models.Erasure)
        assert json.loads(row.backups) == known
        raise OSError("interrupted")

    with monkeypatch.context() as broken:
        broken.setattr("harmledger.store.erasure.destroy_file", fail)
        with pytest.raises(OSError, match="interrupted"):
            erase(case, "secret")
    (backups / f"{SECRET}.sqlite").unlink()
    (backups / "facts-0003_rulings-3.sqlite").write_text(TEXT)
    with case.hold("erase", AT):
        pass
    (row,) = case.facts.rows(models.Erasure)
    assert row.finished is not None
    assert json.loads(row.backups) == sorted([*known, "facts-0003_rulings-3.sqlite"])
    assert not list(backups.iterdir())
    assert find_traces(case.folder) == []


def test_other_versions_stay_unless_they_are_named(case, tmp_path):
    add(case, write_lines(tmp_path / "1.jsonl", {"id": "a", "text": "Shelling killed one."}))
    add(case, write_lines(tmp_path / "2.jsonl", {"id": "a", "text": TEXT}))
    (second,) = (id for id in states(case) if id != "a")
    plan, _ = erase(case, second)
    assert plan.siblings == ("a",)
    assert states(case) == {"a": "current"}
    assert find_traces(case.folder) == []


def test_the_same_text_elsewhere_is_named(case, tmp_path):
    add(case, write_lines(tmp_path / "1.jsonl", {"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}))
    assert plan_erasure(case.facts, ["a"]).alike == ("b",)


def test_a_received_file_goes_as_a_whole(case, tmp_path):
    (tmp_path / "lines.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}) + f"\n{{broken {SECRET}\n")
    (file,), _ = add(case, tmp_path / "lines.jsonl")
    plan, _ = erase(case, file=file.digest)
    assert plan.unread == 1
    assert find_traces(case.folder) == []
    assert states(case) == {}
    assert list(case.facts.list_unread()) == []
    assert add(case, tmp_path / "lines.jsonl")[0][0].standing == "erased"


def test_a_reader_that_keeps_the_journal_is_told_and_the_rest_done_later(case, tmp_path, monkeypatch):
    from harmledger.store import database

    monkeypatch.setattr(database, "_SECONDS_TO_WAIT", 0.2)
    folder = case.folder
    fill(case, tmp_path, 20)
    case.close()
    opened, _ = open_case(folder)
    reader = sqlite3.connect(folder / "facts.sqlite")
    rows = reader.execute("SELECT id FROM store_version")
    rows.fetchone()
    with opened:
        _, problems = erase(opened, "secret")
        assert [problem.code for problem in problems] == ["store.erasure-unfinished"]
        assert find_traces(folder) != []
        rows.close()
        reader.close()
        with opened.hold("erase", AT):
            pass
        assert find_traces(folder) == []


def test_an_erasure_that_was_killed_is_finished_by_the_next_writer(case, tmp_path, monkeypatch):
    fill(case, tmp_path, 5)

    def fail(self, digest):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ByteStore, "destroy", fail)
        with pytest.raises(KeyboardInterrupt):
            erase(case, "secret")
    assert "secret" not in states(case)
    assert find_traces(case.folder) != []
    with case.hold("add", AT):
        pass
    assert find_traces(case.folder) == []
    assert len(states(case)) == 5
