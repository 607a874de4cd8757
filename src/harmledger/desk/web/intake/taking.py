"""What people hand in, put into a folder: files looked at by their content, typed texts, lists of addresses."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from harmledger.desk.web.intake.naming import clean_name, name_apart
from harmledger.desk.web.intake.process import ADDRESSES
from harmledger.documents.fetching import read_addresses
from harmledger.documents.parts.limits import HEAD_SIZE
from harmledger.documents.parts.recognition import Foreign, recognise
from harmledger.pipeline.formats import encode_record
from harmledger.records.document import Document
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import VOCABULARIES

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LONGEST_TEXT: Final = 1_000_000
"""Code points of a text that is typed, or pasted, at the desk."""

_LONGEST_FIELD: Final = 2_000
_CHUNK: Final = 1 << 20
_TYPED: Final = "typed.jsonl"
_FIELDS: Final = ("title", "publisher", "published", "url", "kind", "language")


def take_files(files: "Sequence[UploadedFile]", folder: Path) -> tuple[int, list[Problem]]:
    """Write uploaded files into a folder, each by a name that is safe and its own; give how many, and those refused: what a
    file is, its content says."""
    taken: set[str] = set()
    problems: list[Problem] = []
    count = 0
    for number, file in enumerate(files, 1):
        name = clean_name(file.name or "", number)
        foreign = recognise(_read_head(file), name)
        if isinstance(foreign, Foreign):
            problems.append(_report_foreign(name, foreign))
            continue
        with (folder / name_apart(name, taken)).open("xb") as handle:
            for chunk in file.chunks(_CHUNK):
                handle.write(chunk)
        count += 1
    return count, problems


def _read_head(file: "UploadedFile") -> bytes:
    file.seek(0)
    head: bytes = file.read(HEAD_SIZE)
    file.seek(0)
    return head


def _report_foreign(name: str, foreign: Foreign) -> Problem:
    message = f"is {foreign.what}, which is not read; it was not kept"
    return Problem("documents.unsupported", message, "error", name, remedy=foreign.remedy)


def take_text(given: Mapping[str, Any], folder: Path) -> list[str]:
    """Write a typed text into a folder as a document; give what is wrong with it, in names of the desk's words."""
    text = str(given.get("text", "")).replace("\r\n", "\n").replace("\0", "\ufffd")
    told = {
        name: str(given.get(name, "")).replace("\0", "").strip()[:_LONGEST_FIELD] or None for name in _FIELDS
    }
    faults = []
    if not text.strip():
        faults.append("text_empty")
    if len(text) > LONGEST_TEXT:
        faults.append("text_long")
    if told["kind"] is not None and told["kind"] not in VOCABULARIES["document kind"]:
        faults.append("kind_unknown")
    if told["published"] is not None and not _is_moment(told["published"]):
        faults.append("published_wrong")
    if not faults:
        document = Document(text=text, **told)  # type: ignore[arg-type]
        (folder / _TYPED).write_bytes(encode_record(document))
    return faults


def _is_moment(text: str) -> bool:
    from datetime import datetime

    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def take_addresses(text: str, folder: Path) -> tuple[int, list[Problem]]:
    """Write a list of addresses into a folder; give how many there are, and the lines that are none."""
    addresses, problems = read_addresses(text)
    (folder / ADDRESSES).write_text("".join(f"{address}\n" for address in addresses), encoding="utf-8")
    return len(addresses), list(problems)
