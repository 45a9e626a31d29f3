"""The fields that forms of a profile are made of: a row for each line of a list, choices, and boxes for words.

A row hands back what builds its line; `None` stands for a row that is blank, or whose words were deleted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid5

import streamlit as st

from core.errors import InvalidInput
from core.model.catalogue_entries import Entry
from core.model.profile import Block
from core.model.profile_items import HowKnown, Origin, OwnMeasure, OwnMeasureKind, ProfileItem
from core.model.unlikely_days import DayKind, KnownDays
from core.model.words import HOW_KNOWN_WORDS, OWN_MEASURE_WORDS
from dashboard.components.choices import choice, needed_choice
from dashboard.components.days import DayAsked, day_field

LINE_WIDTHS = (3, 1.4)

Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a form is drawn from: the block as it was when the form opened, and the entries it may name.

    `opened` is the id of this opening; it stands in the keys of the fields, and the ids of new lines come from it,
    so that a save repeated after a fault saves the same lines. `choices` are by the label of their family.
    """

    opened: UUID
    content: Block
    choices: Mapping[str, tuple[Entry, ...]]
    known: KnownDays

    def asked(self, kind: DayKind, value: date | None) -> DayAsked:
        """What a field for a day asks for."""
        return DayAsked(kind=kind, known=self.known, value=value)

    def key(self, field: str) -> str:
        """The key of a field."""
        return f"block_{self.opened}_{field}"

    def new_id(self, line: str) -> UUID:
        """The id of a line that this form adds."""
        return uuid5(self.opened, line)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries that may be named, in their order."""
        return tuple(entry for entries in self.choices.values() for entry in entries)

    @property
    def labels(self) -> dict[str, str]:
        """Their labels, by id."""
        return {entry.id: entry.label for entry in self.entries}


def item_row(sheet: Sheet, place: int, item: ProfileItem | None) -> Callable[[], ProfileItem | None]:
    """One line of a list by its place, from 1; a line that is new has not ended yet."""
    if item is None:
        typed = st.text_input(
            f"Line {place}", key=sheet.key(f"line{place}"), label_visibility="collapsed", placeholder="one more",
            persist_state="session",
        )  # fmt: skip
        return lambda: ProfileItem(id=sheet.new_id(f"line{place}"), words=typed.strip()) if typed.strip() else None
    words, ended = st.columns(LINE_WIDTHS, vertical_alignment="bottom")
    return written_row(sheet, f"line{place}", item, (f"Line {place}", item.words), (words, ended), collapsed=True)


def written_row(
    sheet: Sheet,
    field: str,
    item: ProfileItem,
    words: tuple[str, str],
    places: Sequence[Any],
    *,
    collapsed: bool = False,
) -> Callable[[], ProfileItem | None]:
    """The words of an item under its label, and the day on which it ended."""
    label, initial = words
    typed = places[0].text_input(
        label, value=initial, key=sheet.key(field), label_visibility="collapsed" if collapsed else "visible",
        persist_state="session",
    )  # fmt: skip
    ended = day_field(
        f"{label}: ended on", sheet.asked(DayKind.OF_LIFE, item.ended_on), key=sheet.key(f"{field}_ended"),
        place=places[1], label_visibility="collapsed", persist_state="session",
    )  # fmt: skip

    def build() -> ProfileItem | None:
        if not typed.strip():
            return None
        return ProfileItem(id=item.id, words=typed.strip(), entry=item.entry, ended_on=ended.or_none())

    return build


def entry_row(item_id: UUID, label: str, name: str) -> Callable[[], ProfileItem | None]:
    """A line that is an entry of the catalogue under its own label; nothing is drawn."""
    return lambda: ProfileItem(id=item_id, words=label, entry=name)


def origin_row(sheet: Sheet, place: int, origin: Origin | None) -> Callable[[], Origin | None]:
    """One origin: its words, the documents' name for it, and how it is known."""
    labels = sheet.labels
    entry_id = origin.entry if origin else None
    if entry_id is not None:
        labels.setdefault(entry_id, entry_id)
    typed = st.text_input(
        f"Origin {place}", value=origin.words if origin else "", key=sheet.key(f"origin{place}"),
        persist_state="session",
    )  # fmt: skip
    left, right = st.columns(2)
    entry = choice(
        f"Origin {place}: the articles' name for it", tuple(labels), words=labels, initial=entry_id,
        key=sheet.key(f"origin{place}_entry"), place=left, label_visibility="collapsed", placeholder="from the list",
    )  # fmt: skip
    known = choice(
        f"Origin {place}: how we know", tuple(HowKnown), words=HOW_KNOWN_WORDS,
        initial=origin.known_from if origin else None, key=sheet.key(f"origin{place}_known"), place=right,
        label_visibility="collapsed", placeholder="how we know",
    )  # fmt: skip

    def build() -> Origin | None:
        words = typed.strip() or (labels[entry] if entry else "")
        if not typed.strip() and (entry is None or (origin is not None and entry == entry_id)):
            return None
        if known is None:
            raise InvalidInput(f"Origin {place} does not say how we know it. Nothing was saved; choose one.")
        item_id = origin.id if origin else sheet.new_id(f"origin{place}")
        return Origin(id=item_id, words=words, known_from=known, entry=entry)

    return build


