"""The check-in form: draws its rows and hands back a draft, which builds the check-in or says what is wrong.

Every answer starts empty, and empty means *not asked*. Nothing here saves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from core.errors import InvalidInput
from core.model.check_in import CheckIn, unsorted_distortions
from core.model.check_in_parts import LONGEST_PERIOD_DAYS, CountKind, Episode, SignAnswer, Source
from core.model.days import DAYS_IN_WEEK, Window, print_window
from core.model.definitions import Distortion, WarningSign
from core.model.full_answers import FullAnswers
from core.model.own_lists import ClientLists
from core.model.profile_items import ProfileItem
from core.model.unlikely_days import DayKind, KnownDays
from core.model.words import SOURCE_WORDS
from dashboard.components.choices import needed_choice
from dashboard.components.count_rows import distortions_row, kind_rows, reassurance_row
from dashboard.components.days import DayAsked, GivenDay, day_field
from dashboard.components.episodes_form import episode_rows
from dashboard.components.full_form import FullDraft, FullSetting, full_form, rating_row
from dashboard.components.numbers import NumberBoxes
from dashboard.components.page import section
from dashboard.components.sign_rows import sign_rows

MORE = "More: kinds, episodes, the client's words, fights, pulling away, practice, goals"


@dataclass(frozen=True, kw_only=True)
class FormSetting:
    """What the form is drawn from. `initial` is the record being corrected; `key` belongs to this opening of it."""

    key: str
    last_covered: date | None
    known: KnownDays
    proposed: Window
    without_partner: bool
    initial: CheckIn | None
    signs: Sequence[WarningSign]
    distortions: Sequence[Distortion]
    lists: ClientLists
    practices: Mapping[str, str]


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
    full: FullDraft
    client_words: str
    note: str
    problems: tuple[str, ...]

    def build(self) -> CheckIn:
        """The check-in on the form; `InvalidInput` names everything that keeps it from being one."""
        InvalidInput.unless_empty(self.problems)
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
            full=self.full.answers,
            client_words=self.client_words or None,
            note=self.note or None,
        )

    @property
    def new_topic(self) -> ProfileItem | None:
        """A topic of fights to add to the client's list; `InvalidInput` where its words are too long."""
        return self.full.new_topic


def check_in_form(setting: FormSetting) -> CheckInDraft:
    """Draw the form and return its draft."""
    numbers = NumberBoxes()
    section("Period")
    last_day, period_days, source = _period_row(setting, numbers)
    section("How it was")
    average = rating_row(
        "Anxiety, average", "0 none, 10 worst", key=f"{setting.key}_average", initial=_initial(setting, "average")
    )
    peak = rating_row("Anxiety, peak", "blank: not asked", key=f"{setting.key}_peak", initial=_initial(setting, "peak"))
    reassurance, kind = reassurance_row(setting.key, setting.initial, numbers)
    total = distortions_row(setting.key, setting.initial, numbers)
    section("Six signs")
    signs = sign_rows(setting.key, setting.signs, setting.initial, without_partner=setting.without_partner)
    note = st.text_area(
        "Note", value=_text(setting, "note"), key=f"{setting.key}_note", placeholder="nothing to add", height=68
    )
    with st.expander(MORE, expanded=_holds_more(setting.initial)):
        by_kind = kind_rows(setting.key, setting.initial, setting.distortions, numbers)
        episodes, days = episode_rows(setting.key, setting.known, setting.initial.episodes if setting.initial else ())
        words = st.text_area(
            "In the client's words", value=_text(setting, "words"), key=f"{setting.key}_words", height=68
        )
        full = full_form(_full_setting(setting), numbers)
    return CheckInDraft(
        period_end=last_day.day,
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
        full=full,
        client_words=words,
        note=note,
        problems=(*last_day.problems, *numbers.problems, *days),
    )


def _period_row(setting: FormSetting, numbers: NumberBoxes) -> tuple[GivenDay, int | None, Source]:
    end_key, length_key, other_key = (f"{setting.key}_{name}" for name in ("end", "length", "other_days"))
    left, right = st.columns((1.55, 4), gap="medium", vertical_alignment="center")
    row, below = right.container(horizontal=True, vertical_alignment="center"), right.container()
    asked = DayAsked(kind=DayKind.OF_WORK, known=setting.known, value=setting.proposed.end)
    end = day_field(
        "Last day of the period", asked, key=end_key, place=row, beside=below, label_visibility="collapsed", width=150
    )
    last_day = end.day
    lengths = _lengths(last_day, setting.last_covered)
    chosen = row.segmented_control(
        "Length of the period", [*lengths, "Other"], default=_first_length(setting, lengths), required=True,
        key=length_key, label_visibility="collapsed",
    )  # fmt: skip
    days = lengths.get(chosen or "")
    if chosen == "Other":
        days = numbers.box(
            "Days in the period", key=other_key, initial=setting.proposed.days, place=row,
            label_visibility="collapsed", width=70,
        )  # fmt: skip
    source = needed_choice(
        "Source", tuple(Source), words=SOURCE_WORDS, key=f"{setting.key}_source", label_visibility="collapsed",
        width=190, initial=setting.initial.source if setting.initial else Source.CLIENT_IN_SESSION, place=row,
    )  # fmt: skip
    if last_day is not None and days and 1 <= days <= LONGEST_PERIOD_DAYS:
        left.markdown(
            f"**{print_window(Window(last_day - timedelta(days=days - 1), last_day))}** :gray[:small[{days} days]]"
        )
    return end, days, source


def _lengths(last_day: date | None, last_covered: date | None) -> dict[str, int]:
    """The offered lengths in days; *since last* only where it is a length that a check-in can have."""
    since = 0 if last_day is None or last_covered is None else (last_day - last_covered).days
    since_last = {"Since last": since} if 1 <= since <= LONGEST_PERIOD_DAYS else {}
    return {"Today": 1, **since_last, "7 days": DAYS_IN_WEEK}


def _first_length(setting: FormSetting, lengths: Mapping[str, int]) -> str:
    wanted = setting.proposed.days
    order = ("Today", "Since last", "7 days") if setting.initial else ("Since last", "7 days")
    return next((name for name in order if lengths.get(name) == wanted), "Other" if setting.initial else "7 days")


def _holds_more(initial: CheckIn | None) -> bool:
    """Whether the check-in that is being corrected has answers below the quick ones."""
    if initial is None:
        return False
    return bool(initial.distortions_by_kind or initial.episodes or initial.client_words or initial.full.answered)


def _full_setting(setting: FormSetting) -> FullSetting:
    return FullSetting(
        key=setting.key,
        initial=setting.initial.full if setting.initial else FullAnswers(),
        lists=setting.lists,
        practices=setting.practices,
        without_partner=setting.without_partner,
    )


def _initial(setting: FormSetting, name: str) -> int | None:
    if setting.initial is None:
        return None
    return setting.initial.anxiety_average if name == "average" else setting.initial.anxiety_peak


def _text(setting: FormSetting, name: str) -> str:
    if setting.initial is None:
        return ""
    return (setting.initial.note if name == "note" else setting.initial.client_words) or ""
