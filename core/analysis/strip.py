"""The answers to each sign over the days they speak of, as they were given."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from core.analysis.days_kept import Group, refs_of
from core.analysis.exposure import Touching
from core.analysis.method import Method
from core.analysis.sign_fields import COUNTED
from core.model.check_in_parts import SignAnswer
from core.model.course import StripCell
from core.model.days import Window
from core.model.records import RecordRef


def strip_of(ordered: Touching, method: Method) -> dict[str, tuple[StripCell, ...]]:
    """The cells of every sign, oldest first; two cells of a sign never share a day.

    A day takes the answer that counts by the exposure rule, or "not asked" where check-ins cover it and
    none of them asked. Days are gathered as those of the bars are: a check-in that keeps 4 days in a row or
    more (the rule's number) is one cell, shorter ones are one cell for their ISO week: *often* when that was
    the answer on half of the asked days or more, else *sometimes* when the sign was seen at all.
    Source: project default (the words beside the ratings).
    """
    least = method.rate_rule.min_days_for_weekly_figure
    every = [span.content.signs for span in ordered]
    known: dict[bytes, list[_Stretch]] = {}  # the same for all signs that the same check-ins asked
    strip: dict[str, tuple[StripCell, ...]] = {}
    asked_nowhere: tuple[StripCell, ...] = ()  # what every sign shows that no check-in asked
    anywhere = {sign for signs in every for sign in signs}
    for sign in method.signs:
        asked = bytes([sign in signs for signs in every]) if sign in anywhere else bytes(len(every))
        if asked not in known:
            known[asked] = [_stretch(group, sign) for group in ordered.gathered_with_rest(asked, least)]
        if not any(asked):
            asked_nowhere = strip[sign] = asked_nowhere or _cells(known[asked], sign)
        else:
            strip[sign] = _cells(known[asked], sign)
    return strip


class _Stretch(NamedTuple):
    """What is told on how many days of one cell, and all records it is of, beside those that asked the sign.

    `cells` are those that it became so far: signs with the same answer share one.
    """

    told: list[tuple[Mapping[str, SignAnswer], int]]
    window: Window
    every: tuple[RecordRef, ...]
    asked: tuple[RecordRef, ...]
    cells: dict[SignAnswer | None, StripCell]


def _stretch(group: Group, sign: str) -> _Stretch:
    told = [(span.content.signs, days) for span, _, _, days in group.runs]
    if len(told) == 1:
        return _Stretch(told, group.window, group.refs, group.refs, {})
    asked = refs_of([span for span, _, _, _ in group.runs if sign in span.content.signs])
    return _Stretch(told, group.window, group.refs, asked, {})


def _cells(stretches: Iterable[_Stretch], sign: str) -> tuple[StripCell, ...]:
    return tuple([_cell(stretch, sign) for stretch in stretches])


def _cell(stretch: _Stretch, sign: str) -> StripCell:
    """A check-in's own answer, which is what nearly every cell of a weekly record is, or several put together."""
    told = stretch.told
    answer = told[0][0].get(sign) if len(told) == 1 else _put_together(_days(told, sign))
    found = stretch.cells.get(answer)
    if found is None:
        refs = stretch.every if answer is None else stretch.asked
        found = stretch.cells[answer] = StripCell(days=stretch.window, answer=answer, refs=refs)
    return found


def _days(told: Iterable[tuple[Mapping[str, SignAnswer], int]], sign: str) -> dict[SignAnswer | None, int]:
    days: defaultdict[SignAnswer | None, int] = defaultdict(int)
    for answers, kept in told:
        days[answers.get(sign)] += kept
    return days


def _put_together(days: Mapping[SignAnswer | None, int]) -> SignAnswer | None:
    asked = sum(days[answer] for answer in COUNTED)
    if not asked:
        return SignAnswer.NO_OCCASION if days[SignAnswer.NO_OCCASION] else None
    if days[SignAnswer.OFTEN] and 2 * days[SignAnswer.OFTEN] >= asked:
        return SignAnswer.OFTEN
    if days[SignAnswer.OFTEN] or days[SignAnswer.SOMETIMES]:
        return SignAnswer.SOMETIMES
    return SignAnswer.NOT_PRESENT
