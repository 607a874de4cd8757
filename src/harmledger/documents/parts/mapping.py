"""Column mappings: which column of a table of field reports is what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harmledger.records.problem import Problem


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of a table is what."""

    text: str = "{text}"
    columns: Mapping[str, str] = field(default_factory=dict)


def load_mapping(path: Path) -> tuple[ColumnMapping | None, tuple[Problem, ...]]:
    """Read a mapping from a TOML file."""
    raise NotImplementedError
