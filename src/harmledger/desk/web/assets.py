"""Style sheets, scripts and outlines: read once into memory, served under a digest of all of them, for ever."""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from harmledger.desk.web.access import requires
from harmledger.publication.templating import load_static

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_FOREVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served, and as those get it who take it packed."""

    body: bytes
    packed: bytes
    content_type: str


@cache
def load_assets() -> tuple[str, dict[str, Asset]]:
    """Give the digest of all assets, and each by its name."""
    found = {name: _pack(name, body) for name, body in sorted(_list_files())}
    digest = hashlib.sha256()
    for name, asset in found.items():
        digest.update(f"{name}\0{len(asset.body)}\0".encode() + asset.body)
    return digest.hexdigest()[:16], found


def _list_files() -> Iterator[tuple[str, bytes]]:
    home = files("harmledger.desk.web")
    own = home.joinpath("static", "desk.css").read_bytes()
    yield "style.css", (load_static("record.css") + load_static("site.css")).encode() + own
    yield "review.css", home.joinpath("static", "review.css").read_bytes()
    built = home.joinpath("static", "built")
    if built.is_dir():
        for path in built.iterdir():
            if path.is_file() and path.name[path.name.rfind(".") :] in _TYPES:
                yield path.name, path.read_bytes()


def _pack(name: str, body: bytes) -> Asset:
    return Asset(body, gzip.compress(body, 9, mtime=0), _TYPES[name[name.rfind(".") :]])


def has_asset(name: str) -> bool:
    """Tell whether an asset is there: scripts are built with the package, and a checkout may lack them."""
    return name in load_assets()[1]


@requires("public")
def show_asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Give one asset."""
    present, assets = load_assets()
    asset = assets.get(name)
    if asset is None:
        raise Http404
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(asset.packed if is_packed else asset.body, content_type=asset.content_type)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = _FOREVER if digest == present else "no-cache"
    return response
