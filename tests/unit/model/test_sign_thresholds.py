from datetime import timedelta
from uuid import UUID

import pytest

from core.errors import InvalidInput
from core.model.sign_thresholds import ThresholdChange, thresholds_in_force
from tests.builders import CLIENT, TODAY, thresholds

DEFAULT = thresholds()
OTHER = UUID(int=99)


def change(
    name: str, value: float, *, client: UUID | None = None, days_ago: int = 0, author: str = "Dr Example"
) -> ThresholdChange:
    return ThresholdChange(
        name=name, value=value, day=TODAY - timedelta(days=days_ago), author=author, client_id=client
    )


def test_a_change_for_all_holds_for_everybody_and_one_for_a_client_only_for_them() -> None:
    changes = [change("reassurance_watch_per_week", 5), change("window_days", 42, client=CLIENT)]
    mine, others = (thresholds_in_force(DEFAULT, changes, client) for client in (CLIENT, OTHER))
    assert (mine.six.reassurance_watch_per_week, mine.answers.window_days) == (5, 42)
    assert (others.six.reassurance_watch_per_week, others.answers.window_days) == (5, 28)
    assert [each.name for each in mine.changes] == ["reassurance_watch_per_week", "window_days"]


def test_the_latest_change_holds_and_the_clients_own_before_it() -> None:
    changes = [change("window_days", 42, days_ago=1), change("window_days", 56, days_ago=9)]
    assert thresholds_in_force(DEFAULT, changes, CLIENT).answers.window_days == 42
    own = change("window_days", 21, client=CLIENT, days_ago=20)
    assert thresholds_in_force(DEFAULT, [own, *changes], CLIENT).answers.window_days == 21


def test_a_number_set_back_to_the_default_is_no_change() -> None:
    changes = [change("window_days", 42, days_ago=5), change("window_days", 28)]
    assert thresholds_in_force(DEFAULT, changes, CLIENT) == DEFAULT


def test_every_number_says_where_it_comes_from() -> None:
    changed = thresholds_in_force(DEFAULT, [change("watch_share", 0.4)], CLIENT)
    sources = {each.name: each.source for each in changed.parameters}
    assert sources.pop("watch_share") == "changed by Dr Example on 21 May 2026"
    assert set(sources.values()) == {"project default"}
    assert {"window_days", "reassurance_present_per_week", "confirm_check_ins"} <= set(sources)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("window_days", 13, "14 to 84"),
        ("window_days", 85, "14 to 84"),
        ("no_such_number", 3, "no number 'no_such_number'"),
        ("threshold_origin", 3, "no number"),
        ("watch_share", 1.5, "watch share 150 % was given; 10 to 100 % is taken"),
        ("watch_share", 0.9, "watch share is above present share"),
        ("confirm_check_ins", 1, "2 to 3 is taken, in whole numbers"),
        ("reassurance_watch_per_week", 8, "reassurance present per week is below"),
        ("poor_relief_episodes", 2, "poor relief episodes"),
        ("window_days", 20.5, "window days 20.5 was given"),
        ("window_days", float("nan"), "window days nan was given"),
    ],
)
def test_a_number_that_cannot_be_is_refused(name: str, value: float, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        thresholds_in_force(DEFAULT, [change(name, value)], CLIENT)


@pytest.mark.parametrize("days", [14, 84])
def test_the_window_goes_from_two_to_twelve_weeks(days: int) -> None:
    assert thresholds_in_force(DEFAULT, [change("window_days", days)], CLIENT).answers.window_days == days
