"""The longer part of the check-in form: everything starts blank, and blank means not asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

import streamlit as st

from core.model.check_in_parts import HIGHEST_RATING, SignAnswer
from core.model.full_answers import FullAnswers
from core.model.own_lists import ClientLists, NamedMeasure
from core.model.profile_items import ProfileItem
from core.model.words import ANSWER_WORDS, BODY_SIGN_WORDS, REACTION_WORDS
from dashboard import selection
from dashboard.components.choices import choice
from dashboard.components.none_pills import none_pills
from dashboard.components.numbers import NumberBoxes
from dashboard.components.page import PROFILE_PAGE, labelled_row, small
from dashboard.components.text import label

NOT_ASKED = "not asked"
PARTNER_ROWS = {
    "withdrew": ("Pulled away", "from the partner"),
    "avoided_talks": ("Avoided talks", "about the two of them"),
    "avoided_decisions": ("Avoided decisions", "that bind"),
}


@dataclass(frozen=True, kw_only=True)
class FullSetting:
    """What the longer part is drawn from: its keys, what it starts with, and what the client's profile names."""

    key: str
    initial: FullAnswers
    lists: ClientLists
    practices: Mapping[str, str]
    without_partner: bool


@dataclass(frozen=True, kw_only=True)
class FullDraft:
    """What stands on the longer part now; `topic_words` is a topic of fights that the client's list does not have."""

    answers: FullAnswers
    topic_words: str = ""

    @property
    def new_topic(self) -> ProfileItem | None:
        """The topic to add to the client's list; `InvalidInput` where its words are too long."""
        if self.answers.conflict_topic is None or not self.topic_words:
            return None
        return ProfileItem(id=self.answers.conflict_topic, words=self.topic_words)


def full_form(setting: FullSetting, numbers: NumberBoxes) -> FullDraft:
    """Draw the longer part and return its draft."""
    key, initial = setting.key, setting.initial
    now = rating_row("Anxiety now", "at this moment", key=f"{key}_now", initial=initial.anxiety_now)
    checking = _number_row(
        "Days with checking", "days of the period", f"{key}_checking", initial.checking_days, numbers
    )
    conflicts, repeated, topic, words = _fights(setting, numbers)
    answers = {name: _partner_row(setting, name) for name in PARTNER_ROWS}
    reactions = none_pills(
        "Reactions", "blank: not asked", REACTION_WORDS, key=f"{key}_reactions", initial=initial.reactions
    )
    body = none_pills("In the body", "blank: not asked", BODY_SIGN_WORDS, key=f"{key}_body", initial=initial.body_signs)
    triggers = _triggers(setting)
    practised = _practised(setting, numbers)
    goals = _goals(setting)
    own = _own_measures(setting, numbers)
    _missing_lists(setting.lists)
    return FullDraft(
        topic_words=words,
        answers=FullAnswers(
            anxiety_now=now,
            checking_days=checking,
            conflicts=conflicts,
            repeated_conflicts=repeated,
            conflict_topic=topic,
            reactions=reactions,
            body_signs=body,
            triggers=triggers,
            practised=practised,
            goal_progress=goals,
            own_measures=own,
            **answers,
        ),
    )


def rating_row(name: str, hint: str, *, key: str, initial: int | None) -> int | None:
    """Draw a rating 0-10 that can stay blank; `name` and `hint` are Markdown of our own or escaped."""
    with labelled_row(name, hint), st.container(key=f"rate_{key}"):
        chosen: int | None = st.segmented_control(
            name, range(HIGHEST_RATING + 1), default=initial, key=key, label_visibility="collapsed",
            persist_state="session",
        )  # fmt: skip
    return chosen


def _number_row(name: str, hint: str, key: str, initial: int | None, numbers: NumberBoxes) -> int | None:
    with labelled_row(name, hint):
        return numbers.box(
            name, key=key, initial=initial, placeholder=NOT_ASKED, label_visibility="collapsed", width=110
        )


def _fights(setting: FullSetting, numbers: NumberBoxes) -> tuple[int | None, int | None, UUID | None, str]:
    """How many fights there were, how many on a known topic, and which topic: one of the list, or a new one."""
    key, initial, topics = setting.key, setting.initial, setting.lists.topics
    known = topics.shown(() if initial.conflict_topic is None else (initial.conflict_topic,))
    listed_key, new_key = f"{key}_topic", f"{key}_new_topic"
    hint = "no partner now: leave blank" if setting.without_partner else "blank: not asked"
    with labelled_row("Fights", hint), st.container(horizontal=True, vertical_alignment="bottom"):
        every = _box("Fights in all", f"{key}_fights", initial.conflicts, numbers)
        repeated = _box("On a known topic", f"{key}_repeated", initial.repeated_conflicts, numbers)
        chosen: UUID | None = None
        if known:
            chosen = choice(
                "Topic", known, key=listed_key, words={each: topics.words[each] for each in known}, width=200,
                initial=initial.conflict_topic, placeholder="not named", on_change=selection.clear_others,
                args=(listed_key, (new_key,)),
            )  # fmt: skip
        typed = st.text_input(
            "New topic", key=new_key, placeholder="added to the list", width=180, autocomplete="off",
            on_change=selection.clear_others, args=(new_key, (listed_key,)), persist_state="session",
        )  # fmt: skip
    words = (typed or "").strip()
    if words:
        return every, repeated, uuid5(UUID(key), f"topic {words}"), words
    return every, repeated, chosen, ""


