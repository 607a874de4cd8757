"""Lines of JSON: taken apart within bounds, read as objects, unknown fields set aside."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.documents import json_lines
from harmledger.documents.json_lines import LineError, decode_row, set_unknown_aside, split_lines

KNOWN = frozenset({"id", "extra"})


@given(st.lists(st.binary(max_size=20).map(lambda line: line.replace(b"\n", b"").replace(b"\r", b""))))
def test_lines_come_back_as_they_were(lines: list[bytes]) -> None:
    found = list(split_lines(io.BytesIO(b"".join(line + b"\r\n" for line in lines))))
    assert [line.data for line in found] == [line.removeprefix(b"\xef\xbb\xbf") for line in lines]
    assert [line.number for line in found] == list(range(1, len(lines) + 1))
    assert all(line.is_whole for line in found)


@given(st.lists(st.integers(0, 60), max_size=8), st.booleans())
def test_what_is_too_long_is_passed_over_and_the_rest_is_read(lengths: list[int], is_ended: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_lines, "LINE_LIMIT", 20)
        patch.setattr(json_lines, "HEAD", 5)
        patch.setattr(json_lines, "_SKIP_STEP", 7)
        data = b"\n".join(b"x" * length for length in lengths) + (b"\n" if is_ended else b"")
        found = list(split_lines(io.BytesIO(data)))
    expected = data.split(b"\n")
    if expected[-1] == b"":
        expected.pop()
    assert [line.is_whole for line in found] == [len(line) <= 20 for line in expected]
    assert [line.data for line in found if line.is_whole] == [line for line in expected if len(line) <= 20]
    assert all(line.data == b"x" * 5 for line in found if not line.is_whole)


def test_the_rest_of_a_long_line_is_left_alone_until_the_next_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_lines, "LINE_LIMIT", 20)
    stream = io.BytesIO(b"x" * 1000 + b"\n{}\n")
    lines = split_lines(stream)
    assert not next(lines).is_whole
    assert stream.tell() == 21
    assert next(lines).data == b"{}"


def test_unknown_fields_stand_beside_what_was_extra() -> None:
    row = decode_row(b'{"id":"a","b":2,"a":1,"extra":{"c":3}}')
    assert set_unknown_aside(row, KNOWN) == {"id": "a", "extra": {"c": 3, "a": 1, "b": 2}}


def test_a_row_without_unknown_fields_is_the_same_row() -> None:
    row = decode_row(b'{"id":"a"}')
    assert set_unknown_aside(row, KNOWN) is row


@pytest.mark.parametrize("extra", [[], None, "", 0, "words"])
@pytest.mark.parametrize("more", [{}, {"unknown": 1}])
def test_extra_that_is_no_object_is_refused(extra: object, more: dict[str, object]) -> None:
    with pytest.raises(LineError, match="extra is no object"):
        set_unknown_aside({"id": "a", "extra": extra, **more}, KNOWN)


@given(st.binary(max_size=40))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with suppress(LineError):
        assert isinstance(decode_row(data), dict)
