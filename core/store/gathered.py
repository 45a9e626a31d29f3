"""Rows below a record in one value of the record's own row: the database gathers them as JSON, on both databases alike.

A row handed over one by one costs more than what stands in it, and a check-in has a dozen below it. Nothing here says
in which order rows are gathered: where it matters, it is told from what they hold.
"""

from collections.abc import Iterable, Sequence
from json import loads
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Table, Text, and_, cast, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class json_array(GenericFunction[Any]):  # noqa: N801 - SQLite's own name of it
    """Some values as one list."""

    inherit_cache = True


class json_group_array(GenericFunction[Any]):  # noqa: N801 - SQLite's own name of it
    """The same value of every row as one list."""

    inherit_cache = True


class json_group_object(GenericFunction[Any]):  # noqa: N801 - SQLite's own name of it
    """Two values of every row as one mapping from the first to the second."""

    inherit_cache = True


_ON_POSTGRESQL = {
    "json_array": "json_build_array",
    "json_group_array": "json_agg",
    "json_group_object": "json_object_agg",
}


@compiles(json_array, "postgresql")
@compiles(json_group_array, "postgresql")
@compiles(json_group_object, "postgresql")
def _by_its_name_there(element: GenericFunction[Any], compiler: SQLCompiler, **given: Any) -> str:
    return f"{_ON_POSTGRESQL[element.name]}{compiler.process(element.clause_expr, **given)}"


def rows_of(*columns: ColumnElement[Any]) -> ColumnElement[Any]:
    """The rows below a record, each as the list of these columns."""
    return json_group_array(json_array(*columns))


def constant(word: str) -> ColumnElement[Any]:
    """A word of our own in a statement; never one that somebody typed."""
    return literal_column(f"'{word}'")


def gathered(what: ColumnElement[Any], table: Table, key: str, versions: Table) -> ScalarSelect[Any]:
    """What is gathered from the rows of `table` that `key` and `version` tie to a row of `versions`, as text.

    Without such rows PostgreSQL has nothing where SQLite has an empty list or mapping.
    """
    below = table.c
    tied = and_(
        below.practice_id == versions.c.practice_id,
        below[key] == versions.c.id,
        below.version == versions.c.version,
    )
    return select(cast(what, Text)).where(tied).correlate(versions).scalar_subquery()


def opened(values: Iterable[str | None]) -> Sequence[Any]:
    """What was gathered, for every record; read in one go, since each call of the reader costs as much as its work."""
    found: list[Any] = loads(f"[{','.join(['null' if each is None else each for each in values])}]")
    return found
