"""What a database file holds, counted and hashed, so that a copy can be told to be whole."""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name"
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name"


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Rows by table, and one SHA-256 over tables, keys, triggers and every value of every row."""

    rows: dict[str, int]
    digest: str


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows by table."""
    counted = {}
    for name, quoted in _tables(connection):
        row = connection.execute(f"SELECT count(*) FROM {quoted}").fetchone()  # noqa: S608 - names the file lists itself
        counted[name] = int(row[0])
    return counted


def contents_of(connection: sqlite3.Connection) -> Contents:
    """Read everything once, in an order that does not depend on where rows lie; may take seconds."""
    digest = hashlib.sha256()
    for row in connection.execute(_SCHEMA):
        digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    rows = {}
    for name, quoted in _tables(connection):
        columns = len(connection.execute(f"PRAGMA table_info({quoted})").fetchall())
        order = ", ".join(str(place) for place in range(1, columns + 1))
        number = 0
        for row in connection.execute(f"SELECT * FROM {quoted} ORDER BY {order}"):  # noqa: S608 - as above
            digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
            number += 1
        rows[name] = number
    return Contents(rows=rows, digest=digest.hexdigest())


def _tables(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every table's name, as it is and as it stands in a statement."""
    for (name,) in connection.execute(_TABLES).fetchall():
        yield name, '"' + name.replace('"', '""') + '"'
