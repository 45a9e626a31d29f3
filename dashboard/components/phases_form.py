"""Forms for what the therapist sets beside the record: phases of the work, and the smallest difference agreed."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.errors import InvalidInput
from core.model.phases import MOST_PHASES, MOST_POINTS, PERCENT, PHASE_LENGTH
from core.model.profile import Agreed, Block, Phases, Profile
from core.model.series_findings import Phase
from core.model.unlikely_days import DayKind, KnownDays
from dashboard.components.days import DayAsked, GivenDay, day_field
from dashboard.components.messages import attempt
from dashboard.components.numbers import NumberBoxes
from dashboard.components.page import section, small

ROW = (1, 3)
NO_DAY = "A phase has a name and no day. Nothing was saved; give it the day on which it began."
PURPOSE = (
    "A phase begins on its day and lasts until the next one. The review sets each beside the one before it; that shows "
    "no cause. An empty name takes a phase away."
)
AGREED_PURPOSE = (
    "Agreed with the client before looking: a smaller difference is not called one. It counts for records of single "
    f"days. Blank: 1 point, 30 %. Points from 1 to {MOST_POINTS}, per cent from {PERCENT[0]} to {PERCENT[-1]}."
)


def change_settings(
    profile: Profile,
    known: KnownDays,
    *,
    save_phases: Callable[[Phases, int], object],
    save_agreed: Callable[[Agreed, int], object],
) -> bool:
    """Draw both forms; return whether one of them was saved. The numbers handed on are the versions that were read."""
    saved = False
    for made, draw, save in (
        (Phases, partial(phases_form, known=known), save_phases),
        (Agreed, agreed_form, save_agreed),
    ):
        seen = profile.version(made.kind)
        key = f"{made.kind.value}_{profile.client_id}_{seen}"
        saved = bool(attempt(partial(_save, draw, save, profile.block(made), key, seen))) or saved
    return saved


def _save(draw: Callable[..., Block | None], save: Callable[..., object], block: Block, key: str, seen: int) -> bool:
    """Draw one form on its block and save what it hands back."""
    given = draw(block, key=key)
    if given is not None:
        save(given, seen)
    return given is not None


def phases_form(phases: Phases, *, key: str, known: KnownDays) -> Phases | None:
    """Draw the phases with one empty row more; return them when *Save phases* was pressed, else `None`.

    `key` has the client and the block's version in it, so that a block changed elsewhere is drawn anew. Raises
    `InvalidInput` for what cannot be kept.
    """
    section("Phases", _how_many(phases))
    small(PURPOSE)
    rows: list[tuple[GivenDay, str]] = []
    with st.form(key, border=False):
        open_rows = [*phases.phases, None] if len(phases.phases) < MOST_PHASES else [*phases.phases]
        for place, phase in enumerate(open_rows):
            day, words = st.columns(ROW)
            asked = DayAsked(kind=DayKind.OF_WORK, known=known, value=phase.day if phase else None)
            given = day_field(f"Phase {place + 1} began on", asked, key=f"{key}_day_{place}", place=day)
            name = words.text_input(
                f"Phase {place + 1} in your words", value=phase.words if phase else "", max_chars=PHASE_LENGTH,
                key=f"{key}_words_{place}",
            )  # fmt: skip
            rows.append((given, name or ""))
        pressed = st.form_submit_button("Save phases")
    return _read(rows) if pressed else None


def agreed_form(agreed: Agreed, *, key: str) -> Agreed | None:
    """Draw the two amounts; return them when *Save what was agreed* was pressed, else `None`.

    Raises `InvalidInput` for what cannot be kept.
    """
    section("Smallest difference agreed", _amounts(agreed))
    small(AGREED_PURPOSE)
    boxes = NumberBoxes()
    with st.form(key, border=False):
        left, right = st.columns(2)
        points = boxes.box("Points on 0 to 10", key=f"{key}_points", initial=agreed.points, place=left)
        percent = boxes.box("Per cent of a count", key=f"{key}_percent", initial=agreed.percent, place=right)
        pressed = st.form_submit_button("Save what was agreed")
    if not pressed:
        return None
    InvalidInput.unless_empty(boxes.problems)
    return Agreed(points=points, percent=percent)


def _read(rows: list[tuple[GivenDay, str]]) -> Phases:
    named = [(given.or_none(), words.strip()) for given, words in rows if words.strip()]
    InvalidInput.unless_empty([NO_DAY for day, _ in named if day is None][:1])
    return Phases(phases=tuple(Phase(day=day, words=words) for day, words in named if day is not None))


def _how_many(phases: Phases) -> str:
    number = len(phases.phases)
    return "none set" if not number else "1 set" if number == 1 else f"{number} set"


def _amounts(agreed: Agreed) -> str:
    points = "1 point by default" if agreed.points is None else f"{agreed.points} point{'s' * (agreed.points > 1)}"
    percent = "30 % of a count by default" if agreed.percent is None else f"{agreed.percent} % of a count"
    return f"{points}, {percent}"
