"""What the answers and counts of one history add up to in the windows up to any days.

The same exposure rule as for rates. All windows of a field are added up in one pass, as differences of running sums;
only where check-ins share days are those of a window gone through.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate, compress
from math import gcd
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from core.analysis.days_kept import Kept, Span, kept_in_turn
from core.analysis.exposure import Timeline
from core.analysis.sign_fields import COUNTS, FIGHTS_FIELD, REASSURANCE_FIELD
from core.model.check_in_parts import SignAnswer
from core.model.sign_findings import REASSURANCE_SIGN

Days = tuple[int, ...]
"""The last days of some windows, as ordinals, in any order."""

Place = tuple[int, int, int]
"""A window within the check-ins of a field: from which one up to, not including, which one it reaches, and how many
days of the first one lie before it. A check-in that ends after the window is not known yet."""

Answers = tuple[int, int, int, int, int, int]
"""At how many check-ins a sign was told *often*, and over how many days together; the same for *often* or *sometimes*,
and for any answer. "No occasion" is no answer here."""

Counted = tuple[int, int, int, int]
"""The parts of an `Amount`."""

OFTEN, NOT_PRESENT, NO_OCCASION = SignAnswer.OFTEN, SignAnswer.NOT_PRESENT, SignAnswer.NO_OCCASION
NO_ANSWERS: Answers = (0, 0, 0, 0, 0, 0)


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


class Windows(NamedTuple):
    """Where some windows lie within the check-ins of a field, and at which places of the list two share a day."""

    places: list[Place]
    clashing: list[int]


class Asked:
    """The check-ins at which some field was answered, by last day."""

    def __init__(self, spans: Sequence[Span], ranks: Sequence[int], window_days: int) -> None:
        """Take `spans` with all of their days, and which of two counts on a day that both cover (the lower rank)."""
        self.spans, self.lasts = spans, [span.last for span in spans]
        self._firsts, self._ranks, self._window_days = [span.first for span in spans], ranks, window_days
        self.lengths = [last - first + 1 for first, last in zip(self._firsts, self.lasts, strict=True)]
        self.ends: Days = tuple(dict.fromkeys(self.lasts))
        self._days_so_far = [0, *accumulate(self.lengths)]
        # At how many places a check-in shares a day with the one before.
        shared = [first <= end for first, end in zip(self._firsts[1:], self.lasts, strict=False)]
        self._shared_so_far = [0, 0, *accumulate(shared)]
        self._windows: dict[Days, Windows] = {}
        self._counts_so_far: dict[str, list[int]] = {}
        self._held: dict[int, list[Kept]] = {}

    def windows(self, days: Days) -> Windows:
        """Where the windows up to `days` lie."""
        found = self._windows.get(days)
        if found is None:
            found = self._windows[days] = self._found(days)
        return found

    def _found(self, days: Days) -> Windows:
        lasts, firsts, shared, before = self.lasts, self._firsts, self._shared_so_far, self._window_days - 1
        places, clashing = [], []
        for at, day in enumerate(days):
            begin, end = bisect_left(lasts, day - before), bisect_right(lasts, day)
            cut = day - before - firsts[begin] if begin < end else 0
            places.append((begin, end, max(0, cut)))
            if begin < end and shared[end] > shared[begin + 1]:
                clashing.append(at)
        return Windows(places, clashing)

    def amounts(self, name: str, days: Days) -> list[Counted]:
        """The count `name` in the windows up to `days`; each record's count is spread evenly over its days."""
        windows, so_far, days_so_far = self.windows(days), self._so_far(name), self._days_so_far
        found: list[Counted] = []
        for begin, end, cut in windows.places:
            count, observed = so_far[end] - so_far[begin], days_so_far[end] - days_so_far[begin]
            if cut:
                length, first = self.lengths[begin], so_far[begin + 1] - so_far[begin]
                found.append((count * length - first * cut, length, observed - cut, end - begin))
            else:
                found.append((count, 1, observed, end - begin))
        for at in windows.clashing:
            found[at] = amount_of(self.held(days[at]), name)
        return found

    def held(self, day: int) -> list[Kept]:
        """What counts in the window that ends on `day`, by last day; each keeps at least one."""
        found = self._held.get(day)
        if found is None:
            [(begin, end, _)] = self.windows((day,)).places
            start = day - self._window_days + 1
            in_turn = [self.spans[place] for place in sorted(range(begin, end), key=self._ranks.__getitem__)]
            kept = kept_in_turn([span._replace(first=start) if span.first < start else span for span in in_turn])
            found = self._held[day] = sorted([each for each in kept if each.days], key=_in_order)
        return found

    def _so_far(self, name: str) -> list[int]:
        found = self._counts_so_far.get(name)
        if found is None:
            found = self._counts_so_far[name] = [0, *accumulate([_count(span, name) for span in self.spans])]
        return found


