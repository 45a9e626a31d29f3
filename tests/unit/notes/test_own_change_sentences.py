"""Sentences on a client's own series: every verdict with its base, and none of the words for a person."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest

from core.analysis.changes import ChangeRules, changes_of
from core.model.changes import MeasureChanges
from core.model.days import Window
from core.model.findings import Direction, Interval, Status, Verdict
from core.model.measures import ANXIETY, CHARTED, REASSURANCE
from core.model.series_findings import (
    NO_CAUSE,
    Against,
    ChartPoint,
    ControlChart,
    Look,
    OwnChange,
    Phase,
    PhaseComparison,
    Side,
    Signal,
    SignalKind,
    Slope,
)
from core.notes.own_change_sentences import (
    caution_sentences,
    own_change_sentence,
    phase_sentence,
    review_sentences,
    signal_sentences,
    slope_sentence,
    verdict_words,
    would_change_sentence,
)
from tests.builders import TODAY, daily, method, weekly
from tests.wording import assert_clean

UNJUDGED = {
    Verdict.NOT_ENOUGH_RECORDED: "14 observed days are needed on both sides",
    Verdict.RECORDED_TOO_DIFFERENTLY: "recorded too differently to compare: 14 of 28 days and 28 of 28 days",
}
NOW = Window.ending(TODAY, 28)
THEN = NOW.before(28)


def a_side(window: Window, value: int | None, *, blank: int = 0, interval: Interval | None = None) -> Side:
    return Side(
        window=window,
        value=None if value is None else Fraction(value),
        observed_days=21,
        left_blank=blank,
        interval=interval,
    )


def a_look(verdict: Verdict, direction: Direction | None, *, day: date = TODAY, blank: int = 0) -> Look:
    return Look(
        day=day,
        verdict=verdict,
        direction=direction,
        now=a_side(NOW, 4, blank=blank, interval=Interval(low=2.0, high=6.5)),
        then=a_side(THEN, None if verdict is Verdict.NOT_ENOUGH_RECORDED else 7),
        reason=UNJUDGED.get(verdict),
    )


def a_change(
    verdict: Verdict,
    direction: Direction | None = None,
    *,
    measure: str = ANXIETY,
    against: Against = Against.BEFORE,
    looks: tuple[Look, ...] | None = None,
) -> OwnChange:
    look_verdict = Verdict.POSSIBLE_CHANGE if verdict is Verdict.RELIABLE_CHANGE else verdict
    latest = a_look(look_verdict, direction)
    earlier = a_look(look_verdict, direction, day=TODAY - timedelta(days=14))
    once = a_look(Verdict.NO_CLEAR_CHANGE, None, day=TODAY - timedelta(days=14))
    held = (latest, once if verdict is Verdict.POSSIBLE_CHANGE else earlier) if looks is None else looks
    return OwnChange(
        method="four_weeks",
        measure=measure,
        against=against,
        status=Status.CANNOT_JUDGE if verdict in UNJUDGED else Status.OK,
        verdict=verdict,
        direction=direction,
        used=42,
        cautions=(NO_CAUSE, "recorded differently on the two sides, compare with care"),
        would_change=("2 more observed days", "the next review, on 4 Jun 2026"),
        reason=UNJUDGED.get(verdict),
        looks=held,
        reviews=len(held),
        next_review=TODAY + timedelta(days=14),
    )


def every_change() -> Iterator[OwnChange]:
    verdicts: list[tuple[Verdict, Direction | None]] = [(verdict, None) for verdict in UNJUDGED]
    verdicts += [(Verdict.NO_CLEAR_CHANGE, None)]
    verdicts += list(product((Verdict.POSSIBLE_CHANGE, Verdict.RELIABLE_CHANGE), Direction))
    for (verdict, direction), measure, against in product(verdicts, CHARTED, Against):
        yield a_change(verdict, direction, measure=measure, against=against)


@pytest.mark.parametrize("change", list(every_change()), ids=lambda change: f"{change.verdict}-{change.direction}")
def test_every_verdict_has_a_clean_sentence_with_its_base(change: OwnChange) -> None:
    sentences = [own_change_sentence(change, "Anxiety"), *review_sentences(change), *caution_sentences(change)]
    ahead = would_change_sentence(change)
    assert ahead is not None
    for sentence in (*sentences, ahead, verdict_words(change)):
        assert_clean(sentence)
    assert "21 of 28 days, 24 Apr to 21 May 2026" in sentences[0]
    assert "at the review of 21 May 2026" in sentences[0]
    assert NO_CAUSE in sentences


@pytest.mark.parametrize("change", list(every_change()), ids=lambda change: f"{change.verdict}-{change.direction}")
def test_direction_is_told_only_by_a_verdict_of_change(change: OwnChange) -> None:
    words = verdict_words(change)
    told = {direction for direction in Direction if direction.value in words}
    assert told == ({change.direction} if change.direction else set())
    if change.direction is None:
        sentence = own_change_sentence(change, "Anxiety")
        assert not any(direction.value in sentence for direction in Direction)


def test_verdicts_in_the_fewest_words() -> None:
    lower = Direction.LOWER
    assert verdict_words(a_change(Verdict.NOT_ENOUGH_RECORDED)) == "not enough recorded"
    assert verdict_words(a_change(Verdict.RECORDED_TOO_DIFFERENTLY)) == "recorded too differently to compare"
    assert verdict_words(a_change(Verdict.NO_CLEAR_CHANGE)) == "no clear change"
    assert verdict_words(a_change(Verdict.POSSIBLE_CHANGE, lower)) == "possible change: lower at one review"
    assert verdict_words(a_change(Verdict.RELIABLE_CHANGE, lower)) == "lower, confirmed at two reviews in a row"


def test_two_looks_that_agree_over_blanks_stay_possible_and_say_why() -> None:
    looks = tuple(
        a_look(Verdict.POSSIBLE_CHANGE, Direction.HIGHER, day=TODAY - timedelta(days=days), blank=1) for days in (0, 14)
    )
    change = a_change(Verdict.POSSIBLE_CHANGE, Direction.HIGHER, looks=looks)
    assert verdict_words(change) == "possible change: higher at two reviews, with answers left blank"
    assert "blank at 1 check-in" in own_change_sentence(change, "Anxiety")


def test_figures_stand_with_their_unit_and_their_interval() -> None:
    told = own_change_sentence(a_change(Verdict.NO_CLEAR_CHANGE, measure=REASSURANCE), "Reassurance")
    assert "4.0 a week now (2.0 to 6.5 would fit as well; 21 of 28 days" in told
    told = own_change_sentence(a_change(Verdict.NO_CLEAR_CHANGE, against=Against.FIRST_DAYS), "Anxiety")
    assert "median 4 now" in told
    assert "median 7 in the first days" in told


def test_recorded_too_differently_gives_the_two_coverages_once() -> None:
    told = own_change_sentence(a_change(Verdict.RECORDED_TOO_DIFFERENTLY), "Anxiety")
    assert told.count("recorded too differently to compare") == 1
    assert told.endswith("14 of 28 days and 28 of 28 days.")


def test_before_the_first_review_the_sentence_says_when_it_is() -> None:
    [measure, *_] = changes_of(weekly(1, anxiety=4), (), TODAY, rules=rules()).measures
    told = own_change_sentence(measure.change(Against.BEFORE), "Anxiety")
    assert told == "Anxiety, against the 28 days before: not enough recorded; the first review is on 4 Jun 2026."


def test_caution_of_several_findings_is_told_once() -> None:
    change = a_change(Verdict.NO_CLEAR_CHANGE)
    assert caution_sentences(change, change) == (
        NO_CAUSE,
        "Recorded differently on the two sides, compare with care.",
    )


def a_slope(direction: Direction | None, estimate: float = -0.25, *, measure: str = ANXIETY) -> Slope:
    return Slope(
        method="guarded_trend",
        measure=measure,
        status=Status.OK,
        verdict=Verdict.POSSIBLE_CHANGE if direction else Verdict.NO_CLEAR_CHANGE,
        direction=direction,
        estimate=estimate,
        interval=Interval(low=-0.5, high=0.04),
        used=12,
    )


@pytest.mark.parametrize("measure", CHARTED)
@pytest.mark.parametrize("direction", [None, *Direction])
def test_slope_is_a_clean_sentence(direction: Direction | None, measure: str) -> None:
    assert_clean(slope_sentence(a_slope(direction, measure=measure), NOW, "Anxiety"))


def test_slope_is_told_with_each_week_and_what_fits_as_well() -> None:
    assert slope_sentence(a_slope(Direction.LOWER), NOW, "Anxiety") == (
        "Anxiety over 24 Apr to 21 May 2026, 12 check-ins: the middle slope is −0.3 points with each week "
        "(−0.5 to 0.0 would fit as well); possible change: lower."
    )


def a_phase_pair(difference: int, *, enough: bool = True, measure: str = ANXIETY) -> PhaseComparison:
    return PhaseComparison(
        method="non_overlap_of_all_pairs",
        measure=measure,
        earlier="before",
        later="new plan",
        earlier_values=8,
        later_values=9 if enough else 2,
        status=Status.OK if enough else Status.CANNOT_JUDGE,
        verdict=Verdict.DESCRIBED if enough else Verdict.NOT_ENOUGH_RECORDED,
        estimate=0.12 if enough else None,
        interval=Interval(low=0.04, high=0.3) if enough else None,
        used=17,
        cautions=(NO_CAUSE,) if enough else (),
        reason=None if enough else "5 check-ins in each phase are needed",
        difference=Fraction(difference) if enough else None,
    )


@pytest.mark.parametrize("measure", CHARTED)
@pytest.mark.parametrize("difference", [-2, -1, 0, 1, 2])
@pytest.mark.parametrize("enough", [True, False])
def test_phases_are_a_clean_sentence(difference: int, enough: bool, measure: str) -> None:
    assert_clean(phase_sentence(a_phase_pair(difference, enough=enough, measure=measure), "Anxiety"))


@pytest.mark.parametrize(
    ("difference", "words"), [(-2, "2 points lower"), (-1, "1 point lower"), (0, "the same"), (1, "1 point higher")]
)
def test_phases_are_told_with_the_pairs_and_the_medians(difference: int, words: str) -> None:
    assert phase_sentence(a_phase_pair(difference), "Anxiety") == (
        "Anxiety, “new plan” beside “before” (9 and 8 check-ins): the later value is the higher one in 12 % of all "
        f"pairs, ties counted half (4 to 30 % would fit as well); its median is {words}."
    )


def a_chart(*signals: Signal, measure: str = ANXIETY) -> ControlChart:
    return ControlChart(
        method="individuals_chart",
        measure=measure,
        status=Status.OK,
        verdict=Verdict.DESCRIBED,
        estimate=1.0,
        used=20,
        points=(ChartPoint(days=NOW, value=Fraction(2), low=0.0, high=1.5),),
        baseline=THEN,
        signals=signals,
    )


@pytest.mark.parametrize("measure", CHARTED)
@pytest.mark.parametrize(("kind", "side"), list(product(SignalKind, Direction)))
def test_every_signal_is_a_clean_sentence(kind: SignalKind, side: Direction, measure: str) -> None:
    [told] = signal_sentences(a_chart(Signal(kind=kind, side=side, days=(NOW,)), measure=measure), "Anxiety")
    assert "look here: 24 Apr to 21 May 2026" in told
    assert "changed" not in told
    assert_clean(told)


def test_counts_of_a_chart_are_read_by_the_week() -> None:
    outside = Signal(kind=SignalKind.OUTSIDE, side=Direction.HIGHER, days=(NOW,))
    [told] = signal_sentences(a_chart(outside, measure=REASSURANCE), "Reassurance")
    assert "14.0 a week, above the limits, beside the first values (27 Mar to 23 Apr 2026, 7.0 a week)" in told


def test_three_latest_signals_are_told_and_the_rest_counted() -> None:
    days = [Window.ending(TODAY - timedelta(weeks=week), 7) for week in range(5)]
    signals = [Signal(kind=SignalKind.OUTSIDE, side=Direction.LOWER, days=(each,)) for each in days]
    told = signal_sentences(a_chart(*signals), "Anxiety")
    assert len(told) == 4
    assert told[-1] == "2 earlier places to look at."
    assert "15 to 21 May 2026" in told[0]


def test_chart_without_limits_or_signals_says_so() -> None:
    [quiet] = signal_sentences(a_chart(), "Anxiety")
    assert "nothing to look at" in quiet
    [measure, *_] = changes_of(weekly(3, anxiety=4), (), TODAY, rules=rules()).measures
    [none] = signal_sentences(measure.chart, "Anxiety")
    assert none == "Anxiety: no limits to hold later values against; limits take 12 values, and there are 4."


def rules(*phases: Phase) -> ChangeRules:
    return ChangeRules(method=method(), questionnaires={}, phases=phases)


def everything_told(found: MeasureChanges) -> Iterator[str]:
    for each in found.compared.values():
        yield own_change_sentence(each.change, "Anxiety")
        yield from review_sentences(each.change)
        yield would_change_sentence(each.change) or ""
        yield from caution_sentences(each.change)
    yield slope_sentence(found.slope, found.slope_window, "Anxiety")
    for phase in found.phases:
        yield phase_sentence(phase, "Anxiety")
    yield from signal_sentences(found.chart, "Anxiety")


@pytest.mark.parametrize("count", [0, 1, 3, 5, 12, 30])
@pytest.mark.parametrize("make", [weekly, daily])
def test_whatever_is_worked_out_is_told_cleanly(make: object, count: int) -> None:
    assert callable(make)
    records = make(count, anxiety=5, reassurance=3)
    found = changes_of(records, (), TODAY, rules=rules(Phase(day=TODAY - timedelta(days=10), words="new plan")))
    for measure in found.measures:
        for sentence in everything_told(measure):
            assert_clean(sentence)
