"""Scoring a questionnaire's answers, and reading answers typed in one row.

A blank answer is never 0, nothing is filled in, and without every answer there is no total.
"""

import re
from collections.abc import Mapping

from core.errors import InvalidInput
from core.model.questionnaire_definitions import Item, Questionnaire
from core.model.scores import NOT_ANSWERED, CutOffReading, SafetyAnswer, Score

BLANK = "-"
LONGEST_SHOWN = 1_000_000
_GAPS = re.compile(r"\s+")


def score_response(questionnaire: Questionnaire, answers: Mapping[int, int | None]) -> Score:
    """The score of `answers`, by item number; an item that is absent or `None` was not answered.

    Raises `InvalidInput` with one sentence for each answer that is no whole number in its item's
    range (true and false are none) and for each item that the questionnaire does not have.

    **Source**: the questionnaire's own definition names where sum, range, bands and cut-offs were read.
    """
    InvalidInput.unless_empty(_problems(questionnaire, answers))
    by_item = {item.number: answers.get(item.number) for item in questionnaire.items}
    total = _total(questionnaire, by_item)
    return Score(
        questionnaire_id=questionnaire.id,
        questionnaire_version=questionnaire.version,
        answers=by_item,
        total=total,
        band=band_of(questionnaire, total),
        cut_offs=_cut_off_readings(questionnaire, total),
        safety=tuple(_safety_answer(questionnaire, item, by_item[item.number]) for item in questionnaire.safety_items),
        no_total_reason=_no_total_reason(by_item),
    )


def band_of(questionnaire: Questionnaire, total: int | None) -> str | None:
    """The label of the published band that holds `total`; `None` without a total or without bands."""
    if total is None:
        return None
    return next((band.label for band in questionnaire.bands if band.low <= total <= band.high), None)


def parse_answers(questionnaire: Questionnaire, text: str) -> dict[int, int | None]:
    """Answers typed in the form's order: one digit an item, `-` where nothing was answered.

    Spaces may stand between answers. A row that is too short is taken as
    far as it goes, since it is read while it is typed: the items after it are not answered.
    Raises `InvalidInput` naming the place of each character that is not taken.
    """
    signs = _GAPS.sub("", text)
    items = questionnaire.items
    if len(signs) > len(items):
        raise InvalidInput(
            f"{len(signs)} answers were given; {questionnaire.short_name} has {len(items)} items. "
            "Nothing was filled in; take away what is too much."
        )
    InvalidInput.unless_empty(
        f"Answer {place} is {sign!r}; item {item.number} takes whole numbers {item.minimum} to {item.maximum}, "
        f"or {BLANK} for not answered. Nothing was filled in."
        for place, (item, sign) in enumerate(zip(items, signs, strict=False), start=1)
        if not _is_taken(item, sign)
    )
    typed = [None if sign == BLANK else int(sign) for sign in signs]
    padded = [*typed, *[None] * (len(items) - len(typed))]
    return {item.number: value for item, value in zip(items, padded, strict=True)}


def _is_taken(item: Item, sign: str) -> bool:
    return sign == BLANK or (sign.isascii() and sign.isdigit() and item.minimum <= int(sign) <= item.maximum)


def _problems(questionnaire: Questionnaire, answers: Mapping[int, int | None]) -> list[str]:
    known = {item.number for item in questionnaire.items}
    found = [
        f"{questionnaire.short_name} has no item {_described(number)}; its items are 1 to {len(known)}. "
        "Nothing was saved."
        for number in answers
        if isinstance(number, bool) or number not in known
    ]
    for item in questionnaire.items:
        value = answers.get(item.number)
        if value is not None and not _is_in_range(item, value):
            found.append(
                f"Item {item.number} takes whole numbers {item.minimum} to {item.maximum}; "
                f"{_described(value)} was given. Nothing was saved."
            )
    return found


def _is_in_range(item: Item, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and item.minimum <= value <= item.maximum


def _described(given: object) -> str:
    """`given` for a message: numbers as they are, anything else only by its sort, since text may be a client's."""
    if isinstance(given, bool):
        return "true or false"
    if isinstance(given, float):
        return f"{given!r}, which is no whole number,"
    if isinstance(given, int):
        return str(given) if abs(given) <= LONGEST_SHOWN else "a very large number"
    return "something that is no number"


def _total(questionnaire: Questionnaire, answers: Mapping[int, int | None]) -> int | None:
    total = 0
    for item in questionnaire.items:
        value = answers[item.number]
        if value is None:
            return None
        total += item.minimum + item.maximum - value if item.reverse else value
    return total


def _cut_off_readings(questionnaire: Questionnaire, total: int | None) -> tuple[CutOffReading, ...]:
    if total is None:
        return ()
    return tuple(CutOffReading(cut_off=line, reached=total >= line.value) for line in questionnaire.all_cut_offs)


def _safety_answer(questionnaire: Questionnaire, item: Item, value: int | None) -> SafetyAnswer:
    label = NOT_ANSWERED if value is None else questionnaire.answer_label(value)
    return SafetyAnswer(item=item.number, topic=item.topic, value=value, label=label)


def _no_total_reason(answers: Mapping[int, int | None]) -> str | None:
    blank = [str(number) for number, value in answers.items() if value is None]
    if not blank:
        return None
    items = f"item {blank[0]}" if len(blank) == 1 else f"items {', '.join(blank[:-1])} and {blank[-1]}"
    return f"incomplete, not scored: {items} not answered"
