"""The six rules: the state of one sign over the window up to one day.

R0 reads the answers; beside it some signs take in counts, days, relief or fights (each sign's own rule can only add to
what the answers say). Source: the numbers are project defaults, in the catalogue's rules.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from statistics import median
from typing import NamedTuple
from uuid import UUID

from core.analysis.days_kept import Kept
from core.analysis.sign_answers import Answers, numbers_of
from core.analysis.sign_episodes import NO_RELIEF, ReliefCounts, described, relief_so_far
from core.analysis.sign_fields import CHECKING_FIELD, FIGHTS_FIELD, REASSURANCE_FIELD, THOUGHTS_FIELD
from core.analysis.sign_inputs import Inputs, by_topic
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
        self._own: Mapping[str, tuple[str, Callable[[Days, list[SignState]], None]]] = {
            REASSURANCE_SIGN: (REASSURANCE_FIELD, self._reassurance),
            CHECKING_SIGN: (CHECKING_FIELD, self._checking),
            OVERTHINKING_SIGN: (THOUGHTS_FIELD, self._overthinking),
            CONFLICT_SIGN: (FIGHTS_FIELD, self._conflict),
        }
        self._known: dict[Answers, SignState] = {}  # the same answers come again in many windows and signs
        self._relief_so_far: list[ReliefCounts] | None = None

    def states(self, sign: str, days: Days) -> list[SignState]:
        """The states over the windows up to `days`."""
        if not self.inputs.ends(sign):
            return [INSUFFICIENT] * len(days)
        return self.states_if(sign, days, self.inputs.answers(sign, days))

    def states_if(self, sign: str, days: Days, answers: Iterable[Answers]) -> list[SignState]:
        """The states over the windows up to `days` if these were their answers, with all else as it was recorded."""
        known, states = self._known, []
        for each in answers:
            state = known.get(each)
            if state is None:
                state = known[each] = self.by_answers(each)
            states.append(state)
        if sign in self._own:
            field, take_in = self._own[sign]
            if self.inputs.counted(field).spans:
                take_in(days, states)
        return states

    def by_answers(self, answers: Answers) -> SignState:
        """R0: what answers say, or that they are too few."""
        rule, (often, often_days, seen, seen_days, check_ins, asked) = self.answers_rule, numbers_of(answers)
        (present_top, present_bottom), (watch_top, watch_bottom) = self.present_share, self.watch_share
        if asked < rule.min_asked_days or check_ins < rule.min_check_ins:
            return INSUFFICIENT
        if often >= rule.present_often_check_ins and often_days * present_bottom >= present_top * asked:
            return PRESENT
        if often >= rule.watch_often_check_ins:
            return WATCH
        if seen >= rule.watch_seen_check_ins and seen_days * watch_bottom >= watch_top * asked:
            return WATCH
        return NOT_SEEN

    def enough_days(self, amount: Amount) -> bool:
        """Whether a count was observed on enough days for a rule to read it."""
        return amount.days >= self.answers_rule.min_asked_days

    def poor_relief(self, days: Days, places: Sequence[int]) -> list[bool]:
        """Whether reassurance did not settle the worry: low relief in the middle, or mostly for a short time.

        For the windows up to the `days` that are at `places`. Minutes that are a minimum are never taken for short.
        """
        asked = self.inputs.counted(REASSURANCE_FIELD)
        if self._relief_so_far is None:
            self._relief_so_far = relief_so_far([span.content.episodes for span in asked.spans], self.six)
        so_far, windows = self._relief_so_far, asked.windows(days)
        if so_far[-1] == NO_RELIEF:
            return [False] * len(places)
        cut = [at for at in windows.cuts if asked.spans[windows.places[at][0]].content.episodes]
        in_part = {*cut, *windows.clashing}  # only some episodes of their check-ins are of these windows
        needed, (top, bottom) = self.six.poor_relief_episodes, self.short_share
        poor = []
        for at in places:
            if at in in_part:
                helped, low, lasting, short = relief_so_far([self._episodes(windows, at, whole=False)], self.six)[-1]
            else:
                begin, end = windows.places[at]
                a, b, c, d = so_far[begin]
                w, x, y, z = so_far[end]
                helped, low, lasting, short = w - a, x - b, y - c, z - d
            is_poor = lasting >= needed and short * bottom >= top * lasting
            if not is_poor and helped >= needed and 2 * low >= helped:
                # Only where just half of them are low does the median have to be worked out.
                is_poor = 2 * low > helped or self._is_low(self._episodes(windows, at, whole=at not in in_part))
            poor.append(is_poor)
        return poor

    def _episodes(self, windows: Windows, at: int, *, whole: bool) -> list[Episode]:
        """What is told in one of the windows of reassurance: all that its check-ins tell where these are `whole`."""
        asked = self.inputs.counted(REASSURANCE_FIELD)
        if whole:
            begin, end = windows.places[at]
            return [told for span in asked.spans[begin:end] for told in span.content.episodes]
        return [each.told for each in described(asked.held(windows.days[at]))]

    def _is_low(self, episodes: Iterable[Episode]) -> bool:
        """Whether the median relief is low."""
        return median([told.relief for told in episodes if told.relief is not None]) <= self.six.poor_relief_median

    def topic_in_front(self, day: int) -> tuple[UUID, "Fights"] | None:
        """The topic that says most in the window up to `day`, if any fight had a topic."""
        found = by_topic(self.inputs.counted(FIGHTS_FIELD).held(day))
        every = [(topic, Fights(amount_of(some, FIGHTS_FIELD), tuple(some))) for topic, some in found.items()]
        # The id comes last, so that the order of records never matters.
        every.sort(key=lambda item: (-HEIGHT[self.by_fights([item[1].amount])[0]], -item[1].amount.total, item[0]))
        return every[0] if every else None

    def by_fights(self, all_fights: Iterable[Counted]) -> list[SignState]:
        """What fights about one topic say; figures are of 28 days, also where the window is of another length."""
        six, window_days = self.six, self.inputs.window_days
        present, watch = six.conflict_present_fights * window_days, six.conflict_watch_fights * window_days
        states = []
        for top, bottom, _, check_ins in all_fights:
            in_window = top * FIGHT_WINDOW_DAYS
            if check_ins >= six.conflict_present_check_ins and in_window >= present * bottom:
                states.append(PRESENT)
            else:
                states.append(WATCH if in_window >= watch * bottom else NOT_SEEN)
        return states

    def _reassurance(self, days: Days, states: list[SignState]) -> None:
        rule, six = self.answers_rule, self.six
        least_days, least_check_ins = rule.min_asked_days, rule.min_check_ins
        many, some = six.reassurance_present_per_week, six.reassurance_watch_per_week
        not_present = [at for at, state in enumerate(states) if state is not PRESENT]
        if_poor = {}
        for at, counted in self.inputs.counted(REASSURANCE_FIELD).amounts(REASSURANCE_FIELD, days, not_present).items():
            top, bottom, observed, check_ins = counted
            state, enough = states[at], observed >= least_days
            if state is INSUFFICIENT:
                if not enough or check_ins < least_check_ins:
                    continue
                state = NOT_SEEN
            weekly, once = top * DAYS_IN_WEEK, bottom * observed
            often = enough and weekly >= many * once
            if often or (enough and weekly >= some * once):
                state = WATCH
            if often or state is NOT_SEEN:
                if_poor[at] = PRESENT if often else WATCH
            states[at] = state
        for at, is_poor in zip(if_poor, self.poor_relief(days, list(if_poor)), strict=True):
            if is_poor:
                states[at] = if_poor[at]

    def _checking(self, days: Days, states: list[SignState]) -> None:
        present, watch = self.checking_shares
        for at, checked in self._enough(CHECKING_FIELD, days, _where(states, NOT_SEEN, WATCH)):
            if on_share(checked, present):
                states[at] = PRESENT
            elif on_share(checked, watch):
                states[at] = WATCH

    def _overthinking(self, days: Days, states: list[SignState]) -> None:
        line = self.six.overthinking_watch_per_week
        for at, thoughts in self._enough(THOUGHTS_FIELD, days, _where(states, NOT_SEEN)):
            if per_week(thoughts, line):
                states[at] = WATCH

    def _conflict(self, days: Days, states: list[SignState]) -> None:
        fights = self.inputs.counted(FIGHTS_FIELD).amounts(FIGHTS_FIELD, days, _where(states, NOT_SEEN, WATCH))
        # No single topic can say more than all of them together.
        together = zip(fights, self.by_fights(fights.values()), strict=True)
        higher = [at for at, state in together if HEIGHT[state] > HEIGHT[states[at]]]
        for of_topic in self.inputs.fights_by_topic(tuple([days[at] for at in higher])):
            for at, state in zip(higher, self.by_fights(of_topic), strict=True):
                if HEIGHT[state] > HEIGHT[states[at]]:
                    states[at] = state

    def _enough(self, name: str, days: Days, places: Iterable[int]) -> list[tuple[int, Counted]]:
        """The count `name` in the windows at `places`, where it was observed on enough days for a rule to read it."""
        least_days, counted = self.answers_rule.min_asked_days, self.inputs.counted(name)
        return [each for each in counted.amounts(name, days, places).items() if each[1][2] >= least_days]


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


def _where(states: Iterable[SignState], *some: SignState) -> list[int]:
    """The places of some states."""
    return [at for at, state in enumerate(states) if state in some]


@cache
def _share(share: float) -> Share:
    return Share(*Fraction(str(share)).as_integer_ratio())
