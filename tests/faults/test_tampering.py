"""Whoever tampers with the file past the program is found, and the first bad line or record is named."""

from pathlib import Path

import pytest

from tests.faults.tampering import KINDS, LONG, Practice, an_older_page_put_back, count, false_alarms, make_practice

SHORT = 20


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return make_practice(tmp_path_factory.mktemp("tampering"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_tampering_of_every_kind_is_found_and_named(practice, kind, tmp_path):
    counted = count(practice, kind, SHORT, tmp_path)
    assert (counted.found, counted.named, counted.missed) == (SHORT, SHORT, ())


def test_an_old_page_put_back_is_found_each_time(practice, tmp_path):
    counted = count(practice, an_older_page_put_back, SHORT, tmp_path)
    assert (counted.found, counted.missed) == (SHORT, ())


def test_an_untouched_file_is_never_said_not_to_fit(practice, tmp_path: Path):
    assert false_alarms(practice, SHORT, tmp_path) == 0


@pytest.mark.faults
@pytest.mark.parametrize("kind", [*KINDS, an_older_page_put_back], ids=lambda kind: kind.__name__)
def test_two_hundred_of_each_kind_are_found(practice, kind, tmp_path):
    counted = count(practice, kind, LONG, tmp_path, seed=2)
    assert (counted.found, counted.missed) == (LONG, ())
