"""Whose client somebody is, with whom they are shared, and the way to change either."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st

from core.model.access import Account, ClientAccess
from core.model.days import print_day
from core.model.words import ROLE_WORDS
from dashboard.components.choices import choice
from dashboard.components.messages import attempt
from dashboard.components.page import section, small
from dashboard.components.text import literal


@dataclass(frozen=True, kw_only=True)
class AccessActions:
    """With whom the client could be shared, to whom handed over, and what the buttons do; each raises its refusal."""

    readers: Sequence[Account]
    therapists: Sequence[Account]
    share: Callable[[UUID], ClientAccess]
    stop: Callable[[UUID], ClientAccess]
    hand_over: Callable[[UUID], None]


def access_block(access: ClientAccess, actions: AccessActions | None, local: Callable[[datetime], datetime]) -> bool:
    """Draw it, without buttons where nothing may be changed; tell whether something was."""
    section("Whose client", literal(access.therapist))
    changed = False
    for share in access.shares:
        since = print_day(local(share.since).date())
        with st.container(horizontal=True, vertical_alignment="center", key=f"share_{share.id}"):
            st.markdown(
                f"Shared with {literal(share.name)} to read :gray[:small[since {since}, by {literal(share.by)}]]",
                width="content",
            )
            if actions is not None and st.button("Stop sharing", key=f"stop_{share.id}", type="tertiary"):
                changed |= _done(partial(actions.stop, share.with_id))
    if not access.shares:
        small("Shared with nobody.")
    if actions is None:
        return changed
    with st.expander("Share or hand over", type="compact", key="fold_access"):
        left, right = st.columns(2, gap="large")
        with left:
            changed |= _share(access, actions)
        with right:
            changed |= _hand_over(access, actions)
    return changed


def _share(access: ClientAccess, actions: AccessActions) -> bool:
    if not actions.readers:
        small("There is nobody else with whom this client could be shared.")
        return False
    names = _names(actions.readers)
    who = choice("Share with", tuple(names), words=names, key=f"share_{access.client_id}_{len(access.shares)}")
    small("They read the review, the record and signed notes, and write nothing.")
    pressed = st.button("Share", key=f"share_now_{access.client_id}")
    return pressed and who is not None and _done(partial(actions.share, who))


def _hand_over(access: ClientAccess, actions: AccessActions) -> bool:
    if not actions.therapists:
        small("There is no other therapist to whom this client could be handed over.")
        return False
    names = _names(actions.therapists)
    who = choice("Hand over to", tuple(names), words=names, key=f"hand_over_{access.client_id}_{access.therapist_id}")
    small(
        "The client is theirs from then on. Who had them until now sees them no more, unless they are shared. Sign "
        "drafts first: an unsigned one stays hidden from everybody else."
    )
    pressed = st.button("Hand over", key=f"hand_over_now_{access.client_id}")
    return pressed and who is not None and _done(partial(actions.hand_over, who))


def _names(accounts: Sequence[Account]) -> dict[UUID, str]:
    return {each.id: f"{each.name}, {ROLE_WORDS[each.role]}" for each in accounts}


def _done(act: Callable[[], object]) -> bool:
    def acted() -> bool:
        act()
        return True

    return attempt(acted) is not None
