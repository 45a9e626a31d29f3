"""The six warning signs: the state of each, what it rests on, since when it holds, and what would move it.

States are read at every check-in of the history and again on the day of the reading; nothing is remembered between
calls. Withdrawal from the partner is not isolation, and reassurance that helps is not a sign.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from statistics import median_low
from typing import NamedTuple

from core.analysis.exposure import CheckInRecords, counting, kept_days
from core.analysis.sign_course import Now, Track, standing, state_now, week_ends, weeks_present
from core.analysis.sign_fields import COUNTED
from core.analysis.sign_grounds import grounds_of
from core.analysis.sign_inputs import Answers, Inputs, with_further
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
    """One sign: its states at the check-ins that answered, and on some other days what the rule says and rests on."""

    track: Track
    by_rule: dict[int, SignState]
    answers: dict[int, Answers]


class _Further(NamedTuple):
    """Check-ins of as many `days` each that follow each other from the day after the reading on."""

    check_ins: int
    days: int


class _History:
    """The check-ins of one client as one call reads them."""

    def __init__(self, records: CheckInRecords, as_of: date, thresholds: SignThresholds) -> None:
        known = counting(records).ended_by(as_of)
        self.begins = known.first
        self.day = as_of.toordinal()
        self.thresholds = thresholds
        self.parameters = thresholds.parameters
        self.window = Window.ending(as_of, thresholds.answers.window_days)
        self.rules = SixSigns(Inputs(known, self.window.days), thresholds)
        self.ordered = known.touching(self.window)
        in_window = [(span.content.period, span.ref, span.content.signs) for span in self.ordered]
        self.in_window = sorted(in_window, key=lambda each: (each[0].end, each[0].start, each[1].number))

    def read(self, sign: str, days: Sequence[int]) -> _Read:
        """The sign at its check-ins and on `days`, by the rule; too little where the latest answer is too long ago."""
        six, inputs = self.thresholds.six, self.rules.inputs
        answered = inputs.answered_days(sign)
        ends = inputs.ends(sign) if answered else ()
        every = (*ends, *days)
        answers = inputs.answers(sign, every)
        states = self.rules.states_if(sign, every, answers) if answered else [INSUFFICIENT] * len(days)
        at_check_ins = [state for day, state in zip(ends, states, strict=False) if day in answered]
        track = Track.of([day for day in ends if day in answered], at_check_ins, six.confirm_check_ins)
        by_rule = {}
        for day, state in zip(days, states[len(ends) :], strict=True):
            latest = track.latest_up_to(day)
            long_ago = latest is None or day - latest > six.unanswered_days
            by_rule[day] = INSUFFICIENT if long_ago else state
        return _Read(track, by_rule, dict(zip(days, answers[len(ends) :], strict=True)))

    def now(self, found: _Read) -> Now:
        """A sign on the day of the reading."""
        latest = found.track.days[-1] if found.track.days else None
        return Now(day=self.day, by_rule=found.by_rule[self.day], latest_answer=latest, record_begins=self.begins)

    def reading(self, sign: str) -> SignReading:
        """What is shown, with the entries of the window."""
        found = self.read(sign, [self.day])
        return SignReading(
            sign=sign,
            state=state_now(found.track, self.now(found)),
            window=self.window,
            asked_days=found.answers[self.day][-1],
            entries=self.entries(sign),
        )

    def entries(self, sign: str) -> tuple[SignEntry, ...]:
        """What the check-ins that touch the window say to `sign`, by last day."""
        kept = kept_days(self.ordered, lambda content: sign in content.signs)
        days = {held.span.ref.number: len(held.days) for held in kept}
        return tuple(
            SignEntry(ref=ref, period=period, answer=answers.get(sign), days=days.get(ref.number, 0))
            for period, ref, answers in self.in_window
        )

    @cached_property
    def usual_days(self) -> int:
        """How many days a check-in of late speaks of."""
        recent = self.rules.inputs.ended_in_window(self.day)
        return median_low([span.content.period_days for span in recent[-SUPPOSED_FROM:]]) if recent else DAYS_IN_WEEK


def _finding(history: _History, sign: str) -> SignFinding:
    six, day = history.thresholds.six, history.day
    found = history.read(sign, week_ends(day, six))
    track, now = found.track, history.now(found)
    answers = found.answers[day]
    state = state_now(track, now)
    return SignFinding(
        sign=sign,
        state=state,
        window=history.window,
        asked_days=answers[-1],
        entries=history.entries(sign),
        by_rule=now.by_rule,
        from_counts=now.by_rule is not INSUFFICIENT and history.rules.by_answers([answers]) == [INSUFFICIENT],
        grounds=grounds_of(history.rules, sign, day),
        standing=standing(track, now, six, weeks_present(track, found.by_rule, six)),
        would_change=_would_change(history, sign, track, state, answers),
        parameters=history.parameters,
    )


def _would_change(
    history: _History, sign: str, track: Track, state: SignState, answers: Answers
) -> tuple[WouldChange, ...]:
    """What further check-ins would do, found by reading the rule over a record that holds them."""
    usual = [_Further(check_ins, history.usual_days) for check_ins in range(1, MOST_FURTHER_CHECK_INS + 1)]
    if state is INSUFFICIENT:
        further = [*_one_further(history, answers), *usual]
        [by_rule] = _rule_if(history, sign, [SignAnswer.NOT_PRESENT], further)
        return tuple(
            WouldChange(check_ins=each.check_ins, days=each.days, answer=None, state=None)
            for each, judged in zip(further, by_rule, strict=True)
            if judged is not INSUFFICIENT
        )[:1]
    changes = []
    for answer, by_rule in zip(COUNTED, _rule_if(history, sign, COUNTED, usual), strict=True):
        for each, shown in zip(usual, track.shown_after(by_rule), strict=True):
            if shown is not state and shown is not INSUFFICIENT:
                changes.append(WouldChange(check_ins=each.check_ins, days=each.days, answer=answer, state=shown))
                break
    higher = [each for each in changes if each.state and HEIGHT[each.state] > HEIGHT[state]]
    lower = [each for each in changes if each.state and HEIGHT[each.state] < HEIGHT[state]]
    # Of two answers that do it as soon, the stronger one is named for a rise and the weaker one for a fall.
    up = min(higher, key=lambda each: each.check_ins, default=None)
    down = min(reversed(lower), key=lambda each: each.check_ins, default=None)
    return tuple(each for each in (up, down) if each is not None)


def _one_further(history: _History, answers: Answers) -> list[_Further]:
    """One more check-in, if that can be enough, of as many days as are asked for at least, and of more."""
    least, (*_, check_ins, asked_days) = history.thresholds.answers, answers
    if check_ins + 1 < least.min_check_ins:
        return []
    return [_Further(1, days) for days in range(max(1, least.min_asked_days - asked_days), MOST_FURTHER_DAYS + 1)]


def _rule_if(
    history: _History, sign: str, all_said: Iterable[SignAnswer], further: Sequence[_Further]
) -> Iterator[list[SignState]]:
    """What the rule would say after each of `further`, all with the same answer: for each that could be said."""
    rules, most_days = history.rules, history.window.days
    lasts = tuple([history.day + check_ins * days for check_ins, days in further])
    known = rules.inputs.answers(sign, lasts)
    for said in all_said:
        answers = []
        for before, (check_ins, days) in zip(known, further, strict=True):
            inside = min(check_ins * days, most_days)  # of the further days; they follow each other
            answers.append(with_further(before, said, -(-inside // days), inside))
        yield rules.states_if(sign, lasts, answers)
