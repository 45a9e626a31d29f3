"""Phases side by side: the share of pairs and its interval, held to scipy and to a published example."""

from datetime import timedelta
from fractions import Fraction

import pytest
from scipy.optimize import brentq
from scipy.stats import mannwhitneyu, norm

from core.analysis.effect_size import non_overlap, phase_comparisons
from core.analysis.points import Points
from core.model.findings import Status, Verdict
from core.model.measures import ANXIETY, REASSURANCE
from core.model.series_findings import NO_CAUSE, Phase, PhaseComparison
from tests.builders import TODAY, all_recorded, check_in, weekly
from tests.wording import assert_clean

# The example data of the R package SingleCaseES (vignette "Basic effect sizes calculations").
VIGNETTE = ((20, 20, 26, 25, 22, 23), (28, 25, 24, 27, 30, 30, 29))
CASES = [
    VIGNETTE,
    ((8, 7, 8, 6, 7), (5, 4, 6, 5, 7, 3)),
    ((3, 3, 4, 5, 4, 3, 5), (4, 4, 4, 5, 3)),
    ((1, 2, 1, 2, 2), (6, 7, 8, 9, 9)),
    ((6, 7, 8, 9, 9), (1, 2, 1, 2, 2)),
]
STEPPED = TODAY - timedelta(weeks=8)


def points(values: tuple[int, ...], start: int = 1, *, scale: int = 1) -> Points:
    # Two days apart and one by turns: too few neighbours to work out any carry-over.
    days = tuple(start + place * 3 // 2 for place in range(len(values)))
    return Points(measure=ANXIETY, days=days, values=values, scale=scale)


def two_phases(before: int, after: int, *, first: int = 7, second: int = 4) -> tuple[PhaseComparison, ...]:
    ends = [STEPPED - timedelta(days=1 + 7 * back) for back in range(before)]
    contents = [check_in(end, 7, anxiety=first) for end in ends]
    contents += [check_in(STEPPED + timedelta(days=6 + 7 * on), 7, anxiety=second) for on in range(after)]
    return phase_comparisons(all_recorded(*contents), ANXIETY, [Phase(day=STEPPED, words="practice")], TODAY)


def test_share_of_the_published_example_is_38_and_a_half_of_42_pairs() -> None:
    assert non_overlap(points(VIGNETTE[0]), points(VIGNETTE[1])).share == Fraction(77, 84)


@pytest.mark.parametrize(("first", "second"), CASES)
def test_share_is_that_of_scipy(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    expected = mannwhitneyu(second, first).statistic / (len(first) * len(second))
    assert float(non_overlap(points(first), points(second)).share) == pytest.approx(expected)


@pytest.mark.parametrize(("first", "second"), CASES)
def test_interval_ends_where_the_score_equation_has_its_roots(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    found = non_overlap(points(first), points(second))
    m, n, share = len(first), len(second), float(found.share)
    wider = norm.ppf(0.975) ** 2 * (1 + found.lasting) / (1 - found.lasting)
    h = (m + n) / 2 - 1

    def score(x: float) -> float:
        q = x * (1 - x)
        return m * n * (share - x) ** 2 * (2 - x) * (1 + x) - wider * q * (2 + h + (1 + 2 * h) * q)

    low = brentq(score, 1e-12, share - 1e-9) if share > 0 else 0.0
    high = brentq(score, share + 1e-9, 1 - 1e-12) if share < 1 else 1.0
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=1e-6)


def test_turning_both_phases_round_turns_the_share_and_its_interval_round() -> None:
    first, second = points(VIGNETTE[0]), points(VIGNETTE[1])
    there, back = non_overlap(first, second), non_overlap(second, first)
    assert there.share + back.share == 1
    assert there.interval.low == pytest.approx(1 - back.interval.high)


def test_values_on_different_scales_are_compared_as_what_they_are() -> None:
    assert non_overlap(points((2, 4, 6), scale=2), points((1, 2, 3))).share == Fraction(1, 2)


@pytest.mark.parametrize(("after", "enough"), [(4, False), (5, True)])
def test_each_phase_takes_five_check_ins(after: int, enough: bool) -> None:
    (found,) = two_phases(6, after)
    assert (found.status is Status.OK) is enough
    if not enough:
        assert found.would_change == ("1 more check-in in “practice”",)


def test_phases_are_described_and_never_called_a_change() -> None:
    (found,) = two_phases(6, 6)
    assert (found.verdict, found.direction) == (Verdict.DESCRIBED, None)
    assert (found.earlier, found.later, found.difference) == ("before", "practice", -3)
    assert found.estimate == 0
    assert NO_CAUSE in found.cautions
    assert "show what brought a difference about" in NO_CAUSE


def test_ten_values_in_each_phase_are_enough_to_lean_on() -> None:
    def leans(count: int) -> bool:
        begin = TODAY - timedelta(weeks=count)
        found = phase_comparisons(
            weekly(2 * count, anxiety=5), ANXIETY, [Phase(day=begin + timedelta(days=1), words="practice")], TODAY
        )
        return not any("lean on" in caution for caution in found[0].cautions)

    assert [leans(9), leans(10)] == [False, True]


def test_a_check_in_that_lies_in_two_phases_has_no_part() -> None:
    records = weekly(12, anxiety=5)
    inside = phase_comparisons(records, ANXIETY, [Phase(day=TODAY - timedelta(days=38), words="practice")], TODAY)[0]
    assert inside.earlier_values + inside.later_values == 11


def test_every_phase_is_compared_with_the_one_before_it() -> None:
    days = [TODAY - timedelta(weeks=back) for back in (5, 10)]
    phases = [Phase(day=day, words=words) for day, words in zip(days, ("second", "first"), strict=True)]
    found = phase_comparisons(weekly(20, reassurance=3), REASSURANCE, phases, TODAY)
    assert [(each.earlier, each.later) for each in found] == [("before", "first"), ("first", "second")]
    assert phase_comparisons(weekly(20, reassurance=3), REASSURANCE, [], TODAY) == ()


def test_order_of_records_and_phases_makes_no_difference() -> None:
    phases = [Phase(day=TODAY - timedelta(weeks=back), words=str(back)) for back in (5, 10)]
    records = weekly(20, anxiety=3)
    assert phase_comparisons(records[::-1], ANXIETY, phases[::-1], TODAY) == phase_comparisons(
        records, ANXIETY, phases, TODAY
    )


def test_every_sentence_about_phases_uses_no_banned_word() -> None:
    for found in (*two_phases(6, 6), *two_phases(2, 2)):
        for text in (*found.cautions, *found.would_change, found.reason or ""):
            assert_clean(text)
