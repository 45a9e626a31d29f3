"""What prompts read of check-ins: peaks and averages by observed week, and at which check-ins panic was named."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct

from core.analysis.days_kept import Kept, Run, Span, refs_of, week_of, window_of
from core.analysis.exposure import CheckInRecords, kept_days, spans
from core.analysis.rates import days_of, exact, peak_of, tally_of, was_asked
from core.model.check_in import CheckIn
from core.model.days import DAYS_IN_WEEK, Window
from core.model.definitions import RateRule
from core.model.full_answers import Reaction
from core.model.measures import ANXIETY, ANXIETY_PEAK
from core.model.prompt_rules import PromptRules
from core.model.prompts import HighWeeks, PanicNamed


class ObservedWeek(Struct, frozen=True, kw_only=True):
    """The figure (0-10) of one ISO week that was observed on enough days: first and last of them as ordinals."""

    value: Fraction
    first: int
    last: int
    spans: tuple[Span, ...]


def peak_weeks(
    records: CheckInRecords, as_of: date, *, weeks: int, rule: RateRule, latest: int | None = None
) -> list[ObservedWeek]:
    """The highest peak of each observed week, oldest first; only the `latest` so many, where that is given.

    A check-in's peak was at one moment, so it stands for one week only: that of the middle of the days it keeps.
    Weeks with fewer days than the rate rule's number are left out. Source: project default.
    """
    by_week: dict[int, list[Run]] = defaultdict(list)
    for span, days in kept_days(spans(records, _window(as_of, weeks)), was_asked(ANXIETY_PEAK)):
        if days:
            by_week[week_of(days[len(days) // 2])].append((span, days[0], days[-1], len(days)))
    observed = _observed(by_week, rule, latest)
    return [_week(exact(max(peak_of(span) for span, _, _, _ in some)), some) for some in observed]


def average_weeks(
    records: CheckInRecords, as_of: date, *, weeks: int, rule: RateRule, latest: int | None = None
) -> list[ObservedWeek]:
    """The day-weighted mean of anxiety of each observed week, oldest first; too few days of it: left out.

    Only the `latest` so many, where that is given.
    """
    by_week = spans(records, _window(as_of, weeks)).weeks(was_asked(ANXIETY))
    tallies = [(tally_of(some, ANXIETY).mean, some) for some in _observed(by_week, rule, latest)]
    return [_week(mean, some) for mean, some in tallies if mean is not None]


def high_peaks(records: CheckInRecords, as_of: date, rules: PromptRules, rule: RateRule) -> HighWeeks | None:
    """Peaks at the line or above in enough of the latest observed weeks; `None` otherwise."""
    weeks = peak_weeks(records, as_of, weeks=rules.weeks_looked_back, rule=rule, latest=rules.unmanageable_of_weeks)
    found = _high(weeks, ANXIETY_PEAK, rules.unmanageable_peak)
    return found if found is not None and found.high >= rules.unmanageable_weeks else None


def high_averages(records: CheckInRecords, as_of: date, rules: PromptRules, rule: RateRule) -> HighWeeks | None:
    """An average at the line or above in each of enough latest observed weeks; `None` otherwise."""
    weeks = average_weeks(records, as_of, weeks=rules.weeks_looked_back, rule=rule, latest=rules.persistent_weeks)
    found = _high(weeks, ANXIETY, rules.persistent_average)
    return found if found is not None and found.high >= rules.persistent_weeks else None


def panic_named(records: CheckInRecords, as_of: date, rules: PromptRules) -> PanicNamed | None:
    """Panic at enough of the latest check-ins that asked for reactions and keep a day; `None` otherwise."""
    kept = kept_days(spans(records, _window(as_of, rules.weeks_looked_back)), _asked_for_reactions)
    asked = sorted((each for each in kept if each.days), key=lambda each: (each.days[-1], each.span.ref.number))
    latest = asked[-rules.panic_of_check_ins :]
    named = [each for each in latest if Reaction.PANIC in (each.span.content.full.reactions or ())]
    if len(named) < rules.panic_check_ins:
        return None
    return PanicNamed(
        named=len(named),
        asked=len(latest),
        window=_spanned(latest),
        refs=refs_of(each.span for each in latest),
    )


def _observed(by_week: Mapping[int, list[Run]], rule: RateRule, latest: int | None) -> list[list[Run]]:
    """What is kept of each week with enough days for a figure, oldest first; only the `latest` so many, if given."""
    enough = [by_week[week] for week in sorted(by_week) if days_of(by_week[week]) >= rule.min_days_for_weekly_figure]
    return enough if latest is None else enough[-latest:]


def _high(weeks: Sequence[ObservedWeek], measure: str, line: int) -> HighWeeks | None:
    if not weeks:
        return None
    return HighWeeks(
        measure=measure,
        line=line,
        high=sum(1 for week in weeks if week.value >= line),
        of=len(weeks),
        window=window_of(min(week.first for week in weeks), max(week.last for week in weeks)),
        refs=refs_of(span for week in weeks for span in week.spans),
    )


def _week(value: Fraction, some: Sequence[Run]) -> ObservedWeek:
    return ObservedWeek(
        value=value,
        first=min(first for _, first, _, _ in some),
        last=max(last for _, _, last, _ in some),
        spans=tuple(span for span, _, _, _ in some),
    )


def _spanned(some: Iterable[Kept]) -> Window:
    days = [day for kept in some for day in (kept.days[0], kept.days[-1])]
    return window_of(min(days), max(days))


def _window(as_of: date, weeks: int) -> Window:
    return Window.ending(as_of, weeks * DAYS_IN_WEEK)


def _asked_for_reactions(content: CheckIn) -> bool:
    return content.full.reactions is not None
