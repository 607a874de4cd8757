"""A case to a site: pages, data and drawings, in a folder that opens from disk and asks nothing of any host."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from harmledger.publication.material import Material, Settings
from harmledger.publication.site.archive import keep_editions
from harmledger.publication.site.edition import (
    MARKER,
    Edition,
    compare_editions,
    encode_edition,
    read_edition,
)
from harmledger.publication.site.folder import build_folder, check_folder
from harmledger.publication.site.frame import Frame
from harmledger.publication.site.survey import survey_material, translate_survey
from harmledger.publication.site.writer import SiteWriter
from harmledger.publication.wording import Wording, load_wording
from harmledger.records.identity import digest_bytes
from harmledger.records.problem import Problem


@dataclass(frozen=True, slots=True)
class Published:
    """What was written: the edition and the SHA-256 of its file, counts shown and held back, ids of reports named."""

    edition: Edition
    digest: str
    incidents: int
    held: int
    documents: frozenset[str]


def publish_site(
    material: Material,
    settings: Settings,
    as_of: datetime,
    target: Path,
    words: Wording,
) -> tuple[Published, tuple[Problem, ...]]:
    """Write the site of a case into a folder, whole or not at all.

    `as_of` is the moment of the record; it decides what is still held back. The same material, settings,
    moment and earlier edition in the folder give the same bytes. Raises FolderError where the folder cannot be
    written, or holds anything else.
    """
    rules = settings.rules
    naming = settings.naming
    check_folder(target, rules)
    moment = as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    present, before = _find_before(target, moment)
    survey = survey_material(material, settings, as_of, words)
    tongues = [words, *(load_wording(name) for name in rules.languages if name != words.language)]
    surveys = [
        survey,
        *(translate_survey(survey, settings, told) for told in tongues[1:]),
    ]
    number = before.number + 1 if before else 1
    makers = "; ".join(sorted(survey.makers - {""}))
    frames = [
        Frame(
            settings.name,
            number,
            moment,
            makers,
            told,
            rules,
            naming,
            f"{told.language}/" if n else "",
            tuple(tongues),
        )
        for n, told in enumerate(tongues)
    ]
    with build_folder(target) as folder:
        writer = SiteWriter(folder, frames, settings, material, surveys)
        lines = writer.write_sheets()
        gone = writer.write_gone(before)
        changes = compare_editions(before, lines) if before else None
        kept = keep_editions(target, folder, present, survey, material) if settings.policy == "kept" else ()
        problems = writer.write_overview(before, changes, kept)
        edition = Edition(number, moment, rules.is_internal, lines, gone, rules.name)
        told = encode_edition(edition, before, rules).encode("utf-8", "replace")
        (folder / MARKER).write_bytes(told)
    published = Published(
        edition, digest_bytes(told), len(lines), len(survey.held), frozenset(survey.documents)
    )
    return published, (*survey.problems, *problems)


def _find_before(target: Path, moment: str) -> tuple[Edition | None, Edition | None]:
    """Give the edition whose data the folder holds and is to be kept, and the one to compare with.

    An edition of the same moment is written anew: it is not kept, and the one before it is compared with.
    """
    found = read_edition(target)
    if found is None:
        return None, None
    present, before = found
    return (None, before) if present.as_of == moment else (present, present)
