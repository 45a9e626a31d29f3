"""What a form leaves room for, and which next scores would change what is said of it."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from core.analysis.rates import exact
from core.model.change import ChangeThreshold, Room, ThresholdReading
from core.model.numbers import print_beside
from core.model.questionnaire_definitions import Questionnaire

SMALLEST_MEAN_STEP = Fraction(1, 100)

Passes = Callable[[Fraction], bool]


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


def scores_that_pass(
    questionnaire: Questionnaire, part: str | None, first: Fraction, passes: Passes
) -> tuple[str | None, str | None]:
    """`8 or below` and `20 or above`: the scores nearest to `first` whose difference passes; `None` off the scale.

    `passes` takes a difference in points, without its sign.
    """
    low, high = axis_of(questionnaire, part)
    to_low, to_high = first - low, high - first
    least = _least_past(_step(questionnaire, part), max(to_low, to_high), passes)
    return (
        None if least is None or least > to_low else f"{print_beside(first - least, ())} or below",
        None if least is None or least > to_high else f"{print_beside(first + least, ())} or above",
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
    name, rules = questionnaire.short_name, [each.threshold for each in deciding]
    if not any(each.passed for each in deciding):
        nearest = scores_that_pass(
            questionnaire, part, first, lambda difference: any(rule.passed(difference) for rule in rules)
        )
        sides = [each for each in nearest if each]
        return (f"a score of {' or of '.join(sides)} would be a possible change",) if sides else ()
    below, above = scores_that_pass(
        questionnaire, part, first, lambda difference: all(rule.passed(difference) for rule in rules)
    )
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


def _least_past(step: Fraction, most: Fraction, passes: Passes) -> Fraction | None:
    """The least whole number of steps, up to `most` points, that passes, in points; rules take both ways alike."""
    differences = (exact(steps * step.numerator, step.denominator) for steps in range(1, most // step + 1))
    return next((difference for difference in differences if passes(difference)), None)


def _step(questionnaire: Questionnaire, part: str | None) -> Fraction:
    """How far two neighbouring scores are apart."""
    if questionnaire.method == "sum":
        return Fraction(1)
    if not questionnaire.items:
        return SMALLEST_MEAN_STEP
    subscale = {each.id: each for each in questionnaire.subscales}.get(part or "")
    return Fraction(1, len(subscale.items if subscale else questionnaire.scored_items))
