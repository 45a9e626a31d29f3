"""The one scorer: answers or entered totals in, a score out, in whole numbers and fractions throughout.

A blank answer is never 0. Nothing is filled in unless the definition names the rule, and nothing is rounded.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain, compress
from operator import getitem

from msgspec import Struct

from core.analysis.answers import refuse_wrong_answers, refuse_wrong_numbers
from core.analysis.item_sums import ItemSum, sum_of
from core.analysis.rates import exact
from core.model.numbers import print_beside
from core.model.questionnaire_definitions import Questionnaire, Subscale, range_of
from core.model.scores import (
    INCOMPLETE,
    NO_TOTAL,
    NOT_ANSWERED,
    NOT_KNOWN,
    CutOffReading,
    SafetyAnswer,
    Score,
    SubscaleScore,
)

Answers = Mapping[int, int | None]
TOTAL = "total"


class _Said(Struct, frozen=True, kw_only=True):
    """What a definition says of a total: its digits, its band and where it lies by the published lines."""

    printed: str | None = None
    band: str | None = None
    cut_offs: tuple[CutOffReading, ...] = ()


_NOTHING_SAID = _Said()


def score_response(questionnaire: Questionnaire, answers: Answers, *, not_applicable: Collection[int] = ()) -> Score:
    """The score of `answers`, by item number; an item that is absent or `None` was not answered.

    `not_applicable` names items that the person marked as not applying; only some forms allow it.
    Raises `InvalidInput` with one sentence for each answer that its item does not take (true and false are no
    numbers) and for each item that the questionnaire does not have.

    **Source**: the questionnaire's own definition names where its method, range, bands and lines were read.
    """
    refuse_wrong_answers(questionnaire, answers, not_applicable)
    return _score(questionnaire, answers, not_applicable)


def score_kept(questionnaire: Questionnaire, answers: Answers, not_applicable: Collection[int]) -> Score:
    """`score_response` of answers that a table gives back: whole numbers, looked over for their range alone.

    A definition may have been changed since they were taken, so that it no longer takes them.
    """
    if not_applicable or not questionnaire.taken.issuperset(answers.items()):
        refuse_wrong_answers(questionnaire, answers, not_applicable)
    return _score(questionnaire, answers, not_applicable)


def _score(questionnaire: Questionnaire, answers: Answers, not_applicable: Collection[int]) -> Score:
    by_item = questionnaire.blank | answers
    points = list(map(getitem, questionnaire.points, by_item.values()))
    left_out = _left_out(questionnaire, not_applicable) if not_applicable else frozenset()
    counts: Sequence[bool] = questionnaire.counts
    if left_out:
        counts = [each and number not in left_out for number, each in zip(by_item, counts, strict=True)]
    found = sum_of(questionnaire, counts, points, questionnaire.most_missing)
    total = found.value if questionnaire.has_total else None
    said = _said_of(questionnaire, total)
    judged = _NOTHING_SAID if left_out else said
    lowest, highest = (None, None) if total is None else _reach(questionnaire, counts)
    return Score(
        questionnaire_id=questionnaire.id,
        questionnaire_version=questionnaire.version,
        short_name=questionnaire.short_name,
        answers=by_item,
        total=total,
        printed=said.printed,
        lowest=lowest,
        highest=highest,
        band=judged.band,
        cut_offs=judged.cut_offs,
        safety=safety_answers(questionnaire, by_item) if questionnaire.safety_items else (),
        no_total_reason=None if total is not None else _reason(questionnaire, found),
        subscales=tuple([_subscale(questionnaire, each, points) for each in questionnaire.subscales]),
        not_applicable=frozenset(not_applicable),
        filled=total is not None and bool(found.blank),
        remark=_remark(found, not_applicable, left_out) if total is not None and (found.blank or left_out) else None,
    )


def score_entered(questionnaire: Questionnaire, numbers: Mapping[str, object]) -> Score:
    """The score of totals taken from a scored form: `numbers` goes from `total` or a subscale's id to its value.

    A value is a whole number, a fraction or a decimal, as number or as text; decimals are taken as written.
    Raises `InvalidInput` for a value outside its range, for what is no number, and when nothing is given.
    """
    known = refuse_wrong_numbers(questionnaire, numbers)
    total = known.get(TOTAL)
    said = _said_of(questionnaire, total)
    lowest, highest = questionnaire.axis if total is not None else (None, None)
    return Score(
        questionnaire_id=questionnaire.id,
        questionnaire_version=questionnaire.version,
        short_name=questionnaire.short_name,
        answers={},
        total=total,
        printed=said.printed,
        lowest=lowest,
        highest=highest,
        band=said.band,
        cut_offs=said.cut_offs,
        safety=safety_answers(questionnaire, {}, blank=NOT_KNOWN),
        no_total_reason=None if total is not None else _no_total_entered(questionnaire),
        subscales=tuple(_entered(questionnaire, each, known.get(each.id)) for each in questionnaire.subscales),
        entered=True,
    )


def not_scored(questionnaire_id: str, version: int, answers: Answers, newest: Questionnaire | None) -> Score:
    """What can be said of a response whose definition is not here: never a total by another version.

    Safety items are still read, by the `newest` definition of the same form where there is one, since an
    answer that asks for a talk must not go missing with a file.
    """
    return Score(
        questionnaire_id=questionnaire_id,
        questionnaire_version=version,
        short_name=newest.short_name if newest else questionnaire_id,
        answers=answers,
        total=None,
        printed=None,
        lowest=None,
        highest=None,
        band=None,
        cut_offs=(),
        safety=safety_answers(newest, answers) if newest else (),
        no_total_reason=f"the definition that it was filled in under, version {version}, is not here",
    )


def needs_safety_item(questionnaire: Questionnaire, total: Fraction) -> bool:
    """Whether `total` cannot be reached with every safety item at 0, so that one of them was answered above it."""
    items = questionnaire.scored_items
    if not any(item.safety for item in items):
        return False
    at_zero = sum(item.counted(0) if item.safety else item.maximum for item in items)
    return total > Fraction(at_zero, len(items) if questionnaire.method == "mean" else 1)


def band_of(questionnaire: Questionnaire, total: Fraction | None) -> str | None:
    """The label of the last published band that `total` has reached; `None` without a total or without bands."""
    if total is None:
        return None
    return next((band.label for band in reversed(questionnaire.bands) if band.reached(total)), None)


def _said_of(questionnaire: Questionnaire, total: Fraction | None) -> _Said:
    return _NOTHING_SAID if total is None else _said_at(questionnaire, total.numerator, total.denominator)


@lru_cache(maxsize=1_024)
def _said_at(questionnaire: Questionnaire, top: int, bottom: int) -> _Said:
    """The same for every response with this total: a form has few totals, and each is compared with many lines."""
    total = exact(top, bottom)
    lines = questionnaire.read_cut_offs
    return _Said(
        printed=_printed(questionnaire, total),
        band=band_of(questionnaire, total),
        cut_offs=tuple(CutOffReading(cut_off=line, reached=line.reached(total)) for line in lines),
    )


def _printed(questionnaire: Questionnaire, total: Fraction) -> str:
    edges = (end for band in questionnaire.bands for end in (band.low, band.high))
    return print_beside(total, chain(edges, (line.value for line in questionnaire.all_cut_offs)))


def _reach(questionnaire: Questionnaire, counts: Sequence[bool]) -> tuple[Fraction, Fraction]:
    """What the total of the items that count could have been: worked out once for each form where all of them do."""
    if counts is questionnaire.counts:
        return questionnaire.reach
    return range_of(tuple(compress(questionnaire.items, counts)), questionnaire.method)


def safety_answers(
    questionnaire: Questionnaire, answers: Answers, *, blank: str = NOT_ANSWERED
) -> tuple[SafetyAnswer, ...]:
    """The answer to each safety item of the form; one that was skipped is said as not answered, or in `blank` words."""
    return tuple(
        [
            SafetyAnswer(
                item=item.number,
                topic=item.topic,
                value=value,
                label=blank if value is None else questionnaire.answer_label(item, value),
            )
            for item in questionnaire.safety_items
            for value in (answers.get(item.number),)
        ]
    )


def _left_out(questionnaire: Questionnaire, not_applicable: Collection[int]) -> frozenset[int]:
    rule = questionnaire.not_applicable
    return frozenset(not_applicable) if rule and rule.rule == "left_out" else frozenset()


def _subscale(questionnaire: Questionnaire, subscale: Subscale, points: Sequence[int | None]) -> SubscaleScore:
    counts = [number in subscale.items for number in questionnaire.blank]
    found = sum_of(questionnaire, counts, points, subscale.most_missing)
    lowest, highest = questionnaire.axis_of(subscale)
    items = counts.count(True)
    return SubscaleScore(
        id=subscale.id,
        label=subscale.label,
        value=found.value,
        lowest=lowest,
        highest=highest,
        answered=items - len(found.blank),
        items=items,
        filled=found.filled,
        reason=None if found.value is not None else _incomplete(found.blank),
        caution=subscale.caution,
    )


def _entered(questionnaire: Questionnaire, subscale: Subscale, value: Fraction | None) -> SubscaleScore:
    lowest, highest = questionnaire.axis_of(subscale)
    return SubscaleScore(
        id=subscale.id,
        label=subscale.label,
        value=value,
        lowest=lowest,
        highest=highest,
        answered=0,
        items=0,
        filled=False,
        reason=None if value is not None else "not entered",
        caution=subscale.caution,
    )


def _no_total_entered(questionnaire: Questionnaire) -> str:
    return "no total was entered" if questionnaire.has_total else NO_TOTAL


def _reason(questionnaire: Questionnaire, found: ItemSum) -> str:
    return _incomplete(found.blank) if questionnaire.has_total else NO_TOTAL


def _incomplete(blank: tuple[int, ...]) -> str:
    return f"{INCOMPLETE}: {_items(blank)} not answered"


def _remark(found: ItemSum, not_applicable: Collection[int], left_out: frozenset[int]) -> str:
    """What was done about items without an answer, in words."""
    said = []
    if left_out:
        said.append(f"{_items(sorted(left_out))} not applicable and left out; bands and lines are for all items")
    if found.blank:
        unsure = ", marked as not applicable" if set(not_applicable) & set(found.blank) else ""
        said.append(f"prorated: {_items(found.blank)} not answered{unsure}, counted as the mean of the others")
    return "; ".join(said)


def _items(numbers: Collection[int]) -> str:
    shown = [str(number) for number in numbers]
    return f"item {shown[0]}" if len(shown) == 1 else f"items {', '.join(shown[:-1])} and {shown[-1]}"
