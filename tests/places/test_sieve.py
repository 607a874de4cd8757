"""Sieves: nothing that a layer holds is ever stopped, and a sieve that does not belong to its layer is made anew."""

from pathlib import Path

import pytest

from harmledger.places.entry import Entry
from harmledger.places.layer import Layer, open_layer, write_layer
from harmledger.places.sieve import Sieve, encode_name, open_sieve


def _write(path: Path, *names: str) -> Layer:
    entry = Entry("test:1", names[0], "SY", None, None, 35.0, 36.0, "settlement", "PPL", 0, None, names)
    write_layer(path, "SY", {"digest": "test"}, [entry])
    return open_layer(path)


def _open(layer: Layer) -> Sieve:
    sieve = open_sieve(layer)
    assert sieve is not None
    return sieve


def test_all_that_a_layer_holds_passes_and_little_else(tmp_path: Path) -> None:
    layer = _write(tmp_path / "SY.sqlite", *(f"Kafr {number}" for number in range(300)))
    sieve = _open(layer)
    assert all(sieve.passes(encode_name(key, "key")) for key in layer.list_keys())
    for spelling, skeleton in layer.list_sounds():
        assert sieve.passes(encode_name(spelling, "spelling"))
        assert sieve.passes(encode_name(skeleton, "skeleton"))
    strangers = [encode_name(f"stranger{number}", "key") for number in range(3000)]
    assert sum(map(sieve.passes, strangers)) < len(strangers) / 40


def test_the_sieve_is_kept_beside_its_layer(tmp_path: Path) -> None:
    layer = _write(tmp_path / "SY.sqlite", "Sarmin")
    _open(layer)
    content = (tmp_path / "SY.sieve").read_bytes()
    assert _open(layer).passes(encode_name("sarmin", "key"))
    assert (tmp_path / "SY.sieve").read_bytes() == content
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["SY.sieve", "SY.sqlite"]


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "foreign"])
def test_a_damaged_sieve_is_made_anew(tmp_path: Path, harm: str) -> None:
    layer = _write(tmp_path / "SY.sqlite", "Sarmin")
    _open(layer)
    path = tmp_path / "SY.sieve"
    content = path.read_bytes()
    harmed = {
        "cut": content[:-1],
        "flip": content[:-1] + bytes([content[-1] ^ 1]),
        "empty": b"",
        "foreign": b"not a sieve",
    }
    path.write_bytes(harmed[harm])
    assert _open(layer).passes(encode_name("sarmin", "key"))
    assert path.read_bytes() == content


def test_a_layer_that_was_replaced_gets_its_own_sieve(tmp_path: Path) -> None:
    _open(_write(tmp_path / "SY.sqlite", "Sarmin"))
    sieve = _open(_write(tmp_path / "SY.sqlite", "Taftanaz", "Binnish"))
    assert sieve.passes(encode_name("taftanaz", "key"))


def test_where_nothing_can_be_written_the_sieve_still_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = _write(tmp_path / "SY.sqlite", "Sarmin")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert _open(layer).passes(encode_name("sarmin", "key"))
    assert not (tmp_path / "SY.sieve").exists()


def test_a_damaged_layer_has_no_sieve(tmp_path: Path) -> None:
    layer = _write(tmp_path / "SY.sqlite", "Sarmin")
    layer.close()
    (tmp_path / "SY.sqlite").unlink()
    assert open_sieve(layer) is None


def test_a_lone_surrogate_has_a_code() -> None:
    assert encode_name("\ud800", "key") == encode_name("\ud800", "key")
