"""Fetch GeoNames' files for a country pack. Nothing else but `documents.fetching` reaches for the network."""

import email.utils
import os
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import IO, Final

from harmledger.records.problem import Problem

ADDRESS: Final = "https://download.geonames.org/export/dump"
_ALTERNATES: Final = "alternatenames"
_SIZE_LIMIT: Final = 500_000_000
_CHUNK: Final = 1 << 20
_TIMEOUT_S: Final = 60


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follow a redirection only to the same address over https."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> urllib.request.Request | None:
        if not newurl.startswith(f"{ADDRESS}/"):
            raise urllib.error.HTTPError(newurl, code, "redirected elsewhere", None, fp)  # type: ignore[arg-type]
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def download_files(country: str, folder: Path, report: Callable[[str], None]) -> tuple[Problem, ...]:
    """Fetch the dump, the alternate names and the codes of a country into the folder.

    `country` must be an ISO 3166-1 alpha-2 code in capitals. A file that cannot be fetched is a problem:
    an error for the dump itself, a warning for the rest.
    """
    wanted = (
        (f"{country}.zip", f"{country}.zip", True),
        (f"{_ALTERNATES}/{country}.zip", f"{country}.alternateNamesV2.zip", False),
        ("admin1CodesASCII.txt", "admin1CodesASCII.txt", False),
        ("admin2Codes.txt", "admin2Codes.txt", False),
    )
    problems: list[Problem] = []
    for remote, local, is_needed in wanted:
        try:
            _fetch(f"{ADDRESS}/{remote}", folder / local, report)
        except (OSError, ValueError) as fault:
            problems.append(
                Problem(
                    "places.download-failed",
                    f"{remote} could not be fetched: {fault}.",
                    "error" if is_needed else "warning",
                    where=f"{ADDRESS}/{remote}",
                    remedy="check the connection, or fetch the files by other means and install them with --from",
                )
            )
            if is_needed:
                break
    return tuple(problems)


def _fetch(address: str, path: Path, report: Callable[[str], None]) -> None:
    opener = urllib.request.build_opener(_SameHost)
    with opener.open(address, timeout=_TIMEOUT_S) as response, path.open("wb") as handle:
        total = int(response.headers.get("Content-Length") or 0)
        if total > _SIZE_LIMIT:
            raise ValueError(f"it announces {total:,} bytes, more than {_SIZE_LIMIT:,}")
        size = 0
        while chunk := response.read(_CHUNK):
            size += len(chunk)
            if size > _SIZE_LIMIT:
                raise ValueError(f"it is larger than {_SIZE_LIMIT:,} bytes")
            handle.write(chunk)
            report(f"{path.name}: {size / 1e6:.0f} MB" + (f" of {total / 1e6:.0f} MB" if total else ""))
        if total and size != total:
            raise ValueError(f"it ended after {size:,} of {total:,} bytes")
        modified = email.utils.parsedate_to_datetime(response.headers["Last-Modified"] or "").astimezone(UTC)
    os.utime(path, (modified.timestamp(), modified.timestamp()))
