"""What the answers to a sign add up to over some days: six numbers that are added and taken away as one."""

from collections.abc import Iterable, Mapping, Sequence

from core.analysis.days_kept import Kept
from core.model.check_in_parts import LONGEST_PERIOD_DAYS, SignAnswer

Answers = int
"""At how many check-ins a sign was told *often*, and over how many days together; the same for *often* or *sometimes*,
and for any answer. "No occasion" is no answer here. The six numbers stand side by side in one, in ten bits each: no
window has a thousand days.
"""

NO_ANSWERS: Answers = 0

_TEN_BITS = 1_023
_DAY, _CHECK_IN = 1, 1 << 10
_ANY, _SEEN, _OFTEN = 1, 1 << 20, 1 << 40
_COUNTS_AS: Mapping[SignAnswer, int] = {
    SignAnswer.OFTEN: _OFTEN + _SEEN + _ANY,
    SignAnswer.SOMETIMES: _SEEN + _ANY,
    SignAnswer.NOT_PRESENT: _ANY,
    SignAnswer.NO_OCCASION: 0,
}


def said(answer: SignAnswer, check_ins: int, days: int) -> Answers:
    """Check-ins that all have `answer`, on so many days together."""
    return _COUNTS_AS[answer] * (check_ins * _CHECK_IN + days * _DAY)


ONE_SAYS: Mapping[SignAnswer, Sequence[Answers]] = {
    answer: [said(answer, 1, days) for days in range(LONGEST_PERIOD_DAYS + 1)] for answer in SignAnswer
}
"""What one check-in says, by its answer and its days."""


def answers_of(counting: Iterable[Kept], sign: str) -> Answers:
    """The answers to `sign` with the days they keep."""
    return sum([ONE_SAYS[span.content.signs[sign]][len(days)] for span, days in counting])


def numbers_of(answers: Answers) -> tuple[int, int, int, int, int, int]:
    """The six numbers: check-ins and days with *often*, with that or *sometimes*, and with any answer."""
    seen = answers >> 20
    return (
        answers >> 50, answers >> 40 & _TEN_BITS,
        seen >> 10 & _TEN_BITS, seen & _TEN_BITS,
        answers >> 10 & _TEN_BITS, answers & _TEN_BITS,
    )  # fmt: skip
