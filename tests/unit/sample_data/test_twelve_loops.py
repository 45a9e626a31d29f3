"""The reassurance loop and the distortions of all twelve: sentence, table, figure and entries agree."""

from math import isnan

import pytest

from core.analysis.distortions import break_down
from core.analysis.reassurance import read_loop
from core.catalogue import Catalogue
from core.charts.day_grid import day_grid
from core.charts.distortion_words import KindWords, bars_table, breakdown_caption, breakdown_table
from core.charts.distortions import breakdown_chart
from core.charts.loop import loop_chart
from core.charts.loop_words import grid_caption, loop_caption, loop_table
from core.charts.palette import LIGHT
from core.model.distortions import DistortionBreakdown
from core.model.people import Actor
from core.model.reassurance import ReassuranceLoop
from core.model.review import ClientReview
from core.services.clients import list_clients
from core.services.progress import method_of, review_client
from core.store import Store
from tests.wording import assert_clean

NAMES = (
    "Aisha", "Daniel", "Emily", "Jonah", "Karim", "Lena", "Marcus", "Mei", "Priya", "Rosa", "Sarah", "Tom",
)  # fmt: skip
DESCRIBED_ENOUGH = {"Aisha": 5, "Jonah": 5, "Marcus": 4, "Sarah": 6}


@pytest.fixture(scope="module")
def reviews(made: Store, actor: Actor, catalogue: Catalogue) -> dict[str, ClientReview]:
    with made.reading(actor) as work:
        return {c.details.name: review_client(work, catalogue, c.id) for c in list_clients(work)}


@pytest.fixture
def loop(name: str, reviews: dict[str, ClientReview], catalogue: Catalogue) -> ReassuranceLoop:
    review = reviews[name]
    return read_loop(review.check_ins, review.as_of, method_of(catalogue))


@pytest.fixture
def breakdown(name: str, reviews: dict[str, ClientReview], catalogue: Catalogue) -> DistortionBreakdown:
    review = reviews[name]
    return break_down(
        review.check_ins,
        review.as_of,
        review.course.window,
        method=method_of(catalogue),
        kinds=tuple(catalogue.distortions),
    )


@pytest.fixture
def words(catalogue: Catalogue) -> KindWords:
    return KindWords(kinds={code: kind.label for code, kind in catalogue.distortions.items()})


def test_all_twelve_are_looked_at(reviews: dict[str, ClientReview]) -> None:
    assert tuple(sorted(reviews)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_loop_holds_the_entries_counted_by_hand(
    name: str, loop: ReassuranceLoop, reviews: dict[str, ClientReview]
) -> None:
    told = [
        each
        for record in reviews[name].check_ins
        for each in record.content.episodes
        if each.day is not None and each.day in loop.window
    ]
    assert loop.described + loop.set_aside == len(told)
    assert (loop.described if loop.enough else None) == DESCRIBED_ENOUGH.get(name)


@pytest.mark.parametrize("name", NAMES)
def test_plot_grid_table_and_sentence_agree(name: str, loop: ReassuranceLoop) -> None:
    marks, table = loop_chart(loop, LIGHT).data[0], loop_table(loop)
    told = table[(table["Relief"] != "not known") & (table["Lasted"] != "not known")]
    assert sum(marks.customdata or ()) == len(told)
    said = loop_caption(loop)
    assert f"Described: {loop.described}" in said
    if loop.enough:
        assert len(table) == loop.described
        reliefs = sorted(int(relief) for relief in table["Relief"] if relief != "not known")
        assert f"{reliefs[0]} to {reliefs[-1]}" in said
        ticks = next(trace for trace in day_grid(loop, LIGHT).data if trace.name == "asked")
        timed = (table["Time"] != "not known").sum()
        assert sum(1 for x in ticks.x if not isnan(x)) == 2 * timed
        assert f"{timed} with a time of day" in grid_caption(loop)
    else:
        assert "median" not in said
        assert table.empty


@pytest.mark.parametrize("name", NAMES)
def test_breakdown_figure_table_and_sentence_agree(name: str, breakdown: DistortionBreakdown, words: KindWords) -> None:
    figures, bars = breakdown_table(breakdown, words), bars_table(breakdown, words)
    figure, said = breakdown_chart(breakdown, words, LIGHT), breakdown_caption(breakdown, words)
    for reading, now in zip(breakdown.kinds, figures["Now"], strict=False):
        label = words.kinds[reading.kind]
        assert (bars[label] != "not asked").sum() == len(reading.bars)
        read = [trace for trace in figure.data if trace.name == f"{label} read"]
        assert sum(len(trace.x) for trace in read) == len(reading.bars)
        assert breakdown.reason or f"{label}: {now}" in said


@pytest.mark.parametrize("name", NAMES)
def test_kinds_of_the_window_add_up_to_what_was_recorded(
    name: str, breakdown: DistortionBreakdown, reviews: dict[str, ClientReview]
) -> None:
    records = [r.content for r in reviews[name].check_ins if r.content.period.overlaps(breakdown.window)]
    days = {day for each in records for day in each.period}
    inside = all(each.period.start in breakdown.window for each in records)
    if inside and len(days) == sum(each.period_days for each in records):
        for reading in breakdown.kinds:
            assert reading.now.count == sum(each.distortions_by_kind.get(reading.kind, 0) for each in records)


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_uses_a_banned_word(
    name: str, loop: ReassuranceLoop, breakdown: DistortionBreakdown, words: KindWords
) -> None:
    for said in (loop_caption(loop), grid_caption(loop), breakdown_caption(breakdown, words)):
        assert_clean(said)
