"""The latest words beside distortions: chosen by what was recorded, and nothing read out of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.analysis.thought_examples import BALANCED, latest_examples
from core.catalogue import load_catalogue
from core.charts.distortion_words import example_words
from core.model.check_in import CheckIn
from core.model.days import Window
from core.model.full_answers import FullAnswers
from tests.builders import TODAY, all_recorded, check_in, recorded
from tests.wording import assert_clean

CATALOGUE = load_catalogue()
LABELS = {kind.id: kind.label for kind in CATALOGUE.distortions.values()}
VIEW = Window.ending(TODAY, 84)
MIND, DOOM = "cd_mind_reading", "cd_catastrophizing"


def told(words: str | None, weeks_ago: int = 0, *, full: FullAnswers | None = None, **given: object) -> CheckIn:
    made = check_in(TODAY - timedelta(weeks=weeks_ago), full=full, note="any", **given)
    return replace(made, client_words=words)


def test_the_practice_that_is_read_is_in_the_catalogue():
    assert "balanced thought" in " ".join(CATALOGUE.entries[BALANCED].indicators)


def test_only_check_ins_with_words_and_a_named_distortion_are_examples():
    records = all_recorded(
        told("named", kinds={MIND: 1}),
        told("a total only", 1, distortions=3),
        told(None, 2, kinds={MIND: 4}),
        told("  ", 3, kinds={MIND: 4}),
        told("none named", 4, kinds={MIND: 0}),
        told("not asked", 5),
    )
    assert [each.words for each in latest_examples(records, VIEW)] == ["named", "a total only"]


@pytest.mark.parametrize(("weeks_ago", "shown"), [(11, True), (12, False)])
def test_words_from_before_the_days_in_view_are_left_out(weeks_ago: int, shown: bool):
    assert bool(latest_examples(all_recorded(told("then", weeks_ago, kinds={MIND: 1})), VIEW)) == shown


def test_the_newest_three_come_first_whatever_the_order_of_rows():
    records = all_recorded(*(told(f"week {back}", back, kinds={MIND: 1}) for back in (3, 0, 2, 1)))
    for rows in (records, records[::-1]):
        assert [each.words for each in latest_examples(rows, VIEW)] == ["week 0", "week 1", "week 2"]


def test_a_withdrawn_check_in_is_no_example():
    assert not latest_examples([recorded(told("gone", kinds={MIND: 1}), withdrawn=True)], VIEW)


def test_kinds_stand_most_often_first_with_their_days_and_the_tried_thought():
    full = FullAnswers(practised={BALANCED: 3})
    [example] = latest_examples(all_recorded(told("x", full=full, kinds={MIND: 2, DOOM: 5}, distortions=1)), VIEW)
    assert example_words(example, LABELS) == (
        "Catastrophizing 5, mind-reading 2, not sorted 1 in 7 days, 15 to 21 May 2026. A balanced thought was tried on "
        "3 of the 7 days."
    )


@pytest.mark.parametrize(
    ("practised", "said"),
    [
        ({BALANCED: None}, "A balanced thought was tried; on how many days was not asked."),
        ({BALANCED: 1}, "A balanced thought was tried on 1 of the 7 days."),
        ({"sh_rituals": 2}, ""),
        ({}, ""),
        (None, ""),
    ],
)
def test_a_balanced_thought_is_told_only_where_the_check_in_says_so(practised: dict | None, said: str):
    made = told("x", full=FullAnswers(practised=practised), kinds={MIND: 1})
    [example] = latest_examples(all_recorded(made), VIEW)
    words = example_words(example, LABELS)
    assert words.removeprefix("Mind-reading 1 in 7 days, 15 to 21 May 2026.").strip() == said
    assert_clean(words)
