"""Earlier editions' data, kept under their numbers without what was withdrawn since."""

import csv
import json
import shutil
from collections.abc import Callable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from harmledger.publication.data.layouts.hxl import TAGS
from harmledger.publication.data.tables import BY_INCIDENT
from harmledger.publication.data.writer import FILES
from harmledger.publication.material import Material
from harmledger.publication.site.edition import Edition
from harmledger.publication.site.survey import Survey
from harmledger.publication.withholding.links import hide_id

_FOLDER: Final = "editions"
_ABOUT: Final = "edition.json"


@dataclass(frozen=True, slots=True)
class Gone:
    """What must not stand in a kept edition any more: ids of incidents and documents in their public form.

    An incident stays only if it is shown now, or became part of one that is.
    """

    present: Set[str]
    documents: Set[str]

    def drops_incident(self, name: str) -> bool:
        """Tell whether an incident was taken out since."""
        return name not in self.present

    def drops_claim(self, claim: dict[str, Any]) -> bool:
        """Tell whether a claim's incident or document was taken out since."""
        told = claim.get("extra") or {}
        return claim.get("document") in self.documents or self.drops_incident(str(told.get("incident")))


def keep_editions(
    target: Path, folder: Path, present: Edition | None, survey: Survey, material: Material
) -> tuple[tuple[int, str], ...]:
    """Carry the kept editions of `target` over to `folder`, and the data of its present edition with them.

    Gives number and moment of each, the latest first. What was withdrawn since is struck out of all of them.
    """
    home = folder / _FOLDER
    if (target / _FOLDER).is_dir():
        shutil.copytree(target / _FOLDER, home)
    if present is not None and (target / "data").is_dir():
        own = home / str(present.number)
        shutil.copytree(target / "data", own, dirs_exist_ok=True)
        (own / "datapackage.json").unlink(missing_ok=True)
        about = {"number": present.number, "as_of": present.as_of}
        (own / _ABOUT).write_text(json.dumps(about) + "\n", encoding="utf-8")
    gone = Gone(
        present={hide_id(name) for name in (*survey.by_id, *survey.formerly)},
        documents={hide_id(one.id) for one in material.list_withdrawn() if one.kind == "document"},
    )
    editions = [path for path in home.iterdir() if path.is_dir()] if home.is_dir() else []
    for path in editions:
        strike_out(path, gone)
    return tuple(sorted(map(_read_about, editions), reverse=True))


def _read_about(path: Path) -> tuple[int, str]:
    about = json.loads((path / _ABOUT).read_text(encoding="utf-8"))
    return int(about["number"]), str(about["as_of"])


def strike_out(folder: Path, gone: Gone) -> None:
    """Strike out of an edition's data the lines of what was taken out since."""
    for name in FILES:
        path = folder / name
        if not path.is_file():
            continue
        if name in BY_INCIDENT:
            _strike_rows(path, gone)
        elif name == "claims.jsonl":
            _strike_lines(path, gone.drops_claim)
        elif name == "incidents.jsonl":
            _strike_lines(path, lambda incident: gone.drops_incident(str(incident.get("id"))))
        elif name == "incidents.geojson":
            _strike_features(path, gone)


def _strike_rows(path: Path, gone: Gone) -> None:
    """Strike rows by their first column; the first row has the names of the columns."""
    aside = path.with_suffix(".part")
    with (
        path.open(encoding="utf-8", newline="") as source,
        aside.open("w", encoding="utf-8", newline="") as kept,
    ):
        writer = csv.writer(kept, lineterminator="\n")
        rows = csv.reader(source)
        writer.writerow(next(rows, []))
        writer.writerows(
            row for row in rows if row and (row[0] == TAGS["id"] or not gone.drops_incident(row[0]))
        )
    aside.replace(path)


def _strike_lines(path: Path, drops: Callable[[dict[str, Any]], bool]) -> None:
    aside = path.with_suffix(".part")
    with path.open(encoding="utf-8") as source, aside.open("w", encoding="utf-8", newline="\n") as kept:
        kept.writelines(line for line in source if not drops(json.loads(line)))
    aside.replace(path)


def _strike_features(path: Path, gone: Gone) -> None:
    """Strike features, which stand one on a line; the commas between them are set anew."""
    aside = path.with_suffix(".part")
    with path.open(encoding="utf-8") as source, aside.open("w", encoding="utf-8", newline="\n") as kept:
        first = source.readline()
        kept.write(first)
        glue = ""
        for line in source:
            told = line.rstrip("\n").removesuffix(",")
            if told.startswith('{"type":"Feature"') and not gone.drops_incident(json.loads(told)["id"]):
                kept.write(glue + told)
                glue = ",\n"
        kept.write("\n]}\n")
    aside.replace(path)
