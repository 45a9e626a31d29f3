"""Counts as rates per observed day, and ratings as day-weighted means."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from core.analysis.days_kept import Run, Span, refs_over
from core.analysis.exposure import Answered, CheckInRecords, Touching, spans
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
    return rate_in(spans(records, window), measure, window, kinds=kinds)


def rate_in(ordered: Touching, measure: MeasureId, window: Window, *, kinds: int) -> Rate:
    """The same from the check-ins that touch `window`."""
    runs = ordered.runs(was_asked(measure))
    about, at_least, partial = how_counted(runs, measure, kinds)
    return Rate(
        window=window,
        count=exact(*spread_count(runs, answer_to(measure))),
        observed_days=days_of(runs),
        asked=asked_at(ordered, measure),
        refs=ordered.refs(was_asked(measure)),
        about=about,
        at_least=at_least,
        partial=partial,
    )


def level(records: CheckInRecords, window: Window) -> Level:
    """Anxiety over `window`: the day-weighted mean of the averages, and the highest peak.

    A peak counts when its check-in keeps at least one day of the window by the exposure rule; peaks are
    never averaged, since the mean of daily peaks and a week's peak are two different things.
    """
    return level_in(spans(records, window), window)


def level_in(ordered: Touching, window: Window) -> Level:
    """The same from the check-ins that touch `window`."""
    averages, peaks = ordered.runs(was_asked(ANXIETY)), ordered.runs(was_asked(ANXIETY_PEAK))
    return Level(
        window=window,
        mean=mean_of(averages, answer_to(ANXIETY)),
        peak=max([peak_of(span) for span, _, _, _ in peaks], default=None),
        observed_days=days_of(averages),
        asked=asked_at(ordered, ANXIETY),
        refs=ordered.refs(was_asked(ANXIETY)) if peaks is averages else refs_over([*averages, *peaks]),
    )


def was_asked(measure: MeasureId) -> Answered:
    """Whether a check-in holds an answer to `measure`, 0 included."""
    return _WAS_ASKED[measure] if isinstance(measure, str) else is_known(answer_to(measure))


def is_known(answer: Answer) -> Answered:
    """Whether `answer` reads something from a check-in, 0 included."""
    return lambda content: answer(content) is not None


_WAS_ASKED: dict[str, Answered] = {  # the same as `is_known` of the answer, told without reading it
    ANXIETY: lambda content: content.anxiety_average is not None,
    ANXIETY_PEAK: lambda content: content.anxiety_peak is not None,
    REASSURANCE: lambda content: content.reassurance_count is not None,
    DISTORTIONS: lambda content: content.distortions_unsorted is not None or bool(content.distortions_by_kind),
}


def asked_at(ordered: Touching, measure: MeasureId) -> Asked:
    """At how many of these check-ins `measure` was asked; every check-in counts, also one that keeps no day."""
    return Asked(asked=ordered.places(was_asked(measure)).count(1), check_ins=len(ordered))


def peak_of(span: Span) -> int:
    """The peak of a check-in in which it was asked."""
    return span.content.anxiety_peak or 0


def days_of(runs: Iterable[Run]) -> int:
    """How many days some runs have together."""
    return sum([days for _, _, _, days in runs])


def spread(parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """The sum of some whole numbers, each over a length of period: exact, as one whole number over one length."""
    total, length = 0, 1
    for part, own in parts:
        if own == length:
            total += part
        else:
            longer = lcm(length, own)
            total, length = total * (longer // length) + part * (longer // own), longer
    return total, length


def spread_count(runs: Sequence[Run], count: Answer) -> tuple[int, int]:
    """The part of the counts that falls on some runs, each count spread evenly over its check-in's period."""
    if len(runs) == 1:  # of nearly every bar
        span, _, _, days = runs[0]
        return (count(span.content) or 0) * days, span.content.period_days
    return spread([((count(span.content) or 0) * days, span.content.period_days) for span, _, _, days in runs])


def mean_of(runs: Iterable[Run], rating: Answer) -> Fraction | None:
    """The day-weighted mean of a rating; `None` without an observed day."""
    weighted = observed = 0
    for span, _, _, days in runs:
        weighted += (rating(span.content) or 0) * days
        observed += days
    return exact(weighted, observed) if observed else None


AS_GIVEN = (False, False, False)


def how_counted(runs: Iterable[Run], measure: MeasureId, kinds: int) -> tuple[bool, bool, bool]:
    """Whether some count was about right, was at least that, or was the sum of some of the `kinds` of distortion."""
    about = at_least = partial = False
    if measure == REASSURANCE:
        for span, _, _, _ in runs:
            kind = span.content.reassurance_count_kind
            about = about or kind is ABOUT
            at_least = at_least or kind is AT_LEAST
    elif measure == DISTORTIONS:
        for span, _, _, _ in runs:
            partial = partial or span.content.distortions_partial(kinds)
    return about, at_least, partial


@lru_cache(maxsize=4_096)
def exact(top: int, bottom: int = 1) -> Fraction:
    """`top` / `bottom`: small numbers come again and again, and to make a fraction costs ten times as much."""
    return Fraction(top, bottom)


class Tally(NamedTuple):
    """What some days add up to: how many they are, the count, and the mean of a rating (`None` without a day)."""

    days: int
    total: Fraction
    mean: Fraction | None


def tally_of(runs: Sequence[Run], measure: MeasureId) -> Tally:
    """The tally of some runs."""
    answer = answer_to(measure)
    return Tally(days_of(runs), exact(*spread_count(runs, answer)), mean_of(runs, answer))
