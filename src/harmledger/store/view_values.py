"""Values that many incidents of a view share, kept once: the places, the tolls."""

import sqlite3


class SharedValues:
    """The values in a table, by number."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._table = table
        self._numbers: dict[str, int] = {}

    def forget(self) -> None:
        """Take note that others changed the table."""
        self._numbers.clear()

    def number(self, body: str) -> int:
        """Give the number of a value, which is added where it is new."""
        number = self._numbers.get(body)
        if number is None:
            query = f"SELECT number FROM {self._table} WHERE body = ?"  # noqa: S608
            found = self._connection.execute(query, (body,)).fetchone()
            number = self._numbers[body] = self._add(body) if found is None else found[0]
        return number

    def _add(self, body: str) -> int:
        cursor = self._connection.execute(f"INSERT INTO {self._table} (body) VALUES (?)", (body,))  # noqa: S608
        return int(cursor.lastrowid or 0)
