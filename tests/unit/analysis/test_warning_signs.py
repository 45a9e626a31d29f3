from dataclasses import replace
from datetime import timedelta

from core.analysis.warning_signs import read_sign
from core.model.check_in_parts import SignAnswer
from core.model.days import Window
from core.model.readings import SignState
from tests.builders import SIGN, TODAY, all_recorded, check_in, method, sign_answers

RULE = method().sign_rule


def test_the_window_ends_on_the_day_of_the_reading() -> None:
    assert read_sign(SIGN, (), TODAY, RULE).window == Window.ending(TODAY, RULE.window_days)


def test_a_reading_of_an_earlier_day_knows_nothing_of_later_days() -> None:
    records = sign_answers(*[SignAnswer.NOT_PRESENT] * 4, *[SignAnswer.OFTEN] * 4)
    then = TODAY - timedelta(weeks=4)
    assert read_sign(SIGN, records, then, RULE).state is SignState.NOT_SEEN
    assert read_sign(SIGN, records, then, RULE) == read_sign(SIGN, records[:4], then, RULE)
    assert read_sign(SIGN, records, TODAY, RULE).state is SignState.PRESENT


def test_answers_to_another_sign_are_not_read() -> None:
    records = sign_answers(*[SignAnswer.OFTEN] * 4)
    reading = read_sign("ws_isolation", records, TODAY, RULE)
    assert reading.state is SignState.INSUFFICIENT
    assert reading.count(None) == 4
    assert reading.evidence == ()


def test_the_numbers_of_the_rule_are_the_ones_handed_in() -> None:
    records = sign_answers(SignAnswer.SOMETIMES, SignAnswer.NOT_PRESENT, SignAnswer.SOMETIMES, SignAnswer.NOT_PRESENT)
    assert read_sign(SIGN, records, TODAY, RULE).state is SignState.WATCH
    stricter = replace(RULE, present_share=0.75, watch_share=0.75)
    assert read_sign(SIGN, records, TODAY, stricter).state is SignState.NOT_SEEN
    more_needed = replace(RULE, min_check_ins=5)
    assert read_sign(SIGN, records, TODAY, more_needed).state is SignState.INSUFFICIENT


def test_a_share_is_met_exactly_where_it_is_written() -> None:
    records = all_recorded(
        check_in(TODAY, 6, signs={SIGN: SignAnswer.OFTEN}),
        check_in(TODAY - timedelta(days=6), 5, signs={SIGN: SignAnswer.OFTEN}),
        check_in(TODAY - timedelta(days=11), 9, signs={SIGN: SignAnswer.NOT_PRESENT}),
    )
    for share, state in ((0.55, SignState.PRESENT), (0.56, SignState.WATCH)):
        rule = replace(RULE, present_share=share, watch_share=0.5)
        assert read_sign(SIGN, records, TODAY, rule).state is state


def test_entries_are_listed_oldest_first_with_the_days_they_keep() -> None:
    records = all_recorded(
        check_in(TODAY, 1, signs={SIGN: SignAnswer.OFTEN}),
        check_in(TODAY, 7, signs={SIGN: SignAnswer.SOMETIMES}),
        check_in(TODAY - timedelta(days=26), 7, signs={SIGN: SignAnswer.NOT_PRESENT}),
        check_in(TODAY - timedelta(days=7), 7, anxiety=4),
    )
    reading = read_sign(SIGN, records, TODAY, RULE)
    assert [(entry.ref.number, entry.days) for entry in reading.entries] == [(3, 2), (4, 0), (2, 6), (1, 1)]
    assert [entry.ref.number for entry in reading.evidence] == [3, 2, 1]
    assert reading.asked_days == 9
