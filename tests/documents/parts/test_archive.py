"""Archives: ZIP and gzip, and what hides in them."""

import gzip
import io
import stat
import struct
import zipfile

import pytest

from documents.parts.opened import STORY, open_bytes, pack
from harmledger.documents.parts import archive, limits, unpacking
from harmledger.documents.parts import source as sources


def test_members_are_opened_by_the_order_of_their_names():
    opened = open_bytes(
        pack({"b.txt": "two", "a/c.txt": "one", "d.jsonl": b'{"id": "x", "text": "three"}\n'}), "z.zip"
    )
    assert opened.texts == ["one", "two", "three"]
    assert opened.locators == ["a/c.txt", "b.txt", "d.jsonl › line 1"]


def test_archives_in_archives_are_opened_to_a_depth():
    data = pack({"a.txt": STORY})
    for number in range(3):
        data = pack({f"{number}.zip": data})
    assert open_bytes(data, "z.zip").locators == ["2.zip › 1.zip › 0.zip › a.txt"]
    opened = open_bytes(pack({"x.zip": data}), "z.zip")
    assert (opened.parts, opened.codes) == ((), ["nesting"])


def test_names_are_labels_and_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = [
        "../../evil.txt", "/abs.txt", "C:\\win.txt", "..\\up.txt", "a\nb\x1b[31m.txt", "\u202egnp.txt", "x" * 5000 + ".txt", "con.txt", "a/./b.txt",
    ]  # fmt: skip
    opened = open_bytes(pack({name: f"{STORY} {number}" for number, name in enumerate(names)}), "z.zip")
    assert len(opened.parts) == len(names)
    assert not list(tmp_path.iterdir())
    for locator in opened.locators:
        assert locator.isprintable()
        assert len(locator) <= limits.LABEL_LIMIT + 1


def test_a_nul_in_a_name_ends_it():
    data = pack({"abcXdef.txt": STORY}).replace(b"abcXdef.txt", b"abc\0def.txt")
    opened = open_bytes(data, "z.zip")
    assert opened.parts or opened.problems


def test_links_hidden_members_and_folders_are_not_opened():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("folder/", "")
        made.writestr("__MACOSX/._a.txt", "x")
        made.writestr(".hidden", "x")
        made.writestr("a.txt", STORY)
    opened = open_bytes(packed.getvalue(), "z.zip")
    assert opened.locators == ["a.txt"]
    assert [problem.severity for problem in opened.problems] == ["note"] * 3


def test_an_empty_archive_is_told():
    assert open_bytes(pack({}), "z.zip").codes == ["empty"]


@pytest.mark.parametrize(
    ("name", "what"), [("word/document.xml", "Word"), ("META-INF/container.xml", "EPUB")]
)
def test_office_files_are_named(name, what):
    opened = open_bytes(pack({name: "x"}), "a.docx")
    assert opened.codes == ["unsupported"]
    assert what in opened.problems[0].message


def test_a_locked_member_is_told():
    data = pack({"a.txt": STORY, "b.txt": STORY + "."})
    first = data.index(b"PK\x01\x02") + 8
    data = data[:first] + b"\x01\x00" + data[first + 2 :]
    opened = open_bytes(data, "z.zip")
    assert opened.locators == ["b.txt"]
    assert "password" in opened.problems[0].message


def test_a_bomb_is_stopped_while_it_unpacks():
    opened = open_bytes(pack({"a.txt": b"0" * 30_000_000, "b.txt": STORY}), "z.zip")
    assert opened.texts == [STORY]
    assert opened.codes == ["archive"]
    assert "times its size" in opened.problems[0].message


def test_headers_that_lie_about_sizes_change_nothing():
    data = pack({"a.txt": b"0" * 30_000_000})
    entry = data.index(b"PK\x01\x02")
    for packed, unpacked in ((2**32 - 2, 10), (2**31, 2**31), (0, 0)):
        lying = data[: entry + 20] + struct.pack("<LL", packed, unpacked) + data[entry + 28 :]
        opened = open_bytes(lying, "z.zip")
        assert not opened.parts or len(opened.texts[0]) < 100
        assert opened.problems


