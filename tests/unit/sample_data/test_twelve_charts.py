"""The charts of all twelve clients: what is said under each, and that table, chart and entries agree."""

import tomllib
from pathlib import Path

import pytest

from core.catalogue import Catalogue
from core.charts.caption import caption
from core.charts.table import course_table
from core.charts.words import ChartWords
from core.model.check_in import CheckIn
from core.model.check_in_parts import SignAnswer
from core.model.measures import DISTORTIONS, REASSURANCE
from core.model.people import Actor
from core.model.records import Recorded
from core.model.review import ClientReview
from core.services.clients import list_clients
from core.services.progress import review_client
from core.store import Store

CAPTIONS = tomllib.loads((Path(__file__).parent / "captions.toml").read_text("utf-8"))
NAMES = tuple(CAPTIONS)
COLUMNS = {REASSURANCE: "Reassurance, times a week", DISTORTIONS: "Distortions, named a week"}
POINTER, NOTHING = "see week of", ("not asked", "no record")

Reviews = dict[str, ClientReview]


@pytest.fixture(scope="module")
def reviews(made: Store, actor: Actor, catalogue: Catalogue) -> Reviews:
    with made.reading(actor) as work:
        return {c.details.name: review_client(work, catalogue, c.id) for c in list_clients(work)}


@pytest.fixture(scope="module")
def words(catalogue: Catalogue) -> ChartWords:
    return ChartWords(signs={code: sign.short_label for code, sign in catalogue.warning_signs.items()})


def test_there_is_a_caption_for_each_of_the_twelve(reviews: Reviews) -> None:
    assert sorted(reviews) == sorted(NAMES)
    assert len(NAMES) == 12


@pytest.mark.parametrize("name", NAMES)
def test_caption_says_what_the_record_holds(name: str, reviews: Reviews, words: ChartWords) -> None:
    assert caption(reviews[name].course, words) == CAPTIONS[name]["caption"]


@pytest.mark.parametrize("name", NAMES)
def test_caption_agrees_with_the_entries_counted_by_hand(name: str, reviews: Reviews, words: ChartWords) -> None:
    records = [record.content for record in reviews[name].check_ins]
    said = caption(reviews[name].course, words)
    averages = [each.anxiety_average for each in records if each.anxiety_average is not None]
    days = {day for each in records for day in each.period}
    assert f"{len(records)} check-ins covering {len(days)} of " in said
    # Overlapping records give their days away, so that an average may be nowhere on the chart.
    if len(days) == sum(each.period_days for each in records):
        assert f"average {min(averages)} to {max(averages)}" in said


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("measure", COLUMNS)
def test_table_holds_every_bar_of_the_chart_and_no_other(
    name: str, measure: str, reviews: Reviews, words: ChartWords
) -> None:
    course = reviews[name].course
    cells = [cell for cell in course_table(course, words)[COLUMNS[measure]] if not cell.startswith((POINTER, *NOTHING))]
    assert sum(len(cell.split("; ")) for cell in cells) == len(course.bars[measure])


@pytest.mark.parametrize("name", NAMES)
def test_bars_add_up_to_what_was_recorded(name: str, reviews: Reviews) -> None:
    records = [record.content for record in reviews[name].check_ins]
    days = {day for each in records for day in each.period}
    if len(days) == sum(each.period_days for each in records):
        drawn = sum(bar.count for bar in reviews[name].course.bars[REASSURANCE])
        assert drawn == sum(each.reassurance_count or 0 for each in records)


@pytest.mark.parametrize("name", NAMES)
def test_evidence_of_every_sign_is_exactly_the_entries_with_an_answer(name: str, reviews: Reviews) -> None:
    review = reviews[name]
    for reading in review.readings:
        answered = {
            record.ref: record.content.signs[reading.sign]
            for record in review.check_ins
            if record.content.period.overlaps(reading.window) and reading.sign in record.content.signs
        }
        shown = {entry.ref: entry.answer for entry in reading.evidence}
        assert shown == answered
        assert reading.count(SignAnswer.OFTEN) == sum(answer is SignAnswer.OFTEN for answer in answered.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_rests_on_records_that_count(name: str, reviews: Reviews) -> None:
    review = reviews[name]
    known = {record.ref for record in review.check_ins}
    for comparison in review.comparisons:
        for figure in (comparison.period, comparison.before, comparison.start):
            assert figure is None or set(figure.refs) <= known
    assert not any(_withdrawn(record) for record in review.check_ins)


def _withdrawn(record: Recorded[CheckIn]) -> bool:
    return record.withdrawn
