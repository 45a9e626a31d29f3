"""The answers to each sign over the days they speak of, as they were given."""

from collections import Counter
from collections.abc import Sequence

from core.analysis.exposure import Run, Span, gathered, kept_in_turn, refs_of, window_of
from core.analysis.method import Method
from core.analysis.sign_lines import COUNTED
from core.model.check_in_parts import SignAnswer
from core.model.course import StripCell


def strip_of(ordered: Sequence[Span], method: Method) -> dict[str, tuple[StripCell, ...]]:
    """The cells of every sign, oldest first; two cells of a sign never share a day.

    A day takes the answer that counts by the exposure rule, or "not asked" where check-ins cover it and
    none of them asked. Days are gathered as those of the bars are: a check-in that keeps 4 days in a row or
    more (the rule's number) is one cell, shorter ones are one cell for their ISO week: *often* when that was
    the answer on half of the asked days or more, else *sometimes* when the sign was seen at all.
    Source: project default (the words beside the ratings).
    """
    least = method.rate_rule.min_days_for_weekly_figure
    return {sign: _cells(ordered, sign, least) for sign in method.signs}


def _cells(ordered: Sequence[Span], sign: str, least_days: int) -> tuple[StripCell, ...]:
    """Those who asked take their days first; the others take what is left, as not asked."""
    asked = [span for span in ordered if sign in span.content.signs]
    silent = [span for span in ordered if sign not in span.content.signs]
    return tuple(_cell(group, sign) for group in gathered(kept_in_turn([*asked, *silent]), least_days))


def _cell(runs: Sequence[Run], sign: str) -> StripCell:
    if len(runs) == 1:
        return _single(runs[0], sign)
    days: Counter[SignAnswer | None] = Counter()
    for run in runs:
        days[run.span.content.signs.get(sign)] += run.days
    answer = _put_together(days)
    rests_on = [run.span for run in runs if answer is None or sign in run.span.content.signs]
    return StripCell(days=window_of(runs[0].first, runs[-1].last), answer=answer, refs=refs_of(rests_on))


def _single(run: Run, sign: str) -> StripCell:
    """One check-in's own answer, which is what nearly every cell of a weekly record is."""
    span = run.span
    return StripCell(days=window_of(run.first, run.last), answer=span.content.signs.get(sign), refs=(span.record.ref,))


def _put_together(days: Counter[SignAnswer | None]) -> SignAnswer | None:
    asked = sum(days[answer] for answer in COUNTED)
    if not asked:
        return SignAnswer.NO_OCCASION if days[SignAnswer.NO_OCCASION] else None
    if days[SignAnswer.OFTEN] and 2 * days[SignAnswer.OFTEN] >= asked:
        return SignAnswer.OFTEN
    if days[SignAnswer.OFTEN] or days[SignAnswer.SOMETIMES]:
        return SignAnswer.SOMETIMES
    return SignAnswer.NOT_PRESENT
