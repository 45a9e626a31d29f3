"""The check-in form: draws its rows and hands back a draft, which builds the check-in or says what is wrong.

Every answer starts empty, and empty means *not asked*. Nothing here saves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from core.errors import InvalidInput
from core.model.check_in import (
    HIGHEST_RATING,
    LONGEST_PERIOD_DAYS,
    CheckIn,
    CountKind,
    Episode,
    SignAnswer,
    Source,
    unsorted_distortions,
)
from core.model.days import DAYS_IN_WEEK, Window, print_window
from core.model.definitions import Distortion, WarningSign
from core.model.words import COUNT_KIND_WORDS, SOURCE_WORDS
from dashboard import selection
from dashboard.components.choices import needed_choice
from dashboard.components.days import day_or_none
from dashboard.components.episodes_form import episode_rows
from dashboard.components.page import labelled_row, section, small
from dashboard.components.sign_rows import sign_rows

QUICK_COUNTS = (0, 1, 2, 3, 4, 5)


@dataclass(frozen=True, kw_only=True)
class FormSetting:
    """What the form is drawn from. `initial` is the record being corrected; `key` belongs to this opening of it."""

    key: str
    last_covered: date | None
    proposed: Window
    without_partner: bool
    initial: CheckIn | None
    signs: Sequence[WarningSign]
    distortions: Sequence[Distortion]


@dataclass(frozen=True, kw_only=True)
class CheckInDraft:
    """What stands on the form now: raw answers, not yet checked together."""

    period_end: date | None
    period_days: int | None
    source: Source
    average: int | None
    peak: int | None
    reassurance: int | None
    reassurance_kind: CountKind | None
    distortions_total: int | None
    distortions_by_kind: Mapping[str, int]
    signs: Mapping[str, SignAnswer]
    episodes: tuple[Episode, ...]
    client_words: str
    note: str

    def build(self) -> CheckIn:
        """The check-in on the form; `InvalidInput` names everything that keeps it from being one."""
        if self.period_end is None or self.period_days is None:
            raise InvalidInput("The period has no last day or no length. Nothing was saved; fill in both.")
        return CheckIn(
            period_end=self.period_end,
            period_days=self.period_days,
            source=self.source,
            anxiety_average=self.average,
            anxiety_peak=self.peak,
            reassurance_count=self.reassurance,
            reassurance_count_kind=self.reassurance_kind,
            distortions_unsorted=unsorted_distortions(self.distortions_total, self.distortions_by_kind),
            distortions_by_kind=self.distortions_by_kind,
            signs=self.signs,
            episodes=self.episodes,
            client_words=self.client_words or None,
            note=self.note or None,
        )


def check_in_form(setting: FormSetting) -> CheckInDraft:
    """Draw the form and return its draft."""
    section("Period")
    period_end, period_days, source = _period_row(setting)
    section("How it was")
    average = _rating_row(
        "Anxiety, average", "0 none, 10 worst", f"{setting.key}_average", _initial(setting, "average")
    )
    peak = _rating_row("Anxiety, peak", "blank: not asked", f"{setting.key}_peak", _initial(setting, "peak"))
    reassurance, kind = _reassurance_row(setting)
    total = _distortions_row(setting)
    section("Six signs")
    signs = sign_rows(setting.key, setting.signs, setting.initial, without_partner=setting.without_partner)
    note = st.text_area(
        "Note", value=_text(setting, "note"), key=f"{setting.key}_note", placeholder="nothing to add", height=68
    )
    with st.expander("More: distortions by kind, episodes of reassurance, the client's words"):
        by_kind = _kind_rows(setting)
        episodes = episode_rows(setting.key, setting.initial.episodes if setting.initial else ())
        words = st.text_area(
            "In the client's words", value=_text(setting, "words"), key=f"{setting.key}_words", height=68
        )
    return CheckInDraft(
        period_end=period_end,
        period_days=period_days,
        source=source,
        average=average,
        peak=peak,
        reassurance=reassurance,
        reassurance_kind=kind,
        distortions_total=total,
        distortions_by_kind=by_kind,
        signs=signs,
        episodes=episodes,
        client_words=words,
        note=note,
    )


def _period_row(setting: FormSetting) -> tuple[date | None, int | None, Source]:
    end_key, length_key, other_key = (f"{setting.key}_{name}" for name in ("end", "length", "other_days"))
    left, right = st.columns((1.55, 4), gap="medium", vertical_alignment="center")
    row = right.container(horizontal=True, vertical_alignment="center")
    end = row.date_input(
        "Last day of the period", value=setting.proposed.end, key=end_key, format="DD/MM/YYYY",
        label_visibility="collapsed", width=150,
    )  # fmt: skip
    last_day = day_or_none(end)
    lengths = _lengths(last_day, setting.last_covered)
    chosen = row.segmented_control(
        "Length of the period", [*lengths, "Other"], default=_first_length(setting, lengths), required=True,
        key=length_key, label_visibility="collapsed",
    )  # fmt: skip
    days = lengths.get(chosen or "")
    if chosen == "Other":
        days = row.number_input(
            "Days in the period", value=setting.proposed.days, step=1, key=other_key,
            label_visibility="collapsed", width=120,
        )  # fmt: skip
    source = needed_choice(
        "Source", tuple(Source), words=SOURCE_WORDS, key=f"{setting.key}_source", label_visibility="collapsed",
        width=190, initial=setting.initial.source if setting.initial else Source.CLIENT_IN_SESSION, place=row,
    )  # fmt: skip
    if last_day is not None and days and 1 <= days <= LONGEST_PERIOD_DAYS:
        left.markdown(
            f"**{print_window(Window(last_day - timedelta(days=days - 1), last_day))}** :gray[:small[{days} days]]"
        )
    return last_day, days, source


def _lengths(last_day: date | None, last_covered: date | None) -> dict[str, int]:
    """The offered lengths in days; *since last* only where it is a length that a check-in can have."""
    since = 0 if last_day is None or last_covered is None else (last_day - last_covered).days
    since_last = {"Since last": since} if 1 <= since <= LONGEST_PERIOD_DAYS else {}
    return {"Today": 1, **since_last, "7 days": DAYS_IN_WEEK}


def _first_length(setting: FormSetting, lengths: Mapping[str, int]) -> str:
    wanted = setting.proposed.days
    order = ("Today", "Since last", "7 days") if setting.initial else ("Since last", "7 days")
    return next((name for name in order if lengths.get(name) == wanted), "Other" if setting.initial else "7 days")


def _rating_row(label: str, hint: str, key: str, initial: int | None) -> int | None:
    with labelled_row(label, hint), st.container(key=f"rate_{key}"):
        chosen: int | None = st.segmented_control(
            label, range(HIGHEST_RATING + 1), default=initial, key=key, label_visibility="collapsed",
            persist_state="session",
        )  # fmt: skip
    return chosen


def _reassurance_row(setting: FormSetting) -> tuple[int | None, CountKind | None]:
    initial = setting.initial
    with (
        labelled_row("Asked for reassurance", "times in the period"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        count = _count("Asked for reassurance", f"{setting.key}_rs", initial.reassurance_count if initial else None)
        kind: CountKind | None = None
        if count:
            kind = st.segmented_control(
                "How exact the count is", list(CountKind), format_func=COUNT_KIND_WORDS.__getitem__, required=True,
                default=(initial.reassurance_count_kind if initial else None) or CountKind.ABOUT,
                key=f"{setting.key}_rs_kind", label_visibility="collapsed", persist_state="session",
            )  # fmt: skip
    return count, kind


def _distortions_row(setting: FormSetting) -> int | None:
    initial = setting.initial
    known = initial.distortions_total if initial and initial.distortions_unsorted is not None else None
    with (
        labelled_row("Distortions noticed", "total; by kind below"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        return _count("Distortions noticed", f"{setting.key}_cd", known)


def _count(label: str, key: str, initial: int | None) -> int | None:
    """Buttons for None and 1 to 5, and a box for more: choosing in one empties the other."""
    quick_key, box_key = f"{key}_quick", f"{key}_box"
    quick = st.segmented_control(
        label, QUICK_COUNTS, default=initial if initial in QUICK_COUNTS else None,
        format_func=lambda count: str(count) if count else "None", key=quick_key, label_visibility="collapsed",
        on_change=selection.clear_others, args=(quick_key, (box_key,)), persist_state="session",
    )  # fmt: skip
    box = st.number_input(
        f"{label}, another number", value=None if initial in QUICK_COUNTS else initial, step=1, key=box_key,
        placeholder="other", label_visibility="collapsed", width=130,
        on_change=selection.clear_others, args=(box_key, (quick_key,)), persist_state="session",
    )  # fmt: skip
    count = quick if quick is not None else box
    if count is None:
        small("not asked")
    return count


def _kind_rows(setting: FormSetting) -> dict[str, int]:
    keys = {kind.id: f"{setting.key}_{kind.id}" for kind in setting.distortions}
    given = setting.initial.distortions_by_kind if setting.initial else {}
    st.markdown("**Distortions by kind** :gray[:small[blank: this kind was not asked]]")
    st.button(
        "None noticed", key=f"{setting.key}_no_kind", on_click=_write_zeros, args=(setting.key, tuple(keys.values()))
    )
    counts: dict[str, int] = {}
    for place, kind in zip(st.columns(len(keys)), setting.distortions, strict=True):
        count = place.number_input(
            kind.label, value=given.get(kind.id), step=1, key=keys[kind.id], placeholder="not asked",
            help=kind.definition, persist_state="session",
        )  # fmt: skip
        if count is not None:
            counts[kind.id] = count
    return counts


def _write_zeros(key: str, kinds: Sequence[str]) -> None:
    for kind in kinds:
        selection.put(kind, 0)
    selection.put(f"{key}_cd_quick", 0)
    selection.put(f"{key}_cd_box", None)


def _initial(setting: FormSetting, name: str) -> int | None:
    if setting.initial is None:
        return None
    return setting.initial.anxiety_average if name == "average" else setting.initial.anxiety_peak


def _text(setting: FormSetting, name: str) -> str:
    if setting.initial is None:
        return ""
    return (setting.initial.note if name == "note" else setting.initial.client_words) or ""
