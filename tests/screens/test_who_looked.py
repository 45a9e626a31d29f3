"""Profile says who looked at the client on which screen; a rerun is no new look."""

import re
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from core.model.audit import Action
from core.model.people import Client
from core.store import audit
from dashboard.runtime import Workplace

Open = Callable[..., AppTest]


def looks(practice: Workplace) -> list[str | None]:
    with practice.store.reading(practice.actor) as work:
        return [entry.detail for entry in audit.all(work) if entry.action is Action.LOOK]


def lines(at: AppTest) -> str:
    titled = [place for place, each in enumerate(at.markdown) if "Who looked at this client" in each.value]
    return at.markdown[titled[0] + 1].value


def test_profile_says_who_looked_where_and_when(open_page: Open, practice: Workplace, client: Client) -> None:
    open_page("review", client.id)
    at = open_page("profile", client.id)
    shown = lines(at)
    assert re.search(r"Dr Example: Profile .*\d{1,2} \w+ \d{4}, \d\d:\d\d", shown)
    assert "Dr Example: Review" in shown
    assert shown.index("Profile") < shown.index("Review")


def test_rerun_and_second_opening_are_no_new_look(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("profile", client.id)
    at.run()
    open_page("profile", client.id)
    assert looks(practice) == ["profile"]


def test_screens_without_a_client_leave_no_look(open_page: Open, practice: Workplace, client: Client) -> None:
    open_page("settings", client.id)
    open_page("learn", client.id)
    assert looks(practice) == []


def test_empty_list_says_so() -> None:
    def script() -> None:
        from dashboard.components.who_looked import who_looked_block

        who_looked_block((), lambda instant: instant)

    at = AppTest.from_function(script).run()
    assert "Nobody yet" in at.markdown[1].value


def test_times_of_one_day_and_of_several_are_told_apart() -> None:
    def script() -> None:
        from datetime import UTC, datetime

        from core.model.audit import Looks
        from dashboard.components.who_looked import who_looked_block

        def at(day: int, hour: int) -> datetime:
            return datetime(2026, 5, day, hour, 2, tzinfo=UTC)

        spans = ((at(21, 10), at(21, 10)), (at(21, 10), at(21, 14)), (at(20, 10), at(21, 14)))
        looks = [Looks(person="Dr *One*", screen="check-in", first_at=first, last_at=last) for first, last in spans]
        who_looked_block(looks, lambda instant: instant)

    shown = AppTest.from_function(script).run().markdown[1].value
    assert "21 May 2026, 10:02]" in shown
    assert "21 May 2026, 10:02 to 14:02]" in shown
    assert "first 20 May 2026, 10:02; last 21 May 2026, 14:02]" in shown
    assert "*One*" not in shown
