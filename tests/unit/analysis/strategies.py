"""Histories of any shape, for properties that must hold for all of them."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from core.model.check_in import CheckIn
from core.model.check_in_parts import HIGHEST_COUNT, LONGEST_PERIOD_DAYS, CountKind, SignAnswer
from core.model.days import Window
from core.model.records import Recorded
from tests.builders import SIGN, TODAY, all_recorded, check_in, recorded

WINDOW = Window.ending(TODAY, 42)
KINDS = ("cd_mind_reading", "cd_catastrophizing", "cd_personalization", "cd_black_white", "cd_emotional_reasoning")
NOON = datetime(2026, 5, 21, 12, tzinfo=UTC)


@st.composite
def check_ins(draw: st.DrawFn, answers: tuple[SignAnswer, ...] = tuple(SignAnswer)) -> CheckIn:
    """A check-in that ends in the last 60 days, with any fields blank."""
    average = draw(st.none() | st.integers(0, 10))
    signs = draw(st.none() | st.sampled_from(answers))
    kinds = draw(st.none() | st.dictionaries(st.sampled_from(["cd_mind_reading", "cd_black_white"]), st.integers(0, 9)))
    return check_in(
        TODAY - timedelta(days=draw(st.integers(0, 60))),
        draw(st.integers(1, 31)),
        anxiety=average,
        peak=draw(st.none() | st.integers(average or 0, 10)),
        reassurance=draw(st.none() | st.integers(0, 40)),
        count_kind=draw(st.sampled_from(CountKind)),
        distortions=draw(st.none() | st.integers(0, 20)),
        kinds=kinds,
        signs={SIGN: signs} if signs else None,
        note="any",
    )


@st.composite
def histories(
    draw: st.DrawFn, answers: tuple[SignAnswer, ...] = tuple(SignAnswer), most: int = 8
) -> tuple[Recorded[CheckIn], ...]:
    """Check-ins that may overlap, recorded in any order, some at the same instant."""
    contents = draw(st.lists(check_ins(answers), max_size=most))
    return tuple(
        recorded(content, number, recorded_at=NOON - timedelta(hours=draw(st.integers(0, 5))))
        for number, content in enumerate(contents, start=1)
    )


@st.composite
def separate_histories(draw: st.DrawFn) -> tuple[Recorded[CheckIn], ...]:
    """Check-ins that do not overlap, newest first, with gaps between them."""
    contents, end = [], TODAY
    for days, gap, answer in draw(
        st.lists(st.tuples(st.integers(1, 10), st.integers(0, 5), st.none() | st.sampled_from(SignAnswer)), max_size=8)
    ):
        contents.append(check_in(end, days, signs={SIGN: answer} if answer else None))
        end -= timedelta(days=days + gap)
    return all_recorded(*contents)


@st.composite
def extreme_histories(draw: st.DrawFn) -> tuple[Recorded[CheckIn], ...]:
    """Eight weeks of days, few unlike the others, at the least and the most there can be, and months that reach in."""
    amounts = [None] * 56
    for first, beyond in ((0, 28), (28, 56)):
        usual, odd = draw(st.sampled_from([0, 1, HIGHEST_COUNT, None])), draw(st.sampled_from([HIGHEST_COUNT, 0, None]))
        at_odds = draw(st.sets(st.integers(first, beyond - 1), max_size=2))
        amounts[first:beyond] = [odd if back in at_odds else usual for back in range(first, beyond)]
    contents = [_everything(back, 1, amount) for back, amount in enumerate(amounts) if amount is not None]
    months = draw(st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0, 1, HIGHEST_COUNT])), max_size=3))
    contents += [_everything(back, LONGEST_PERIOD_DAYS, amount) for back, amount in months]
    return all_recorded(*contents)


def _everything(back: int, days: int, amount: int) -> CheckIn:
    """A check-in with one and the same amount wherever something is counted."""
    kinds = dict.fromkeys(KINDS, amount)
    return check_in(TODAY - timedelta(days=back), days, reassurance=amount, distortions=amount, kinds=kinds)
