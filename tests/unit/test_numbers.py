"""How exact numbers are written: nothing is rounded over a line."""

from fractions import Fraction

import pytest

from core.model.numbers import print_beside, print_exact
from core.model.questionnaire_facts import exact


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(0), "0"),
        (Fraction(12), "12"),
        (Fraction(27, 2), "13.5"),
        (Fraction(213, 100), "2.13"),
        (Fraction(-27, 2), "-13.5"),
        (Fraction(1, 20), "0.05"),
        (Fraction(29, 12), "29/12"),
        (Fraction(100), "100"),
    ],
)
def test_exact_number_is_written_without_rounding(value: Fraction, written: str) -> None:
    assert print_exact(value) == written


@pytest.mark.parametrize(
    ("value", "edges", "written"),
    [
        (Fraction(14), [15], "14"),
        (Fraction(117, 8), [10, 15], "14.63"),
        (Fraction(14_996, 1_000), [15], "14.996"),
        (Fraction(1_499_996, 100_000), [15], "14.99996"),
        (Fraction(14_996, 1_000), [], "15.00"),
        (Fraction(29, 12), [], "2.42"),
        (Fraction(5, 2), [], "2.5"),
        (Fraction(-117, 8), [], "-14.63"),
        (Fraction(15_001, 1_000), [15], "15.001"),
        (Fraction(15), [15], "15"),
        (15 - Fraction(1, 10**12), [15], "14999999999999/1000000000000"),
    ],
)
def test_printed_number_stays_on_its_side_of_every_edge(value: Fraction, edges: list[int], written: str) -> None:
    assert print_beside(value, [Fraction(edge) for edge in edges]) == written


@pytest.mark.parametrize(("given", "value"), [(2.13, Fraction(213, 100)), (13.5, Fraction(27, 2)), (7, Fraction(7))])
def test_decimal_of_a_file_is_taken_as_it_is_written(given: float, value: Fraction) -> None:
    assert exact(given) == exact(value) == value


@pytest.mark.parametrize("given", [True, "7", None, float("nan"), float("inf"), 1e300, 10**9, [1]])
def test_what_is_no_reasonable_number_is_refused(given: object) -> None:
    with pytest.raises(ValueError, match="Input should be a number"):
        exact(given)
