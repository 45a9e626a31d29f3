"""Every table of the spec, run; and docs/spec.md, which prints them, kept fresh."""

import pytest

from tests.spec.publish import PAGE, SPECS, page
from tests.spec.spec import Case, Spec

CASES = [pytest.param(spec, case, id=f"{spec.title}: {case.name}") for spec in SPECS for case in spec.cases]


@pytest.mark.parametrize(("spec", "case"), CASES)
def test_the_table_reads_as_written(spec: Spec, case: Case) -> None:
    assert dict(spec.read(case.records())) == dict(case.reading)


@pytest.mark.parametrize(("spec", "case"), CASES)
def test_the_order_of_rows_makes_no_difference(spec: Spec, case: Case) -> None:
    assert dict(spec.read(case.records()[::-1])) == dict(case.reading)


def test_case_names_stand_once_in_each_spec() -> None:
    for spec in SPECS:
        names = [case.name for case in spec.cases]
        assert len(names) == len(set(names)), spec.title


def test_the_published_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(SPECS), "run: python -m tests.spec.publish"
