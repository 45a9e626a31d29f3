"""The people of the practice in Settings: a closed list, and the ways to add somebody and to change an account."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from core.model.access import Account, Role
from core.model.days import print_day
from core.model.words import ROLE_WORDS
from dashboard.components.page import section, small
from dashboard.components.profile_words import NEW_LINE
from dashboard.components.text import literal

ADD, CHANGE = "/auth/accounts/add", "/auth/accounts/change"


def accounts_section(
    accounts: Sequence[Account], *, leave_for: Callable[[str], None], local: Callable[[datetime], datetime]
) -> None:
    """Draw it for the owner; `leave_for` opens a page that is no screen, where the passphrase is asked again."""
    here = sum(each.ended_at is None for each in accounts)
    section("Accounts", "you alone" if here == 1 else f"{here} people")
    with st.expander("Who works in this practice", type="compact", key="fold_accounts"):
        st.markdown(NEW_LINE.join(f"{literal(each.name)} :gray[:small[{_words(each, local)}]]" for each in accounts))
        with st.container(horizontal=True):
            if st.button("Add somebody", key="account_add"):
                leave_for(ADD)
            if here > 1 and st.button("Change an account", key="account_change"):
                leave_for(CHANGE)
        small("Somebody new signs in once with a starting code. Both pages ask for your passphrase again.")


def _words(account: Account, local: Callable[[datetime], datetime]) -> str:
    if account.ended_at is not None:
        return f"{ROLE_WORDS[account.role]} until {print_day(local(account.ended_at).date())}"
    has_clients = account.role in (Role.OWNER, Role.THERAPIST)
    return ROLE_WORDS[account.role] + (f", {_clients(account.clients)}" if has_clients else "")


def _clients(number: int) -> str:
    return "1 client" if number == 1 else f"{number or 'no'} clients"
