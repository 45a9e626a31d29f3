"""A day is the one that the practice's wall calendar shows: around every change of the clocks, in thirty zones."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from core.catalogue import Catalogue
from core.model.check_in import CheckIn
from core.model.check_in_parts import Source
from core.model.records import Recorded
from core.services.check_ins import check_ins_of, record_check_in
from core.services.clients import add_client
from core.services.practices import practice_details, set_up_practice
from core.services.progress import review_client
from core.store import FixedClock, SeededIds, open_store
from tests.services.entries import details, form

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Asuncion",
    "America/Chicago",
    "America/Halifax",
    "America/Havana",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Norfolk",
)
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
EPOCH = date(1970, 1, 1).toordinal()
SECOND, HALF_DAY = timedelta(seconds=1), timedelta(hours=12)
AROUND = (-24, -12, -3, -1, 0, 1, 3, 12, 24)

WallDay = Callable[[datetime], date]


class Change(NamedTuple):
    """The last second before the clocks are changed, and the first one after."""

    before: datetime
    after: datetime


@pytest.fixture
def wall_day(zone: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[WallDay]:
    """The day by the computer's own C library where it knows the zone, else counted from the distance to UTC."""
    if not (hasattr(time, "tzset") and Path("/usr/share/zoneinfo", zone).is_file()):
        yield lambda instant: _counted_day(instant, ZoneInfo(zone))
        return
    with monkeypatch.context() as context:
        context.setenv("TZ", zone)
        time.tzset()
        yield lambda instant: date(*time.localtime(instant.timestamp())[:3])
    time.tzset()


def _counted_day(instant: datetime, zone: ZoneInfo) -> date:
    return date.fromordinal(EPOCH + int(instant.timestamp() + _offset(instant, zone).total_seconds()) // 86_400)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def changes(name: str) -> list[Change]:
    """Every change of the clocks of a zone from 2020 to 2035."""
    zone, found, at = ZoneInfo(name), [], FIRST
    while at < LAST:
        if _offset(at, zone) != _offset(at + HALF_DAY, zone):
            low, high = at, at + HALF_DAY
            while high - low > SECOND:
                middle = low + (high - low) // (2 * SECOND) * SECOND
                low, high = (middle, high) if _offset(middle, zone) == _offset(at, zone) else (low, middle)
            found.append(Change(low, high))
        at += HALF_DAY
    return found


def short(end: date) -> CheckIn:
    return CheckIn(period_end=end, period_days=7, source=Source.CLIENT_IN_SESSION, anxiety_average=4)


def test_there_are_thirty_zones_and_their_clocks_change_hundreds_of_times() -> None:
    counts = {zone: len(changes(zone)) for zone in ZONES}
    assert len(set(ZONES)) == 30
    assert counts["Europe/Berlin"] == counts["Australia/Lord_Howe"] == 32
    assert counts["Asia/Tokyo"] == 0
    assert sum(counts.values()) > 600


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Africa/Cairo", "2024-04-25T21:59:59+00:00", "2024-04-25"),  # 00:00 is skipped: the day begins at 01:00
        ("Africa/Cairo", "2024-04-25T22:00:00+00:00", "2024-04-26"),
        ("Africa/Cairo", "2024-10-31T20:59:59+00:00", "2024-10-31"),  # 24:00 becomes 23:00: the day goes on
        ("Africa/Cairo", "2024-10-31T21:00:00+00:00", "2024-10-31"),
        ("Africa/Cairo", "2024-10-31T22:00:00+00:00", "2024-11-01"),
        ("America/Havana", "2026-11-01T04:59:59+00:00", "2026-11-01"),  # 01:00 becomes 00:00 of the same day
        ("America/Havana", "2026-11-01T05:00:00+00:00", "2026-11-01"),
        ("Europe/Berlin", "2026-03-28T22:59:59+00:00", "2026-03-28"),
        ("Europe/Berlin", "2026-03-28T23:00:00+00:00", "2026-03-29"),  # the day of 23 hours
        ("Europe/Berlin", "2026-03-29T21:59:59+00:00", "2026-03-29"),
        ("Europe/Berlin", "2026-03-29T22:00:00+00:00", "2026-03-30"),
        ("Europe/Berlin", "2026-10-25T22:59:59+00:00", "2026-10-25"),  # the day of 25 hours
        ("Australia/Lord_Howe", "2026-04-04T12:59:59+00:00", "2026-04-04"),
        ("Australia/Lord_Howe", "2026-04-05T13:30:00+00:00", "2026-04-06"),  # half an hour more
    ],
)
def test_days_that_were_looked_up_by_hand(tmp_path: Path, zone: str, instant: str, day: str) -> None:
    clock = FixedClock(datetime.fromisoformat(instant))
    store = open_store(tmp_path / "practice.db", clock=clock)
    _, actor = set_up_practice(store, practice_details("A practice", "Dr One", zone))
    with store.reading(actor) as work:
        assert work.today == date.fromisoformat(day)
    store.close()


