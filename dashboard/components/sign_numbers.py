"""The numbers of the signs: what is in force beside its default, and a small form that sets one of them."""

from collections.abc import Callable

import streamlit as st

from core.errors import InvalidInput
from core.model.days import print_day
from core.model.sign_numbers import SIGN_NUMBERS, SignNumber
from core.model.sign_thresholds import ThresholdSettings
from dashboard.components.choices import choice
from dashboard.components.messages import attempt, saw_change, tell_of_change
from dashboard.components.numbers import NumberBoxes
from dashboard.components.page import is_phone, small
from dashboard.components.text import literal

Numbers = dict[str, int | float]

ABOUT = (
    "A change counts for the whole record, also for the weeks before it, and is named under the signs with its day and "
    "who made it. Signed notes stay as they are."
)
BLANK = "No number was typed. Nothing was changed; type one, or choose another number to leave it as it is."
WORDS = {name: f"{number.words}: {number.does}" for name, number in SIGN_NUMBERS.items()}


def numbers_block(
    settings: ThresholdSettings,
    *,
    key: str,
    otherwise: str,
    save: Callable[[Numbers, int], ThresholdSettings],
    reset: Callable[[int], ThresholdSettings],
) -> None:
    """Draw the numbers, the way to change one, and the way back.

    `otherwise` names what a number goes back to: `default`, or `for all`. `save` and `reset` are given the version
    that was read.
    """
    tell_of_change(key, settings.stamp)
    small(ABOUT)
    st.markdown(_summary(settings, otherwise))
    changed = _form(settings, f"{key}_{settings.stamp}", otherwise, save)
    if settings.own and st.button(_way_back(otherwise), key=f"{key}_reset"):
        changed = attempt(lambda: reset(settings.version))
    if st.toggle("All numbers", key=f"{key}_all"):
        _table(settings, otherwise)
    if changed is not None:
        saw_change(key, changed.stamp)
        st.rerun()


def _summary(settings: ThresholdSettings, otherwise: str) -> str:
    """What was set here, one number a line."""
    if not settings.own:
        kept = "the project's defaults" if otherwise == "default" else "what holds for all clients"
        return f"All {len(SIGN_NUMBERS)} numbers are {kept}."
    base = settings.base.numbers
    lines = [f"{len(settings.own)} of {len(SIGN_NUMBERS)} numbers changed:"]
    for change in settings.own:
        number = SIGN_NUMBERS[change.name]
        before = f"{otherwise} {number.shown(base[change.name])}"
        lines.append(f"**{number.words} {number.shown(change.value)}** :gray[({before})] {_by(settings, change.name)}")
    return "  \n".join(lines)


def _form(
    settings: ThresholdSettings, key: str, otherwise: str, save: Callable[[Numbers, int], ThresholdSettings]
) -> ThresholdSettings | None:
    """Draw the choice of a number and its box; return the settings after a change."""
    name = choice("Change a number", tuple(SIGN_NUMBERS), key=f"{key}_name", words=WORDS)
    if name is None:
        return None
    number, value = SIGN_NUMBERS[name], settings.in_force.numbers[name]
    boxes = NumberBoxes()
    with st.form(f"{key}_{name}", border=False):
        typed = boxes.box(
            f"{number.words}, {number.allowed} ({otherwise} {number.shown(settings.base.numbers[name])})",
            key=f"{key}_{name}_value", initial=round(100 * value) if number.share else round(value),
        )  # fmt: skip
        pressed = st.form_submit_button("Save number")
    return attempt(lambda: save({name: _typed(number, typed, boxes)}, settings.version)) if pressed else None


def _typed(number: SignNumber, typed: int | None, boxes: NumberBoxes) -> int | float:
    InvalidInput.unless_empty(boxes.problems)
    if typed is None:
        raise InvalidInput(BLANK)
    return typed / 100 if number.share else typed


def _way_back(otherwise: str) -> str:
    return "Back to the defaults" if otherwise == "default" else "Back to the numbers for all"


def _by(settings: ThresholdSettings, name: str) -> str:
    """Who changed the number that is in force, and when; empty for a default."""
    changes = {change.name: change for change in (*settings.in_force.changes, *settings.own)}
    found = changes.get(name)
    return "" if found is None else f"{literal(found.author)}, {print_day(found.day)}"


def _table(settings: ThresholdSettings, otherwise: str) -> None:
    now, base = settings.in_force.numbers, settings.base.numbers
    rows: list[dict[str, str]] = [
        {
            "Number": WORDS[name],
            "In force": f"**{number.shown(now[name])}**" if now[name] != base[name] else number.shown(now[name]),
            otherwise.capitalize(): number.shown(base[name]),
            "Changed by": _by(settings, name),
        }
        for name, number in SIGN_NUMBERS.items()
    ]
    if is_phone():
        for row in rows:  # a table this wide would scroll sideways there
            words, value, before, by = row.values()
            st.markdown(f":small[{words} · {value} ({otherwise} {before}) {by}]")
    else:
        st.table(rows, border="horizontal", hide_index=True)
