"""The six rules: the state of one sign over the window up to one day.

R0 reads the answers; beside it some signs take in counts, days, relief or fights (each sign's own rule can only add to
what the answers say). Source: the numbers are project defaults, in the catalogue's rules.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cache
from statistics import median
from typing import NamedTuple
from uuid import UUID

from core.analysis.days_kept import Kept
from core.analysis.sign_episodes import NO_RELIEF, ReliefCounts, described, relief_counts, relief_so_far
from core.analysis.sign_fields import CHECKING_FIELD, FIGHTS_FIELD, REASSURANCE_FIELD, THOUGHTS_FIELD
from core.analysis.sign_inputs import Answers, Inputs, by_topic
from core.analysis.sign_windows import Amount, Counted, Days, Windows, amount_of
from core.model.check_in_parts import Episode
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
        self._own: Mapping[str, Callable[[Days, list[SignState]], list[SignState]]] = {
            REASSURANCE_SIGN: self._reassurance,
            CHECKING_SIGN: self._checking,
            OVERTHINKING_SIGN: self._overthinking,
            CONFLICT_SIGN: self._conflict,
        }
        self._relief_so_far: list[ReliefCounts] | None = None

    def states(self, sign: str, days: Days) -> list[SignState]:
        """The states over the windows up to `days`, by the rule alone."""
        return self.states_if(sign, days, self.inputs.answers(sign, days))

    def states_if(self, sign: str, days: Days, answers: Iterable[Answers]) -> list[SignState]:
        """The states if these were the answers of the windows, with everything else as it was recorded."""
        by_answers = self.by_answers(answers)
        own = self._own.get(sign)
        return by_answers if own is None else own(days, by_answers)

    def by_answers(self, all_answers: Iterable[Answers]) -> list[SignState]:
        """R0: what answers say, or that they are too few."""
        rule = self.answers_rule
        least_days, least_check_ins = rule.min_asked_days, rule.min_check_ins
        present_from, watch_from, seen_from = (
            rule.present_often_check_ins,
            rule.watch_often_check_ins,
            rule.watch_seen_check_ins,
        )
        (present_top, present_bottom), (watch_top, watch_bottom) = self.present_share, self.watch_share
        states = []
        for often, often_days, seen, seen_days, check_ins, asked in all_answers:
            if asked < least_days or check_ins < least_check_ins:
                state = INSUFFICIENT
            elif often >= present_from and often_days * present_bottom >= present_top * asked:
                state = PRESENT
            elif often >= watch_from or (seen >= seen_from and seen_days * watch_bottom >= watch_top * asked):
                state = WATCH
            else:
                state = NOT_SEEN
            states.append(state)
        return states

    def enough_days(self, amount: Amount) -> bool:
        """Whether a count was observed on enough days for a rule to read it."""
        return amount.days >= self.answers_rule.min_asked_days

    def poor_relief(self, days: Days, places: Iterable[int]) -> list[bool]:
        """Whether reassurance did not settle the worry: low relief in the middle, or mostly for a short time.

        For the windows up to the `days` that are at `places`. Minutes that are a minimum are never taken for short.
        """
        windows = self.inputs.counted(REASSURANCE_FIELD).windows(days)
        needed, (top, bottom) = self.six.poor_relief_episodes, self.short_share
        poor = []
        for at in places:
            helped, low, lasting, short = self.relief(windows, at)
            poor.append(
                (helped >= needed and self._low_in_the_middle(helped, low, windows, at))
                or (lasting >= needed and short * bottom >= top * lasting)
            )
        return poor

    def relief(self, windows: Windows, at: int) -> ReliefCounts:
        """What is told in one of the windows: by running sums where check-ins keep their days, else gone through."""
        if not self._is_whole(windows, at):
            return relief_counts(NO_RELIEF, self._episodes(windows, at), self.six)
        if self._relief_so_far is None:
            asked = self.inputs.counted(REASSURANCE_FIELD)
            self._relief_so_far = relief_so_far([span.content.episodes for span in asked.spans], self.six)
        begin, end, _ = windows.places[at]
        a, b, c, d = self._relief_so_far[begin]
        w, x, y, z = self._relief_so_far[end]
        return w - a, x - b, y - c, z - d

    def _episodes(self, windows: Windows, at: int) -> list[Episode]:
        asked = self.inputs.counted(REASSURANCE_FIELD)
        if self._is_whole(windows, at):
            begin, end, _ = windows.places[at]
            return [told for span in asked.spans[begin:end] for told in span.content.episodes]
        return [each.told for each in described(asked.held(windows.days[at]))]

    def _is_whole(self, windows: Windows, at: int) -> bool:
        """Whether all episodes of the check-ins that lie in a window are of it."""
        begin, _, cut = windows.places[at]
        if cut and self.inputs.counted(REASSURANCE_FIELD).spans[begin].content.episodes:
            return False
        return at not in windows.clashing

    def _low_in_the_middle(self, helped: int, low: int, windows: Windows, at: int) -> bool:
        """Whether the median relief is low; only where just half of them are low does it have to be worked out."""
        if 2 * low != helped:
            return 2 * low > helped
        reliefs = [each.relief for each in self._episodes(windows, at) if each.relief is not None]
        return median(reliefs) <= self.six.poor_relief_median

    def topic_in_front(self, day: int) -> tuple[UUID, "Fights"] | None:
        """The topic that says most in the window up to `day`, if any fight had a topic."""
        found = by_topic(self.inputs.counted(FIGHTS_FIELD).held(day))
        every = [(topic, Fights(amount_of(some, FIGHTS_FIELD), tuple(some))) for topic, some in found.items()]
        # The id comes last, so that the order of records never matters.
        every.sort(key=lambda item: (-HEIGHT[self.by_fights(item[1].amount)], -item[1].amount.total, item[0]))
        return every[0] if every else None

    def by_fights(self, fights: Counted) -> SignState:
        """What fights about one topic say; figures are of 28 days, also where the window is of another length."""
        top, bottom, _, check_ins = fights
        six, in_window, unit = self.six, top * FIGHT_WINDOW_DAYS, bottom * self.inputs.window_days
        if check_ins >= six.conflict_present_check_ins and in_window >= six.conflict_present_fights * unit:
            return PRESENT
        return WATCH if in_window >= six.conflict_watch_fights * unit else NOT_SEEN

    def _reassurance(self, days: Days, by_answers: list[SignState]) -> list[SignState]:
        rule, six = self.answers_rule, self.six
        many, some = six.reassurance_present_per_week, six.reassurance_watch_per_week
        states, if_poor = by_answers.copy(), {}
        for at, counted in enumerate(self.inputs.amounts(REASSURANCE_FIELD, days)):
            state, observed = states[at], counted[2] >= rule.min_asked_days
            if state is INSUFFICIENT and observed and counted[3] >= rule.min_check_ins:
                state = NOT_SEEN
            if state is NOT_SEEN or state is WATCH:
                often = observed and per_week(counted, many)
                if often or (observed and per_week(counted, some)):
                    state = WATCH
                if often or state is NOT_SEEN:
                    if_poor[at] = PRESENT if often else WATCH
            states[at] = state
        poor = self.poor_relief(days, if_poor)
        for at, is_poor in zip(if_poor, poor, strict=True):
            if is_poor:
                states[at] = if_poor[at]
        return states

    def _checking(self, days: Days, by_answers: list[SignState]) -> list[SignState]:
        (present, watch), least_days = self.checking_shares, self.answers_rule.min_asked_days
        states = by_answers.copy()
        for at, checked in enumerate(self.inputs.amounts(CHECKING_FIELD, days)):
            state = states[at]
            if (state is NOT_SEEN or state is WATCH) and checked[2] >= least_days:
                if on_share(checked, present):
                    states[at] = PRESENT
                elif on_share(checked, watch):
                    states[at] = WATCH
        return states

    def _overthinking(self, days: Days, by_answers: list[SignState]) -> list[SignState]:
        least_days, line = self.answers_rule.min_asked_days, self.six.overthinking_watch_per_week
        return [
            WATCH if state is NOT_SEEN and thoughts[2] >= least_days and per_week(thoughts, line) else state
            for state, thoughts in zip(by_answers, self.inputs.amounts(THOUGHTS_FIELD, days), strict=True)
        ]

    def _conflict(self, days: Days, by_answers: list[SignState]) -> list[SignState]:
        states = by_answers.copy()
        every = self.inputs.amounts(FIGHTS_FIELD, days)
        # No single topic can say more than all of them together.
        higher = [
            at
            for at, (state, fights) in enumerate(zip(states, every, strict=True))
            if (state is NOT_SEEN or state is WATCH) and HEIGHT[self.by_fights(fights)] > HEIGHT[state]
        ]
        topics = self.inputs.fights_by_topic(tuple([days[at] for at in higher]))
        for at, fights_by_topic in zip(higher, topics, strict=True):
            states[at] = max([states[at], *map(self.by_fights, fights_by_topic)], key=HEIGHT.__getitem__)
        return states


class Share(NamedTuple):
    """A share as two whole numbers, so that it is what was written (0.7 is seven tenths) and quickly compared."""

    top: int
    bottom: int


class Fights(NamedTuple):
    """The fights about one topic and the check-ins that tell of them."""

    amount: Amount
    held: tuple[Kept, ...]


def per_week(counted: Counted, line: int) -> bool:
    """Whether it was `line` a week or more."""
    top, bottom, days, _ = counted
    return top * DAYS_IN_WEEK >= line * bottom * days


def on_share(counted: Counted, share: Share) -> bool:
    """Whether a count of days is `share` of the observed days or more."""
    top, bottom, days, _ = counted
    return top * share.bottom >= share.top * bottom * days


@cache
def _share(share: float) -> Share:
    return Share(*Fraction(str(share)).as_integer_ratio())
