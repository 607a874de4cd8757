"""Bytes to text."""

import pytest

from harmledger.documents.encoding import decode_bytes

ARABIC = "قتل خمسة مدنيين في قصف على البلدة يوم الاثنين وأصيب آخرون بجروح كما دمرت المنازل " * 3
FRENCH = "Cinq civils ont été tués près de l’hôpital, où s’étaient réfugiées des familles. " * 3


@pytest.mark.parametrize(
    "data", [b"plain", "é".encode(), b"\xef\xbb\xbfmarked", b"", "<meta charset=utf-8>é".encode()]
)
def test_plain_utf8_is_read_without_a_word(data: bytes) -> None:
    text, problems = decode_bytes(data)
    assert text == data.decode("utf-8-sig")
    assert problems == ()


@pytest.mark.parametrize(
    ("data", "text", "named"),
    [
        ("عاجل".encode("utf-16"), "عاجل", "utf-16-le"),
        ("é".encode("utf-16-be").join([b"\xfe\xff", b""]), "é", "utf-16-be"),
        (f'<meta charset="windows-1256">{ARABIC}'.encode("cp1256"), ARABIC, "cp1256"),
        (f'<?xml version="1.0" encoding="iso-8859-1"?>{FRENCH}'.encode("cp1252"), FRENCH, "cp1252"),
        (ARABIC.encode("cp1256"), ARABIC, "cp1256"),
        (FRENCH.encode("cp1252"), FRENCH, "cp125"),
        ("تقرير ".encode() * 20 + b"\xd9", "تقرير ", "UTF-8 with broken"),
    ],
)
def test_anything_else_is_named(data: bytes, text: str, named: str) -> None:
    decoded, problems = decode_bytes(data, "a.txt")
    assert decoded is not None
    assert text in decoded
    (problem,) = problems
    assert problem.code == "documents.encoding"
    assert problem.where == "a.txt"
    assert named in problem.message


@pytest.mark.parametrize("data", [b"a\0b", b"\x01\x02\x03\x04" * 50, bytes(range(256))])
def test_binary_is_refused(data: bytes) -> None:
    text, (problem,) = decode_bytes(data)
    assert text is None
    assert (problem.code, problem.severity) == ("documents.binary", "error")


@pytest.mark.parametrize("name", ["utf-7", "zip", "rot13", "unicode_escape", "idna", "nonsense", "utf-16"])
def test_a_declared_codec_that_is_no_charset_is_ignored(name: str) -> None:
    text, _ = decode_bytes(f'<meta charset="{name}">two killed'.encode())
    assert text is not None
    assert text.endswith("two killed")