class Inputs:
    """The check-ins of one history and, on demand, what counts of one field in the windows up to some days."""

    def __init__(self, known: Timeline, window_days: int) -> None:
        """Read all of `known`."""
        self._known = known
        self._signs = [span.content.signs for span in known.whole]
        self.window_days = window_days
        self._fields: dict[str, Asked] = {}
        self._alike: dict[tuple[int, ...], Asked] = {}
        self._answers: dict[str, list[SignAnswer]] = {}
        self._answers_so_far: dict[str, list[Answers]] = {}
        self._topics: list[Asked] | None = None

    def ended_in_window(self, day: int) -> Sequence[Span]:
        """The check-ins whose last day lies in the window up to `day`, by that day."""
        whole = self._known.whole
        first = bisect_left(whole, day - self.window_days + 1, key=_last)
        return whole[first : bisect_right(whole, day, lo=first, key=_last)]

    def answers(self, sign: str, days: Days) -> list[Answers]:
        """The answers to `sign` in the windows up to `days`."""
        field = self.answered(sign)
        if not field.spans:
            return [NO_ANSWERS] * len(days)
        windows, told, so_far = field.windows(days), self._told(sign), self._so_far(sign)
        found = []
        for begin, end, cut in windows.places:
            a, b, c, d, e, f = so_far[begin]
            u, v, w, x, y, z = so_far[end]
            answers = u - a, v - b, w - c, x - d, y - e, z - f
            if cut:
                answers = with_further(answers, told[begin], 0, -cut)
            found.append(answers)
        for at in windows.clashing:
            found[at] = answers_of(field.held(days[at]), sign)
        return found

    def amounts(self, name: str, days: Days) -> list[Counted]:
        """The count `name` in the windows up to `days`."""
        return self.counted(name).amounts(name, days)

    def amount(self, name: str, day: int) -> Amount:
        """The count `name` in the window up to `day`."""
        return Amount(*self.amounts(name, (day,))[0])

    def fights_by_topic(self, days: Days) -> list[list[Counted]]:
        """The fights about each topic in the windows up to `days`; a topic without a fight there may be missing."""
        if self._topics is None:
            self._topics = self._by_topic()
        amounts = [topic.amounts(FIGHTS_FIELD, days) for topic in self._topics]
        found = [[of_topic[at] for of_topic in amounts] for at in range(len(days))]
        every = self.counted(FIGHTS_FIELD)
        for at in every.windows(days).clashing:
            found[at] = [amount_of(some, FIGHTS_FIELD) for some in by_topic(every.held(days[at])).values()]
        return found

    def ends(self, sign: str) -> Days:
        """The last days of the check-ins that answer `sign` ("no occasion" included) or count what it is about."""
        ends = self.answered(sign).ends
        return ends if sign != REASSURANCE_SIGN else tuple(sorted({*ends, *self.counted(REASSURANCE_FIELD).ends}))

    def answered_days(self, sign: str) -> set[int]:
        """Those of `ends` whose check-ins have an answer; a count of reassurance is an answer to its sign."""
        told = zip(self.answered(sign).lasts, self._told(sign), strict=True)
        days = {last for last, answer in told if answer is not NO_OCCASION}
        return days.union(self.counted(REASSURANCE_FIELD).ends) if sign == REASSURANCE_SIGN else days

    def answered(self, sign: str) -> Asked:
        """The check-ins with an answer to `sign`, "no occasion" included."""
        field = self._fields.get(sign)
        if field is None:
            field = self._fields[sign] = self._where([sign in signs for signs in self._signs])
        return field

    def counted(self, name: str) -> Asked:
        """The check-ins with the count `name`."""
        field = self._fields.get(name)
        if field is None:
            count_of = COUNTS[name]
            field = self._where([count_of(span.content) is not None for span in self._known.whole])
            self._fields[name] = field
        return field

    def _where(self, asked: Iterable[bool]) -> Asked:
        return self._at(tuple(compress(range(len(self._signs)), asked)))

    def _at(self, places: tuple[int, ...]) -> Asked:
        """One for all fields that were answered at the same check-ins."""
        found = self._alike.get(places)
        if found is None:
            spans, ranks = self._known.whole, self._known.ranks
            found = Asked([spans[place] for place in places], [ranks[place] for place in places], self.window_days)
            self._alike[places] = found
        return found

    def _by_topic(self) -> list[Asked]:
        topics: dict[UUID, list[int]] = defaultdict(list)
        for place, span in enumerate(self._known.whole):
            told = span.content.full
            if told.conflict_topic is not None and told.repeated_conflicts is not None:
                topics[told.conflict_topic].append(place)
        return [self._at(tuple(places)) for places in topics.values()]

    def _told(self, sign: str) -> list[SignAnswer]:
        """What each of the check-ins with an answer to `sign` says."""
        found = self._answers.get(sign)
        if found is None:
            found = self._answers[sign] = [signs[sign] for signs in self._signs if sign in signs]
        return found

    def _so_far(self, sign: str) -> list[Answers]:
        """The answers of the first 0, 1, 2 and so on of the check-ins, with all their days."""
        found = self._answers_so_far.get(sign)
        if found is None:
            often = often_days = seen = seen_days = asked = asked_days = 0
            found = self._answers_so_far[sign] = [NO_ANSWERS]
            for answer, days in zip(self._told(sign), self.answered(sign).lengths, strict=True):
                if answer is not NO_OCCASION:
                    asked, asked_days = asked + 1, asked_days + days
                    if answer is not NOT_PRESENT:
                        seen, seen_days = seen + 1, seen_days + days
                    if answer is OFTEN:
                        often, often_days = often + 1, often_days + days
                found.append((often, often_days, seen, seen_days, asked, asked_days))
        return found