@pytest.mark.parametrize("zone", ZONES)
def test_records_carry_the_day_of_the_wall_calendar_on_both_sides_of_each_change(
    tmp_path: Path, zone: str, wall_day: WallDay
) -> None:
    clock = FixedClock(FIRST)
    store = open_store(tmp_path / "practice.db", clock=clock, ids=SeededIds(3))
    _, actor = set_up_practice(store, practice_details("A practice", "Dr One", zone))
    expected = []
    with store.writing(actor) as work:
        client = add_client(work, details(started_on=date(2019, 1, 8)), form())
        for instant in (each for change in changes(zone) for each in change):
            clock.move_to(instant)
            expected.append(wall_day(instant))
            record_check_in(work, client.id, short(work.today), form())
            for hours in AROUND:
                near = instant + timedelta(hours=hours)
                assert work.local_day(near) == wall_day(near)
        work.commit()
    with store.reading(actor) as work:
        saved = sorted(check_ins_of(work, client.id), key=lambda record: record.ref.number)
    store.close()
    assert [record.recorded_on for record in saved] == expected
    assert [record.content.period_end for record in saved] == expected
    assert [record.content.period.start for record in saved] == [day - timedelta(days=6) for day in expected]


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_never_steps_back_as_time_goes_on(zone: str) -> None:
    for change in changes(zone):
        hours = [change.after + timedelta(minutes=10 * step) for step in range(-150, 151)]
        days = [instant.astimezone(ZoneInfo(zone)).date() for instant in hours]
        assert days == sorted(days)


@pytest.mark.parametrize("moved_to", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"])
def test_changing_the_zone_of_a_practice_moves_no_past_day(tmp_path: Path, catalogue: Catalogue, moved_to: str) -> None:
    file, clock = tmp_path / "practice.db", FixedClock(FIRST)
    store = open_store(file, clock=clock, ids=SeededIds(3))
    _, actor = set_up_practice(store, practice_details("A practice", "Dr One", "Europe/Berlin"))
    with store.writing(actor) as work:
        client = add_client(work, details(started_on=date(2019, 1, 8)), form())
        for instant in (each for change in changes("Europe/Berlin") for each in change):
            for hours in (-12, 0, 12):
                clock.move_to(instant + timedelta(hours=hours))
                record_check_in(work, client.id, short(work.today), form())
        day = work.today
        work.commit()
    with store.reading(actor) as work:
        before = check_ins_of(work, client.id)
        reviewed = review_client(work, catalogue, client.id, as_of=day)
    store.close()

    with sqlite3.connect(file) as connection:
        assert connection.execute("UPDATE practice SET zone = ?", (moved_to,)).rowcount == 1
    connection.close()

    again = open_store(file, clock=clock)
    with again.reading(actor) as work:
        assert work.today == clock.now().astimezone(ZoneInfo(moved_to)).date()
        after: tuple[Recorded[CheckIn], ...] = check_ins_of(work, client.id)
        assert after == before
        assert review_client(work, catalogue, client.id, as_of=day).course == reviewed.course
    again.close()


def test_a_week_with_a_change_of_the_clocks_has_seven_observed_days(tmp_path: Path, catalogue: Catalogue) -> None:
    for end in (date(2026, 3, 29), date(2026, 10, 25)):
        store = open_store(tmp_path / f"{end}.db", clock=FixedClock(datetime(2026, 11, 1, 10, tzinfo=UTC)))
        _, actor = set_up_practice(store, practice_details("A practice", "Dr One", "Europe/Berlin"))
        with store.writing(actor) as work:
            client = add_client(work, details(started_on=date(2019, 1, 8)), form())
            record_check_in(work, client.id, short(end), form())
            course = review_client(work, catalogue, client.id, as_of=end).course
        store.close()
        assert course.observed_days == 7
        assert course.gaps == ()