def _box(name: str, key: str, initial: int | None, numbers: NumberBoxes) -> int | None:
    return numbers.box(name, key=key, initial=initial, placeholder=NOT_ASKED, width=130)


def _partner_row(setting: FullSetting, name: str) -> SignAnswer | None:
    words, hint = PARTNER_ROWS[name]
    with labelled_row(words, hint):
        chosen: SignAnswer | None = st.segmented_control(
            words, list(SignAnswer), format_func=ANSWER_WORDS.__getitem__, default=getattr(setting.initial, name),
            key=f"{setting.key}_{name}", label_visibility="collapsed", persist_state="session", wrap=True,
        )  # fmt: skip
    return chosen


def _triggers(setting: FullSetting) -> frozenset[UUID] | None:
    initial, triggers = setting.initial.triggers, setting.lists.triggers
    shown = triggers.shown(initial or ())
    if not shown:
        return initial
    options = {each: label(triggers.words[each]) for each in shown}
    return none_pills("Triggers", "of the client's list", options, key=f"{setting.key}_triggers", initial=initial)


def _practised(setting: FullSetting, numbers: NumberBoxes) -> dict[str, int | None] | None:
    """The habits of the plan; each one chosen takes its days, which may stay blank."""
    initial = setting.initial.practised
    plan = setting.lists.plan
    shown = (*plan, *(each for each in initial or () if each not in plan))
    if not shown:
        return None if initial is None else dict(initial)
    options = {each: setting.practices.get(each, each) for each in shown}
    chosen = none_pills(
        "Practised", "of the plan", options, key=f"{setting.key}_practised", initial=initial, none="None practised"
    )
    if chosen is None:
        return None
    days: dict[str, int | None] = {}
    places: Any = labelled_row("Days practised", "blank: not asked") if chosen else st.container()
    with places, st.container(horizontal=True, vertical_alignment="bottom"):
        for each in (one for one in shown if one in chosen):
            days[each] = numbers.box(
                options[each], key=f"{setting.key}_days_{each}", initial=(initial or {}).get(each),
                placeholder=NOT_ASKED, width=150,
            )  # fmt: skip
    return days


def _goals(setting: FullSetting) -> dict[UUID, int]:
    given, goals = setting.initial.goal_progress, setting.lists.goals
    progress: dict[UUID, int] = {}
    for goal in goals.shown(given):
        value = rating_row(
            f"“{label(goals.words[goal])}”",
            "goal, 0 to 10",
            key=f"{setting.key}_goal_{goal}",
            initial=given.get(goal),
        )
        if value is not None:
            progress[goal] = value
    return progress


def _own_measures(setting: FullSetting, numbers: NumberBoxes) -> dict[UUID, int]:
    given = setting.initial.own_measures
    values: dict[UUID, int] = {}
    for named in setting.lists.measures:
        measure = named.measure.id
        if not (named.asked_now or measure in given):
            continue
        value = _own_measure(setting.key, named, given.get(measure), numbers)
        if value is not None:
            values[measure] = value
    return values


def _own_measure(key: str, named: NamedMeasure, initial: int | None, numbers: NumberBoxes) -> int | None:
    name, own_key = label(named.measure.name), f"{key}_own_{named.measure.id}"
    if named.is_rating:
        return rating_row(name, "client's own, 0 to 10", key=own_key, initial=initial)
    return _number_row(name, "client's own, times", own_key, initial, numbers)


def _missing_lists(lists: ClientLists) -> None:
    """One grey line with the way to the profile, where it has nothing to ask about yet."""
    there = {
        "goals": lists.goals.asked_now,
        "triggers": lists.triggers.asked_now,
        "a practice plan": lists.plan,
        "measures of the client's own": [each for each in lists.measures if each.asked_now],
    }
    missing = [name for name, items in there.items() if not items]
    if missing:
        with st.container(horizontal=True, vertical_alignment="center"):
            small(f"Asked about here once they are on the profile: {', '.join(missing)}.")
            st.page_link(PROFILE_PAGE, label="Open the profile")
