"""Conditions of a question to SQLite: parts that must all hold, and the values that they are about."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Condition:
    """A condition in the making. Parts are written by the program; whatever comes from outside is a value."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        """Add a part, with a value for each of its marks."""
        self.parts.append(part)
        self.values.extend(values)

    @property
    def text(self) -> str:
        """The condition in SQL; one that always holds where it has no part."""
        return " AND ".join(self.parts) or "1"
