"""What the record says over a window of days, each figure with its base and the records it rests on.

A figure that cannot be given is `None` with its base beside it: missing is never 0.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from core.model.check_in_parts import SignAnswer
from core.model.days import DAYS_IN_WEEK, Window
from core.model.records import RecordRef


class SignState(StrEnum):
    """The four states of a warning sign (project default thresholds)."""

    INSUFFICIENT = "insufficient"
    NOT_SEEN = "not_seen"
    WATCH = "watch"
    PRESENT = "present"


class Asked(Struct, frozen=True, kw_only=True):
    """How often a field was asked: at `asked` of `check_ins` check-ins that touch the window."""

    asked: int
    check_ins: int

    @property
    def not_asked(self) -> int:
        """At how many check-ins the field was left blank."""
        return self.check_ins - self.asked


class Rate(Struct, frozen=True, kw_only=True):
    """A count over the observed days of a window.

    `count` is exact (a record's count is spread evenly over its days, so it may be a fraction).
    `observed_days` are the days covered by a record in which the field was not blank. `about` and
    `at_least` say that some record's count was; `partial`, that some record asked only some kinds.
    """

    window: Window
    count: Fraction
    observed_days: int
    asked: Asked
    refs: tuple[RecordRef, ...]
    about: bool = False
    at_least: bool = False
    partial: bool = False

    @property
    def per_week(self) -> Fraction | None:
        """The count per seven observed days; `None` under 7 observed days (show the count only)."""
        if self.observed_days < DAYS_IN_WEEK:
            return None
        return Fraction(self.count.numerator * DAYS_IN_WEEK, self.count.denominator * self.observed_days)


class Level(Struct, frozen=True, kw_only=True):
    """A rating over the observed days of a window.

    `mean` is the day-weighted mean of the average (0-10), `None` with no observed day. `peak` is the
    highest recorded peak (0-10) of a record that counts on a day of the window, `None` where none was asked.
    `observed_days` and `asked` are those of the average.
    """

    window: Window
    mean: Fraction | None
    peak: int | None
    observed_days: int
    asked: Asked
    refs: tuple[RecordRef, ...]


class SignEntry(Struct, frozen=True, kw_only=True):
    """One check-in's answer to one sign; `answer` is `None` where it was not asked.

    `days` are the window's days for which this record is the one that counts: 0 when shorter records
    cover them all, and where the sign was not asked.
    """

    ref: RecordRef
    period: Window
    answer: SignAnswer | None
    days: int


class SignReading(Struct, frozen=True, kw_only=True):
    """The state of one sign over a window with everything it rests on."""

    sign: str
    state: SignState
    window: Window
    asked_days: int
    entries: tuple[SignEntry, ...]

    @property
    def evidence(self) -> tuple[SignEntry, ...]:
        """The entries the reading rests on: every answer that keeps a day, for the sign and against it."""
        return tuple(entry for entry in self.entries if entry.answer is not None and entry.days)

    def count(self, answer: SignAnswer | None) -> int:
        """At how many check-ins of the evidence this was the answer; `None` counts those where it was not asked."""
        rests_on = self.entries if answer is None else self.evidence
        return sum(1 for entry in rests_on if entry.answer is answer)

    @property
    def asked_check_ins(self) -> int:
        """Check-ins of the evidence with *often*, *sometimes* or *not present*: "no occasion" is not among them."""
        return len(self.evidence) - self.count(SignAnswer.NO_OCCASION)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One measure three times: this period, the 28 days before it, and the start level.

    `start` is `None` while there are too few records for one.
    """

    measure: str
    period: Rate | Level
    before: Rate | Level
    start: Rate | Level | None
