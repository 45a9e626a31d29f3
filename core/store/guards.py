"""Which rows never change once written; each database enforces it with triggers of its own dialect.

Triggers are no part of a revision: the migration runner drops them all, migrates, and makes them
anew for the tables of today.
"""

from collections.abc import Iterator

from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint

from core.store.record_tables import APPEND_ONLY, note
from core.store.tables import audit, care, practice_block, profile_block

GUARDED = (*APPEND_ONLY, profile_block, practice_block, care, audit)
SIGNED = (note,)
PREFIX = "guard_"
APPEND_ONLY_MARK = "guard append_only"
SIGNED_MARK = "guard signed_note"
TAKEN_MARK = "guard taken "


def unique_keys(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name and columns of every key of `table` that must stay unique."""
    for constraint in table.constraints:
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint):
            yield str(constraint.name), tuple(column.name for column in constraint.columns)
