"""The six rules: the state of one sign over the window up to one day.

R0 reads the answers; beside it some signs take in counts, days, relief or fights (each sign's own rule can only add to
what the answers say). Source: the numbers are project defaults, in the catalogue's rules.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from statistics import median
from typing import NamedTuple
from uuid import UUID

from core.analysis.sign_episodes import ReliefCounts, relief_in, relief_so_far
from core.analysis.sign_inputs import Amount, Inputs, Sums, amount_of, by_topic
from core.analysis.sign_lines import CHECKING_FIELD, FIGHTS_FIELD, REASSURANCE_FIELD, THOUGHTS_FIELD, Held, Relief
from core.model.days import DAYS_IN_WEEK
from core.model.readings import SignState
from core.model.sign_findings import (
    CHECKING_SIGN,
    CONFLICT_SIGN,
    HEIGHT,
    OVERTHINKING_SIGN,
    REASSURANCE_SIGN,
)
from core.model.sign_thresholds import SignThresholds

FIGHT_WINDOW_DAYS = 28
# The states at hand: to look a member up in its class takes longer than many a line of the rules, which are read at
# every check-in.
INSUFFICIENT, NOT_SEEN, WATCH, PRESENT = (
    SignState.INSUFFICIENT,
    SignState.NOT_SEEN,
    SignState.WATCH,
    SignState.PRESENT,
)


class SixSigns:
    """The rules with the numbers in force, over one history."""

    def __init__(self, inputs: Inputs, thresholds: SignThresholds) -> None:
        """Read `thresholds` once, so that a share is what was written: 0.7 is seven tenths."""
        self.inputs = inputs
        self.answers_rule, self.six = thresholds.answers, thresholds.six
        self.present_share = _share(self.answers_rule.present_share)
        self.watch_share = _share(self.answers_rule.watch_share)
        self.checking_shares = (_share(self.six.checking_present_share), _share(self.six.checking_watch_share))
        self.short_share = _share(self.six.poor_relief_short_share)
        self._own: Mapping[str, Callable[[int, SignState], SignState]] = {
            REASSURANCE_SIGN: self._reassurance,
            CHECKING_SIGN: self._checking,
            OVERTHINKING_SIGN: self._overthinking,
            CONFLICT_SIGN: self._conflict,
        }
        self._relief_so_far: list[ReliefCounts] | None = None
        self._known: dict[tuple[str, int], SignState] = {}

    def state(self, sign: str, day: int) -> SignState:
        """The state over the window up to `day` (an ordinal), by the rule alone."""
        found = self._known.get((sign, day))
        if found is None:
            found = self._known[sign, day] = self.state_by(sign, day, self.inputs.sums(sign, day))
        return found

    def state_by(self, sign: str, day: int, answers: Sums) -> SignState:
        """The state up to `day` if these were the answers of the window, with everything else as it was recorded."""
        enough = self.enough(answers)
        if not enough and not (sign == REASSURANCE_SIGN and self.enough_counts(day)):
            return INSUFFICIENT
        by_answers = self.by_answers(answers) if enough else NOT_SEEN
        own = self._own.get(sign)
        if own is None or by_answers is PRESENT:
            return by_answers
        return own(day, by_answers)

    def enough(self, answers: Sums) -> bool:
        """Whether enough was answered to say anything."""
        rule = self.answers_rule
        often, often_days, sometimes, sometimes_days, absent, absent_days = answers
        asked_days = often_days + sometimes_days + absent_days
        return asked_days >= rule.min_asked_days and often + sometimes + absent >= rule.min_check_ins

    def enough_counts(self, day: int) -> bool:
        """Whether the times asked for reassurance are enough where answers are not."""
        rule, counted = self.answers_rule, self.inputs.amount(REASSURANCE_FIELD, day)
        return counted.days >= rule.min_asked_days and counted.check_ins >= rule.min_check_ins

    def by_answers(self, answers: Sums) -> SignState:
        """R0, for answers that are enough."""
        rule = self.answers_rule
        often, often_days, sometimes, sometimes_days, _, absent_days = answers
        asked = often_days + sometimes_days + absent_days
        if often >= rule.present_often_check_ins and _on_share(often_days, asked, self.present_share):
            return PRESENT
        if often >= rule.watch_often_check_ins:
            return WATCH
        seen, seen_days = often + sometimes, often_days + sometimes_days
        if seen >= rule.watch_seen_check_ins and _on_share(seen_days, asked, self.watch_share):
            return WATCH
        return NOT_SEEN

    def enough_days(self, amount: Amount) -> bool:
        """Whether a count was observed on enough days for a rule to read it."""
        return amount.days >= self.answers_rule.min_asked_days

    def days(self, day: int) -> range:
        """The days of the window up to `day`."""
        return range(day - self.inputs.window_days + 1, day + 1)

    def poor_relief(self, day: int) -> bool:
        """Whether reassurance did not settle the worry: low relief in the middle, or mostly for a short time.

        Minutes that are a minimum are never taken for short.
        """
        told, needed = self._relief(day), self.six.poor_relief_episodes
        if told.helped >= needed and self._low_in_the_middle(told, day):
            return True
        return told.lasting >= needed and _on_share(told.short, told.lasting, self.short_share)

    def _relief(self, day: int) -> ReliefCounts:
        """What is told in the window: by running sums where every check-in keeps its days, else gone through."""
        counted = self.inputs.counted(REASSURANCE_FIELD)
        begin, end, cut, apart = counted.place(day)
        if not apart or (cut and counted.lines[begin].relief is not None):
            return relief_so_far([self._relief_told(day)], self.six)[-1]
        if self._relief_so_far is None:
            self._relief_so_far = relief_so_far((line.relief for line in counted.lines), self.six)
        return self._relief_so_far[end].less(self._relief_so_far[begin])

    def _relief_told(self, day: int) -> Relief:
        return relief_in(self.inputs.held_counts(REASSURANCE_FIELD, day), self.days(day))

    def _low_in_the_middle(self, told: ReliefCounts, day: int) -> bool:
        """Whether the median relief is low; only where just half of them are low does it have to be worked out."""
        if 2 * told.low != told.helped:
            return 2 * told.low > told.helped
        return median(self._relief_told(day).reliefs) <= self.six.poor_relief_median

    def topic_in_front(self, day: int) -> tuple[UUID, "Fights"] | None:
        """The topic that says most in the window up to `day`, if any fight had a topic."""
        found = by_topic(self.inputs.held_counts(FIGHTS_FIELD, day))
        every = [(topic, Fights(amount_of(some, FIGHTS_FIELD), tuple(some))) for topic, some in found.items()]
        # The id comes last, so that the order of records never matters.
        every.sort(key=lambda item: (-HEIGHT[self.by_fights(item[1].amount)], -item[1].amount.total, item[0]))
        return every[0] if every else None

    def by_fights(self, fights: Amount) -> SignState:
        """What fights about one topic say; figures are of 28 days, also where the window is of another length."""
        told = fights.check_ins >= self.six.conflict_present_check_ins
        if told and self._many_fights(fights, self.six.conflict_present_fights):
            return PRESENT
        watch = self._many_fights(fights, self.six.conflict_watch_fights)
        return WATCH if watch else NOT_SEEN

    def _many_fights(self, fights: Amount, line: int) -> bool:
        return fights.top * FIGHT_WINDOW_DAYS >= line * fights.bottom * self.inputs.window_days

    def _reassurance(self, day: int, so_far: SignState) -> SignState:
        counted, six = self.inputs.amount(REASSURANCE_FIELD, day), self.six
        observed = self.enough_days(counted)
        many = observed and per_week(counted, six.reassurance_present_per_week)
        watched = observed and per_week(counted, six.reassurance_watch_per_week)
        if not many and (watched or so_far is WATCH):
            return WATCH  # relief could add nothing
        if not self.poor_relief(day):
            return WATCH if watched else so_far
        return PRESENT if many else WATCH

    def _checking(self, day: int, so_far: SignState) -> SignState:
        checked = self.inputs.amount(CHECKING_FIELD, day)
        if not self.enough_days(checked):
            return so_far
        present, watch = self.checking_shares
        if on_share(checked, present):
            return PRESENT
        return WATCH if on_share(checked, watch) else so_far

    def _overthinking(self, day: int, so_far: SignState) -> SignState:
        if so_far is WATCH:
            return so_far
        thoughts = self.inputs.amount(THOUGHTS_FIELD, day)
        many = self.enough_days(thoughts) and per_week(thoughts, self.six.overthinking_watch_per_week)
        return WATCH if many else so_far

    def _conflict(self, day: int, so_far: SignState) -> SignState:
        every = self.by_fights(self.inputs.amount(FIGHTS_FIELD, day))
        if HEIGHT[every] <= HEIGHT[so_far]:
            return so_far  # no single topic can say more than all of them together
        topics = map(self.by_fights, self.inputs.fights_by_topic(day))
        return max((so_far, *topics), key=HEIGHT.__getitem__)


class Share(NamedTuple):
    """A share as two whole numbers, so that it is what was written (0.7 is seven tenths) and quickly compared."""

    top: int
    bottom: int


class Fights(NamedTuple):
    """The fights about one topic and the check-ins that tell of them."""

    amount: Amount
    held: tuple[Held, ...]


def per_week(amount: Amount, line: int) -> bool:
    """Whether it was `line` a week or more."""
    return amount.top * DAYS_IN_WEEK >= line * amount.bottom * amount.days


def on_share(amount: Amount, share: Share) -> bool:
    """Whether a count of days is `share` of the observed days or more."""
    return amount.top * share.bottom >= share.top * amount.bottom * amount.days


def _on_share(part: int, whole: int, share: Share) -> bool:
    return part * share.bottom >= share.top * whole


@cache
def _share(share: float) -> Share:
    return Share(*Fraction(str(share)).as_integer_ratio())
