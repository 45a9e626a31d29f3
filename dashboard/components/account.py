"""The account of who is signed in: what opens the practice, when the screen locks, and where else it is open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from core.model.days import print_day
from core.model.sign_ins import FEWEST_IDLE_MINUTES, MOST_IDLE_MINUTES, SignIn
from dashboard import selection
from dashboard.components.messages import attempt
from dashboard.components.page import section, small
from dashboard.components.text import literal

PASSPHRASE, NEW_CODE, SECOND_STEP = "/auth/passphrase", "/auth/new-code", "/auth/second-step"
WAYS = (("Change my passphrase", PASSPHRASE), ("New recovery code", NEW_CODE), ("Second step", SECOND_STEP))
MINUTES = (FEWEST_IDLE_MINUTES, 10, 15, 20, 30, 45, MOST_IDLE_MINUTES)
IDLE = "idle_minutes"


@dataclass(frozen=True, kw_only=True)
class Account:
    """What is drawn: the name to sign in with, every sign-in that is open, and which of them is this one.

    The recovery code and the limit after which screens lock are the owner's.
    """

    name: str
    open: Sequence[SignIn]
    this: SignIn
    idle_minutes: int
    is_owner: bool


@dataclass(frozen=True, kw_only=True)
class AccountActions:
    """What the controls do; `leave_for` opens a page that is no screen, since no passphrase is typed into one."""

    leave_for: Callable[[str], None]
    sign_out: Callable[[], None]
    end: Callable[[SignIn], None]
    set_idle_minutes: Callable[[int], None]
    local: Callable[[datetime], datetime]


def account_section(account: Account, actions: AccountActions) -> None:
    """Draw the account of a practice that has a passphrase."""
    section("Your account", literal(account.name))
    st.space(1)  # buttons have no line of their own above them, as words have
    with st.container(horizontal=True):
        for label, address in WAYS:
            if address == NEW_CODE and not account.is_owner:
                continue
            if st.button(label, key=f"account_{address}"):
                actions.leave_for(address)
        if st.button("Sign out", key="sign_out"):
            actions.sign_out()
    if account.is_owner:
        _idle(account, actions)
    else:
        small(f"The screen locks when nobody was at it for {account.idle_minutes} minutes; the owner sets that.")
    for sign_in in account.open:
        _line(sign_in, sign_in.id == account.this.id, actions)
    small("A sign-in ends by itself after 12 hours. Signing out closes every window of that sign-in.")


def _idle(account: Account, actions: AccountActions) -> None:
    minutes = sorted({*MINUTES, account.idle_minutes})
    selection.put(IDLE, selection.value(IDLE, account.idle_minutes))
    chosen = st.selectbox(
        "Lock the screen when nobody was at it for", minutes, key=IDLE, format_func=lambda each: f"{each} minutes",
        width=320,
    )  # fmt: skip
    if chosen != account.idle_minutes and attempt(lambda: actions.set_idle_minutes(chosen)) is None:
        small(f"From now on the screen locks after {chosen} minutes.")


def _line(sign_in: SignIn, this: bool, actions: AccountActions) -> None:  # noqa: FBT001
    words, button = st.columns((4, 1), vertical_alignment="center")
    which = "**This sign-in**" if this else "Another sign-in"
    words.markdown(
        f"{which}, begun {_moment(actions.local(sign_in.began_at))}  \n"
        f":small[:gray[last active {_moment(actions.local(sign_in.active_at))}]]"
    )
    if not this and button.button("End", key=f"end_{sign_in.id}") and attempt(lambda: _ended(sign_in, actions)):
        st.rerun()


def _ended(sign_in: SignIn, actions: AccountActions) -> bool:
    actions.end(sign_in)
    return True


def _moment(local: datetime) -> str:
    return f"{print_day(local.date())}, {local:%H:%M}"
