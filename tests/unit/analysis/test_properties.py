"""What must hold for every history, however it was recorded."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from core.analysis.course import History, course_of
from core.analysis.rates import VALUES, level, rate
from core.analysis.series import weekly_series
from core.analysis.sign_fields import COUNTED
from core.analysis.start_level import compare
from core.analysis.warning_signs import read_sign
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, SignAnswer
from core.model.course import Course
from core.model.days import DAYS_IN_WEEK, Window, iso_week_start
from core.model.measures import ANXIETY, CHARTED, COUNTS, REASSURANCE
from core.model.readings import Rate, SignState
from core.model.records import Recorded
from core.model.sign_findings import SignFinding
from tests.builders import SIGN, TODAY, all_recorded, check_in, method, recorded, thresholds
from tests.unit.analysis.strategies import WINDOW, check_ins, histories, separate_histories

METHOD = method()
THRESHOLDS = thresholds()
EXACT = CountKind.EXACT
Records = tuple[Recorded[CheckIn], ...]


def rate_of(records: Records, measure: str = REASSURANCE, window: Window = WINDOW) -> Rate:
    return rate(records, measure, window, kinds=METHOD.kinds)


def sign_of(records: Records) -> SignFinding:
    return read_sign(SIGN, records, TODAY, THRESHOLDS)


def course(records: Records) -> Course:
    return course_of(History(check_ins=records), WINDOW, method=METHOD)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_records_never_matters(records: Records, chance: Random) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)
    other = tuple(shuffled)
    assert course(other) == course(records)
    assert sign_of(other) == sign_of(records)
    assert compare(other, WINDOW, method=METHOD, moved_to=None) == compare(
        records, WINDOW, method=METHOD, moved_to=None
    )
    for measure in CHARTED:
        series = [weekly_series(each, measure, WINDOW, rule=METHOD.rate_rule) for each in (records, other)]
        assert series[0] == series[1]


@given(histories())
def test_a_rate_lies_between_the_lowest_and_the_highest_record(records: Records) -> None:
    for measure in COUNTS:
        found = rate_of(records, measure)
        values = [
            Fraction(value, record.content.period_days)
            for record in records
            if record.ref in found.refs and (value := VALUES[measure](record.content)) is not None
        ]
        assert found.observed_days <= WINDOW.days
        if found.observed_days:
            assert min(values) <= found.count / found.observed_days <= max(values)
        else:
            assert (found.count, found.refs, found.per_week) == (0, (), None)


@given(histories())
def test_a_level_lies_between_the_lowest_and_the_highest_record(records: Records) -> None:
    found = level(records, WINDOW)
    averages = [record.content.anxiety_average for record in records if record.content.anxiety_average is not None]
    if found.mean is not None:
        assert min(averages) <= found.mean <= max(averages)
    if found.peak is not None:
        assert found.peak in [record.content.anxiety_peak for record in records]


@given(histories())
def test_bars_add_up_to_the_rate_of_the_whole(records: Records) -> None:
    drawn = course(records)
    for measure in COUNTS:
        bars, whole = drawn.bars[measure], rate_of(records, measure)
        assert sum(bar.count for bar in bars) == whole.count
        assert sum(bar.observed_days for bar in bars) == whole.observed_days
        assert {ref for bar in bars for ref in bar.refs} == set(whole.refs)
        assert any(bar.at_least for bar in bars) == whole.at_least
        assert any(bar.about for bar in bars) == whole.about
        assert any(bar.partial for bar in bars) == whole.partial


@given(histories())
def test_bars_of_a_measure_never_share_a_day(records: Records) -> None:
    drawn = course(records)
    for measure in COUNTS:
        bars = drawn.bars[measure]
        days = [day for bar in bars for day in bar.days]
        assert days == sorted(set(days)), "oldest first, each day once"
        assert all(bar.observed_days <= bar.days.days for bar in bars)


@given(histories())
def test_a_bar_is_thin_when_it_has_fewer_than_four_observed_days(records: Records) -> None:
    for bars in course(records).bars.values():
        assert [bar.thin for bar in bars] == [bar.observed_days < 4 for bar in bars]


@given(separate_histories())
def test_a_check_in_of_four_days_that_nothing_overlaps_is_one_bar_with_its_whole_count(records: Records) -> None:
    counted = tuple(
        structs.replace(record, content=replace(record.content, reassurance_count=number, reassurance_count_kind=EXACT))
        for number, record in enumerate(records)
    )
    bars = {bar.days: bar.count for bar in course(counted).bars[REASSURANCE]}
    for content in (record.content for record in counted):
        if content.period_days >= 4 and content.period.start >= WINDOW.start:
            assert bars[content.period] == content.reassurance_count


@given(histories())
def test_bars_stand_over_the_squares_of_the_same_answers(records: Records) -> None:
    asked_both = tuple(
        structs.replace(
            record,
            content=replace(
                record.content,
                reassurance_count=record.ref.number,
                reassurance_count_kind=EXACT,
                signs={SIGN: SignAnswer.SOMETIMES},
            ),
        )
        for record in records
    )
    drawn = course(asked_both)
    assert [(bar.days, bar.refs) for bar in drawn.bars[REASSURANCE]] == [
        (cell.days, cell.refs) for cell in drawn.strip[SIGN]
    ]


@given(histories())
def test_a_small_line_says_of_a_week_what_its_observed_days_say(records: Records) -> None:
    for measure in COUNTS:
        values = weekly_series(records, measure, WINDOW, rule=METHOD.rate_rule)
        mondays = [iso_week_start(WINDOW.start) + timedelta(weeks=number) for number in range(len(values))]
        assert mondays[-1] == iso_week_start(WINDOW.end)
        for monday, value in zip(mondays, values, strict=True):
            week = Window(max(monday, WINDOW.start), min(monday + timedelta(days=6), WINDOW.end))
            found = rate_of(records, measure, week)
            enough = found.observed_days >= 4
            assert value == (float(found.count * DAYS_IN_WEEK / found.observed_days) if enough else None)


@given(histories())
def test_gaps_and_covered_days_are_all_days_since_the_first_record(records: Records) -> None:
    drawn = course(records)
    first = min((record.content.period.start for record in records), default=None)
    without = sum(gap.days for gap in drawn.gaps)
    if first is None:
        assert without == drawn.observed_days == 0
    else:
        assert without + drawn.observed_days == Window(max(first, WINDOW.start), WINDOW.end).days


@given(histories())
def test_squares_of_a_sign_never_share_a_day_and_lie_on_covered_days(records: Records) -> None:
    drawn = course(records)
    cells = drawn.strip[SIGN]
    days = [day for cell in cells for day in cell.days]
    assert len(days) == len(set(days))
    assert all(cell.days.start >= WINDOW.start and cell.days.end <= WINDOW.end for cell in cells)
    starts_and_ends = {edge for cell in cells for edge in (cell.days.start, cell.days.end)}
    assert not any(edge in gap for gap in drawn.gaps for edge in starts_and_ends)


@given(histories())
def test_the_evidence_is_what_the_reading_rests_on(records: Records) -> None:
    reading = sign_of(records)
    by_ref = {record.ref: record for record in records}
    evidence = reading.evidence
    assert all(by_ref[entry.ref].content.signs[SIGN] is entry.answer for entry in evidence)
    assert reading.asked_days == sum(entry.days for entry in evidence if entry.answer in COUNTED)
    alone = sign_of(tuple(by_ref[entry.ref] for entry in evidence))
    assert (alone.by_rule, alone.asked_days, alone.evidence) == (reading.by_rule, reading.asked_days, evidence)


@given(histories(), check_ins())
def test_a_check_in_that_did_not_ask_changes_no_reading(records: Records, extra: CheckIn) -> None:
    blank = recorded(replace(extra, signs={}, reassurance_count=None, reassurance_count_kind=None), 99)
    before, after = sign_of(records), sign_of((*records, blank))
    assert (after.state, after.asked_days, after.evidence) == (before.state, before.asked_days, before.evidence)
    assert structs.replace(rate_of((*records, blank)), asked=rate_of(records).asked) == rate_of(records)


@given(histories(), check_ins())
def test_a_withdrawn_check_in_changes_nothing(records: Records, extra: CheckIn) -> None:
    withdrawn = recorded(extra, 99, withdrawn=True)
    assert sign_of((*records, withdrawn)) == sign_of(records)
    assert course((*records, withdrawn)) == course(records)


@given(separate_histories(), st.integers(0, 7))
def test_taking_a_record_away_never_makes_enough_of_too_little(records: Records, which: int) -> None:
    fewer = records[:which] + records[which + 1 :]
    if sign_of(records).state is SignState.INSUFFICIENT:
        assert sign_of(fewer).state is SignState.INSUFFICIENT


@given(histories(answers=COUNTED), st.integers(0, 7))
def test_taking_a_record_away_never_adds_asked_days(records: Records, which: int) -> None:
    assert sign_of(records[:which] + records[which + 1 :]).asked_days <= sign_of(records).asked_days


@given(st.integers(0, 20), st.sampled_from(SignAnswer))
def test_a_week_and_its_seven_days_say_the_same(a_day: int, answer: SignAnswer) -> None:
    week = all_recorded(check_in(reassurance=DAYS_IN_WEEK * a_day, anxiety=5, signs={SIGN: answer}))
    days = all_recorded(
        *(check_in(day, 1, reassurance=a_day, anxiety=5, signs={SIGN: answer}) for day in Window.ending(TODAY, 7))
    )
    assert rate_of(week).per_week == rate_of(days).per_week == DAYS_IN_WEEK * a_day
    assert level(week, WINDOW).mean == level(days, WINDOW).mean
    assert sign_of(week).asked_days == sign_of(days).asked_days


@given(histories())
def test_no_average_is_drawn_for_days_without_one(records: Records) -> None:
    drawn = course(records)
    asked = {day for record in records if record.content.anxiety_average is not None for day in record.content.period}
    for mark in drawn.anxiety:
        if mark.average is not None:
            assert asked.intersection(mark.days)
    assert not drawn.anxiety or not drawn.anxiety[0].joined
    assert weekly_series(records, ANXIETY, WINDOW, rule=METHOD.rate_rule).count(None) <= WINDOW.days
