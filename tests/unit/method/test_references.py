"""Every method is held to enough answers from elsewhere, and the number on the page is the number that is run."""

from collections.abc import Callable

import pytest

from tests.unit.method.publish import page
from tests.unit.method.references import LEAST_EACH, LEAST_IN_ALL, METHODS, Held, cases_of, counted, tables_of

NEEDED = ("Reliable change", "interval of a rate", "ratio of two rates", "Theil-Sen", "XmR", "U chart", "NAP")


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_three_reference_cases_or_more(method: str) -> None:
    assert cases_of(METHODS[method]) >= LEAST_EACH


def test_the_methods_that_are_named_have_forty_reference_cases_in_all() -> None:
    of_the_named = {method: number for method, number in counted().items() if any(name in method for name in NEEDED)}
    assert len(of_the_named) == len(NEEDED)
    assert sum(of_the_named.values()) >= LEAST_IN_ALL


def test_the_number_on_the_page_is_that_of_the_tables() -> None:
    told = page()
    for method, number in counted().items():
        assert f"| {method} | {number} |" in told
    assert f"| *in all* | {sum(counted().values())} |" in told


def test_a_table_that_several_tests_read_is_counted_once() -> None:
    from tests.unit.analysis import test_trend

    held = METHODS["Kendall's S and the Theil-Sen slope on real days"]
    assert cases_of(held) == len(test_trend.CASES)


@pytest.mark.parametrize("value", [1, 2, 3])
def three(value: int) -> None:
    assert value


@pytest.mark.parametrize("other", "ab")
@pytest.mark.parametrize("value", [1, 2])
def two_by_two(value: int, other: str) -> None:
    assert value, other


def one() -> None:
    assert True


@pytest.mark.parametrize(("test", "cases"), [(three, 3), (two_by_two, 4), (one, 1)])
def test_cases_are_the_rows_of_the_tables(test: Callable[..., None], cases: int) -> None:
    assert sum(tables_of(test).values()) == cases


def test_a_test_that_is_gone_is_no_case() -> None:
    with pytest.raises(AttributeError):
        cases_of(Held(module="test_counts", tests=("test_that_was_deleted",), to="nothing"))
