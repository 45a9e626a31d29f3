"""Change of all twelve: line, sentence, table and figure agree, and every sentence is clean."""

import pytest

from core.analysis.changes import changes_of
from core.catalogue import Catalogue
from core.charts.palette import LIGHT
from core.charts.questionnaire import questionnaire_chart
from core.charts.questionnaire_words import progress_caption, progress_table
from core.model.changes import Changes
from core.model.findings import Verdict
from core.model.people import Actor
from core.model.series_findings import Against
from core.notes.change_sentences import change_sentences, rule_set_sentences
from core.notes.own_change_sentences import (
    caution_sentences,
    own_change_sentence,
    phase_sentence,
    review_sentences,
    signal_sentences,
    slope_sentence,
    would_change_sentence,
)
from core.services.changes import attended_by, change_rules
from core.services.clients import list_clients
from core.services.progress import method_of, review_client
from core.store import Store
from tests.wording import assert_clean

NAMES = (
    "Aisha", "Daniel", "Emily", "Jonah", "Karim", "Lena", "Marcus", "Mei", "Priya", "Rosa", "Sarah", "Tom",
)  # fmt: skip


@pytest.fixture(scope="module")
def every(made: Store, actor: Actor, catalogue: Catalogue) -> dict[str, Changes]:
    found = {}
    with made.reading(actor) as work:
        for client in list_clients(work):
            review = review_client(work, catalogue, client.id)
            rules = change_rules(
                catalogue,
                review.client,
                review.profile,
                method=method_of(catalogue),
                attended=attended_by(review.sessions, review.as_of),
            )
            found[client.details.name] = changes_of(review.check_ins, review.responses, review.as_of, rules=rules)
    return found


@pytest.fixture
def changes(name: str, every: dict[str, Changes]) -> Changes:
    return every[name]


def test_all_twelve_are_looked_at(every: dict[str, Changes]) -> None:
    assert tuple(sorted(every)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_figure_table_and_sentence_of_every_questionnaire_agree(changes: Changes) -> None:
    for form in changes.forms:
        table, figure, said = progress_table(form), questionnaire_chart(form, LIGHT), progress_caption(form)
        scored = [printed for printed in table["Score"] if printed != "not scored"]
        dots = next(trace for trace in figure.data if trace.name == "scores")
        assert [float(printed) for printed in scored] == [float(y) for y in dots.y]
        assert f"{len(table)} form" in said
        assert f"{len(scored)} with a score" in said
        if len(scored) > 1:
            assert f"First {scored[0]} on" in said
            assert f"last {scored[-1]} on" in said
            start = form.change.first
            assert start is not None
            assert change_sentences(form.change)[0].startswith(f"{form.label}: {start.printed} on")
            assert start.printed == scored[0] or f"Change counts from {start.printed} on" in said


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_uses_a_banned_word(changes: Changes) -> None:
    told: list[str] = [progress_caption(form) for form in changes.forms]
    told += [sentence for form in changes.forms for sentence in change_sentences(form.change)]
    told += rule_set_sentences(changes.rule_set) if changes.rule_set else ()
    for measure in changes.measures:
        for each in measure.compared.values():
            told += [own_change_sentence(each.change, "Anxiety"), would_change_sentence(each.change) or ""]
            told += [*review_sentences(each.change), *caution_sentences(each.change)]
        told += [slope_sentence(measure.slope, measure.slope_window, "Anxiety")]
        told += [*signal_sentences(measure.chart, "Anxiety"), *caution_sentences(measure.slope, measure.chart)]
        told += [phase_sentence(phase, "Anxiety") for phase in measure.phases]
    for sentence in told:
        assert_clean(sentence)


@pytest.mark.parametrize("name", NAMES)
def test_every_judged_comparison_names_its_check_ins(changes: Changes) -> None:
    for measure in changes.measures:
        for comparison in measure.compared.values():
            if comparison.change.verdict is not Verdict.NOT_ENOUGH_RECORDED:
                assert comparison.now
                assert comparison.then


def test_who_was_drawn_without_a_change_has_none_confirmed(every: dict[str, Changes]) -> None:
    verdicts = {
        measure.change(against).verdict
        for measure in every["Jonah"].measures
        for against in (Against.BEFORE, Against.START)
    }
    assert Verdict.RELIABLE_CHANGE not in verdicts


def test_who_was_drawn_falling_and_rising_is_told_so(every: dict[str, Changes]) -> None:
    for name, direction in (("Emily", "lower"), ("Aisha", "higher")):
        change = every[name].measures[0].change(Against.START)
        assert (change.verdict, change.direction) == (Verdict.RELIABLE_CHANGE, direction)


def test_line_of_an_incomplete_form_is_parted(every: dict[str, Changes]) -> None:
    phq9 = next(form for form in every["Marcus"].forms if form.questionnaire.id == "phq9")
    assert [point.joined for point in phq9.points] == [False, True, True, True, True, False, False]
    assert phq9.points[5].score is None
