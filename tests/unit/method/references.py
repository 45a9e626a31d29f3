"""How many reference cases each method is held to, counted from the tables of the tests themselves.

A reference case has its right answer from elsewhere: a published example, or another program. A table that several
tests read is counted once; a test without a table is one case.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

LEAST_EACH, LEAST_IN_ALL = 3, 40


@dataclass(frozen=True, kw_only=True)
class Held:
    """The tests that hold one method to answers from elsewhere, by their names in `module`; `to` says to which."""

    module: str
    tests: tuple[str, ...]
    to: str


METHODS: Mapping[str, Held] = {
    "Reliable change of two scores, its lines and its second opinion": Held(
        module="test_reliable_change",
        tests=(
            "test_threshold_is_the_one_of_the_printed_table",
            "test_index_is_that_of_the_first_publication",
            "test_lines_are_those_of_the_first_publication",
            "test_second_opinion_is_that_of_the_published_code",
        ),
        to="published tables and examples, a public script",
    ),
    "Exact interval of a rate": Held(
        module="test_counts",
        tests=(
            "test_limits_of_a_count_are_the_published_ones",
            "test_limits_of_a_count_are_those_of_statsmodels",
        ),
        to="a published table, statsmodels",
    ),
    "Exact ratio of two rates": Held(
        module="test_counts",
        tests=("test_the_ratio_is_the_one_of_rs_help_page", "test_the_ratio_is_that_of_scipys_binomial"),
        to="R's help page, scipy",
    ),
    "Kendall's S and the Theil-Sen slope on real days": Held(
        module="test_trend",
        tests=(
            "test_slope_and_line_on_real_days_are_those_of_scipy",
            "test_interval_is_that_of_scipy_at_the_level_to_which_the_guard_widens",
            "test_s_and_its_variance_before_the_guard_are_those_of_mann_and_kendall",
        ),
        to="scipy, pymannkendall",
    ),
    "XmR chart": Held(
        module="test_xmr",
        tests=(
            "test_limits_are_those_of_the_flow_rates_in_the_nist_handbook",
            "test_limits_are_those_that_numpy_gives",
        ),
        to="the NIST handbook, numpy",
    ),
    "U chart": Held(
        module="test_u_chart",
        tests=(
            "test_limits_are_those_of_the_wafers_in_the_nist_handbook",
            "test_limits_follow_the_number_of_days",
            "test_below_three_expected_entries_the_limits_are_those_of_the_poisson_distribution",
        ),
        to="the NIST handbook, numpy, scipy",
    ),
    "NAP, the share of pairs, with its interval": Held(
        module="test_effect_size",
        tests=(
            "test_share_of_the_published_example_is_38_and_a_half_of_42_pairs",
            "test_share_is_that_of_scipy",
            "test_interval_ends_where_the_score_equation_has_its_roots",
        ),
        to="a published example, scipy",
    ),
    "Rank test of single days": Held(
        module="test_ranks", tests=("test_u_and_its_p_value_are_those_of_scipy",), to="scipy"
    ),
    "Median time with minimums": Held(
        module="test_survival",
        tests=(
            "test_published_shares_of_the_textbook_example",
            "test_published_medians_of_the_textbook_example",
            "test_shares_agree_with_an_independent_package",
        ),
        to="a textbook example, statsmodels",
    ),
}


def cases_of(held: Held) -> int:
    """How many cases the tests of one method have; `AttributeError` where a test is no longer there."""
    module = importlib.import_module(f"tests.unit.analysis.{held.module}")
    tables: dict[int, int] = {}
    for name in held.tests:
        tables |= tables_of(getattr(module, name))
    return sum(tables.values())


def counted() -> dict[str, int]:
    """The number of cases of every method."""
    return {method: cases_of(held) for method, held in METHODS.items()}


def table() -> str:
    """The rows for the method page, with their sum."""
    rows = [f"| {method} | {number} | {METHODS[method].to} |" for method, number in counted().items()]
    return "\n".join([*rows, f"| *in all* | {sum(counted().values())} | |"])


def tables_of(test: Callable[..., Any]) -> dict[int, int]:
    """Rows by the identity of their table; tables set across each other count as one with all their pairs."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    if len(marks) == 1:
        return {id(marks[0].args[1]): len(list(marks[0].args[1]))}
    return {id(test): prod(len(list(mark.args[1])) for mark in marks)}
