"""Earlier versions of a record on demand: the button that opens them, and the line that says who wrote one and why."""

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

import streamlit as st

from core.model.days import print_day
from core.model.records import Recorded, RecordRef
from dashboard import selection
from dashboard.components.page import small
from dashboard.components.text import literal

Version = TypeVar("Version")


def versions_button(ref: RecordRef) -> None:
    """Draw what shows or hides the versions of a record; nothing for one that was never corrected."""
    if ref.version > 1:
        shown = _are_open(ref.id)
        st.button(
            f"Hide versions of {ref.label}" if shown else f"Versions of {ref.label}", key=f"versions_{ref.id}",
            type="tertiary", on_click=selection.put, args=(_key(ref.id), not shown),
        )  # fmt: skip


def versions_shown(
    ref: RecordRef, history: Callable[[UUID], Iterable[Version]], told: Callable[[Version], str]
) -> None:
    """Draw every version, newest first, where they were opened; `history` is asked then only."""
    if ref.version > 1 and _are_open(ref.id):
        with st.container(key=f"history_{ref.label}"):
            for version in reversed(tuple(history(ref.id))):
                small(told(version))


def version_line(record: Recorded[object]) -> str:
    """When and by whom a version was written, and why."""
    why = f", because: {literal(record.reason)}" if record.reason else ""
    return (
        f"Version {record.ref.version}, written {print_day(record.recorded_on)} by {literal(record.recorded_by)}{why}."
    )


def _are_open(record_id: UUID) -> bool:
    return bool(selection.value(_key(record_id)))


def _key(record_id: UUID) -> str:
    return f"versions_open_{record_id}"