def test_all_that_comes_out_is_counted_over_every_level(monkeypatch):
    monkeypatch.setattr(sources, "UNPACKED_LIMIT", 3000)
    inner = pack({"a.txt": "one killed. " * 100})
    opened = open_bytes(pack({"1.zip": inner, "2.zip": inner, "3.zip": inner}), "z.zip")
    assert len(opened.parts) == 2
    assert "archive" in opened.codes


def test_members_are_counted_over_every_level(monkeypatch):
    monkeypatch.setattr(sources, "MEMBER_LIMIT", 7)
    inner = pack({f"{number}.txt": STORY for number in range(4)})
    opened = open_bytes(pack({"1.zip": inner, "2.zip": inner}), "z.zip")
    assert len(opened.parts) == 5
    assert "archive" in opened.codes


def test_a_list_of_members_too_long_is_not_read(monkeypatch):
    monkeypatch.setattr(archive, "_DIRECTORY_LIMIT", 1000)
    data = pack({f"{number}.txt": "x" for number in range(100)})
    assert open_bytes(data, "z.zip").codes == ["archive"]


def test_members_that_share_their_bytes_are_counted_each(monkeypatch):
    """As in the bombs whose members overlap: many entries, one stretch of packed bytes."""
    monkeypatch.setattr(sources, "UNPACKED_GRACE", 20_000_000)
    data = pack({"a.txt": b"x" * 4_000_000})
    entry, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    count = 50
    directory = data[entry:end] * count
    tail = data[end : end + 8] + struct.pack("<HHLL", count, count, len(directory), entry) + b"\0\0"
    opened = open_bytes(data[:entry] + directory + tail, "z.zip")
    assert opened.codes[-1] == "archive"
    assert len(opened.parts) <= 5


@pytest.mark.parametrize(
    ("size", "most"), [(5_000, 100_000_000), (2_000_000, 400_000_000), (50_000_000, 2_000_000_000)]
)
def test_what_may_come_out_of_a_file_goes_by_its_size(size, most):
    budget = sources.Budget.of_file(size)
    budget.take_bytes(most)
    with pytest.raises(sources.Exhausted, match=f"more than {most // 1_000_000:,} MB"):
        budget.take_bytes(1)


@pytest.mark.parametrize("keep", [5, 30, 0.5, 0.95])
def test_an_archive_cut_short_is_told(keep):
    data = pack({f"{number}.txt": STORY * number for number in range(1, 20)})
    opened = open_bytes(data[: int(keep if keep > 1 else len(data) * keep)], "z.zip")
    assert opened.codes == ["archive"]


def test_a_damaged_member_costs_itself():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("a.txt", "AAAA two killed")
        made.writestr("b.txt", STORY)
    opened = open_bytes(packed.getvalue().replace(b"AAAA", b"BBBB", 1), "z.zip")
    assert opened.texts == [STORY]
    assert opened.codes == ["archive"]


def test_gzip_holds_one_file_of_any_kind():
    opened = open_bytes(gzip.compress(b'{"id": "x", "text": "a"}\n'), "d.jsonl.gz")
    assert opened.locators == ["unpacked › line 1"]
    assert open_bytes(gzip.compress(STORY.encode()), "a.txt.gz").texts == [STORY]
    assert open_bytes(gzip.compress(b"0" * 30_000_000), "a.txt.gz").codes == ["archive"]
    assert open_bytes(gzip.compress(STORY.encode())[:40], "a.txt.gz").codes == ["archive"]


def test_what_is_unpacked_is_closed_when_it_is_too_much(monkeypatch):
    budget = sources.Budget(size=10)
    with pytest.raises(sources.Exhausted):
        unpacking.unpack(io.BytesIO(b"x" * 100), 100, budget)
    with pytest.raises(unpacking.Suspicious):
        unpacking.unpack(io.BytesIO(b"x" * 100), 100, sources.Budget(), limit=50)
