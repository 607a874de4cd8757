"""The step export: a case as the three files that carry everything."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harmledger.documents.json_lines import LineError
from harmledger.pipeline.formats import encode_record
from harmledger.pipeline.standings import Standings
from harmledger.pipeline.write import write_aside
from harmledger.records.problem import Problem
from harmledger.store.rulings import list_rulings
from harmledger.store.signings import list_signings
from harmledger.store.view_incidents import Incidents
from harmledger.store.view_readings import Readings

if TYPE_CHECKING:
    from sqlite3 import Connection

    from harmledger.records.document import Document
    from harmledger.records.signing import Signing
    from harmledger.store.case import Case

FILES: Final = ("documents.jsonl", "claims.jsonl", "judgements.jsonl", "signings.jsonl", "incidents.jsonl")


def export_case(case: "Case", view: "Connection", folder: Path) -> tuple[dict[str, int], tuple[Problem, ...]]:
    """Write documents, claims, judgements on claims, signatures and incidents as JSON lines, in full; give the number of
    lines of each file. Claims stand as they were read; judgements, those taken back too, and signatures as they were made;
    incidents say how far they were signed.

    The same facts give the same bytes on any machine: documents by id, claims by document and place in the text,
    incidents by day, name of the place and id. Withdrawn documents are left out, and so is what they said.
    Retracted documents and earlier versions are there with their claims, as `read` gives them; no incident holds
    them. Raises OutputError where a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    problems: list[Problem] = []
    ids = [head.id for head in case.facts.list_heads() if head.state != "withdrawn"]
    signings = tuple(list_signings(case.facts))
    contents: dict[str, Iterable[bytes]] = {
        "documents.jsonl": _encode_each(case.facts.fetch_documents(ids), "a document", problems),
        "claims.jsonl": Readings(view).list_lines(),
        "judgements.jsonl": map(encode_record, list_rulings(case.facts)),
        "signings.jsonl": _encode_each(signings, "a signature", problems),
        "incidents.jsonl": _mark_lines(Incidents(view), Standings(signings)),
    }
    counts: dict[str, int] = {}
    for name in FILES:
        with write_aside(str(folder / name)) as handle:
            counts[name] = 0
            for lines in contents[name]:
                handle.write(lines)
                counts[name] += lines.count(b"\n")
    return counts, tuple(problems)


def _mark_lines(incidents: Incidents, standings: Standings) -> Iterator[bytes]:
    """Give the lines of incidents; where something was signed, with what the signatures say."""
    marked = {id: standings.mark(one) for id, one in standings.fetch_present(incidents).items()}
    for id, line in incidents.list_lines():
        yield encode_record(marked[id]) if id in marked else line


def _encode_each(
    records: Iterable["Document | Signing"], name: str, problems: list[Problem]
) -> Iterator[bytes]:
    for record in records:
        try:
            yield encode_record(record)
        except LineError as error:
            message = f"{name} breaks its own format and is not written: {error}"
            remedy = "this is a fault of the program: please report it with the record"
            problems.append(Problem("pipeline.invalid-record", message, "error", record.id, remedy=remedy))
