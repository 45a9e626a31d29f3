"""Clocks and ids."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.store import FixedClock, RandomIds, SeededIds, ShiftedClock, SystemClock


def test_system_clock_tells_utc():
    before = datetime.now(UTC)
    told = SystemClock().now()
    assert before <= told <= datetime.now(UTC)
    assert told.tzinfo is UTC


def test_fixed_clock_stands_until_moved():
    berlin = datetime(2026, 5, 21, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    clock = FixedClock(berlin)
    assert clock.now() == datetime(2026, 5, 21, 10, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    clock.move_to(berlin + timedelta(days=1))
    assert clock.now() == datetime(2026, 5, 22, 10, tzinfo=UTC)


def test_clock_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(datetime(2026, 5, 21))  # noqa: DTZ001 - the case under test


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_shifted_clock_keeps_the_time_of_day(zone):
    real = datetime.now(ZoneInfo(zone))
    told = ShiftedClock(date(2026, 5, 21), zone).now().astimezone(ZoneInfo(zone))
    assert told.date() in {date(2026, 5, 21), date(2026, 5, 22)}
    passed = told.replace(tzinfo=None) - datetime.combine(date(2026, 5, 21), real.time())
    assert timedelta(0) <= passed < timedelta(minutes=1)


def test_shifted_clock_runs_on():
    clock = ShiftedClock(date(2026, 5, 21), "UTC")
    first = clock.now()
    assert any(clock.now() > first for _ in range(1_000_000))


def test_same_seed_gives_the_same_ids():
    first, second, other = SeededIds(1), SeededIds(1), SeededIds(2)
    made = [first.next() for _ in range(5)]
    assert made == [second.next() for _ in range(5)]
    assert other.next() not in made
    assert len(set(made)) == 5


@pytest.mark.parametrize("ids", [RandomIds(), SeededIds(7)])
def test_ids_have_the_shape_of_random_uuids(ids):
    assert {ids.next().version for _ in range(20)} == {4}
