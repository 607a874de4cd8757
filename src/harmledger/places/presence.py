"""Which layers hold a name at all: one question to every file at once.

Most capitalised words of a report are no place of any layer. SQLite answers for all files attached to one
connection in about the time that asking two of them in turn takes.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from harmledger.places.layer import MAPPED, Layer

_MOST_ATTACHED: Final = 10
"""Files that SQLite attaches to one connection unless it was built otherwise."""
_KEY: Final = "EXISTS(SELECT 1 FROM {}.names WHERE key = ?1)"
_SKELETON: Final = "EXISTS(SELECT 1 FROM {}.spellings WHERE skeleton = ?1)"
_SPELLING: Final = "EXISTS(SELECT 1 FROM {}.spellings WHERE skeleton = ?1 AND spelling = ?2)"


class Presence:
    """Tells which of some layers hold a key or a skeleton; layers that live in memory are always named.

    Its methods raise sqlite3.DatabaseError where one of the files is damaged, without telling which.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._in_memory = tuple(layer for layer in layers if layer.path is None)
        self._order = {id(layer): number for number, layer in enumerate(layers)}
        files = [layer for layer in layers if layer.path is not None]
        self._groups = [
            _Group(files[first : first + _MOST_ATTACHED]) for first in range(0, len(files), _MOST_ATTACHED)
        ]

    def list_key(self, key: str) -> list[Layer]:
        """Give the layers that may hold the key, in their order."""
        return self._sort([layer for group in self._groups for layer in group.list_key(key)])

    def list_skeleton(self, skeleton: str) -> list[Layer]:
        """Give the layers that may hold the skeleton, in their order."""
        return self._sort([layer for group in self._groups for layer in group.list_skeleton(skeleton)])

    def list_spelling(self, spelling: str, skeleton: str) -> list[Layer]:
        """Give the layers that may hold the spelling, whose skeleton is given, in their order."""
        return self._sort(
            [layer for group in self._groups for layer in group.list_spelling(spelling, skeleton)]
        )

    def close(self) -> None:
        """Let go of the files."""
        for group in self._groups:
            group.close()

    def _sort(self, found: list[Layer]) -> list[Layer]:
        return sorted((*self._in_memory, *found), key=lambda layer: self._order[id(layer)])


class _Group:
    """Layers attached to one connection."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = layers
        self._connection = sqlite3.connect(":memory:", uri=True, check_same_thread=False)
        self._connection.execute(MAPPED)
        schemas = [f"layer{number}" for number in range(len(layers))]
        for schema, layer in zip(schemas, layers, strict=True):
            # the name of the schema is ours, the address is a parameter
            self._connection.execute(f"ATTACH ? AS {schema}", (layer.address,))
        self._by_key = f"SELECT {', '.join(map(_KEY.format, schemas))}"
        self._by_skeleton = f"SELECT {', '.join(map(_SKELETON.format, schemas))}"
        self._by_spelling = f"SELECT {', '.join(map(_SPELLING.format, schemas))}"

    def list_key(self, key: str) -> Iterator[Layer]:
        return self._select(self._by_key, key)

    def list_skeleton(self, skeleton: str) -> Iterator[Layer]:
        return self._select(self._by_skeleton, skeleton)

    def list_spelling(self, spelling: str, skeleton: str) -> Iterator[Layer]:
        return self._select(self._by_spelling, skeleton, spelling)

    def close(self) -> None:
        self._connection.close()

    def _select(self, question: str, *values: str) -> Iterator[Layer]:
        flags = self._connection.execute(question, values).fetchone()
        return (layer for layer, flag in zip(self._layers, flags, strict=True) if flag)
