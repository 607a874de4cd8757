"""How far the texts of a set reach: what no reader of them alone could score.

The professionals whose incidents `syria` holds saw more than the texts that the set holds of them, and a good part of
its texts carries no date. This counts both, to stand beside the figures: documents without a date of their own or a
year in their text, incidents all of whose documents are such, and ranges of killed and injured whose end no claim read
from the incident's documents tells.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_YEAR = re.compile(r"20[12]\d")
_ENDS = (("lowest", 0), ("highest", 1))


def tabulate_ceilings(folder: Path, claims: Path) -> list[str]:
    """Give the rows of a table, of a set whose gold links documents to incidents; nothing for any other set."""
    path = folder / "gold.jsonl"
    gold = list(_iterate_lines(path)) if path.is_file() else []
    members: dict[str, set[str]] = defaultdict(set)
    for row in gold:
        for incident in row.get("incidents", ()):
            members[incident].add(row["document"])
    if not members:
        return []
    documents = {row["id"]: row for row in _iterate_lines(folder / "documents.jsonl")}
    dated = {name for name, row in documents.items() if _has_date(row)}
    told = [row for row in gold if row.get("incident") in members]
    undated = sum(not members[row["incident"]] & dated for row in told if row.get("date"))
    counts = {
        "documents without a date": (len(documents) - len(dated), len(documents)),
        "incidents none of whose documents has one": (undated, sum(bool(row.get("date")) for row in told)),
    } | _count_untold(told, members, _list_figures(claims))
    rows = [f"| {name} | {number} | of {total} |" for name, (number, total) in counts.items()]
    return ["| what the texts lack | number | cases |", "|---|---|---|", *rows, ""]


def _count_untold(
    told: Iterable[Mapping[str, Any]],
    members: Mapping[str, set[str]],
    figures: Mapping[tuple[str, str], set[int]],
) -> dict[str, tuple[int, int]]:
    """Count ranges with an end that no claim of the incident's documents tells."""
    counts: dict[str, tuple[int, int]] = {}
    rows = list(told)
    for harm in ("killed", "injured"):
        ranges = [(row["incident"], row[harm]) for row in rows if row[harm][0] is not None and row[harm][1]]
        for end, index in _ENDS:
            untold = sum(
                not any(bounds[index] in figures.get((name, harm), ()) for name in members[incident])
                for incident, bounds in ranges
            )
            counts[f"{end} figure of {harm} that no claim tells"] = (untold, len(ranges))
    return counts


def _list_figures(claims: Path) -> dict[tuple[str, str], set[int]]:
    """Give the numbers that claims tell, by document and harm."""
    figures: dict[tuple[str, str], set[int]] = defaultdict(set)
    for claim in _iterate_lines(claims):
        count = claim.get("count")
        if claim["kind"] == "toll" and count:
            numbers = {count.get(key) for key in ("value", "low", "high")} - {None}
            figures[claim["document"], claim["harm"]] |= numbers
    return figures


def _has_date(row: Mapping[str, Any]) -> bool:
    return bool(row.get("published") or _YEAR.search(row.get("text") or ""))


def _iterate_lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)