def measure_row(sheet: Sheet, place: int, measure: OwnMeasure) -> Callable[[], OwnMeasure | None]:
    """A measure that is there: its name may change and it may end; its kind stays."""
    name, ended = st.columns(LINE_WIDTHS, vertical_alignment="bottom")
    typed = name.text_input(
        f"Measure {place}: {OWN_MEASURE_WORDS[measure.kind]}", value=measure.name, key=sheet.key(f"measure{place}"),
        persist_state="session",
    )  # fmt: skip
    day = day_field(
        f"Measure {place}: ended on", sheet.asked(DayKind.OF_LIFE, measure.ended_on),
        key=sheet.key(f"measure{place}_ended"), place=ended, label_visibility="collapsed", persist_state="session",
    )  # fmt: skip

    def build() -> OwnMeasure | None:
        if not typed.strip():
            return None
        return OwnMeasure(
            id=measure.id, name=typed.strip(), kind=measure.kind, since=measure.since, ended_on=day.or_none()
        )

    return build


def new_measure_row(sheet: Sheet, place: int) -> Callable[[], OwnMeasure | None]:
    """Room for one more measure, which begins today."""
    name, kind = st.columns((1.2, 1), vertical_alignment="bottom")
    typed = name.text_input(f"Measure {place}", key=sheet.key(f"measure{place}"), persist_state="session")
    chosen = needed_choice(
        f"Measure {place}: it is a", tuple(OwnMeasureKind), words=OWN_MEASURE_WORDS, initial=OwnMeasureKind.RATING,
        key=sheet.key(f"measure{place}_kind"), place=kind, label_visibility="collapsed",
    )  # fmt: skip

    def build() -> OwnMeasure | None:
        if not typed.strip():
            return None
        return OwnMeasure(id=sheet.new_id(f"measure{place}"), name=typed.strip(), kind=chosen, since=sheet.known.today)

    return build


def pills(sheet: Sheet, label: str, labels: Mapping[str, str], chosen: Iterable[str]) -> list[str]:
    """Draw chips of which several may be chosen; return the ids of those that are."""
    picked: list[str] = st.pills(
        label, list(labels), selection_mode="multi", format_func=labels.__getitem__,
        default=[name for name in chosen if name in labels], key=sheet.key(label), persist_state="session", wrap=True,
    )  # fmt: skip
    return picked


def words_area(sheet: Sheet, label: str, initial: str) -> str:
    """Draw a box for a few lines; return what stands in it."""
    return st.text_area(label, value=initial, key=sheet.key(label), height=96, persist_state="session").strip()


def made(rows: Iterable[Callable[[], Made | None]]) -> tuple[Made, ...]:
    """What every row gives, blank ones left out; one refusal for the problems of all of them."""
    made: list[Made] = []
    problems: list[str] = []
    for row in rows:
        try:
            one = row()
        except InvalidInput as refusal:
            problems += refusal.problems
            continue
        if one is not None:
            made.append(one)
    InvalidInput.unless_empty(dict.fromkeys(problems))
    return tuple(made)
