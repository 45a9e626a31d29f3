"""Column types that keep the two databases alike: instants, whole numbers and text."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Integer, Text, TypeDecorator

from core.errors import InvalidInput
from core.model.text import text_problems

LARGEST_WHOLE = 2**31 - 1
LONGEST_TEXT = 10_000_000
_BEGAN_LOCAL = datetime(1970, 1, 1)  # noqa: DTZ001 - without a zone, as SQLite returns instants
_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, aware and in UTC on the way in and out, whatever the database gives back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - handed in
        """Refuse an instant without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - handed in
        """Give UTC back: SQLite returns instants without a zone, PostgreSQL in the session's zone."""
        if value is None:
            return None
        # To give it a zone by `replace` takes ten times as long as to count from where the count begins.
        return _BEGAN + (value - _BEGAN_LOCAL) if value.tzinfo is None else value.astimezone(UTC)


class Whole(TypeDecorator[int]):
    """A whole number of 32 bits; SQLite would take larger ones, PostgreSQL would not."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - handed in
        """Refuse what does not fit before any database sees it."""
        if value is not None and not -LARGEST_WHOLE <= value <= LARGEST_WHOLE:
            raise InvalidInput(
                f"A number beyond {LARGEST_WHOLE:,} was given, larger than can be stored. Nothing was saved."
            )
        return value


class Words(TypeDecorator[str]):
    """Text; NUL and lone surrogates are refused, since the databases treat them differently."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - handed in
        """Refuse what does not survive storing before any database sees it."""
        if value is not None:
            InvalidInput.unless_empty(text_problems("A text", value, longest=LONGEST_TEXT))
        return value
