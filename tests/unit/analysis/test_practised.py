from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from core.analysis.practised import read_security_side
from core.model.check_in import CheckIn
from core.model.full_answers import FullAnswers
from core.model.practised import DaysPractised, SecuritySide
from core.model.records import Recorded
from core.notes.practised_sentences import asked_sentence, practised_sentence
from tests.builders import TODAY, all_recorded, check_in, method
from tests.unit.analysis.strategies import histories
from tests.wording import assert_clean

RULE = method().rate_rule
Records = tuple[Recorded[CheckIn], ...]
Practised = dict[str, int | None] | None


def told(practised: Practised, weeks_ago: int = 0, days: int = 7) -> CheckIn:
    made = check_in(TODAY - timedelta(weeks=weeks_ago), days, note="any")
    return replace(made, full=FullAnswers(practised=practised))


def side_of(*contents: CheckIn) -> SecuritySide:
    return read_security_side(all_recorded(*contents), TODAY, RULE)


def days_of(side: SecuritySide, entry: str) -> DaysPractised:
    return next(each for each in side.practised if each.entry == entry)


def test_days_practised_are_out_of_the_days_that_were_asked_about() -> None:
    side = side_of(told({"sh_rituals": 3}), told({"sh_rituals": 4}, 1), told({}, 2), told(None, 3))
    rituals = days_of(side, "sh_rituals")
    assert (rituals.days, rituals.observed_days, rituals.per_week) == (7, 21, Fraction(7, 3))
    assert (rituals.check_ins, rituals.asked_at) == (2, 3)
    assert [ref.number for ref in rituals.refs] == [1, 2]
    assert (side.asked.asked, side.asked.check_ins, side.observed_days) == (3, 4, 21)
    assert practised_sentence(rituals) == "7 of 21 days asked about (2.3 a week)"
    assert asked_sentence(side) == "asked at 3 of 4 check-ins, 21 days"


def test_a_name_without_days_is_no_zero_and_leaves_its_days_out() -> None:
    side = side_of(told({"pr_sharing": None}), told({"pr_sharing": 2}, 1))
    sharing = days_of(side, "pr_sharing")
    assert (sharing.days, sharing.observed_days, sharing.days_not_asked) == (2, 7, 1)
    assert practised_sentence(sharing) == "2 of 7 days asked about (2.0 a week); named without days at 1 check-in"
    only = days_of(side_of(told({"pr_sharing": None})), "pr_sharing")
    assert practised_sentence(only) == "named at 1 of 1 check-in, days not asked"


def test_nothing_asked_is_not_nothing_practised() -> None:
    assert asked_sentence(side_of(told(None))) == "not asked at 1 check-in"
    assert asked_sentence(side_of()) == "no record in these days"
    asked = side_of(told({}))
    assert (asked.practised, asked_sentence(asked)) == ((), "asked at 1 of 1 check-in, 7 days")


def test_a_daily_check_in_takes_its_day_from_a_weekly_one() -> None:
    side = side_of(told({"sh_rituals": 7}), told({"sh_rituals": 0}, days=1))
    assert days_of(side, "sh_rituals").days == 6


def test_the_four_weeks_before_stand_beside_it() -> None:
    side = side_of(told({"sh_rituals": 5}), told({"sh_rituals": 1}, 4), told({"cs_request": 1}, 8))
    before = side.earlier("sh_rituals")
    assert before is not None
    assert (before.days, before.observed_days) == (1, 7)
    assert side.earlier("cs_request") is None
    assert side.asked_before.asked == 1


@given(
    histories(),
    st.lists(st.dictionaries(st.sampled_from(["sh_rituals", "pr_sharing"]), st.none() | st.just(1))),
    st.randoms(use_true_random=False),
)
def test_order_never_matters_and_days_never_exceed_their_base(
    records: Records, practised: list[Practised], chance: Random
) -> None:
    full = tuple(
        structs.replace(record, content=replace(record.content, full=FullAnswers(practised=practised[place])))
        if place < len(practised) else record
        for place, record in enumerate(records)
    )  # fmt: skip
    shuffled = list(full)
    chance.shuffle(shuffled)
    side = read_security_side(full, TODAY, RULE)
    assert read_security_side(shuffled, TODAY, RULE) == side
    for each in side.practised:
        assert 0 <= each.days <= each.observed_days <= side.observed_days
        assert_clean(practised_sentence(each))
