"""The six warning signs: the state of each, what it rests on, since when it holds, and what would move it.

States are read at every check-in of the history and again on the day of the reading; nothing is remembered between
calls. Withdrawal from the partner is not isolation, and reassurance that helps is not a sign.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from statistics import median_low
from typing import NamedTuple

from core.analysis.exposure import CheckInRecords, counting
from core.analysis.sign_answers import Answers, numbers_of, said
from core.analysis.sign_course import Now, Track, standing, state_now, week_ends, weeks_present
from core.analysis.sign_fields import COUNTED
from core.analysis.sign_grounds import grounds_of
from core.analysis.sign_inputs import Inputs
from core.analysis.sign_rules import SixSigns
from core.model.check_in_parts import SignAnswer
from core.model.days import DAYS_IN_WEEK, Window
from core.model.readings import SignEntry, SignReading, SignState
from core.model.sign_findings import HEIGHT, SignFinding, WouldChange
from core.model.sign_thresholds import SignThresholds

MOST_FURTHER_CHECK_INS = 4
MOST_FURTHER_DAYS = 31
SUPPOSED_FROM = 8

INSUFFICIENT = SignState.INSUFFICIENT


def read_signs(
    records: CheckInRecords, as_of: date, signs: Iterable[str], thresholds: SignThresholds
) -> tuple[SignFinding, ...]:
    """Each of `signs` (catalogue ids, in their order) as of a day; check-ins that end later are not known yet.

    A check-in counts when it keeps at least one day by the exposure rule. Shares are of asked days, in which "no
    occasion" and days without an answer have no part. Source: the six signs are those of document 1; every number is
    a project default, or the therapist's own.
    """
    history = _History(records, as_of, thresholds)
    return tuple(_finding(history, sign) for sign in signs)


def read_sign(sign: str, records: CheckInRecords, as_of: date, thresholds: SignThresholds) -> SignFinding:
    """One sign, as `read_signs` reads it."""
    return read_signs(records, as_of, (sign,), thresholds)[0]


def read_states(
    records: CheckInRecords, as_of: date, signs: Iterable[str], thresholds: SignThresholds
) -> tuple[SignReading, ...]:
    """The readings alone, for many clients at once: the states that `read_signs` gives, without grounds or course."""
    history = _History(records, as_of, thresholds)
    return tuple(history.reading(sign) for sign in signs)


class _Read(NamedTuple):
    """One sign: its states at the check-ins that answered, what the rule says on some other days, and the answers."""

    track: Track
    by_rule: dict[int, SignState]
    answers: Answers


class _Further(NamedTuple):
    """Check-ins of as many `days` each that follow each other from the day after the reading on, all with one answer.

    `last` is the day that ends the last of them, `says` what they say in the window up to it.
    """

    check_ins: int
    days: int
    answer: SignAnswer
    last: int
    says: Answers


class _History:
    """The check-ins of one client as one call reads them."""

    def __init__(self, records: CheckInRecords, as_of: date, thresholds: SignThresholds) -> None:
        self.known = counting(records).ended_by(as_of)
        self.day = as_of.toordinal()
        self.thresholds = thresholds
        self.parameters = thresholds.parameters
        self.window = Window.ending(as_of, thresholds.answers.window_days)
        self.shown_days = max(thresholds.six.eased_shown_days, thresholds.six.weeks_looked_back * DAYS_IN_WEEK)
        self.rules = self._rules_between(self.day - 2 * self.shown_days, self.day)
        self._earlier: dict[int, SixSigns] = {}
        touching = self.known.touching(self.window)
        in_window = [(span.content.period, span.record.ref, span.content.signs) for span in touching]
        self.in_window = sorted(in_window, key=lambda each: (each[0].end, each[0].start, each[1].number))

    def _rules_between(self, first: int, last: int) -> SixSigns:
        return SixSigns(Inputs.between(self.known, first, last, self.window.days), self.thresholds)

    def stretches(self) -> Iterator[tuple[int, SixSigns]]:
        """The record from its end back to its begin, in ever longer stretches: the first day of each, and its rules."""
        begins = self.day if self.known.first is None else self.known.first
        back = 2 * self.shown_days
        first, rules = self.day - back, self.rules
        yield first, rules
        while first > begins:
            back *= 2
            first, last = self.day - back, first - 1
            if first not in self._earlier:
                self._earlier[first] = self._rules_between(first, last)
            yield first, self._earlier[first]

    def read(self, sign: str, days: Sequence[int]) -> _Read:
        """The sign at its latest check-ins, as many as what is told of it rests on, and by the rule on `days`.

        The day of the reading is among `days`. Too little is known where the latest answer is too long ago.
        """
        six, states = self.thresholds.six, dict[int, SignState]()
        told, further, track = list[int](), {*days}, Track.of([], [], self.thresholds.six.confirm_check_ins)
        for first, rules in self.stretches():
            inputs = rules.inputs
            ends = inputs.ends(sign, first)
            some = (*ends, *further.difference(ends))
            states |= zip(some, rules.states(sign, some), strict=True)
            told = [*inputs.answered_days(sign, first), *told]
            track = Track.of(told, [states[day] for day in told], six.confirm_check_ins)
            if track.is_enough(self.day - self.shown_days):
                break
            further = set()
        by_rule = {}
        for day in days:
            latest = track.latest_up_to(day)
            long_ago = latest is None or day - latest > six.unanswered_days
            by_rule[day] = INSUFFICIENT if long_ago else states[day]
        return _Read(track, by_rule, self.rules.inputs.answers(sign, (self.day,))[0])

    def now(self, found: _Read) -> Now:
        """A sign on the day of the reading."""
        latest = found.track.days[-1] if found.track.days else None
        return Now(day=self.day, by_rule=found.by_rule[self.day], latest_answer=latest, record_begins=self.known.first)

    def reading(self, sign: str) -> SignReading:
        """What is shown, with the entries of the window."""
        found = self.read(sign, [self.day])
        return SignReading(
            sign=sign,
            state=state_now(found.track, self.now(found)),
            window=self.window,
            asked_days=numbers_of(found.answers)[-1],
            entries=self.entries(sign),
        )

    def entries(self, sign: str) -> tuple[SignEntry, ...]:
        """What the check-ins that touch the window say to `sign`, by last day."""
        held = self.rules.inputs.answered(sign).held(self.day)
        days = {span.record.ref.number: len(days) for span, days in held}
        return tuple(
            SignEntry(ref=ref, period=period, answer=answers.get(sign), days=days.get(ref.number, 0))
            for period, ref, answers in self.in_window
        )

    def further(self, check_ins: int, days: int, answer: SignAnswer) -> _Further:
        """Some further check-ins."""
        inside = min(check_ins * days, self.window.days)  # of their days; they follow each other
        return _Further(check_ins, days, answer, self.day + check_ins * days, said(answer, -(-inside // days), inside))

    @cached_property
    def usual_further(self) -> list[_Further]:
        """With each answer that counts, one, two and so on check-ins of as many days as one of late speaks of."""
        recent = self.rules.inputs.ended_in_window(self.day)
        days = median_low([span.content.period_days for span in recent[-SUPPOSED_FROM:]]) if recent else DAYS_IN_WEEK
        every = range(1, MOST_FURTHER_CHECK_INS + 1)
        return [self.further(check_ins, days, answer) for answer in COUNTED for check_ins in every]

    def rule_if(self, sign: str, further: Sequence[_Further]) -> list[SignState]:
        """What the rule would say after each of `further`."""
        lasts = tuple([each.last for each in further])
        known = self.rules.inputs.answers(sign, lasts)
        answers = [before + each.says for before, each in zip(known, further, strict=True)]
        return self.rules.states_if(sign, lasts, answers)


def _finding(history: _History, sign: str) -> SignFinding:
    six, day = history.thresholds.six, history.day
    found = history.read(sign, week_ends(day, six))
    track, now = found.track, history.now(found)
    state = state_now(track, now)
    return SignFinding(
        sign=sign,
        state=state,
        window=history.window,
        asked_days=numbers_of(found.answers)[-1],
        entries=history.entries(sign),
        by_rule=now.by_rule,
        from_counts=now.by_rule is not INSUFFICIENT and history.rules.by_answers(found.answers) is INSUFFICIENT,
        grounds=grounds_of(history.rules, sign, day),
        standing=standing(track, now, six, weeks_present(track, found.by_rule, six)),
        would_change=_would_change(history, sign, track, state, found.answers),
        parameters=history.parameters,
    )


def _would_change(
    history: _History, sign: str, track: Track, state: SignState, answers: Answers
) -> tuple[WouldChange, ...]:
    """What further check-ins would do, found by reading the rule over a record that holds them."""
    if state is INSUFFICIENT:
        absent = [each for each in history.usual_further if each.answer is SignAnswer.NOT_PRESENT]
        further = [*_one_further(history, answers), *absent]
        return tuple(
            WouldChange(check_ins=each.check_ins, days=each.days, answer=None, state=None)
            for each, judged in zip(further, history.rule_if(sign, further), strict=True)
            if judged is not INSUFFICIENT
        )[:1]
    changes, by_rule = [], history.rule_if(sign, history.usual_further)
    for at in range(0, len(by_rule), MOST_FURTHER_CHECK_INS):
        same_answer = slice(at, at + MOST_FURTHER_CHECK_INS)
        shown_after = track.shown_after(by_rule[same_answer])
        for each, shown in zip(history.usual_further[same_answer], shown_after, strict=True):
            if shown is not state and shown is not INSUFFICIENT:
                changes.append(WouldChange(check_ins=each.check_ins, days=each.days, answer=each.answer, state=shown))
                break
    higher = [each for each in changes if each.state and HEIGHT[each.state] > HEIGHT[state]]
    lower = [each for each in changes if each.state and HEIGHT[each.state] < HEIGHT[state]]
    # Of two answers that do it as soon, the stronger one is named for a rise and the weaker one for a fall.
    up = min(higher, key=lambda each: each.check_ins, default=None)
    down = min(reversed(lower), key=lambda each: each.check_ins, default=None)
    return tuple(each for each in (up, down) if each is not None)


def _one_further(history: _History, answers: Answers) -> list[_Further]:
    """One more check-in, if that can be enough, of as many days as are asked for at least, and of more."""
    least, (*_, check_ins, asked_days) = history.thresholds.answers, numbers_of(answers)
    if check_ins + 1 < least.min_check_ins:
        return []
    days = range(max(1, least.min_asked_days - asked_days), MOST_FURTHER_DAYS + 1)
    return [history.further(1, each, SignAnswer.NOT_PRESENT) for each in days]
