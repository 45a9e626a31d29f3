"""What is written about each invented person before anything is drawn: read from people/*.toml, checked, frozen.

Weeks are counted from 1 within a person's own course; week 0 is the first session. A line is a row of
points (week, level) joined by straight pieces and level beyond its ends.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from core.model.check_in_parts import CountKind, Source, Whom
from core.model.people import PartnerStatus
from core.model.responses import Circumstances

PEOPLE = Path(__file__).parent / "people"
ORDER = ("daniel", "sarah", "lena", "emily", "marcus", "priya", "tom", "aisha", "jonah", "mei", "rosa", "karim")

Line = tuple[tuple[int, float], ...]


class Checked:
    """Refuses fields it does not know, so that a slip of the pen in a file is found."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True)
class CalendarPlan(Checked):
    """When sessions are held.

    `working_days_after` says how many working days lie between the end of a week's period and its
    session. `rhythm` holds (from week, every so many weeks). After `last_week` there is no session.
    """

    starts_at: time
    working_days_after: int
    rhythm: tuple[tuple[int, int], ...]
    last_week: int | None = None
    missed: tuple[int, ...] = ()
    cancelled: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SourcePlan(Checked):
    """Where check-ins come from, from a week on."""

    from_week: int
    weights: Mapping[Source, float]


@dataclass(frozen=True, kw_only=True)
class CorrectionPlan(Checked):
    """A total of distortions first typed wrong, then corrected."""

    week: int
    distortions_typed: int
    distortions: int
    days_after: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class LatePlan(Checked):
    """A check-in that was entered long after its period."""

    week: int
    days_after: int
    note: str


@dataclass(frozen=True, kw_only=True)
class RecordPlan(Checked):
    """How check-ins are kept.

    `only` lists the weeks with a check-in, else every week but `away` has one. `not_asked` is the chance that
    a field is left blank, `rarely_asked` that of single signs; in `full_weeks` all is asked and the client's words
    are written down. `kinds_named` is the chance that distortions
    are sorted by kind rather than given as a total; with `partial_kinds` only some kinds are, without a total.
    """

    sources: tuple[SourcePlan, ...]
    not_asked: float
    kinds_named: float
    only: tuple[int, ...] | None = None
    away: tuple[int, ...] = ()
    full_weeks: tuple[int, ...] = ()
    rarely_asked: Mapping[str, float] = field(default_factory=dict)
    partial_kinds: bool = False
    kinds_asked: tuple[str, ...] | None = None
    count_kinds: tuple[tuple[int, CountKind], ...] = ((1, CountKind.ABOUT),)
    episodes_most: int = 3
    no_occasion: tuple[str, ...] = ()
    no_occasion_from: int | None = None
    daily_weeks: tuple[int, ...] = ()
    daily_skipped: float = 0.0
    overlap_weeks: tuple[int, ...] = ()
    correction: CorrectionPlan | None = None
    late: LatePlan | None = None


@dataclass(frozen=True, kw_only=True)
class CoursePlan(Checked):
    """The lines around which figures are drawn.

    Anxiety and relief are 0-10, `peak_above` is the mean distance of the peak above the average,
    reassurance and distortions are times a week, signs run from 0 (not present) to 1 (often).
    """

    anxiety: Line
    peak_above: float
    reassurance: Line
    relief: Line
    distortions: Mapping[str, Line]
    signs: Mapping[str, Line]


@dataclass(frozen=True, kw_only=True)
class PartnerPlan(Checked):
    """A partner status that begins so many days before the end of a week; week 0 is the first session."""

    status: PartnerStatus
    week: int
    days_before: int = 0


@dataclass(frozen=True, kw_only=True)
class WhomPlan(Checked):
    """Who is asked for reassurance, from a week on."""

    from_week: int
    weights: Mapping[Whom, float]


@dataclass(frozen=True, kw_only=True)
class SaidPlan(Checked):
    """The client's words and the therapist's short notes, used in order and once each, from a week on."""

    from_week: int
    words: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EventPlan(Checked):
    """A line on the time axis, so many days before the end of a week."""

    week: int
    days_before: int
    words: str


@dataclass(frozen=True, kw_only=True)
class StartLevelPlan(Checked):
    """The week from whose first day the therapist counts the start level anew."""

    week: int


@dataclass(frozen=True, kw_only=True)
class SafetyReviewPlan(Checked):
    """What the therapist wrote about item 9, so many days after the questionnaire."""

    days_after: int
    words: str


@dataclass(frozen=True, kw_only=True)
class QuestionnairePlan(Checked):
    """Questionnaires of one week: what the answers add up to, the answer to item 9, and items left blank.

    `entered` are forms of which only scores are on record, by `total` or a subscale's id, written as decimals.
    """

    week: int
    totals: Mapping[str, int]
    entered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    circumstances: Circumstances = field(default_factory=Circumstances)
    item_9: int = 0
    blank: tuple[int, ...] = ()
    review: SafetyReviewPlan | None = None


@dataclass(frozen=True, kw_only=True)
class IntervalPlan(Checked):
    """A form, the week in which it is first due, and after how many days again; planned at the start."""

    form: str
    every_days: int
    first_week: int = 1


@dataclass(frozen=True, kw_only=True)
class AddendumPlan(Checked):
    """Words added under a signed note, so many days after its session."""

    days_after: int
    reason: str
    words: str


@dataclass(frozen=True, kw_only=True)
class NotePlan(Checked):
    """The therapist's words in the note on a week's session; not signed is a draft."""

    week: int
    template: str
    signed: bool
    words: Mapping[str, str]
    addendum: AddendumPlan | None = None


@dataclass(frozen=True, kw_only=True)
class Plan(Checked):
    """One invented person."""

    name: str
    pronouns: str
    age: int
    weeks: int
    calendar: CalendarPlan
    record: RecordPlan
    course: CoursePlan
    partner: tuple[PartnerPlan, ...] = ()
    whom: tuple[WhomPlan, ...]
    said: tuple[SaidPlan, ...]
    events: tuple[EventPlan, ...] = ()
    start_level: StartLevelPlan | None = None
    questionnaires: tuple[QuestionnairePlan, ...]
    intervals: tuple[IntervalPlan, ...] = ()
    notes: tuple[NotePlan, ...] = ()


def read_plans(folder: Path = PEOPLE) -> tuple[Plan, ...]:
    """The twelve plans in their fixed order; `ValueError` from pydantic names what is wrong with a file."""
    plan = TypeAdapter(Plan)
    texts = ((folder / f"{name}.toml").read_text(encoding="utf-8") for name in ORDER)
    return tuple(plan.validate_python(tomllib.loads(text)) for text in texts)


def level(line: Line, week: float) -> float:
    """The height of `line` at `week`."""
    if week <= line[0][0]:
        return line[0][1]
    for (before, low), (after, high) in pairwise(line):
        if week <= after:
            return low + (high - low) * (week - before) / (after - before)
    return line[-1][1]
