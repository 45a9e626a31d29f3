"""The answers to each sign over the days they speak of, as they were given."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from core.analysis.days_kept import Group, refs_over
from core.analysis.exposure import Touching
from core.analysis.method import Method
from core.analysis.sign_answers import ONE_SAYS, numbers_of
from core.model.check_in_parts import SignAnswer
from core.model.course import StripCell


def strip_of(ordered: Touching, method: Method) -> dict[str, tuple[StripCell, ...]]:
    """The cells of every sign, oldest first; two cells of a sign never share a day.

    A day takes the answer that counts by the exposure rule, or "not asked" where check-ins cover it and
    none of them asked. Days are gathered as those of the bars are: a check-in that keeps 4 days in a row or
    more (the rule's number) is one cell, shorter ones are one cell for their ISO week: *often* when that was
    the answer on half of the asked days or more, else *sometimes* when the sign was seen at all.
    Source: project default (the words beside the ratings).
    """
    asked_at = [tuple(span.content.signs) for span in ordered]
    alike: defaultdict[tuple[bool, ...], list[str]] = defaultdict(list)  # signs that the same check-ins asked
    every = set(asked_at)
    for sign in method.signs:
        alike[tuple([sign in asked for asked in every])].append(sign)
    strips: dict[str, tuple[StripCell, ...]] = {}
    for signs in alike.values():
        here = bytes([signs[0] in asked for asked in asked_at])
        groups = ordered.gathered_with_rest(here, method.rate_rule.min_days_for_weekly_figure)
        rows = [_cells(group, signs) for group in groups]
        strips |= {sign: tuple([row[place] for row in rows]) for place, sign in enumerate(signs)}
    return {sign: strips[sign] for sign in method.signs}


def _cells(group: Group, signs: Sequence[str]) -> list[StripCell]:
    """The cells of some days, one for each of some signs that were asked together; those with one answer share it."""
    runs, days, refs = group.runs, group.window, group.refs
    given = runs[0][0].content.signs
    if len(runs) == 1 and signs[0] in given:
        answers = [given[sign] for sign in signs]  # its own answers, as nearly always in a weekly record
    else:
        asked = [run for run in runs if signs[0] in run[0].content.signs]
        if not asked:
            return [StripCell(days=days, answer=None, refs=refs)] * len(signs)
        refs, told = refs_over(asked), [(span.content.signs, days) for span, _, _, days in asked]
        answers = [_put_together(told, sign) for sign in signs]
    cells = {answer: StripCell(days=days, answer=answer, refs=refs) for answer in {*answers}}
    return [cells[answer] for answer in answers]


def _put_together(told: Iterable[tuple[Mapping[str, SignAnswer], int]], sign: str) -> SignAnswer:
    says = ONE_SAYS
    _, often, _, seen, _, asked = numbers_of(sum([says[answers[sign]][days] for answers, days in told]))
    if not asked:
        return SignAnswer.NO_OCCASION
    if often and 2 * often >= asked:
        return SignAnswer.OFTEN
    return SignAnswer.SOMETIMES if seen else SignAnswer.NOT_PRESENT
