"""How the state of a sign holds over time: a new one is taken over when enough check-ins in a row show it.

A pure recomputation over the history: nothing is remembered between calls.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from core.model.days import DAYS_IN_WEEK
from core.model.readings import SignState
from core.model.sign_findings import HEIGHT, MayBe, SignSpell, SignStanding, WeeksPresent
from core.model.six_rules import SixRules

INSUFFICIENT, PRESENT = SignState.INSUFFICIENT, SignState.PRESENT

Spell = tuple[SignState, int, int]
"""A stretch over which a state held, confirmed: from which check-in up to, not including, which one."""


class Track(Struct, frozen=True, kw_only=True):
    """The states of one sign at its check-ins.

    `confirm` is at how many check-ins in a row a new state has to hold. Too little recorded ends a spell at once:
    it takes no confirmation to know less. `days` are the last days of the check-ins, as ordinals; `held` what is known
    of each since: a spell begins with the first check-in that showed its state. `spells` are over; `spell` is the state
    that is confirmed now and `run` what the rule says of the latest check-ins in a row, each with its first place.
    """

    confirm: int
    days: Sequence[int]
    held: list[SignState]
    spells: list[Spell]
    spell: SignState | None
    spell_begin: int
    run: SignState
    run_begin: int

    @classmethod
    def of(cls, days: Sequence[int], by_rule: Sequence[SignState], confirm: int) -> "Track":
        """The track of check-ins, oldest first, of which the rule says `by_rule` on their last days."""
        spells: list[Spell] = []
        spell: SignState | None = None
        spell_begin, run, run_begin = 0, INSUFFICIENT, 0
        for place, state in enumerate(by_rule):
            if state is not run:
                run, run_begin = state, place
            if run is spell or (run is not INSUFFICIENT and place - run_begin + 1 < confirm):
                continue
            if spell is not None:
                spells.append((spell, spell_begin, run_begin))
            spell, spell_begin = (None if run is INSUFFICIENT else run), run_begin
        held = [*by_rule]
        for state, begin, end in spells if spell is None else [*spells, (spell, spell_begin, len(held))]:
            held[begin:end] = [state] * (end - begin)
        return cls(
            confirm=confirm,
            days=days,
            held=held,
            spells=spells,
            spell=spell,
            spell_begin=spell_begin,
            run=run,
            run_begin=run_begin,
        )

    def shown_after(self, further: Iterable[SignState]) -> list[SignState]:
        """What is shown after each of some further check-ins, if this is what the rule says of them."""
        spell, run, in_a_row = self.spell, self.run, len(self.days) - self.run_begin
        shown = []
        for by_rule in further:
            run, in_a_row = by_rule, in_a_row + 1 if by_rule is run else 1
            spell = _confirmed(spell, by_rule, in_a_row, self.confirm)
            shown.append(spell or by_rule)
        return shown

    def is_enough(self, oldest: int) -> bool:
        """Whether check-ins before these could change nothing of what is told of the days from `oldest` on.

        Since when the first spell held is known only with those, so it has to be over before and is not told of.
        """
        if not self.spells or self.days[self.spells[0][2] - 1] >= oldest:
            return False
        if self.spell is None:
            return len(self.spells) > 1
        return self.spell is not PRESENT or any(state is PRESENT for state, _, _ in self.spells[1:])

    @property
    def state(self) -> SignState:
        """What is shown after the last check-in."""
        return self.spell or self.run

    @property
    def current(self) -> SignSpell | None:
        """The spell that holds after the last check-in."""
        return None if self.spell is None else self.told((self.spell, self.spell_begin, len(self.days)))

    def state_on(self, day: int) -> SignState:
        """What is known of the last check-in up to `day`."""
        place = bisect_right(self.days, day)
        return self.held[place - 1] if place else INSUFFICIENT

    def latest_up_to(self, day: int) -> int | None:
        """The last day of the latest check-in with an answer up to `day`."""
        place = bisect_right(self.days, day)
        return self.days[place - 1] if place else None

    def told(self, spell: Spell) -> SignSpell:
        """A spell with its days."""
        state, begin, end = spell
        return SignSpell(
            state=state,
            first_day=date.fromordinal(self.days[begin]),
            last_day=date.fromordinal(self.days[end - 1]),
            check_ins=end - begin,
        )


def _confirmed(spell: SignState | None, by_rule: SignState, in_a_row: int, confirm: int) -> SignState | None:
    """The state that is confirmed once the rule has said `by_rule` so often in a row, where `spell` was before."""
    if by_rule is INSUFFICIENT:
        return None
    return by_rule if in_a_row >= confirm else spell


class Now(Struct, frozen=True, kw_only=True):
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
    return track.spell or now.by_rule


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
    judged = len(shown) - shown.count(INSUFFICIENT)
    if judged < six.weeks_needed:
        return None
    return WeeksPresent(present=shown.count(PRESENT), judged=judged, looked_back=len(shown))


def week_ends(day: int, six: SixRules) -> list[int]:
    """The last days of the latest weeks, as ordinals; the latest ends on `day`."""
    return [day - DAYS_IN_WEEK * back for back in range(six.weeks_looked_back)]


def _may_be(track: Track, now: Now) -> MayBe | None:
    """A state that is not, or not yet, the confirmed one."""
    if now.by_rule is track.spell:
        return None
    return MayBe(state=now.by_rule, check_ins=len(track.days) - track.run_begin if track.run is now.by_rule else 0)


def _eased_from(track: Track, now: Now, six: SixRules) -> SignSpell | None:
    """The highest state that was left within the last weeks for a lower one, the latest of its height."""
    if track.spell is None:
        return None
    height, oldest = HEIGHT[track.spell], now.day - six.eased_shown_days
    left = [spell for spell in track.spells if HEIGHT[spell[0]] > height and track.days[spell[2] - 1] >= oldest]
    return track.told(max(left, key=lambda spell: (HEIGHT[spell[0]], spell[2]))) if left else None


def _returned_from(track: Track, six: SixRules) -> SignSpell | None:
    """The latest earlier spell of Present, when other states were shown for long enough in between.

    Days on which too little was recorded do not count as days out of it.
    """
    if track.spell is not PRESENT:
        return None
    out, after = 0, track.spell_begin
    for spell in reversed(track.spells):
        state, begin, end = spell
        if state is PRESENT:
            return track.told(spell) if out >= six.returned_after_days else None
        # Up to the next spell, or to its own last check-in where too little came between.
        until = end - 1 if INSUFFICIENT in track.held[end:after] else after
        out += track.days[until] - track.days[begin]
        after = begin
    return None


def _last_known(track: Track) -> SignSpell | None:
    if track.spell is not None:
        return track.current
    return track.told(track.spells[-1]) if track.spells else None
