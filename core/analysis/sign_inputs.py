"""What the answers and counts of one history add up to in the windows up to any days, by sign and by count."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter
from uuid import UUID

from core.analysis.days_kept import Kept, Span
from core.analysis.exposure import Timeline
from core.analysis.sign_answers import NO_ANSWERS, ONE_SAYS, Answers, answers_of, said
from core.analysis.sign_fields import COUNTS, FIGHTS_FIELD, REASSURANCE_FIELD
from core.analysis.sign_windows import Amount, Asked, Counted, Days, amount_of
from core.model.check_in_parts import SignAnswer
from core.model.sign_findings import REASSURANCE_SIGN

NO_OCCASION = SignAnswer.NO_OCCASION


class Inputs:
    """The check-ins of one stretch and, on demand, what counts of one field in the windows up to some days."""

    def __init__(self, whole: Sequence[Span], ranks: Sequence[int], window_days: int) -> None:
        """Take check-ins with all of their days, by last day, and the order in which they take days (low ranks first).

        Windows are right up to days on which all check-ins are here that ended within them.
        """
        self._whole, self._ranks, self.window_days = whole, ranks, window_days
        self._signs = [span.content.signs for span in whole]
        self._asked = set[str]().union(*self._signs)
        self._fields: dict[str, Asked] = {}
        self._alike: dict[tuple[int, ...], Asked] = {}
        self._told: dict[str, list[SignAnswer]] = {}  # by sign, what each of the check-ins that answered it says
        self._answers_so_far: dict[str, list[Answers]] = {}
        self._topics: dict[UUID, Asked] | None = None

    @classmethod
    def between(cls, known: Timeline, first: int, last: int, window_days: int) -> "Inputs":
        """What the windows up to the days from `first` to `last` hold of `known`."""
        begin = bisect_left(known.whole, first - window_days + 1, key=_last)
        end = bisect_right(known.whole, last, lo=begin, key=_last)
        return cls(known.whole[begin:end], known.ranks[begin:end], window_days)

    def ended_in_window(self, day: int) -> Sequence[Span]:
        """The check-ins whose last day lies in the window up to `day`, by that day."""
        first = bisect_left(self._whole, day - self.window_days + 1, key=_last)
        return self._whole[first : bisect_right(self._whole, day, lo=first, key=_last)]

    def answers(self, sign: str, days: Days) -> list[Answers]:
        """The answers to `sign` in the windows up to `days`."""
        field = self.answered(sign)
        if not field.spans:
            return [NO_ANSWERS] * len(days)
        windows, told, so_far = field.windows(days), self._told[sign], self._so_far(sign)
        found = [so_far[end] - so_far[begin] for begin, end in windows.places]
        for at, days_before in windows.cuts.items():
            found[at] -= said(told[windows.places[at][0]], 0, days_before)
        for at in windows.clashing:
            found[at] = answers_of(field.held(days[at]), sign)
        return found

    def amount(self, name: str, day: int) -> Amount:
        """The count `name` in the window up to `day`."""
        return Amount(*self.counted(name).amounts(name, (day,), [0])[0])

    def fights_by_topic(self, days: Days) -> list[Iterable[Counted]]:
        """The fights about each topic in the windows up to `days`."""
        if self._topics is None:
            self._topics = self._by_topic()
        found = {topic: asked.amounts(FIGHTS_FIELD, days, range(len(days))) for topic, asked in self._topics.items()}
        fights = self.counted(FIGHTS_FIELD)
        for at in fights.windows(days).clashing:
            held = by_topic(fights.held(days[at]))
            for topic, amounts in found.items():
                amounts[at] = amount_of(held.get(topic, ()), FIGHTS_FIELD)
        return [amounts.values() for amounts in found.values()]

    def ends(self, sign: str, first: int = 0) -> Days:
        """The last days from `first` on of check-ins that answer `sign`, "no occasion" too, or count its matter."""
        field = self.answered(sign)
        ends = _from(first, field.ends)
        if sign != REASSURANCE_SIGN or self.counted(REASSURANCE_FIELD) is field:
            return ends
        return tuple(sorted({*ends, *_from(first, self.counted(REASSURANCE_FIELD).ends)}))

    def answered_days(self, sign: str, first: int) -> Sequence[int]:
        """Those of `ends` on which a check-in has an answer; a count of reassurance is an answer to its sign."""
        field, told = self.answered(sign), self._told[sign]
        if NO_OCCASION not in told:
            return self.ends(sign, first)
        begin = bisect_left(field.lasts, first)
        lasts = zip(field.lasts[begin:], told[begin:], strict=True)
        days = dict.fromkeys([last for last, answer in lasts if answer is not NO_OCCASION])
        if sign != REASSURANCE_SIGN:
            return list(days)
        return sorted({*days, *_from(first, self.counted(REASSURANCE_FIELD).ends)})

    def answered(self, sign: str) -> Asked:
        """The check-ins with an answer to `sign`, "no occasion" included."""
        field = self._fields.get(sign)
        if field is None:
            told = [signs.get(sign) for signs in self._signs] if sign in self._asked else []
            field = self._fields[sign] = self._where(told)
            self._told[sign] = [answer for answer in told if answer is not None]
        return field

    def counted(self, name: str) -> Asked:
        """The check-ins with the count `name`."""
        field = self._fields.get(name)
        if field is None:
            count_of = COUNTS[name]
            told = [count_of(span.content) for span in self._whole]
            field = self._fields[name] = self._where(told)
            field.add_up(name, [count for count in told if count is not None])
        return field

    def _where(self, told: Sequence[SignAnswer | int | None]) -> Asked:
        """Where something was told."""
        if None not in told:
            return self._at(tuple(range(len(told))))
        return self._at(tuple([place for place, each in enumerate(told) if each is not None]))

    def _at(self, places: tuple[int, ...]) -> Asked:
        """One for all fields that were answered at the same check-ins."""
        found = self._alike.get(places)
        if found is None:
            spans, ranks = self._whole, self._ranks
            found = Asked([spans[place] for place in places], [ranks[place] for place in places], self.window_days)
            self._alike[places] = found
        return found

    def _by_topic(self) -> dict[UUID, Asked]:
        topics: dict[UUID, dict[int, int]] = defaultdict(dict)
        for place, span in enumerate(self._whole):
            told = span.content.full
            if told.conflict_topic is not None and told.repeated_conflicts is not None:
                topics[told.conflict_topic][place] = told.repeated_conflicts
        found = {topic: self._at(tuple(fights)) for topic, fights in topics.items()}
        for topic, asked in found.items():
            asked.add_up(FIGHTS_FIELD, topics[topic].values())
        return found

    def _so_far(self, sign: str) -> list[Answers]:
        """The answers of the first 0, 1, 2 and so on of the check-ins, with all their days."""
        found = self._answers_so_far.get(sign)
        if found is None:
            each = zip(self._told[sign], self.answered(sign).lengths, strict=True)
            says = ONE_SAYS
            found = [NO_ANSWERS, *accumulate([says[answer][days] for answer, days in each])]
            self._answers_so_far[sign] = found
        return found


def by_topic(fights: Iterable[Kept]) -> dict[UUID, list[Kept]]:
    """The fights about each topic; those about none that is known have no part."""
    found: dict[UUID, list[Kept]] = defaultdict(list)
    for held in fights:
        topic = held.span.content.full.conflict_topic
        if topic is not None:
            found[topic].append(held)
    return found


def _from(first: int, days: Days) -> Days:
    """Those of some days, oldest first, that are not before `first`."""
    return days[bisect_left(days, first) :]


_last = attrgetter("last")
