import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.sign_course import Now, Track, standing, state_now, weeks_present
from core.analysis.warning_signs import read_sign
from core.model.check_in import CheckIn
from core.model.check_in_parts import SignAnswer
from core.model.readings import SignState
from core.model.records import Recorded
from core.model.sign_findings import MayBe, SignFinding, SignStanding, WeeksPresent
from tests.builders import SIGN, TODAY, sign_answers, thresholds

DEFAULT = thresholds()
SIX = DEFAULT.six
P, W, N, X = SignState.PRESENT, SignState.WATCH, SignState.NOT_SEEN, SignState.INSUFFICIENT
OFTEN, SOMETIMES, ABSENT = SignAnswer.OFTEN, SignAnswer.SOMETIMES, SignAnswer.NOT_PRESENT

Records = tuple[Recorded[CheckIn], ...]


def track_of(*states: SignState, confirm: int = 2) -> Track:
    """One check-in a week with these states by the rule, the last one today."""
    days = [TODAY.toordinal() - 7 * back for back in reversed(range(len(states)))]
    return Track.of(days, states, confirm)


def now(track: Track, by_rule: SignState | None = None, later: int = 0) -> Now:
    last = track.days[-1]
    return Now(day=last + later, by_rule=by_rule or track.state, latest_answer=last, record_begins=track.days[0] - 6)


def read(records: Records) -> SignFinding:
    return read_sign(SIGN, records, TODAY, DEFAULT)


@pytest.mark.parametrize(
    ("by_rule", "shown"),
    [
        ((N, N, W, N, N), (N, N, N, N, N)),  # one check-in alone moves nothing
        ((N, N, W, W, N), (N, N, N, W, W)),  # two in a row do
        ((N, N, W, P, P), (N, N, N, N, P)),  # two different ones do not
        ((X, P, W, W), (X, P, W, W)),  # before anything is confirmed, what the rule says
        ((P, P, X, W, P), (P, P, X, W, P)),  # too little recorded is said at once, and ends what held
        ((P, P, X, P), (P, P, X, P)),
    ],
)
def test_a_state_moves_when_the_new_one_holds_at_two_check_ins(
    by_rule: tuple[SignState, ...], shown: tuple[SignState, ...]
) -> None:
    assert tuple(track_of(*by_rule[: n + 1]).state for n in range(len(by_rule))) == shown


@given(st.lists(st.sampled_from([P, W, N, X])), st.lists(st.sampled_from([P, W, N, X])), st.sampled_from([2, 3]))
def test_what_further_check_ins_would_show_is_what_they_show(
    known: list[SignState], further: list[SignState], confirm: int
) -> None:
    after = [track_of(*known, *further[: n + 1], confirm=confirm).state for n in range(len(further))]
    assert track_of(*known, confirm=confirm).shown_after(further) == after


OLDEST = TODAY.toordinal() - max(SIX.eased_shown_days, 7 * SIX.weeks_looked_back)


def told_of(track: Track, states: list[SignState]) -> SignStanding:
    """What is told today where the rule says `states` of the whole record, a check-in a week."""
    by_rule = {TODAY.toordinal() - 7 * back: state for back, state in enumerate(states[:-13:-1])}
    at = Now(day=TODAY.toordinal(), by_rule=states[-1], latest_answer=TODAY.toordinal(), record_begins=1)
    return standing(track, at, SIX, weeks_present(track, by_rule, SIX))


@given(
    st.lists(st.tuples(st.sampled_from([P, W, N, X]), st.integers(1, 9)), min_size=1, max_size=12),
    st.sampled_from([2, 3]),
)
def test_earlier_check_ins_change_nothing_that_is_told_where_the_latest_are_enough(
    runs: list[tuple[SignState, int]], confirm: int
) -> None:
    states = [state for state, times in runs for _ in range(times)]
    whole = told_of(track_of(*states, confirm=confirm), states)
    for latest in range(1, len(states)):
        track = track_of(*states[-latest:], confirm=confirm)
        assert not track.is_enough(OLDEST) or told_of(track, states) == whole


@pytest.mark.parametrize(
    ("states", "enough"),
    [
        ([N] * 30, False),  # nobody knows since when
        ([W] * 2 + [N] * 12, False),  # what was left may still be told of, and nobody knows since when it held
        ([W] * 2 + [N] * 13, True),
        ([W] * 2 + [X] * 13, False),  # what was last known
        ([W] * 2 + [N] * 2 + [X] * 13, True),
        ([W] * 2 + [P] * 13, False),  # it may have been Present before
        ([P] * 2 + [W] * 2 + [P] * 13, False),
        ([N] * 2 + [P] * 2 + [W] * 2 + [P] * 13, True),
    ],
)
def test_the_latest_check_ins_are_enough_when_all_that_is_told_began_among_them(
    states: list[SignState], enough: bool
) -> None:
    assert track_of(*states).is_enough(OLDEST) is enough


def test_three_in_a_row_can_be_asked_for() -> None:
    assert track_of(N, N, N, W, W, confirm=3).state is N
    assert track_of(N, N, N, W, W, W, confirm=3).state is W