def with_further(answers: Answers, answer: SignAnswer, check_ins: int, days: int) -> Answers:
    """The same with further check-ins that all have `answer`, on so many days together."""
    if answer is NO_OCCASION:
        return answers
    often, often_days, seen, seen_days, asked, asked_days = answers
    if answer is NOT_PRESENT:
        return often, often_days, seen, seen_days, asked + check_ins, asked_days + days
    if answer is OFTEN:
        often, often_days = often + check_ins, often_days + days
    return often, often_days, seen + check_ins, seen_days + days, asked + check_ins, asked_days + days


def answers_of(counting: Iterable[Kept], sign: str) -> Answers:
    """The answers to `sign` with the days they keep."""
    answers = NO_ANSWERS
    for span, days in counting:
        answers = with_further(answers, span.content.signs[sign], 1, len(days))
    return answers


def by_topic(fights: Iterable[Kept]) -> dict[UUID, list[Kept]]:
    """The fights about each topic; those about none that is known have no part."""
    found: dict[UUID, list[Kept]] = defaultdict(list)
    for held in fights:
        topic = held.span.content.full.conflict_topic
        if topic is not None:
            found[topic].append(held)
    return found


def amount_of(counting: Iterable[Kept], name: str) -> Amount:
    """What was counted, each record's count spread evenly over its days."""
    top, bottom, observed, check_ins = 0, 1, 0, 0
    for span, days in counting:
        length = span.content.period_days
        top, bottom = top * length + _count(span, name) * len(days) * bottom, bottom * length
        observed += len(days)
        check_ins += 1
    shared = gcd(top, bottom)
    return Amount(top // shared, bottom // shared, observed, check_ins)


def _count(span: Span, name: str) -> int:
    return COUNTS[name](span.content) or 0


def _in_order(held: Kept) -> tuple[int, int]:
    return held.span.last, held.span.first


_last = attrgetter("last")
