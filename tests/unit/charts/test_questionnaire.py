"""A questionnaire over time: dots on real days, no line over what is missing, and what is too small to tell."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from math import isnan

import plotly.graph_objects as go
import pytest
from msgspec import structs

from core.charts.palette import DARK, LIGHT
from core.charts.questionnaire import questionnaire_chart
from core.charts.questionnaire_words import (
    direction_words,
    margins_of,
    point_words,
    progress_caption,
    progress_table,
    signed_points,
)
from core.model.changes import FormProgress
from tests.unit.charts.forms import QUESTIONNAIRES, START, filled, progress, progresses
from tests.wording import assert_clean


def trace(figure: go.Figure, name: str) -> go.Scatter | None:
    return next((each for each in figure.data if each.name == name), None)


def lines(form: FormProgress) -> int:
    """How many pieces of line are drawn."""
    line = trace(questionnaire_chart(form, LIGHT), "line")
    return 0 if line is None else 1 + sum(isnan(x) for x in line.x)


def test_dots_stand_on_their_real_days() -> None:
    apart = [filled("gad7", 15, START, 1), filled("gad7", 12, START + timedelta(days=3), 2)]
    apart.append(filled("gad7", 7, START + timedelta(days=103), 3))
    [form] = progresses(apart)
    dots = trace(questionnaire_chart(form, LIGHT), "scores")
    assert dots is not None
    xs = [float(x) for x in dots.x]
    assert (xs[1] - xs[0], xs[2] - xs[0]) == (3, 103)
    assert [float(y) for y in dots.y] == [15, 12, 7]


def test_line_joins_forms_in_a_row() -> None:
    assert lines(progress("gad7", 15, 12, 7)) == 2


def test_no_line_leads_over_a_form_without_a_score() -> None:
    form = progress("gad7", 15, 12, None, 7, 6)
    assert lines(form) == 2
    crosses = trace(questionnaire_chart(form, LIGHT), "not scored")
    assert crosses is not None
    assert len(crosses.x) == 1


@pytest.mark.parametrize(("planned", "drawn"), [(None, 2), (29, 2), (28, 0), (27, 0)])
def test_no_line_leads_over_a_planned_form_that_is_missing(planned: int | None, drawn: int) -> None:
    assert lines(progress("gad7", 15, 12, 7, days=56, planned=planned)) == drawn


def test_another_version_is_hollow_and_not_joined() -> None:
    newer = replace(QUESTIONNAIRES["gad7"], version=2)
    later = filled("gad7", 9, START + timedelta(days=14), 3)
    later = structs.replace(later, score=structs.replace(later.score, questionnaire_version=2))
    forms = [filled("gad7", 15, START, 1), filled("gad7", 12, START + timedelta(days=7), 2), later]
    [form] = progresses(forms, definitions={"gad7": newer})
    assert [point.compared for point in form.points] == [False, False, True]
    assert lines(form) == 0
    dots = trace(questionnaire_chart(form, LIGHT), "scores")
    assert dots is not None
    assert list(dots.marker.color) == [LIGHT.paper, LIGHT.paper, LIGHT.primary]
    assert "another version of the form, not compared" in point_words(form.points[0], form)


def test_of_two_forms_on_one_day_the_later_one_counts() -> None:
    [form] = progresses([filled("gad7", 15, START, 1), filled("gad7", 9, START, 2)])
    assert [point.ref.label for point in form.points] == ["q2"]


@pytest.mark.parametrize(
    ("first", "ends"),
    [
        (15, [(Fraction(23, 2), Fraction(37, 2)), (Fraction(19, 2), Fraction(41, 2))]),
        (3, [(Fraction(0), Fraction(13, 2)), (Fraction(0), Fraction(17, 2))]),
        (20, [(Fraction(33, 2), Fraction(21)), (Fraction(29, 2), Fraction(21))]),
    ],
)
def test_too_small_to_tell_ends_half_a_point_before_each_threshold(
    first: int, ends: list[tuple[Fraction, Fraction]]
) -> None:
    form = progress("gad7", first, 10)
    assert [(margin.low, margin.high) for margin in margins_of(form)] == ends


def test_disagreeing_thresholds_are_both_drawn_and_told() -> None:
    form = progress("gad7", 10, 5)
    figure = questionnaire_chart(form, LIGHT)
    words = {each.text for each in figure.layout.annotations}
    assert {"too small to tell from 10", "6 points, Bischoff 2020"} <= words
    shaded = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [(shape.y0, shape.y1) for shape in shaded] == [(6.5, 13.5)]
    caption = progress_caption(form)
    assert caption.endswith(
        "Too small to tell from 10: under 4 points (NHS Talking Therapies rule), under 6 points (Bischoff 2020)."
    )


@pytest.mark.parametrize(("values", "side"), [((10, 5), "right"), ((18, 9), "left"), ((3, 12), "left")])
def test_points_of_a_wider_rule_stand_away_from_the_last_score(values: tuple[int, int], side: str) -> None:
    figure = questionnaire_chart(progress("gad7", *values), LIGHT)
    [words] = [each for each in figure.layout.annotations if each.text == "6 points, Bischoff 2020"]
    assert words.xanchor == side


def test_published_bands_stand_beside_lines_at_half_points() -> None:
    figure = questionnaire_chart(progress("gad7", 10, 5), LIGHT)
    solid = {shape.y0 for shape in figure.layout.shapes if shape.type == "line" and shape.line.dash is None}
    assert solid == {4.5, 9.5, 14.5}
    words = trace(figure, "bands")
    assert words is not None
    assert [text.strip() for text in words.text] == ["minimal 0–4", "mild 5–9", "moderate 10–14", "severe 15–21"]


@pytest.mark.parametrize("form", sorted(QUESTIONNAIRES))
@pytest.mark.parametrize("compact", [False, True])
def test_every_questionnaire_can_be_drawn_in_both_forms_and_themes(form: str, compact: bool) -> None:
    questionnaire = QUESTIONNAIRES[form]
    low, high = questionnaire.axis if questionnaire.has_total else questionnaire.axis_of(questionnaire.subscales[0])
    found = progress(form, float(low), float(high), float(low))
    for palette in (LIGHT, DARK):
        figure = questionnaire_chart(found, palette, compact=compact)
        assert figure.layout.yaxis.range[0] < low < high < figure.layout.yaxis.range[1]
    assert direction_words(found) in {each.text for each in figure.layout.annotations}
    assert_clean(progress_caption(found))


def test_direction_is_told_in_words() -> None:
    assert direction_words(progress("gad7", 10)) == "↑ higher is worse"
    assert direction_words(progress("csi_4", 10)) == "↑ higher is better"


def test_table_has_a_row_for_each_form_and_no_empty_column() -> None:
    table = progress_table(progress("gad7", 15, None, 7))
    assert list(table["Score"]) == ["15", "not scored", "7"]
    assert list(table["From the start"]) == ["start", "", "−8"]
    assert list(progress_table(progress("gad7", 15, 7))) == [
        "Entry",
        "Day",
        "Score",
        "Published band",
        "From the start",
    ]


def test_caption_tells_the_forms_that_are_not_scored() -> None:
    caption = progress_caption(progress("gad7", 15, None, 7))
    assert "3 forms, 2 with a score of all items" in caption
    assert "Not scored: 12 Jan 2026." in caption


def test_one_score_is_told_with_its_band_and_without_change() -> None:
    caption = progress_caption(progress("gad7", 12))
    assert "One score: 12, moderate on 5 Jan 2026; change takes a second one." in caption
    assert "Too small" not in caption


def test_forms_without_any_score_are_drawn_without_dots() -> None:
    form = progress("gad7", None, None)
    dots = trace(questionnaire_chart(form, LIGHT), "scores")
    assert dots is not None
    assert not len(dots.x)
    assert "none with a score" in progress_caption(form)


def test_scores_before_a_moved_start_are_drawn_and_not_compared() -> None:
    forms = [filled("gad7", value, START + timedelta(days=7 * at), at) for at, value in enumerate((15, 12, 7))]
    [form] = progresses(forms, since=START + timedelta(days=5))
    assert form.change.first is not None
    assert form.change.first.printed == "12"
    assert list(progress_table(form)["From the start"]) == ["", "start", "−5"]


@pytest.mark.parametrize(("points", "words"), [(3, "+3"), (-8, "−8"), (0, "0"), (Fraction(-1, 3), "−0.33")])
def test_differences_carry_their_sign(points: Fraction, words: str) -> None:
    assert signed_points(Fraction(points)) == words
