"""A record with everything below it as one value: the database gathers it as JSON, on both databases alike.

A column or row handed over one by one costs more than what stands in it, and a check-in has fifty columns and a dozen
rows. Nothing here says in which order rows are gathered: where it matters, it is told from what they hold.
"""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Table, and_, func, literal_column, select
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


class in_utc(GenericFunction[Any]):  # noqa: N801 - a function of the statement
    """A column of instants as text that names its zone."""

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


@compiles(in_utc, "sqlite")
def _as_it_was_written(element: GenericFunction[Any], compiler: SQLCompiler, **given: Any) -> str:
    return f"{compiler.process(element.clauses, **given)} || 'Z'"


@compiles(in_utc, "postgresql")
def _brought_to_utc(element: GenericFunction[Any], compiler: SQLCompiler, **given: Any) -> str:
    instant = compiler.process(element.clauses, **given)
    return f"to_char({instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"


def constant(word: str) -> ColumnElement[Any]:
    """A word of our own in a statement; never one that somebody typed."""
    return literal_column(f"'{word}'")


def gathered(what: ColumnElement[Any], table: Table, key: str, versions: Table) -> ScalarSelect[Any]:
    """What is gathered from the rows of `table` that `key` and `version` tie to a row of `versions`.

    Without such rows it is nothing. Where a filter leaves none of them, PostgreSQL has nothing and SQLite an empty list
    or mapping.
    """
    below = table.c
    tied = and_(
        below.practice_id == versions.c.practice_id,
        below[key] == versions.c.id,
        below.version == versions.c.version,
    )
    return select(what).where(tied).having(func.count() > literal_column("0")).correlate(versions).scalar_subquery()
