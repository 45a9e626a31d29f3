"""What the answers to some items of a form add up to, by the form's method, and which of them were left blank."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import compress

from msgspec import Struct

from core.analysis.rates import exact
from core.model.questionnaire_definitions import Questionnaire


class ItemSum(Struct, frozen=True):
    """What some items add up to: no `value` with more than the allowed number of `blank` items."""

    value: Fraction | None
    blank: tuple[int, ...]

    @property
    def filled(self) -> bool:
        """Whether blank items counted as the mean of the others."""
        return self.value is not None and bool(self.blank)


def sum_of(
    questionnaire: Questionnaire, counts: Sequence[bool], points: Sequence[int | None], most_missing: int
) -> ItemSum:
    """What the items that count add up to; `points` are those of all items, in the order of the form."""
    given = [point for point in compress(points, counts) if point is not None]
    items = counts.count(True)
    blank = () if len(given) == items else _blank(questionnaire, counts, points)
    if not given or len(blank) > most_missing:
        return ItemSum(value=None, blank=blank)
    times = 1 if questionnaire.method == "mean" else items
    return ItemSum(value=exact(sum(given) * times, len(given)), blank=blank)


def _blank(questionnaire: Questionnaire, counts: Sequence[bool], points: Sequence[int | None]) -> tuple[int, ...]:
    """The numbers of the items that count and have no answer."""
    every = zip(questionnaire.blank, counts, points, strict=True)
    return tuple([number for number, counted, point in every if counted and point is None])
