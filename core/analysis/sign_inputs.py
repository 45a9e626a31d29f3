"""What the answers and counts of one history add up to in the windows up to any days, by sign and by count."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress
from operator import attrgetter
from uuid import UUID

from core.analysis.days_kept import Kept, Span
from core.analysis.exposure import Timeline
from core.analysis.sign_fields import COUNTS, FIGHTS_FIELD, REASSURANCE_FIELD
from core.analysis.sign_windows import Amount, Asked, Counted, Days, amount_of
from core.model.check_in_parts import SignAnswer
from core.model.sign_findings import REASSURANCE_SIGN

Answers = tuple[int, int, int, int, int, int]
"""At how many check-ins a sign was told *often*, and over how many days together; the same for *often* or *sometimes*,
and for any answer. "No occasion" is no answer here."""

OFTEN, NOT_PRESENT, NO_OCCASION = SignAnswer.OFTEN, SignAnswer.NOT_PRESENT, SignAnswer.NO_OCCASION
NO_ANSWERS: Answers = (0, 0, 0, 0, 0, 0)


class Inputs:
    """The check-ins of one history and, on demand, what counts of one field in the windows up to some days."""

    def __init__(self, known: Timeline, window_days: int) -> None:
        """Read all of `known`."""
        self._known = known
        self._signs = [span.content.signs for span in known.whole]
        self.window_days = window_days
        self._fields: dict[str, Asked] = {}
        self._alike: dict[tuple[int, ...], Asked] = {}
        self._told: dict[str, list[SignAnswer]] = {}  # by sign, what each of the check-ins that answered it says
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
        windows, told, so_far = field.windows(days), self._told[sign], self._so_far(sign)
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
        lasts, told = self.answered(sign).lasts, self._told[sign]
        days = {last for last, answer in zip(lasts, told, strict=True) if answer is not NO_OCCASION}
        return days.union(self.counted(REASSURANCE_FIELD).ends) if sign == REASSURANCE_SIGN else days

    def answered(self, sign: str) -> Asked:
        """The check-ins with an answer to `sign`, "no occasion" included."""
        field = self._fields.get(sign)
        if field is None:
            told = [signs.get(sign) for signs in self._signs]
            field = self._fields[sign] = self._where([answer is not None for answer in told])
            self._told[sign] = [answer for answer in told if answer is not None]
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

    def _so_far(self, sign: str) -> list[Answers]:
        """The answers of the first 0, 1, 2 and so on of the check-ins, with all their days."""
        found = self._answers_so_far.get(sign)
        if found is None:
            often = often_days = seen = seen_days = asked = asked_days = 0
            found = self._answers_so_far[sign] = [NO_ANSWERS]
            lengths = self.answered(sign).lengths
            for answer, days in zip(self._told[sign], lengths, strict=True):
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


_last = attrgetter("last")
