"""The time zones that setting up offers."""

from dashboard.server.zones import offered_zones


def test_zones_are_places_and_utc_and_no_other_names_of_the_system() -> None:
    zones = offered_zones()
    assert {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"} <= set(zones)
    assert not {"Factory", "localtime", "GMT+0", "Etc/GMT+3"} & set(zones)
    assert len(zones) == len(set(zones))
