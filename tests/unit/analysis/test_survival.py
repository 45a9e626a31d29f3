"""How long something lasted with minimums: worked examples, an independent package, and what must always hold."""

from fractions import Fraction
from random import Random
from statistics import median
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from core.analysis.reassurance import middle_lasting
from core.analysis.survival import median_length, outlasted, shares_still_on
from core.model.check_in_parts import Episode, ReliefEnded

# Weeks in remission of 21 children on 6-mercaptopurine and 21 on placebo (Freireich and others 1963), the worked
# example of most textbooks; shares as they print them, to three places (from memory).
TREATED_ENDED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
TREATED_ON = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
TREATED_SHARES = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)


class Lasted(NamedTuple):
    length: int
    ended: bool


LENGTHS = st.lists(st.builds(Lasted, length=st.integers(0, 50), ended=st.booleans()), min_size=1, max_size=20)


def parted(known: list[Lasted]) -> tuple[list[int], list[int]]:
    ended = sorted(each.length for each in known if each.ended)
    return ended, sorted(each.length for each in known if not each.ended)


def test_published_shares_of_the_textbook_example():
    shares = dict(shares_still_on(TREATED_ENDED, TREATED_ON))
    assert {length: round(float(share), 3) for length, share in shares.items()} == TREATED_SHARES


def test_published_medians_of_the_textbook_example():
    assert median_length(TREATED_ENDED, TREATED_ON) == 23
    assert median_length(PLACEBO, ()) == 8


@pytest.mark.parametrize("seed", range(12))
def test_shares_agree_with_an_independent_package(seed: int) -> None:
    chance = Random(seed)
    known = [Lasted(chance.choice((0, 5, 15, 30, 60, 120, 720)), ended=chance.random() < 0.7) for _ in range(3 + seed)]
    other = SurvfuncRight(np.array([each.length for each in known]), np.array([int(each.ended) for each in known]))
    shares = dict(shares_still_on(*parted(known)))
    theirs = {int(time): float(share) for time, share in zip(other.surv_times, other.surv_prob, strict=True)}
    assert all(shares[time] == pytest.approx(share) for time, share in theirs.items() if time in shares)
    assert set(shares) <= set(theirs)


@pytest.mark.parametrize("seed", range(12))
def test_median_agrees_with_an_independent_package_where_no_share_is_exactly_half(seed: int) -> None:
    chance = Random(100 + seed)
    known = [Lasted(chance.choice((0, 5, 15, 30, 60, 120)), ended=chance.random() < 0.6) for _ in range(5 + seed)]
    while Fraction(1, 2) in dict(shares_still_on(*parted(known))).values():
        known.append(Lasted(60, ended=True))
    other = SurvfuncRight(np.array([each.length for each in known]), np.array([int(each.ended) for each in known]))
    theirs, ours = other.quantile(0.5), median_length(*parted(known))
    assert (ours is None) == bool(np.isnan(theirs))
    assert ours is None or ours == theirs


@given(st.lists(st.integers(0, 500), min_size=1, max_size=15))
def test_median_without_minimums_is_the_plain_median(lengths: list[int]) -> None:
    assert median_length(sorted(lengths), ()) == Fraction(median(map(Fraction, lengths)))


@given(LENGTHS, st.randoms(use_true_random=False))
def test_order_of_episodes_makes_no_difference(known: list[Lasted], chance: Random) -> None:
    episodes = [
        Episode(relief_minutes=length, ended=None if ended else ReliefEnded.STILL_HELPING) for length, ended in known
    ]
    shuffled = episodes[:]
    chance.shuffle(shuffled)
    assert middle_lasting(shuffled) == middle_lasting(episodes)


@given(LENGTHS)
def test_an_unreached_median_always_has_a_time_that_half_or_more_outlast(known: list[Lasted]) -> None:
    if median_length(*parted(known)) is None:
        beyond = outlasted(*parted(known))
        assert beyond is not None
        after, number = beyond
        outlasting = [each for each in known if each.length > after or (each.length == after and not each.ended)]
        assert len(outlasting) == number
        assert 2 * number >= len(known)


@given(LENGTHS)
def test_taking_an_end_for_a_minimum_never_shortens_the_median(known: list[Lasted]) -> None:
    before = median_length(*parted(known))
    longer = median_length(*parted([Lasted(known[0].length, ended=False), *known[1:]]))
    if before is None:
        assert longer is None
    else:
        assert longer is None or longer >= before


def test_half_exactly_is_the_middle_up_to_the_next_end():
    assert median_length([10, 20], []) == 15
    assert median_length([10, 40], [20]) == 40


def test_half_exactly_to_the_end_is_not_reached():
    assert median_length([5, 5], [60, 60]) is None
    assert outlasted([5, 5], [60, 60]) == (60, 2)
    assert outlasted([5, 5], [30, 60, 60]) == (30, 3)


def test_more_than_half_still_on_has_no_median():
    assert median_length([10], [10, 10]) is None
    assert outlasted([10], [10, 10]) == (10, 2)
