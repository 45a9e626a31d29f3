"""How the state of a sign holds over time: a new one is taken over when enough check-ins in a row show it.

A pure recomputation over the history: nothing is remembered between calls.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from core.model.days import DAYS_IN_WEEK
from core.model.readings import SignState
from core.model.sign_findings import HEIGHT, MayBe, SignSpell, SignStanding, WeeksPresent
from core.model.six_rules import SixRules

INSUFFICIENT = SignState.INSUFFICIENT


@dataclass(slots=True)
class _Run:
    """Points in a row: from which one of them, and what the rule says there."""

    state: SignState
    begin: int


@dataclass(slots=True)
class Track:
    """The states of one sign at its check-ins, taken one after the other.

    `confirm` is at how many check-ins in a row a new state has to hold. Too little recorded ends a spell at once:
    it takes no confirmation to know less. `days` are ordinals; `shown` is what each check-in left on the screen, `held`
    what is known of it since: a spell begins with the first check-in that showed its state.
    """

    confirm: int
    days: list[int] = field(default_factory=list)
    shown: list[SignState] = field(default_factory=list)
    held: list[SignState] = field(default_factory=list)
    spells: list[SignSpell] = field(default_factory=list)
    spell: _Run | None = None
    run: _Run | None = None

    def take(self, days: Sequence[int], by_rule: SignState) -> None:
        """Take the next check-ins, one or more, of which the rule says the same on their last days."""
        here = len(self.days)
        self.days += days
        if by_rule is INSUFFICIENT:
            self._close(here)
            self.spell = self.run = None
            self.shown += [INSUFFICIENT] * len(days)
            self.held += [INSUFFICIENT] * len(days)
            return
        if self.run is None or self.run.state is not by_rule:
            self.run = _Run(by_rule, here)
        before = by_rule if self.spell is None else self.spell.state
        confirmed = max(here, min(self.run.begin + self.confirm - 1, len(self.days)))
        self.shown += [before] * (confirmed - here) + [by_rule] * (len(self.days) - confirmed)
        self.held += self.shown[here:]
        if confirmed < len(self.days) and (self.spell is None or self.spell.state is not by_rule):
            self._close(self.run.begin)
            self.spell = _Run(by_rule, self.run.begin)
            self.held[self.run.begin :] = [by_rule] * (len(self.days) - self.run.begin)

    def copy(self) -> "Track":
        """A track that can go on by itself."""
        known = [*self.days], [*self.shown], [*self.held], [*self.spells]
        return Track(self.confirm, *known, spell=self.spell, run=self.run)

    @property
    def state(self) -> SignState:
        """What is shown after the last check-in."""
        return self.shown[-1] if self.shown else INSUFFICIENT

    @property
    def current(self) -> SignSpell | None:
        """The spell that holds after the last check-in."""
        return None if self.spell is None else self._told(self.spell, len(self.days))

    def state_on(self, day: int) -> SignState:
        """What is known of the last check-in up to `day`."""
        place = bisect_right(self.days, day)
        return self.held[place - 1] if place else INSUFFICIENT

    def latest_up_to(self, day: int) -> int | None:
        """The last day of the latest check-in with an answer up to `day`."""
        place = bisect_right(self.days, day)
        return self.days[place - 1] if place else None

    def _close(self, end: int) -> None:
        if self.spell is not None:
            self.spells.append(self._told(self.spell, end))

    def _told(self, spell: _Run, end: int) -> SignSpell:
        return SignSpell(
            state=spell.state,
            first_day=date.fromordinal(self.days[spell.begin]),
            last_day=date.fromordinal(self.days[end - 1]),
            check_ins=end - spell.begin,
        )


@dataclass(frozen=True, kw_only=True)
class Now:
    """One sign on the day of the reading: what the rule says of the window alone, and how long ago it was answered."""

    day: int
    by_rule: SignState
    latest_answer: int | None
    record_begins: int | None

    @property
    def unanswered_days(self) -> int | None:
        """Days since the latest answer."""
        return None if self.latest_answer is None else self.day - self.latest_answer


def state_now(track: Track, now: Now) -> SignState:
    """What is shown on the day: too little recorded at once, else what the check-ins confirmed."""
    if now.by_rule is INSUFFICIENT:
        return INSUFFICIENT
    return now.by_rule if track.spell is None else track.spell.state


def standing(track: Track, now: Now, six: SixRules, weeks: WeeksPresent | None) -> SignStanding:
    """How the state came to be what it is. Source: project default (the numbers stand in the six rules)."""
    unanswered = now.unanswered_days
    long_ago = unanswered is not None and unanswered > six.unanswered_days
    if now.by_rule is INSUFFICIENT:
        return SignStanding(
            last_known=_last_known(track), unanswered_days=unanswered if long_ago else None, weeks=weeks
        )
    settled = now.record_begins is not None and now.day - now.record_begins + 1 > six.since_after_days
    return SignStanding(
        spell=track.current,
        may_be=_may_be(track, now),
        since_known=settled,
        eased_from=_eased_from(track, now, six),
        returned_from=_returned_from(track, six),
        weeks=weeks,
    )


def weeks_present(track: Track, states_by_rule: dict[int, SignState], six: SixRules) -> WeeksPresent | None:
    """In how many of the latest weeks the sign was Present; `None` where too few of them could be judged.

    `states_by_rule` holds what the rule says on the last day of each week.
    """
    shown = [
        track.state_on(day) if by_rule is not INSUFFICIENT else INSUFFICIENT for day, by_rule in states_by_rule.items()
    ]
    judged = sum(1 for state in shown if state is not INSUFFICIENT)
    if judged < six.weeks_needed:
        return None
    present = sum(1 for state in shown if state is SignState.PRESENT)
    return WeeksPresent(present=present, judged=judged, looked_back=len(shown))


def week_ends(day: int, six: SixRules) -> list[int]:
    """The last days of the latest weeks, as ordinals; the latest ends on `day`."""
    return [day - DAYS_IN_WEEK * back for back in range(six.weeks_looked_back)]


def _may_be(track: Track, now: Now) -> MayBe | None:
    """A state that is not, or not yet, the confirmed one."""
    run, spell = track.run, track.spell
    if run is None:
        return MayBe(state=now.by_rule, check_ins=0)
    so_far = len(track.days) - run.begin
    if spell is None:
        return MayBe(state=now.by_rule, check_ins=so_far if run.state is now.by_rule else 0)
    if now.by_rule is spell.state:
        return None
    return MayBe(state=now.by_rule, check_ins=so_far if run.state is now.by_rule else 0)


def _eased_from(track: Track, now: Now, six: SixRules) -> SignSpell | None:
    """The highest state that was left within the last weeks for a lower one, the latest of its height."""
    if track.spell is None:
        return None
    height, oldest = HEIGHT[track.spell.state], now.day - six.eased_shown_days
    left = [spell for spell in track.spells if HEIGHT[spell.state] > height and spell.last_day.toordinal() >= oldest]
    return max(left, key=lambda spell: (HEIGHT[spell.state], spell.last_day), default=None)


def _returned_from(track: Track, six: SixRules) -> SignSpell | None:
    """The latest earlier spell of Present, when other states were shown for long enough in between.

    Days on which too little was recorded do not count as days out of it.
    """
    if track.spell is None or track.spell.state is not SignState.PRESENT:
        return None
    begins = track.days[track.spell.begin]
    out = 0
    for place, spell in reversed(list(enumerate(track.spells))):
        if spell.state is SignState.PRESENT:
            return spell if out >= six.returned_after_days else None
        after = track.spells[place + 1].first_day.toordinal() if place + 1 < len(track.spells) else begins
        out += _days_until(track, spell, after)
    return None


def _days_until(track: Track, spell: SignSpell, after: int) -> int:
    """Days from the begin of a spell up to the next one, or to its own last check-in where too little came between."""
    first, last = spell.first_day.toordinal(), spell.last_day.toordinal()
    following = bisect_right(track.days, last)
    broken = any(state is INSUFFICIENT for state in track.shown[following : bisect_right(track.days, after)])
    return (last if broken else after) - first


def _last_known(track: Track) -> SignSpell | None:
    if track.spell is not None:
        return track.current
    return track.spells[-1] if track.spells else None
