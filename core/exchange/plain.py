"""A record as canonical JSON: sorted keys, two spaces, UTF-8, so that the same record is the same bytes."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

FORMAT: Final = "secure-base-record"
VERSION: Final = 1
"""Of the format: goes up when a name in it gets another meaning."""


def as_json(kind: str, content: Mapping[str, Any]) -> bytes:
    """The record under the name of the format, its version and what it is of ("client", "practice").

    Days are ISO 8601, instants too and in UTC, ids are UUIDs. What is not there was never said or asked.
    """
    whole = {"format": FORMAT, "version": VERSION, "kind": kind, **content}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=2, default=_value)
    return text.encode("utf-8") + b"\n"


def _value(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    raise TypeError(f"A {type(value).__name__} has no place in an export.")
