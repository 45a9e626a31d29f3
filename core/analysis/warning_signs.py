"""The six warning signs: the state of each, what it rests on, since when it holds, and what would move it.

States are read at every check-in of the history and again on the day of the reading; nothing is remembered between
calls. Withdrawal from the partner is not isolation, and reassurance that helps is not a sign.
"""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby
from statistics import median_low

from core.analysis.exposure import CheckInRecords, counting, kept_days
from core.analysis.sign_course import Now, Track, standing, state_now, week_ends, weeks_present
from core.analysis.sign_grounds import grounds_of
from core.analysis.sign_inputs import Answers, Inputs
from core.analysis.sign_lines import COUNTED, REASSURANCE_FIELD, lines_of
from core.analysis.sign_rules import SixSigns
from core.model.check_in_parts import SignAnswer
from core.model.days import DAYS_IN_WEEK, Window
from core.model.readings import SignEntry, SignReading, SignState
from core.model.sign_findings import HEIGHT, REASSURANCE_SIGN, SignFinding, WouldChange
from core.model.sign_thresholds import SignThresholds

MOST_FURTHER_CHECK_INS = 4
MOST_FURTHER_DAYS = 31
SUPPOSED_FROM = 8

INSUFFICIENT = SignState.INSUFFICIENT
NO_OCCASION = SignAnswer.NO_OCCASION


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


