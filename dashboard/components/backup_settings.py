"""Backups in Settings: when the last one was made and checked, where they go, and one more when asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from core.model.backups import BackupState
from core.model.days import print_day
from dashboard import selection
from dashboard.components.messages import attempt
from dashboard.components.page import section, small
from dashboard.components.text import literal

FOLDER = "backup_folder"
SERVER = (
    "The records are on a database server, so its own tools make the backups. This program makes none of them and "
    "cannot tell how old they are."
)
SAME_DISK = (
    "This folder is on the same disk as the records: a disk that breaks or is stolen takes both. Choose a folder on "
    "another disk; the backups are encrypted there too."
)
KEPT = (
    "Made once a day while the practice is open; each is opened and counted before it counts as made. The newest of "
    "7 days, 5 weeks and 12 months stay. A backup opens with the passphrase or the recovery code of its day."
)


@dataclass(frozen=True, kw_only=True)
class BackupActions:
    """What the controls do; each raises its refusal. `restore` opens a page that is no screen."""

    back_up: Callable[[], None]
    choose: Callable[[str, int], None]
    restore: Callable[[], None]
    local: Callable[[datetime], datetime]


def backup_section(state: BackupState | None, actions: BackupActions, *, today: date) -> None:
    """Draw the section; without a state the records are on a server."""
    section("Backups")
    if state is None:
        small(SERVER)
        return
    if state.problem:
        st.warning(literal(state.problem))
    st.markdown(_last(state, actions, today))
    with st.container(horizontal=True):
        if st.button("Back up now", key="back_up_now") and attempt(lambda: _done(actions.back_up)):
            st.rerun()
        if st.button("Restore from a backup", key="restore", disabled=state.last is None):
            actions.restore()
    _folder(state, actions)
    if state.same_disk:
        small(SAME_DISK)
    small(KEPT)


def moment(local: datetime, today: date) -> str:
    """A local time as people say it: its day in full unless it is today."""
    day = "today" if local.date() == today else print_day(local.date())
    return f"{day}, {local:%H:%M}"


def _last(state: BackupState, actions: BackupActions, today: date) -> str:
    if state.last is None:
        return "No checked backup is in this folder yet."
    kept = "1 is kept" if len(state.taken) == 1 else f"{len(state.taken)} are kept"
    return f"Last checked backup: **{moment(actions.local(state.last), today)}**  \n:small[:gray[{kept}]]"


def _folder(state: BackupState, actions: BackupActions) -> None:
    key = f"{FOLDER}_{state.version}"
    selection.put(key, selection.value(key, str(state.folder)))
    given = st.text_input("Folder for backups", key=key, help="Its whole path. Empty: the usual folder.")
    changed = given.strip() != str(state.folder)
    if (
        st.button("Use this folder", key="choose_backup_folder", disabled=not changed)
        and changed
        and attempt(lambda: _done(lambda: actions.choose(given, state.version)))
    ):
        st.rerun()


def _done(action: Callable[[], None]) -> bool:
    action()
    return True
