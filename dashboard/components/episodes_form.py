"""Rows that describe single times reassurance was sought: whom, how, how much it helped and for how long."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.model.check_in_parts import HIGHEST_RATING, MOST_EPISODES, Episode, How, PartOfDay, Whom
from core.model.unlikely_days import DayKind, KnownDays
from core.model.words import ENDED_WORDS, HOW_WORDS, PART_OF_DAY_WORDS, WHOM_WORDS
from dashboard import selection
from dashboard.components.choices import Choice, choice
from dashboard.components.days import DayAsked, GivenDay, day_field

LASTED = {
    0: "gone at once",
    5: "5 min",
    15: "15 min",
    30: "30 min",
    60: "1 hour",
    120: "2 hours",
    720: "half a day",
    1440: "a day",
}
UNKNOWN = "not known"
SAME_WORRY = {True: "yes", False: "no"}


def episode_rows(key: str, known: KnownDays, initial: Sequence[Episode]) -> tuple[tuple[Episode, ...], tuple[str, ...]]:
    """Draw one block for each described episode; return them, and what is wrong with their days. Blank is not known."""
    count_key = f"{key}_episodes"
    count: int = selection.value(count_key, len(initial))
    st.markdown("**Episodes of reassurance** :gray[:small[describe as many as you like; blank: not known]]")
    drawn = [_episode(key, row, known, initial[row] if row < len(initial) else Episode()) for row in range(count)]
    with st.container(horizontal=True):
        if count < MOST_EPISODES:
            st.button("Describe an episode", key=f"{key}_more", on_click=selection.put, args=(count_key, count + 1))
        if count:
            st.button("Remove the last", key=f"{key}_fewer", on_click=selection.put, args=(count_key, count - 1))
    episodes = tuple(episode for episode, _ in drawn)
    return episodes, tuple(problem for _, day in drawn for problem in day.problems)


def _episode(key: str, row: int, known: KnownDays, initial: Episode) -> tuple[Episode, GivenDay]:
    name = f"Episode {row + 1}"
    first, second = st.columns(4), st.columns(4)

    def field(
        place: Any,
        words: str,
        options: Sequence[Choice],
        given: Choice | None,
        shown: Mapping[Choice, str] | None = None,
    ) -> Choice | None:
        where = f"{key}_episode{row}_{words}"
        return choice(
            f"{name}: {words}", options, key=where, words=shown, initial=given, place=place, placeholder=UNKNOWN
        )

    asked = DayAsked(kind=DayKind.OF_LIFE, known=known, value=initial.day)
    day = day_field(f"{name}: day", asked, key=f"{key}_episode{row}_day", place=first[0], persist_state="session")
    lasted = dict(LASTED)
    if initial.relief_minutes is not None:
        lasted.setdefault(initial.relief_minutes, f"{initial.relief_minutes} min")
    episode = Episode(
        day=day.day,
        part_of_day=field(first[1], "part of the day", tuple(PartOfDay), initial.part_of_day, PART_OF_DAY_WORDS),
        whom=field(first[2], "whom", tuple(Whom), initial.whom, WHOM_WORDS),
        how=field(first[3], "how", tuple(How), initial.how, HOW_WORDS),
        relief=field(second[0], "relief, 0 to 10", tuple(range(HIGHEST_RATING + 1)), initial.relief),
        relief_minutes=field(second[1], "lasted", sorted(lasted), initial.relief_minutes, lasted),
        ended=field(second[2], "ended", tuple(ENDED_WORDS), initial.ended, ENDED_WORDS),
        same_worry=field(second[3], "same worry again that day", tuple(SAME_WORRY), initial.same_worry, SAME_WORRY),
    )
    return episode, day
