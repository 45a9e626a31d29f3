"""The form of each block of a profile: draws its fields and hands back what builds the block.

Lists have a row for each line, and empty rows for more. Nothing here saves.
"""

from collections.abc import Callable
from functools import singledispatch

import streamlit as st

from core.errors import InvalidInput
from core.model.catalogue_entries import Entry
from core.model.profile import (
    MOST_ITEMS,
    MOST_OWN_MEASURES,
    Approach,
    Block,
    Consent,
    Hypothesis,
    ItemBlock,
    Observations,
    Origins,
    OwnMeasures,
    PracticePlan,
    PresentSafety,
)
from core.model.profile_items import Origin, ProfileItem
from core.model.safety_concern import SafetyConcern
from core.model.unlikely_days import DayKind
from core.model.words import SAFETY_CONCERN_WORDS
from dashboard.components.choices import choice, needed_choice
from dashboard.components.days import day_field
from dashboard.components.page import small
from dashboard.components.profile_rows import (
    LINE_WIDTHS,
    Sheet,
    entry_row,
    item_row,
    made,
    measure_row,
    new_measure_row,
    origin_row,
    pills,
    words_area,
    written_row,
)

BLANK_LINES = 2

Build = Callable[[], Block]


def block_form(sheet: Sheet) -> Build:
    """Draw the fields of a block; the result builds it, or raises `InvalidInput` with every problem."""
    return _form(sheet.content, sheet)


@singledispatch
def _form(content: Block, sheet: Sheet) -> Build:  # noqa: ARG001 - says what the others are given
    raise InvalidInput(f"The block {content.kind.value} is not written on this page. Nothing was changed.")


@_form.register
def _list(content: ItemBlock, sheet: Sheet) -> Build:
    picked = [
        name for label in sheet.choices for name in _pick_more(sheet, label, {each.entry for each in content.items})
    ]
    small("One line each; delete the words to take a line away. At the right the day it ended, blank while it goes on.")
    rows = [item_row(sheet, place, item) for place, item in enumerate(content.items, start=1)]
    blank = range(len(rows) + 1, min(len(rows) + BLANK_LINES, MOST_ITEMS) + 1)
    rows += [item_row(sheet, place, None) for place in blank]
    labels = sheet.labels
    rows += [entry_row(sheet.new_id(name), labels[name], name) for name in picked]
    return lambda: type(content)(items=made(rows))


@_form.register
def _observations(content: Observations, sheet: Sheet) -> Build:
    noted = {item.entry: item for item in content.items if item.entry in sheet.labels}
    others = tuple(item for item in content.items if item not in noted.values())
    small("Write what you see under those that fit. At the right the day it ended, blank while it goes on.")
    rows = []
    for entry in sheet.entries:
        item = noted.get(entry.id)
        label, line = f"{entry.label}. {entry.definition}", item or _line_for(sheet, entry)
        places = st.columns(LINE_WIDTHS, vertical_alignment="bottom")
        rows.append(written_row(sheet, entry.id, line, (label, item.words if item else ""), places))
    return lambda: Observations(items=(*others, *made(rows)))


def _line_for(sheet: Sheet, entry: Entry) -> ProfileItem:
    return ProfileItem(id=sheet.new_id(entry.id), words=entry.label, entry=entry.id)


def _pick_more(sheet: Sheet, label: str, there: set[str | None]) -> list[str]:
    left = {entry.id: entry.label for entry in sheet.choices[label] if entry.id not in there}
    return pills(sheet, "Add from the articles' list", left, ()) if left else []


@_form.register
def _origins(content: Origins, sheet: Sheet) -> Build:
    small("Write it, or choose it from the list, or both; delete the words to take one away.")
    there = list(content.items)
    blank = min(BLANK_LINES, MOST_ITEMS - len(there)) if there else BLANK_LINES
    given: list[Origin | None] = [*there, *([None] * blank)]
    rows = [origin_row(sheet, place, origin) for place, origin in enumerate(given, start=1)]
    return lambda: Origins(items=made(rows))


@_form.register
def _hypothesis(content: Hypothesis, sheet: Sheet) -> Build:
    labels = sheet.labels
    if content.pattern is not None:
        labels.setdefault(content.pattern, content.pattern)
    pattern = choice(
        "Pattern", tuple(labels), words=labels, initial=content.pattern, key=sheet.key("pattern"),
        placeholder="none chosen",
    )  # fmt: skip
    words = words_area(sheet, "In your words", content.words)
    return lambda: Hypothesis(pattern=pattern, words=words)


@_form.register
def _safety(content: PresentSafety, sheet: Sheet) -> Build:
    left, right = st.columns(2)
    concern = needed_choice(
        "At present", tuple(SafetyConcern), words=SAFETY_CONCERN_WORDS, initial=content.concern,
        key=sheet.key("concern"), place=left,
    )  # fmt: skip
    asked = day_field(
        "Asked on", sheet.asked(DayKind.OF_WORK, content.asked_on or sheet.known.today), key=sheet.key("asked"),
        place=right, persist_state="session",
    )  # fmt: skip
    words = words_area(sheet, "Words on it", content.words)
    small("A concern changes what stands above the signs on the review. It changes no figure.")
    answered = concern is not SafetyConcern.NOT_ASKED
    return lambda: PresentSafety(concern=concern, asked_on=asked.or_none() if answered else None, words=words)


@_form.register
def _approach(content: Approach, sheet: Sheet) -> Build:
    picked = pills(sheet, "Approaches", sheet.labels, content.approaches)
    words = words_area(sheet, "Words on it", content.words)
    return lambda: Approach(approaches=tuple(picked), words=words)


@_form.register
def _plan(content: PracticePlan, sheet: Sheet) -> Build:
    picked: list[str] = []
    for family, entries in sheet.choices.items():
        picked += pills(sheet, family, {entry.id: entry.label for entry in entries}, content.practices)
    gone = [name for name in content.practices if name not in sheet.labels]
    return lambda: PracticePlan(practices=(*picked, *gone))


@_form.register
def _consent(content: Consent, sheet: Sheet) -> Build:
    told = day_field(
        "Told what is recorded and why, on", sheet.asked(DayKind.OF_WORK, content.told_on), key=sheet.key("told"),
        persist_state="session",
    )  # fmt: skip
    words = words_area(sheet, "Words on it", content.words)
    return lambda: Consent(told_on=told.or_none(), words=words)


@_form.register
def _measures(content: OwnMeasures, sheet: Sheet) -> Build:
    small(
        "A new name keeps the history. A measure that check-ins have asked for is ended, not taken away. "
        "At the right the day it ended, blank while it goes on."
    )
    rows = [measure_row(sheet, place, measure) for place, measure in enumerate(content.measures, start=1)]
    first = len(rows) + 1
    rows += [new_measure_row(sheet, first + more) for more in range(MOST_OWN_MEASURES - len(content.going_on))]
    return lambda: OwnMeasures(measures=made(rows))
