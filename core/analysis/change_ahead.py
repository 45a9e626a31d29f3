"""What a form leaves room for, and which next scores would change what is said of it."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from core.analysis.rates import exact
from core.model.change import ChangeThreshold, Room, ThresholdReading
from core.model.numbers import print_beside
from core.model.questionnaire_definitions import Questionnaire

SMALLEST_MEAN_STEP = Fraction(1, 100)


def room_from(
    questionnaire: Questionnaire, part: str | None, first: Fraction, deciding: Sequence[ChangeThreshold]
) -> Room:
    """How far the first score is from both ends, and whether all deciding thresholds fit in there."""
    low, high = axis_of(questionnaire, part)
    to_low, to_high = first - low, high - first
    fits_low, fits_high = (all(each.passed(points) for each in deciding) for points in (to_low, to_high))
    worse_up = questionnaire.higher_is_worse
    return Room(
        to_best=to_low if worse_up else to_high,
        to_worst=to_high if worse_up else to_low,
        improvement_detectable=fits_low if worse_up else fits_high,
        deterioration_detectable=fits_high if worse_up else fits_low,
    )


def next_scores(
    questionnaire: Questionnaire,
    part: str | None,
    scores: tuple[Fraction, Fraction],
    deciding: Sequence[ThresholdReading],
) -> tuple[str, ...]:
    """Which next scores would make a possible change of none, a reliable one of a possible, or end a reliable one.

    `scores` are the first and the last.
    """
    first, last = scores
    name, rules = questionnaire.short_name, tuple([each.threshold for each in deciding])
    if not any(each.passed for each in deciding):
        nearest = _scores_past(questionnaire, part, first, _least_past(questionnaire, part, rules, every=False))
        sides = [each for each in nearest if each]
        return (f"a score of {' or of '.join(sides)} would be a possible change",) if sides else ()
    below, above = _scores_past(questionnaire, part, first, _least_past(questionnaire, part, rules, every=True))
    side = above if last > first else below
    if side is None:
        return ()
    if all(each.twice for each in deciding):
        return (f"a next {name} that is not at {side} leaves no more than a possible change",)
    if all(each.passed for each in deciding):
        return (f"the next {name} also at {side} makes this a reliable change",)
    return (f"two {name} in a row at {side} make this a reliable change",)


def axis_of(questionnaire: Questionnaire, part: str | None) -> tuple[Fraction, Fraction]:
    """The lowest and highest value of the total or of a subscale."""
    if part is None:
        return questionnaire.axis
    return questionnaire.axis_of({each.id: each for each in questionnaire.subscales}[part])


def _scores_past(
    questionnaire: Questionnaire, part: str | None, first: Fraction, least: Fraction | None
) -> tuple[str | None, str | None]:
    """`8 or below` and `20 or above`: the scores that lie `least` points from `first`; `None` off the scale."""
    if least is None:
        return None, None
    low, high = axis_of(questionnaire, part)
    below, above = first - least, first + least
    return (
        None if below < low else f"{print_beside(below, ())} or below",
        None if above > high else f"{print_beside(above, ())} or above",
    )


@lru_cache(maxsize=256)
def _least_past(
    questionnaire: Questionnaire, part: str | None, rules: tuple[ChangeThreshold, ...], *, every: bool
) -> Fraction | None:
    """The least whole number of steps, in points, that passes some rule, or every one; `None` off the whole scale.

    Rules take both ways alike, so that this follows from the form alone.
    """
    low, high = axis_of(questionnaire, part)
    step, passed = _step(questionnaire, part), all if every else any
    differences = (exact(steps * step.numerator, step.denominator) for steps in range(1, (high - low) // step + 1))
    return next((each for each in differences if passed(rule.passed(each) for rule in rules)), None)


def _step(questionnaire: Questionnaire, part: str | None) -> Fraction:
    """How far two neighbouring scores are apart."""
    if questionnaire.method == "sum":
        return Fraction(1)
    if not questionnaire.items:
        return SMALLEST_MEAN_STEP
    subscale = {each.id: each for each in questionnaire.subscales}.get(part or "")
    return Fraction(1, len(subscale.items if subscale else questionnaire.scored_items))
