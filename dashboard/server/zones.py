"""The time zones that setting up a practice offers."""

from zoneinfo import available_timezones


def offered_zones() -> list[str]:
    """Time zones by their places, and UTC; not what a system calls them besides, such as `localtime` or `GMT+0`."""
    return ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))]
