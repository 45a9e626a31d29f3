"""The arithmetic of two scores on a normed form: reliable change, cut-offs, the second opinion.

Everything here is for one client, one form, one language, complete at both times. Wrong statistics are refused with a
sentence, since an error of measurement of 0 or less would call every difference a change.
"""

from fractions import Fraction
from math import inf, sqrt

from msgspec import Struct

from core.errors import InvalidInput
from core.model.change import Category, CutOffPoint, Sense, SubCase

JACOBSON_TRUAX = (
    "Jacobson and Truax 1991, doi:10.1037/0022-006X.59.1.12 (error of a difference: read in secondary copies; "
    "cut-offs: from memory)"
)
GULLIKSEN_LORD_NOVICK = "Gulliksen, Lord and Novick, as in Hsu 1989 (read in secondary copies)"
Z_OF_LEVEL = {0.90: 1.645, 0.95: 1.96}
SDS_FROM_MEAN = 2


class Spread(Struct, frozen=True, kw_only=True):
    """Mean and standard deviation of a group, in points of the form."""

    mean: Fraction
    sd: Fraction


def error_of_difference(sd: Fraction | float, reliability: float) -> float:
    """The standard error of a difference of two scores: sqrt(2) x SD x sqrt(1 - r), in points.

    `InvalidInput` for a standard deviation of 0 or less, and a reliability that is not between 0 and 1.
    Source: `JACOBSON_TRUAX`.
    """
    _refuse_wrong(sd, reliability)
    return sqrt(2 * (1 - reliability)) * float(sd)


def change_threshold(sd: Fraction | float, reliability: float, *, level: float = 0.95) -> float:
    """The points that a difference must exceed: 1.96 (or, at 0.90, 1.645) standard errors of a difference."""
    return z_of(level) * error_of_difference(sd, reliability)


def reliable_change_index(difference: Fraction, sd: Fraction | float, reliability: float) -> float:
    """The difference (last less first) in standard errors of a difference."""
    return float(difference) / error_of_difference(sd, reliability)


def gulliksen_lord_novick(first: Fraction, last: Fraction, population: Spread, reliability: float) -> float:
    """How far `last` is from what `first` leads to expect, in standard errors of that prediction.

    ((last - M) - r (first - M)) / (SD sqrt(1 - r²)), with M and SD of the population that the client comes from. It
    allows for the drift of extreme first scores towards M. Source: `GULLIKSEN_LORD_NOVICK`.
    """
    _refuse_wrong(population.sd, reliability)
    expected = reliability * float(first - population.mean)
    return (float(last - population.mean) - expected) / (float(population.sd) * sqrt(1 - reliability**2))


def cut_off_points(
    clinical: Spread | None, functional: Spread | None, *, higher_is_worse: bool
) -> dict[str, tuple[Fraction, bool]]:
    """The lines a, b and c that can be worked out, each with whether it is the one to use.

    a is 2 SD of the clinical group from its mean towards the functional one; b is 2 SD of the *functional* group from
    its own mean towards the clinical one; c lies between the means, weighted by both SDs. c is used where both groups
    are known and reach into each other (a is on the functional side of b), b where they do not or only the functional
    group is known, and a where only the clinical one is. Source: `JACOBSON_TRUAX`.
    """
    worse = 1 if higher_is_worse else -1
    lines: dict[str, Fraction] = {}
    if clinical:
        lines["a"] = clinical.mean - worse * SDS_FROM_MEAN * clinical.sd
    if functional:
        lines["b"] = functional.mean + worse * SDS_FROM_MEAN * functional.sd
    if clinical and functional:
        both = clinical.sd + functional.sd
        lines["c"] = (functional.sd * clinical.mean + clinical.sd * functional.mean) / both
    overlap = "c" in lines and worse * lines["a"] < worse * lines["b"]
    best = "c" if overlap else "b" if "b" in lines else "a"
    return {kind: (value, kind == best) for kind, value in lines.items()}


def category_of(
    first: Fraction, last: Fraction, sense: Sense | None, cut_off: CutOffPoint | None
) -> tuple[Category, tuple[SubCase, ...]]:
    """The category of two scores; `sense` is that of a change past the threshold, `None` within error.

    Without a cut-off nothing is known of sides, so a reliable change is improved or deteriorated and no more.
    Who starts on the functional side cannot be in the first category. Source: `JACOBSON_TRUAX`; the sub-cases are a
    project default.
    """
    was_clinical = cut_off is not None and cut_off.clinical(first)
    was_functional = cut_off is not None and cut_off.functional(first)
    is_clinical = cut_off is not None and cut_off.clinical(last)
    is_functional = cut_off is not None and cut_off.functional(last)
    crossed = (was_clinical and is_functional) or (was_functional and is_clinical)
    told = [SubCase.STARTED_FUNCTIONAL] if was_functional else []
    if sense is None:
        return Category.UNCHANGED, (*told, *([SubCase.CROSSED_WITHIN_ERROR] if crossed else []))
    if sense is Sense.DETERIORATED:
        return Category.DETERIORATED, (*told, *([SubCase.CROSSED_INTO_CLINICAL_RANGE] if crossed else []))
    return (Category.RECOVERED if crossed else Category.IMPROVED), tuple(told)


def percentage_change(first: Fraction, last: Fraction, lowest: Fraction) -> Fraction | None:
    """The change as per cent of the first score; `None` unless the form begins at 0 and the first score is above it.

    A description: 2 to 1 is 50 % as well. Source: project default.
    """
    return (last - first) * 100 / first if lowest == 0 and first > 0 else None


def z_of(level: float) -> float:
    """The normal quantile of a two-sided level, with the digits that the method is printed with: 0.90 or 0.95."""
    if level not in Z_OF_LEVEL:
        raise InvalidInput(f"The level {level} is not one of 0.90 and 0.95. Nothing was worked out.")
    return Z_OF_LEVEL[level]


def _refuse_wrong(sd: Fraction | float, reliability: float) -> None:
    problems = []
    if not 0 < sd < inf:
        problems.append(f"The standard deviation {float(sd)} is no number above 0. Nothing was worked out.")
    if not 0 < reliability < 1:
        problems.append(f"The reliability {reliability} is not between 0 and 1. Nothing was worked out.")
    InvalidInput.unless_empty(problems)
