"""Fetching packs, against a server that is not there: nothing here reaches for the network."""

import io
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from harmledger.places import download
from harmledger.places.packs import install_pack
from places.geonames import write_source

Serve = Callable[[str], bytes]


class Response(io.BytesIO):
    def __init__(self, body: bytes, announced: int | None = None) -> None:
        super().__init__(body)
        self.headers = Message()
        self.headers["Content-Length"] = str(len(body) if announced is None else announced)
        self.headers["Last-Modified"] = "Sat, 01 Nov 2025 02:30:00 GMT"


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], Any]], list[str]]:
    """Answer every address with what the test gives; collect the addresses."""

    def start(answer: Callable[[str], Any]) -> list[str]:
        asked: list[str] = []

        class Opener:
            def open(self, address: str, timeout: float) -> Any:
                asked.append(address)
                found = answer(address)
                if isinstance(found, Exception):
                    raise found
                return found

        monkeypatch.setattr(urllib.request, "build_opener", lambda *handlers: Opener())
        return asked

    return start


def test_a_pack_is_fetched_and_installed(tmp_path: Path, serve: Any) -> None:
    source = write_source(tmp_path / "source", ".zip")
    write_source(tmp_path / "source", ".txt")

    def answer(address: str) -> Response:
        name = address.removeprefix(f"{download.ADDRESS}/")
        local = {"alternatenames/SY.zip": "SY.alternateNamesV2.zip"}.get(name, name)
        return Response((source / local).read_bytes())

    asked = serve(answer)
    told: list[str] = []
    packs, problems = install_pack("SY", None, tmp_path / "data", told.append)
    assert problems == ()
    assert packs[0].date == "2025-11-01"
    assert packs[0].source == download.ADDRESS
    assert all(address.startswith("https://download.geonames.org/") for address in asked)
    assert told


def test_without_a_connection_nothing_is_installed(tmp_path: Path, serve: Any) -> None:
    serve(lambda address: urllib.error.URLError("no route"))
    packs, problems = install_pack("SY", None, tmp_path)
    assert packs == ()
    assert [problem.code for problem in problems] == ["places.download-failed"]
    assert "--from" in (problems[0].remedy or "")
    assert not (tmp_path / "packs").exists()


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (lambda: Response(b"x", announced=10**12), "announces"),
        (lambda: Response(b"x" * 100, announced=5_000), "ended after"),
    ],
)
def test_a_file_of_the_wrong_size_is_refused(tmp_path: Path, serve: Any, response: Any, reason: str) -> None:
    serve(lambda address: response())
    packs, problems = install_pack("SY", None, tmp_path)
    assert packs == ()
    assert reason in problems[0].message


def test_a_file_that_never_ends_is_refused(
    tmp_path: Path, serve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_SIZE_LIMIT", 1_000)
    serve(lambda address: Response(b"x" * 5_000, announced=0))
    packs, problems = install_pack("SY", None, tmp_path)
    assert packs == ()
    assert "larger than" in problems[0].message


def test_a_redirection_elsewhere_is_refused() -> None:
    handler = download._SameHost()
    request = urllib.request.Request(f"{download.ADDRESS}/SY.zip")
    with pytest.raises(urllib.error.HTTPError, match="redirected elsewhere"):
        handler.redirect_request(request, io.BytesIO(), 302, "Found", Message(), "http://example.org/SY.zip")
    assert handler.redirect_request(
        request, io.BytesIO(), 302, "Found", Message(), f"{download.ADDRESS}/x.zip"
    )
