"""Which days are asked about before they are saved: each limit from both sides, and what the sentence says."""

from datetime import date, timedelta

import pytest

from core.model.people import ClientDetails
from core.model.unlikely_days import (
    LONG_AHEAD_DAYS,
    LONG_BEFORE_START_DAYS,
    DayKind,
    KnownDays,
    is_taken,
    question_about_birth,
    question_about_day,
)

TODAY, STARTED = date(2026, 5, 21), date(2026, 1, 8)
KNOWN = KnownDays(today=TODAY, started_on=STARTED, birth_year=1988)
ONE = timedelta(days=1)
BEFORE = STARTED - timedelta(days=LONG_BEFORE_START_DAYS)
AHEAD = TODAY + timedelta(days=LONG_AHEAD_DAYS)


@pytest.mark.parametrize(
    ("day", "kind", "asked"),
    [
        (TODAY, DayKind.OF_WORK, False),
        (BEFORE, DayKind.OF_WORK, False),
        (BEFORE - ONE, DayKind.OF_WORK, True),
        (BEFORE - ONE, DayKind.PLANNED, True),
        (BEFORE - ONE, DayKind.OF_LIFE, False),
        (AHEAD, DayKind.PLANNED, False),
        (AHEAD + ONE, DayKind.PLANNED, True),
        (AHEAD + ONE, DayKind.OF_WORK, False),
        (date(1988, 1, 1), DayKind.OF_LIFE, False),
        (date(1987, 12, 31), DayKind.OF_LIFE, True),
        (date(2016, 5, 22), DayKind.START, False),
        (date(2016, 5, 20), DayKind.START, True),
    ],
)
def test_day_is_asked_about_beyond_its_limit_alone(day: date, kind: DayKind, *, asked: bool) -> None:
    assert (question_about_day(day, kind, KNOWN) is not None) is asked


@pytest.mark.parametrize(
    ("day", "kind", "sentence"),
    [
        (
            date(1990, 1, 1),
            DayKind.OF_WORK,
            "1 Jan 1990 lies 36 years before the work with this client began, on 8 Jan 2026. Is the day right?",
        ),
        (
            date(2025, 1, 1),
            DayKind.PLANNED,
            "1 Jan 2025 lies 372 days before the work with this client began, on 8 Jan 2026. Is the day right?",
        ),
        (
            date(1900, 1, 1),
            DayKind.OF_WORK,
            "1 Jan 1900 lies before the client was born, in 1988. Is the day right?",
        ),
        (date(2126, 5, 21), DayKind.PLANNED, "21 May 2126 lies 99 years ahead. Is the day right?"),
    ],
)
def test_question_says_what_looks_odd(day: date, kind: DayKind, sentence: str) -> None:
    assert question_about_day(day, kind, KNOWN) == sentence


def test_without_what_is_known_of_the_client_only_a_long_time_is_odd() -> None:
    known = KnownDays(today=TODAY)
    assert question_about_day(date(1976, 6, 1), DayKind.OF_LIFE, known) is None
    assert "lies 50 years back" in (question_about_day(date(1976, 5, 1), DayKind.OF_LIFE, known) or "")
    assert question_about_day(date(1976, 5, 1), DayKind.OF_WORK, known) is not None


def test_what_is_known_comes_from_the_client_s_details() -> None:
    assert KnownDays.about(ClientDetails(name="Ada", started_on=STARTED, birth_year=1988), TODAY) == KNOWN


@pytest.mark.parametrize(
    ("year", "asked"), [(2021, False), (2022, True), (1926, False), (1925, True), (2026, True), (2027, False)]
)
def test_year_of_birth_is_asked_about_where_the_age_is_unlikely(year: int, *, asked: bool) -> None:
    assert (question_about_birth(year, STARTED) is not None) is asked


def test_days_far_outside_are_not_taken_at_all() -> None:
    assert [is_taken(day) for day in (date(1899, 12, 31), date(1900, 1, 1), date(2199, 12, 31), date(2200, 1, 1))] == [
        False,
        True,
        True,
        False,
    ]
