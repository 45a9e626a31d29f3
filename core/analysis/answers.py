"""Answers and numbers as they are given: which of them a questionnaire takes, and a row of digits read into answers."""

import re
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from fractions import Fraction
from types import NoneType

from core.errors import InvalidInput
from core.model.numbers import print_exact
from core.model.questionnaire_definitions import Item, Questionnaire

BLANK = "-"
LONGEST_SHOWN = 1_000_000
_GAPS = re.compile(r"\s+")
_DECIMAL = re.compile(r"[0-9]{1,7}(\.[0-9]{1,6})?", re.ASCII)


def parse_answers(questionnaire: Questionnaire, text: str) -> dict[int, int | None]:
    """Answers typed in the form's order: one digit an item, `-` where nothing was answered.

    The digit is the answer itself, or where answers are longer than a digit its place among them, from 0.
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
        f"Answer {place} is {sign!r}; item {item.number} takes {_digits_taken(item)}, "
        f"or {BLANK} for not answered. Nothing was filled in."
        for place, (item, sign) in enumerate(zip(items, signs, strict=False), start=1)
        if sign != BLANK and sign not in item.digits
    )
    typed = [item.digits.get(sign) for item, sign in zip(items, signs, strict=False)]
    padded = [*typed, *[None] * (len(items) - len(typed))]
    return {item.number: value for item, value in zip(items, padded, strict=True)}


def refuse_wrong_answers(
    questionnaire: Questionnaire, answers: Mapping[int, int | None], not_applicable: Collection[int]
) -> None:
    """Raise `InvalidInput` for all answers and marks that the questionnaire does not take."""
    if _takes_all(questionnaire, answers) and not not_applicable:
        return
    InvalidInput.unless_empty(
        [*_wrong_answers(questionnaire, answers), *_wrong_marks(questionnaire, answers, not_applicable)]
    )


def refuse_wrong_numbers(questionnaire: Questionnaire, numbers: Mapping[str, object]) -> dict[str, Fraction]:
    """The entered totals as exact numbers; `InvalidInput` for each one that cannot be one of this form."""
    spans = {subscale.id: questionnaire.axis_of(subscale) for subscale in questionnaire.subscales}
    if questionnaire.has_total:
        spans = {"total": questionnaire.axis} | spans
    labels = {subscale.id: subscale.label for subscale in questionnaire.subscales}
    problems, known = [], {}
    for name, given in numbers.items():
        if name not in spans:
            problems.append(f"{questionnaire.short_name} has no such score; it has {', '.join(spans)}. {_NOT_SAVED}")
            continue
        value, (low, high) = _exact(given), spans[name]
        whole_only = questionnaire.method == "sum" and not questionnaire.most_missing
        if value is None or not low <= value <= high or (whole_only and value.denominator != 1):
            kind = "whole numbers" if whole_only else "numbers"
            problems.append(
                f"{_named(labels.get(name, name))} takes {kind} {print_exact(low)} to {print_exact(high)}; "
                f"{_shown(value)} was given. {_NOT_SAVED}"
            )
        else:
            known[name] = value
    if not numbers:
        problems.append(f"No number was entered. {_NOT_SAVED}")
    InvalidInput.unless_empty(problems)
    return known


_NOT_SAVED = "Nothing was saved."


def _named(score: str) -> str:
    return score[:1].upper() + score[1:]


def _takes_all(questionnaire: Questionnaire, answers: Mapping[int, int | None]) -> bool:
    """Whether every answer is surely taken; what is not a plain number is left to be looked at one by one."""
    plain = _PLAIN.issuperset(map(type, answers)) and _PLAIN.issuperset(map(type, answers.values()))
    return plain and questionnaire.taken.issuperset(answers.items())


_PLAIN = {int, NoneType}


def _wrong_answers(questionnaire: Questionnaire, answers: Mapping[int, int | None]) -> Iterator[str]:
    known = questionnaire.numbers
    for number in answers:
        if not _is_item(number, known):
            yield (
                f"{questionnaire.short_name} has no item {_described(number)}; its items are 1 to {len(known)}. "
                f"{_NOT_SAVED}"
            )
    for item in questionnaire.items:
        value = answers.get(item.number)
        if value is not None and not item.takes(value):
            yield f"Item {item.number} takes {_taken(item)}; {_described(value)} was given. {_NOT_SAVED}"


def _wrong_marks(
    questionnaire: Questionnaire, answers: Mapping[int, int | None], not_applicable: Collection[int]
) -> Iterator[str]:
    allowed = questionnaire.not_applicable.items if questionnaire.not_applicable else ()
    for number in not_applicable:
        if not _is_item(number, set(allowed)):
            yield (
                f"{questionnaire.short_name} does not take “not applicable” for item {_described(number)}. {_NOT_SAVED}"
            )
        elif answers.get(number) is not None:
            yield f"Item {number} is marked as not applicable and has an answer; only one of them holds. {_NOT_SAVED}"


def _is_item(number: object, known: AbstractSet[int]) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number in known


def _taken(item: Item) -> str:
    if item.step == 1:
        return f"whole numbers {item.minimum} to {item.maximum}"
    return ", ".join(str(value) for value in item.values)


def _digits_taken(item: Item) -> str:
    if item.maximum <= 9:
        return _taken(item)
    told = (f"{digit} for {value}" for digit, value in item.digits.items())
    return ", ".join(told)


def _exact(given: object) -> Fraction | None:
    """`given` as it is written, or `None` where it is no number from 0 up with at most six decimals."""
    if isinstance(given, bool):
        return None
    if isinstance(given, int | Fraction):
        return Fraction(given)
    written = str(given).strip() if isinstance(given, float | str | Decimal) else ""
    return Fraction(written) if _DECIMAL.fullmatch(written) else None


def _shown(value: Fraction | None) -> str:
    if value is None:
        return "something else"
    return print_exact(value) if abs(value) <= LONGEST_SHOWN else "a very large number"


def _described(given: object) -> str:
    """`given` for a message: numbers as they are, anything else only by its sort, since text may be a client's."""
    if isinstance(given, bool):
        return "true or false"
    if isinstance(given, float):
        return f"{given!r}, which is no whole number,"
    if isinstance(given, int):
        return str(given) if abs(given) <= LONGEST_SHOWN else "a very large number"
    return "something that is no number"
