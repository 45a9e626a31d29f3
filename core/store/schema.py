"""What all tables share: the naming of constraints and the columns and keys that recur."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, MetaData, PrimaryKeyConstraint, Uuid
from sqlalchemy.schema import SchemaItem

from core.store.types import Whole, Words

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
VERSION_TABLE = "secure_base_revision"

METADATA = MetaData(naming_convention=NAMING)


def key_columns() -> tuple[SchemaItem, ...]:
    """The key of every record, `(practice_id, id)`, with its constraint to be made by `record_key`."""
    return (Column("practice_id", Uuid, nullable=False), Column("id", Uuid, nullable=False))


def record_key() -> PrimaryKeyConstraint:
    """The primary key `(practice_id, id)`."""
    return PrimaryKeyConstraint("practice_id", "id")


def whole(name: str, low: int, high: int | None = None, *, optional: bool = False) -> tuple[SchemaItem, ...]:
    """A whole-number column and the constraint that keeps it from `low` to `high` (both included)."""
    rule = f"{name} >= {low}" if high is None else f"{name} BETWEEN {low} AND {high}"
    return Column(name, Whole, nullable=optional), CheckConstraint(rule, name=name)


def one_of(name: str, values: type[StrEnum], *, optional: bool = False) -> tuple[SchemaItem, ...]:
    """A text column and the constraint that it holds one of the values of an enumeration."""
    allowed = ", ".join(f"'{member.value}'" for member in values)
    return Column(name, Words, nullable=optional), CheckConstraint(f"{name} IN ({allowed})", name=name)


def refers_to(
    table: str, *columns: str, to: tuple[str, ...] = ("id",), name: str | None = None
) -> ForeignKeyConstraint:
    """A foreign key within the practice: `(practice_id, *columns)` to `(practice_id, *to)` of `table`."""
    return ForeignKeyConstraint(
        ["practice_id", *columns], [f"{table}.practice_id", *(f"{table}.{column}" for column in to)], name=name
    )
