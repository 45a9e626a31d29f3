"""What a method of analysis answers: a value with its base, its limits and what would change it, never a bare word."""

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct


class Status(StrEnum):
    """Whether a method could answer at all."""

    OK = "ok"
    CANNOT_JUDGE = "cannot_judge"
    REFUSED = "refused"


class Verdict(StrEnum):
    """What may be said of change, weakest first; `RELIABLE` needs a rule met at two looks in a row.

    `NO_CLEAR_CHANGE` is not "unchanged": a change smaller than the rule's could have been missed.
    `RECORDED_TOO_DIFFERENTLY` stands where the two sides were not observed alike, and gives no direction.
    `DESCRIBED` is the verdict of a method that gives figures of one stretch of days and judges no change.
    """

    NOT_ENOUGH_RECORDED = "not_enough_recorded"
    RECORDED_TOO_DIFFERENTLY = "recorded_too_differently"
    DESCRIBED = "described"
    NO_CLEAR_CHANGE = "no_clear_change"
    POSSIBLE_CHANGE = "possible_change"
    RELIABLE_CHANGE = "reliable_change"


class Direction(StrEnum):
    """Which way a number went; whether that is wanted depends on the measure."""

    LOWER = "lower"
    HIGHER = "higher"


class Interval(Struct, frozen=True, kw_only=True):
    """The ends of an interval at `level` (0.95 is 95 %); `high` may be infinite."""

    low: float
    high: float
    level: float = 0.95

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share at least one value."""
        return self.low <= other.high and other.low <= self.high


class Parameter(Struct, frozen=True, kw_only=True):
    """A number that a method works by, with where it comes from (a publication, or "project default")."""

    name: str
    value: int | float | Fraction | str
    source: str


class Finding(Struct, frozen=True, kw_only=True):
    """What one method says of one question.

    `estimate` and `interval` are in the method's own unit, `None` where there is none. `used` and `missing` count
    values (or days, as the method says); `span_days` is from the first used to the last. `reason` says why a method
    could not answer. `would_change` are short clauses a therapist understands, such as "6 more observed days".
    `cautions` are clauses that stand beside every use of the finding.
    """

    method: str
    status: Status
    verdict: Verdict
    direction: Direction | None = None
    estimate: float | None = None
    interval: Interval | None = None
    used: int
    missing: int = 0
    span_days: int = 0
    parameters: tuple[Parameter, ...] = ()
    cautions: tuple[str, ...] = ()
    would_change: tuple[str, ...] = ()
    reason: str | None = None

    def __post_init__(self) -> None:
        judged = self.verdict not in (Verdict.NOT_ENOUGH_RECORDED, Verdict.RECORDED_TOO_DIFFERENTLY)
        if judged != (self.status is Status.OK):
            raise ValueError("a finding that could not be judged has no verdict, and one that was has")
        if not judged and not self.reason:
            raise ValueError("a finding that could not be judged says why")