class _History:
    """The check-ins of one client as one call reads them."""

    def __init__(self, records: CheckInRecords, as_of: date, thresholds: SignThresholds) -> None:
        known = counting(records).ended_by(as_of)
        self.lines = lines_of(known)
        self.begins = known.first
        self.day = as_of.toordinal()
        self.thresholds = thresholds
        self.parameters = thresholds.parameters
        self.window = Window.ending(as_of, thresholds.answers.window_days)
        self.rules = SixSigns(Inputs(self.lines, self.window.days), thresholds)
        self.ordered = known.touching(self.window)
        in_window = [(span.content.period, span.ref, span.content.signs) for span in self.ordered]
        self.in_window = sorted(in_window, key=lambda each: (each[0].end, each[0].start, each[1].number))

    def track(self, sign: str) -> Track:
        """The states at the last days of the check-ins that answered, oldest first."""
        track = Track(self.thresholds.six.confirm_check_ins)
        days = _answered_days(self.rules.inputs, sign)
        for state, same in groupby(days, key=lambda day: self.rules.state(sign, day)):
            track.take([*same], state)
        return track

    def now(self, sign: str, track: Track) -> Now:
        """The sign on the day of the reading."""
        latest = track.days[-1] if track.days else None
        return Now(
            day=self.day,
            by_rule=self.state_on(sign, self.day, latest),
            latest_answer=latest,
            record_begins=self.begins,
        )

    def reading(self, sign: str) -> SignReading:
        """What is shown, with the entries of the window."""
        track = self.track(sign)
        return SignReading(
            sign=sign,
            state=state_now(track, self.now(sign, track)),
            window=self.window,
            asked_days=self.rules.inputs.answers(sign, self.day).asked_days,
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

    def state_on(self, sign: str, day: int, latest_answer: int | None) -> SignState:
        """The rule on any day; too little where the latest answer is too long ago."""
        if latest_answer is None or day - latest_answer > self.thresholds.six.unanswered_days:
            return INSUFFICIENT
        return self.rules.state(sign, day)


def _finding(history: _History, sign: str) -> SignFinding:
    track, six, day = history.track(sign), history.thresholds.six, history.day
    now = history.now(sign, track)
    weeks = {end: history.state_on(sign, end, track.latest_up_to(end)) for end in week_ends(day, six)}
    answers = history.rules.inputs.answers(sign, day)
    return SignFinding(
        sign=sign,
        state=state_now(track, now),
        window=history.window,
        asked_days=answers.asked_days,
        entries=history.entries(sign),
        by_rule=now.by_rule,
        from_counts=now.by_rule is not INSUFFICIENT and not history.rules.enough(answers),
        grounds=grounds_of(history.rules, sign, day),
        standing=standing(track, now, six, weeks_present(track, weeks, six)),
        would_change=_would_change(history, sign, track, state_now(track, now)),
        parameters=history.parameters,
    )


def _answered_days(inputs: Inputs, sign: str) -> list[int]:
    """The last days of the check-ins with an answer; a count of reassurance is an answer to its sign."""
    days = {line.last for line in inputs.answered(sign).lines if line.answers[sign] is not NO_OCCASION}
    if sign == REASSURANCE_SIGN:
        days.update([line.last for line in inputs.counted(REASSURANCE_FIELD).lines])
    return sorted(days)


def _would_change(history: _History, sign: str, track: Track, state: SignState) -> tuple[WouldChange, ...]:
    """What further check-ins would do, found by reading the rule over a record that holds them."""
    supposed = _Supposed(history, sign, track)
    if state is INSUFFICIENT:
        answers = history.rules.inputs.answers(sign, history.day)
        found = supposed.until_judged(answers)
        return () if found is None else (found,)
    changes = [change for answer in COUNTED if (change := supposed.until_changed(answer, state)) is not None]
    higher = [each for each in changes if each.state and HEIGHT[each.state] > HEIGHT[state]]
    lower = [each for each in changes if each.state and HEIGHT[each.state] < HEIGHT[state]]
    # Of two answers that do it as soon, the stronger one is named for a rise and the weaker one for a fall.
    up = min(higher, key=lambda each: each.check_ins, default=None)
    down = min(reversed(lower), key=lambda each: each.check_ins, default=None)
    return tuple(each for each in (up, down) if each is not None)


class _Supposed:
    """The same history with further check-ins that follow each other from the day of the reading on."""

    def __init__(self, history: _History, sign: str, track: Track) -> None:
        self.history, self.sign, self.known = history, sign, track
        recent = history.rules.inputs.ended_in_window(history.day)
        self.usual_days = median_low([line.length for line in recent[-SUPPOSED_FROM:]]) if recent else DAYS_IN_WEEK

    def until_changed(self, answer: SignAnswer, state: SignState) -> WouldChange | None:
        """The least check-ins of the usual length, all with `answer`, after which another state is shown."""
        return self._until(answer, self.usual_days, lambda after: after not in (state, INSUFFICIENT))

    def until_judged(self, answers: Answers) -> WouldChange | None:
        """The least further asked days in one check-in, else check-ins of the usual length, that are enough."""
        least = self.history.thresholds.answers
        if answers.check_ins + 1 >= least.min_check_ins:
            for days in range(max(1, least.min_asked_days - answers.asked_days), MOST_FURTHER_DAYS + 1):
                found = self._until(None, days, _is_judged, most=1)
                if found is not None:
                    return found
        return self._until(None, self.usual_days, _is_judged)

    def _until(
        self,
        answer: SignAnswer | None,
        days: int,
        reached: Callable[[SignState], bool],
        most: int = MOST_FURTHER_CHECK_INS,
    ) -> WouldChange | None:
        rules, begins, track = self.history.rules, self.history.day + 1, self.known.copy()
        for check_ins in range(1, most + 1):
            last = self.history.day + check_ins * days
            inside = min(last - begins + 1, self.history.window.days)  # of the further days; they follow each other
            said = rules.inputs.answers(self.sign, last)
            said = said.with_further(answer or SignAnswer.NOT_PRESENT, -(-inside // days), inside)
            track.take([last], rules.state_by(self.sign, last, said))
            if reached(track.state):
                state = None if answer is None else track.state
                return WouldChange(check_ins=check_ins, days=days, answer=answer, state=state)
        return None


def _is_judged(state: SignState) -> bool:
    return state is not INSUFFICIENT