@given(st.lists(st.sampled_from([P, W, N]), min_size=1, max_size=30))
def test_a_confirmed_state_was_seen_twice_in_a_row_and_no_other_pair_came_after_it(states: list[SignState]) -> None:
    track = track_of(*states)
    pairs = [here for before, here in itertools.pairwise(states) if before is here]
    if pairs:
        assert track.state is pairs[-1]
        assert track.current is not None
    else:
        assert track.current is None
        assert track.state is states[-1]


@given(st.lists(st.sampled_from([P, W, N, X]), min_size=1, max_size=20))
def test_spells_follow_each_other_and_share_no_check_in(states: list[SignState]) -> None:
    track = track_of(*states)
    spells = [*map(track.told, track.spells), *([track.current] if track.current else [])]
    for earlier, later in itertools.pairwise(spells):
        assert earlier.last_day < later.first_day
    assert all(spell.first_day <= spell.last_day and spell.check_ins >= 1 for spell in spells)


def test_until_a_second_check_in_it_only_may_be() -> None:
    track = track_of(W, W, P)
    found = standing(track, now(track, P), SIX, None)
    assert found.may_be == MayBe(state=P, check_ins=1)
    assert found.spell is not None
    assert (found.spell.state, found.spell.check_ins) == (W, 3)


def test_a_first_state_is_shown_with_the_check_ins_it_has() -> None:
    found = read(sign_answers(ABSENT, OFTEN, until=TODAY))
    assert (found.state, found.standing.spell, found.standing.may_be) == (W, None, MayBe(state=W, check_ins=1))


def test_days_that_pass_alone_move_nothing_and_are_told() -> None:
    records = sign_answers(SOMETIMES, SOMETIMES, SOMETIMES, SOMETIMES, ABSENT, ABSENT, until=TODAY - timedelta(days=10))
    found = read(records)
    assert (found.state, found.by_rule) == (W, N)
    assert found.standing.may_be == MayBe(state=N, check_ins=0)


@pytest.mark.parametrize(("weeks", "known"), [(4, False), (5, True)])
def test_since_is_not_said_in_the_first_four_weeks(weeks: int, known: bool) -> None:
    assert read(sign_answers(*[ABSENT] * weeks)).standing.since_known is known


def test_since_is_the_first_check_in_that_showed_the_state() -> None:
    track = track_of(N, N, N, P, P, W, P)
    spell = track.current
    assert spell is not None
    assert (spell.first_day, spell.last_day, spell.check_ins) == (TODAY - timedelta(weeks=3), TODAY, 4)


@pytest.mark.parametrize(("weeks_after", "named"), [(11, True), (12, True), (13, False)])
def test_a_step_down_names_the_earlier_state_for_twelve_weeks(weeks_after: int, named: bool) -> None:
    track = track_of(P, P, *[W] * weeks_after)
    eased = standing(track, now(track), SIX, None).eased_from
    assert (eased is not None) is named
    if eased is not None:
        assert (eased.state, eased.check_ins) == (P, 2)


def test_the_highest_state_that_was_left_is_named() -> None:
    track = track_of(P, P, W, W, N, N)
    eased = standing(track, now(track), SIX, None).eased_from
    assert eased is not None
    assert eased.state is P


@pytest.mark.parametrize(("out", "returned"), [(3, False), (4, True), (5, True)])
def test_present_again_after_four_weeks_out_of_it_has_returned(out: int, returned: bool) -> None:
    track = track_of(P, P, *[W] * out, P, P)
    found = standing(track, now(track), SIX, None).returned_from
    assert (found is not None) is returned


def test_weeks_with_too_little_recorded_are_no_weeks_out_of_it() -> None:
    track = track_of(P, P, W, W, *[X] * 6, P, P)
    assert standing(track, now(track), SIX, None).returned_from is None
    quiet = track_of(P, P, *[N] * 5, *[X] * 6, P, P)
    assert standing(quiet, now(quiet), SIX, None).returned_from is not None


@pytest.mark.parametrize(("days", "state", "told"), [(27, P, None), (28, P, None), (29, X, 29)])
def test_an_answer_more_than_four_weeks_old_is_not_enough(days: int, state: SignState, told: int | None) -> None:
    long_window = replace(DEFAULT, answers=replace(DEFAULT.answers, window_days=84))
    records = sign_answers(*[OFTEN] * 6, until=TODAY - timedelta(days=days))
    found = read_sign(SIGN, records, TODAY, long_window)
    assert (found.state, found.standing.unanswered_days) == (state, told)
    if state is X:
        assert found.standing.last_known is not None
        assert found.standing.last_known.state is P


@pytest.mark.parametrize(
    ("asked", "weeks"),
    [
        (8, None),  # the first of them alone is too little: 7 weeks judged
        (9, WeeksPresent(present=8, judged=8, looked_back=12)),
        (13, WeeksPresent(present=12, judged=12, looked_back=12)),
        (20, WeeksPresent(present=12, judged=12, looked_back=12)),
    ],
)
def test_weeks_present_are_told_when_eight_of_twelve_could_be_judged(asked: int, weeks: WeeksPresent | None) -> None:
    assert read(sign_answers(*[OFTEN] * asked)).standing.weeks == weeks


def test_too_little_on_the_day_is_shown_at_once() -> None:
    track = track_of(P, P, P)
    assert state_now(track, now(track, X, later=20)) is X
    assert state_now(track, now(track, N, later=6)) is P
