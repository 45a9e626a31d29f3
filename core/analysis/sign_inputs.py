"""Which check-ins count for the six signs in the days up to any day, and what they add up to.

The same exposure rule as for rates, kept so that a whole history is read in one pass: a window is worked out once
for all fields that were answered at the same check-ins.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate, compress
from math import gcd
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from core.analysis.sign_lines import COUNTED, FIGHTS_FIELD, Held, Line
from core.model.check_in_parts import SignAnswer

OFTEN, SOMETIMES, NOT_PRESENT = COUNTED


Sums = tuple[int, int, int, int, int, int]


class Answers(NamedTuple):
    """At how many check-ins each answer stands, and on how many days."""

    often: int = 0
    often_days: int = 0
    sometimes: int = 0
    sometimes_days: int = 0
    not_present: int = 0
    not_present_days: int = 0

    @property
    def asked_days(self) -> int:
        """Days with *often*, *sometimes* or *not present*."""
        return self.often_days + self.sometimes_days + self.not_present_days

    @property
    def check_ins(self) -> int:
        """Check-ins with one of these."""
        return self.often + self.sometimes + self.not_present

    def with_further(self, answer: SignAnswer, check_ins: int, days: int) -> "Answers":
        """The same with further check-ins that all have `answer`, on so many days together."""
        often, often_days, sometimes, sometimes_days, absent, absent_days = self
        if answer is OFTEN:
            often, often_days = often + check_ins, often_days + days
        elif answer is SOMETIMES:
            sometimes, sometimes_days = sometimes + check_ins, sometimes_days + days
        else:
            absent, absent_days = absent + check_ins, absent_days + days
        return Answers(often, often_days, sometimes, sometimes_days, absent, absent_days)


NO_ANSWERS = Answers()


class Amount(NamedTuple):
    """What was counted over some days: `top` / `bottom` in `days` observed days, at `check_ins`."""

    top: int
    bottom: int
    days: int
    check_ins: int

    @property
    def total(self) -> Fraction:
        """The count."""
        return Fraction(self.top, self.bottom)


class Inputs:
    """The lines of one history and, on demand, what counts of one field in the window up to a day.

    Sums over a window are differences of running sums; only where check-ins overlap are its days gone through.
    """

    def __init__(self, lines: Sequence[Line], window_days: int) -> None:
        """Take `lines` by their last day."""
        self.lines = lines
        self.window_days = window_days
        self._fields: dict[str, _Answered] = {}
        self._alike: dict[tuple[int, ...], _Answered] = {}
        self._answers_so_far: dict[str, list[Sums]] = {}
        self._amounts: dict[tuple[str, int], Amount] = {}
        self._topics: list[_Answered] | None = None

    def ended_in_window(self, day: int) -> Sequence[Line]:
        """The lines whose last day lies in the window up to `day`."""
        first = bisect_left(self.lines, day - self.window_days + 1, key=_last)
        return self.lines[first : bisect_right(self.lines, day, lo=first, key=_last)]

    def held_answers(self, sign: str, day: int) -> list[Held]:
        """What counts of the answers to `sign`, "no occasion" included, in the window up to `day`."""
        return self.answered(sign).held(day)

    def held_counts(self, name: str, day: int) -> list[Held]:
        """What counts of the count `name` in the window up to `day`."""
        return self.counted(name).held(day)

    def answers(self, sign: str, day: int) -> Answers:
        """The answers to `sign` in the window up to `day`."""
        return Answers(*self.sums(sign, day))

    def sums(self, sign: str, day: int) -> Sums:
        """The numbers of `answers` alone."""
        field = self._fields.get(sign) or self.answered(sign)
        if not field.lines:
            return NO_ANSWERS
        begin, end, cut, apart = field.place(day)
        if begin == end:
            return NO_ANSWERS
        if not apart:
            return answers_of(field.held(day), sign)
        so_far = self._answers_so_far.get(sign)
        if so_far is None:
            so_far = self._answers_so_far[sign] = _running(field.lines, sign)
        a, b, c, d, e, f = so_far[begin]
        u, v, w, x, y, z = so_far[end]
        if cut:
            answer = field.lines[begin].answers[sign]
            b += cut * (answer is OFTEN)
            d += cut * (answer is SOMETIMES)
            f += cut * (answer is NOT_PRESENT)
        return u - a, v - b, w - c, x - d, y - e, z - f

    def amount(self, name: str, day: int) -> Amount:
        """The count `name` in the window up to `day`."""
        found = self._amounts.get((name, day))
        if found is None:
            found = self._amounts[name, day] = self.counted(name).amount(name, day)
        return found

    def fights_by_topic(self, day: int) -> list[Amount]:
        """The fights about each topic in the window up to `day`; a topic without a fight there may be missing."""
        every = self.counted(FIGHTS_FIELD)
        if not every.place(day)[3]:
            return [amount_of(some, FIGHTS_FIELD) for some in by_topic(every.held(day)).values()]
        if self._topics is None:
            topics = sorted({line.topic for line in every.lines if line.topic is not None})
            self._topics = [self._field([line.topic == topic for line in every.lines], every.lines) for topic in topics]
        return [some.amount(FIGHTS_FIELD, day) for some in self._topics]

    def answered(self, sign: str) -> "_Answered":
        """The lines with an answer to `sign`."""
        field = self._fields.get(sign)
        if field is None:
            field = self._fields[sign] = self._field([sign in line.answers for line in self.lines], self.lines)
        return field

    def counted(self, name: str) -> "_Answered":
        """The lines with the count `name`."""
        field = self._fields.get(name)
        if field is None:
            field = self._fields[name] = self._field([name in line.counts for line in self.lines], self.lines)
        return field

    def _field(self, answered: Iterable[bool], lines: Iterable[Line]) -> "_Answered":
        """One for all fields that were answered at the same ones of these check-ins."""
        here = list(compress(lines, answered))
        alike = tuple([line.rank for line in here])
        found = self._alike.get(alike)
        if found is None:
            found = self._alike[alike] = _Answered(here, self.window_days)
        return found


_last = attrgetter("last")


class _Answered:
    """The lines in which some field was answered, by last day."""

    def __init__(self, lines: list[Line], window_days: int) -> None:
        self.lines = lines
        self.days_so_far = [0, *accumulate([line.last - line.first + 1 for line in lines])]
        self._window_days = window_days
        self._ends = [line.last for line in lines]
        shared = [line.first <= end for line, end in zip(lines[1:], self._ends, strict=False)]
        self._shared_so_far = [0, *accumulate([0, *shared][: len(lines)])]
        self._counts_so_far: dict[str, list[int]] = {}
        self._whole: list[Held] = []
        self._places: dict[int, tuple[int, int, int, bool]] = {}
        self._held: dict[int, list[Held]] = {}

    def place(self, day: int) -> tuple[int, int, int, bool]:
        """Which lines touch the window that ends on `day`, as a slice, and how they lie in it.

        The third is how many days of the first one lie before the window, the fourth whether no two share a day. Lines
        that end later are not known yet.
        """
        found = self._places.get(day)
        if found is None:
            start = day - self._window_days + 1
            begin, end = bisect_left(self._ends, start), bisect_right(self._ends, day)
            cut = max(0, start - self.lines[begin].first) if begin < end else 0
            shared = self._shared_so_far[end] - self._shared_so_far[min(begin + 1, end)]
            found = self._places[day] = (begin, end, cut, not shared)
        return found

    def amount(self, name: str, day: int) -> Amount:
        """The count `name` in the window that ends on `day`."""
        begin, end, cut, apart = self.place(day)
        if not apart:
            return amount_of(self.held(day), name)
        so_far = self._counts_so_far.get(name)
        if so_far is None:
            so_far = self._counts_so_far[name] = [0, *accumulate([line.counts[name] for line in self.lines])]
        whole, days = so_far[end] - so_far[begin], self.days_so_far[end] - self.days_so_far[begin]
        if not cut:
            return Amount(whole, 1, days, end - begin)
        first = self.lines[begin]
        return Amount(whole * first.length - first.counts[name] * cut, first.length, days - cut, end - begin)

    def held(self, day: int) -> list[Held]:
        """What counts in the window that ends on `day`, by last day."""
        found = self._held.get(day)
        if found is None:
            begin, end, cut, apart = self.place(day)
            start = day - self._window_days + 1
            if apart:
                self._whole = self._whole or [Held(line, range(line.first, line.last + 1)) for line in self.lines]
                found = self._whole[begin:end]
                if cut:
                    found[0] = Held(found[0].line, range(start, found[0].line.last + 1))
            else:
                found = _in_turn(self.lines[begin:end], start)
            self._held[day] = found
        return found


def answers_of(counting: Iterable[Held], sign: str) -> Answers:
    """The answers to `sign` with the days they keep."""
    check_ins: Counter[SignAnswer] = Counter()
    days: Counter[SignAnswer] = Counter()
    for line, kept in counting:
        check_ins[line.answers[sign]] += 1
        days[line.answers[sign]] += len(kept)
    return Answers(*(each for answer in COUNTED for each in (check_ins[answer], days[answer])))


def by_topic(fights: Iterable[Held]) -> dict[UUID, list[Held]]:
    """The fights about each topic; those about none that is known have no part."""
    found: dict[UUID, list[Held]] = defaultdict(list)
    for held in fights:
        if held.line.topic is not None:
            found[held.line.topic].append(held)
    return found


def amount_of(counting: Iterable[Held], name: str) -> Amount:
    """What was counted, each record's count spread evenly over its days."""
    top, bottom, observed, check_ins = 0, 1, 0, 0
    for line, days in counting:
        top, bottom = top * line.length + line.counts[name] * len(days) * bottom, bottom * line.length
        observed += len(days)
        check_ins += 1
    shared = gcd(top, bottom)
    return Amount(top // shared, bottom // shared, observed, check_ins)


def _running(lines: Iterable[Line], sign: str) -> list[Sums]:
    """The numbers of `Answers` in the first 0, 1, 2 and so on of `lines`, with all their days."""
    often = often_days = sometimes = sometimes_days = absent = absent_days = 0
    sums: list[Sums] = [NO_ANSWERS]
    for line in lines:
        answer, days = line.answers[sign], line.last - line.first + 1
        if answer is OFTEN:
            often += 1
            often_days += days
        elif answer is SOMETIMES:
            sometimes += 1
            sometimes_days += days
        elif answer is NOT_PRESENT:
            absent += 1
            absent_days += days
        sums.append((often, often_days, sometimes, sometimes_days, absent, absent_days))
    return sums


def _in_turn(lines: Sequence[Line], start: int) -> list[Held]:
    """The days each line keeps from `start` on when every one takes what those of a lower rank left."""
    taken: set[int] = set()
    kept = []
    for line in sorted(lines, key=lambda line: line.rank):
        days = [day for day in range(max(start, line.first), line.last + 1) if day not in taken]
        taken.update(days)
        if days:
            kept.append(Held(line, days))
    kept.sort(key=lambda held: (held.line.last, held.line.first, held.line.rank))
    return kept
