"""Counts as rates per observed day, and ratings as day-weighted means."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from uuid import UUID

from core.analysis.days_kept import Kept, Span, refs_of
from core.analysis.exposure import CheckInRecords, Touching, kept_days, spans
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind
from core.model.days import Window
from core.model.measures import ANXIETY, ANXIETY_PEAK, DISTORTIONS, REASSURANCE
from core.model.readings import Asked, Level, Rate

ABOUT, AT_LEAST = CountKind.ABOUT, CountKind.AT_LEAST

MeasureId = str | UUID
"""A measure of the catalogue by its name there, or one of the client's own by its id in the profile."""

Answer = Callable[[CheckIn], int | None]

VALUES: dict[str, Answer] = {
    ANXIETY: attrgetter("anxiety_average"),
    ANXIETY_PEAK: attrgetter("anxiety_peak"),
    REASSURANCE: attrgetter("reassurance_count"),
    DISTORTIONS: attrgetter("distortions_total"),
}


def answer_to(measure: MeasureId) -> Answer:
    """How a check-in's answer to `measure` is read; `None` means not asked."""
    return VALUES[measure] if isinstance(measure, str) else lambda content: content.full.own_measures.get(measure)


def rate(records: CheckInRecords, measure: MeasureId, window: Window, *, kinds: int) -> Rate:
    """The count of `measure` over `window` by the exposure rule.

    `kinds` is how many kinds of distortion there are. With no observed day the count is 0 over 0 days:
    nothing was recorded, which is not a zero. Source: project default.
    """
    ordered = spans(records, window)
    tally = tally_of(kept_days(ordered, was_asked(measure)), measure, kinds)
    return Rate(
        window=window,
        count=tally.total,
        observed_days=tally.days,
        asked=asked_at(ordered, measure),
        refs=refs_of(tally.spans),
        about=tally.about,
        at_least=tally.at_least,
        partial=tally.partial,
    )


def level(records: CheckInRecords, window: Window) -> Level:
    """Anxiety over `window`: the day-weighted mean of the averages, and the highest peak.

    A peak counts when its check-in keeps at least one day of the window by the exposure rule; peaks are
    never averaged, since the mean of daily peaks and a week's peak are two different things.
    """
    ordered = spans(records, window)
    averages = tally_of(kept_days(ordered, was_asked(ANXIETY)), ANXIETY)
    peaks = [kept.span for kept in kept_days(ordered, was_asked(ANXIETY_PEAK)) if kept.days]
    return Level(
        window=window,
        mean=averages.mean,
        peak=max((peak_of(span) for span in peaks), default=None),
        observed_days=averages.days,
        asked=asked_at(ordered, ANXIETY),
        refs=refs_of([*averages.spans, *peaks]),
    )


def was_asked(measure: MeasureId) -> Callable[[CheckIn], bool]:
    """Whether a check-in holds an answer to `measure`, 0 included."""
    return _WAS_ASKED[measure] if isinstance(measure, str) else _is_known(answer_to(measure))


def _is_known(answer: Answer) -> Callable[[CheckIn], bool]:
    return lambda content: answer(content) is not None


_WAS_ASKED = {measure: _is_known(answer) for measure, answer in VALUES.items()}


def asked_at(ordered: Touching, measure: MeasureId) -> Asked:
    """At how many of these check-ins `measure` was asked; every check-in counts, also one that keeps no day."""
    return Asked(asked=sum(ordered.places(was_asked(measure))), check_ins=len(ordered))


def peak_of(span: Span) -> int:
    """The peak of a check-in in which it was asked."""
    return span.content.anxiety_peak or 0


class Tally:
    """What some days add up to, kept exact and without fractions until the end.

    `parts` holds, for each length of period, the sum of value x days kept.
    """

    __slots__ = ("about", "answer", "at_least", "days", "kinds", "measure", "partial", "parts", "spans")

    def __init__(self, measure: MeasureId, kinds: int = 0) -> None:
        """Begin with nothing; `kinds` is how many kinds of distortion there are."""
        self.measure, self.kinds, self.answer = measure, kinds, answer_to(measure)
        self.days = 0
        self.parts: dict[int, int] = {}
        self.spans: list[Span] = []
        self.about = self.at_least = self.partial = False

    def add(self, span: Span, days: int) -> None:
        """Count `days` (1 or more) of a check-in in which the measure was asked."""
        content, parts = span.content, self.parts
        self.days += days
        length = content.period_days
        parts[length] = parts.get(length, 0) + (self.answer(content) or 0) * days
        self.spans.append(span)
        if self.measure == REASSURANCE:
            kind = content.reassurance_count_kind
            if kind is ABOUT:
                self.about = True
            elif kind is AT_LEAST:
                self.at_least = True
        elif self.measure == DISTORTIONS:
            self.partial |= content.distortions_partial(self.kinds)

    @property
    def total(self) -> Fraction:
        """The count: each record's value spread evenly over its period."""
        return sum_of(self.parts)

    @property
    def mean(self) -> Fraction | None:
        """The day-weighted mean of a rating; `None` without an observed day."""
        return exact(sum(self.parts.values()), self.days) if self.days else None


@lru_cache(maxsize=4_096)
def exact(top: int, bottom: int = 1) -> Fraction:
    """`top` / `bottom`: small numbers come again and again, and to make a fraction costs ten times as much."""
    return Fraction(top, bottom)


def spread(parts: Iterable[tuple[int, int]]) -> Fraction:
    """The sum of some whole numbers, each spread over a length of period: exact, with one fraction for each length."""
    sums: dict[int, int] = {}
    for part, length in parts:
        sums[length] = sums.get(length, 0) + part
    return sum_of(sums)


def sum_of(parts: Mapping[int, int]) -> Fraction:
    """The sum of the parts, by the length of period that each is spread over."""
    if len(parts) == 1:
        ((length, part),) = parts.items()
        return exact(part, length)
    return sum((exact(part, length) for length, part in parts.items()), exact(0))


def tally_of(all_kept: Iterable[Kept], measure: MeasureId, kinds: int = 0) -> Tally:
    """The tally of everything that was kept."""
    tally = Tally(measure, kinds)
    for kept in all_kept:
        if kept.days:
            tally.add(kept.span, len(kept.days))
    return tally
