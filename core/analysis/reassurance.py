"""The reassurance loop over four weeks: described episodes, how much they helped, and for how long.

No correlation and no score is worked out. Every number that decides what is said is a project default.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from core.analysis.days_kept import Kept
from core.analysis.exposure import CheckInRecords, counting, kept_days, spans
from core.analysis.method import Method
from core.analysis.rates import exact, rate, was_asked
from core.analysis.recording import gaps
from core.analysis.sign_fields import STILL_HELPING
from core.analysis.survival import median_length, outlasted
from core.model.check_in_parts import Episode, How, PartOfDay, Whom
from core.model.days import Window
from core.model.findings import Parameter, Status, Verdict
from core.model.measures import REASSURANCE
from core.model.reassurance import AskedAgain, DayGrid, LoopEpisode, ReassuranceLoop, Relief, ReliefLasted
from core.model.records import RecordRef

LEAST_DESCRIBED = 3
NEEDED = Parameter(name="described episodes needed", value=LEAST_DESCRIBED, source="project default")

Choice = TypeVar("Choice", Whom, How)

_PARTS = tuple(PartOfDay)


def read_loop(records: CheckInRecords, as_of: date, method: Method) -> ReassuranceLoop:
    """The loop over the days up to and including `as_of`, as many as the rate rule compares.

    An episode with a day counts when its check-in is the one that counts on that day by the exposure rule; one
    without a day, when its check-in counts on more than half of its own days. So nothing told twice counts twice.
    Source: clinical design of the project; the rule for days is a project default.
    """
    window = Window.ending(as_of, method.rate_rule.comparison_days)
    known = counting(records)
    kept = kept_days(spans(known, window), was_asked(REASSURANCE))
    counted, set_aside = _episodes(kept, window)
    enough = len(counted) >= LEAST_DESCRIBED
    return ReassuranceLoop(
        window=window,
        rate=rate(known, REASSURANCE, window, kinds=method.kinds),
        episodes=counted,
        set_aside=set_aside,
        needed=LEAST_DESCRIBED,
        relief=relief_of(counted),
        lasted=lasted_of(counted),
        asked_again=asked_again_of(counted),
        whom=_mix(each.told.whom for each in counted) if enough else (),
        how=_mix(each.told.how for each in counted) if enough else (),
        days=_days(known, kept, window),
    )


def middle_relief(episodes: Iterable[Episode]) -> Fraction | None:
    """The median relief (0-10) of the episodes that say how much it helped; `None` where these are too few."""
    reliefs = sorted([told.relief for told in episodes if told.relief is not None])
    return _middle_of(reliefs) if len(reliefs) >= LEAST_DESCRIBED else None


def middle_lasting(episodes: Iterable[Episode]) -> tuple[Fraction | None, tuple[int, int] | None]:
    """The median minutes that relief lasted, or the minutes that half or more are known to have outlasted and how many.

    Neither where too few episodes say how long. Without a minimum among them the median of the estimate is the plain
    one, which takes a fraction of its time.
    """
    ended: list[int] = []
    minimums: list[int] = []
    for told in episodes:
        minutes = told.relief_minutes
        if minutes is not None:
            (minimums if told.ended is STILL_HELPING else ended).append(minutes)
    if len(ended) + len(minimums) < LEAST_DESCRIBED:
        return None, None
    ended.sort()
    if not minimums:
        return _middle_of(ended), None
    minimums.sort()
    middle = median_length(ended, minimums)
    return middle, outlasted(ended, minimums) if middle is None else None


def _middle_of(values: Sequence[int]) -> Fraction:
    return exact(values[(len(values) - 1) // 2] + values[len(values) // 2], 2)


def relief_of(episodes: Sequence[LoopEpisode]) -> Relief:
    """Median, lowest and highest relief (0-10) of the episodes that say how much it helped."""
    known = [each for each in episodes if each.told.relief is not None]
    values = [each.told.relief or 0 for each in known]
    short = _short_of(known, episodes, "how much it helped")
    middle = middle_relief([each.told for each in known])
    return Relief(
        method="relief over described episodes",
        status=Status.CANNOT_JUDGE if short else Status.OK,
        verdict=Verdict.NOT_ENOUGH_RECORDED if short else Verdict.DESCRIBED,
        estimate=None if middle is None else float(middle),
        used=len(known),
        missing=len(episodes) - len(known),
        span_days=_span_days(known),
        parameters=(NEEDED,),
        would_change=_more(known, episodes, "how much it helped"),
        reason=short,
        median=middle,
        lowest=None if short else min(values),
        highest=None if short else max(values),
    )


def lasted_of(episodes: Sequence[LoopEpisode]) -> ReliefLasted:
    """The median time that relief lasted, with "still helping" as a minimum.

    Minutes of an episode whose relief ended in a way not known are taken as told.
    """
    known = [each for each in episodes if each.told.relief_minutes is not None]
    short = _short_of(known, episodes, "how long it lasted")
    middle, beyond = middle_lasting([each.told for each in known])
    more = _more(known, episodes, "how long it lasted")
    if beyond is not None:
        more = (*more, "episodes still helping now, once it is known how long they did")
    return ReliefLasted(
        method="time that relief lasted, minimums included",
        status=Status.CANNOT_JUDGE if short else Status.OK,
        verdict=Verdict.NOT_ENOUGH_RECORDED if short else Verdict.DESCRIBED,
        estimate=None if middle is None else float(middle),
        used=len(known),
        missing=len(episodes) - len(known),
        span_days=_span_days(known),
        parameters=(NEEDED, Parameter(name="estimate", value="product-limit", source="Kaplan and Meier 1958")),
        would_change=more,
        reason=short,
        median=middle,
        still_helping_after=None if beyond is None else beyond[0],
        outlasting=0 if beyond is None else beyond[1],
        still_helping=sum(1 for each in known if each.still_helping),
        untimed=sum(1 for each in episodes if each.still_helping and each.told.relief_minutes is None),
        end_unknown=sum(1 for each in known if each.told.ended is None),
    )


def asked_again_of(episodes: Sequence[LoopEpisode]) -> AskedAgain:
    """In how many of the episodes that say so the same worry was asked again the same day."""
    known = [each for each in episodes if each.told.same_worry is not None]
    again = sum(1 for each in known if each.told.same_worry)
    short = _short_of(known, episodes, "whether the same worry came up again")
    return AskedAgain(
        method="same worry asked again the same day",
        status=Status.CANNOT_JUDGE if short else Status.OK,
        verdict=Verdict.NOT_ENOUGH_RECORDED if short else Verdict.DESCRIBED,
        estimate=None if short else again / len(known),
        used=len(known),
        missing=len(episodes) - len(known),
        span_days=_span_days(known),
        parameters=(NEEDED,),
        would_change=_more(known, episodes, "whether the same worry came up again"),
        reason=short,
        again=again,
    )


def _episodes(kept: Iterable[Kept], window: Window) -> tuple[tuple[LoopEpisode, ...], int]:
    """The episodes that count, oldest first, and how many of the window do not."""
    counted, set_aside = [], 0
    for held in kept:
        content, days = held.span.content, set(held.days)
        for row, told in enumerate(content.episodes, start=1):
            if told.day is None:
                counts = 2 * len(days) > content.period_days
            elif told.day in window:
                counts = told.day.toordinal() in days
            else:
                continue
            if counts:
                counted.append(LoopEpisode(ref=held.span.ref, row=row, period=content.period, told=told))
            else:
                set_aside += 1
    return tuple(sorted(counted, key=_when)), set_aside


def _when(each: LoopEpisode) -> tuple[date, int, RecordRef, int]:
    """Its day (the last one it can have been where none was told), then its part of the day."""
    part = each.told.part_of_day
    return each.told.day or each.period.end, len(_PARTS) if part is None else _PARTS.index(part), each.ref, each.row


def _mix(choices: Iterable[Choice | None]) -> tuple[tuple[Choice | None, int], ...]:
    """Each choice with its number: most frequent first, then by name, not known last."""
    numbers = Counter(choices)
    return tuple(sorted(numbers.items(), key=lambda item: (item[0] is None, -item[1], str(item[0]))))


def _days(records: CheckInRecords, kept: Iterable[Kept], window: Window) -> DayGrid:
    without = {day for gap in gaps(spans(records, window), window, window.start) for day in gap}
    asked: dict[date, int] = {}
    for held in kept:
        asked |= {date.fromordinal(day): held.span.content.reassurance_count or 0 for day in held.days}
    return DayGrid(
        no_record=tuple(sorted(without)),
        not_asked=tuple(day for day in window if day not in asked and day not in without),
        none_asked=tuple(day for day in window if asked.get(day) == 0),
    )


def _short_of(known: Sequence[LoopEpisode], episodes: Sequence[LoopEpisode], what: str) -> str | None:
    """Why nothing is given, or `None`."""
    if len(episodes) < LEAST_DESCRIBED:
        return f"{len(episodes)} described; {LEAST_DESCRIBED} are needed"
    if len(known) < LEAST_DESCRIBED:
        return f"{len(known)} of {len(episodes)} described say {what}; {LEAST_DESCRIBED} are needed"
    return None


def _more(known: Sequence[LoopEpisode], episodes: Sequence[LoopEpisode], what: str) -> tuple[str, ...]:
    short = LEAST_DESCRIBED - min(len(known), len(episodes))
    return (f"{short} more described {'episode that says' if short == 1 else 'episodes that say'} {what}",) * (
        short > 0
    )


def _span_days(known: Sequence[LoopEpisode]) -> int:
    days = [each.told.day or each.period.end for each in known]
    return (max(days) - min(days)).days + 1 if days else 0
