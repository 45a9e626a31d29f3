"""Column types that keep the two databases alike: instants, whole numbers and text."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Integer, Text, TypeDecorator

from core.errors import InvalidInput
from core.model.text import text_problems

LARGEST_WHOLE = 2**31 - 1
LONGEST_TEXT = 10_000_000


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
        """Give UTC back: PostgreSQL returns instants in the session's zone."""
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """SQLite returns text without a zone, which is read as the UTC that was written."""
        return _in_utc if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _in_utc(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


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
