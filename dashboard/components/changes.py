"""Change in the client's own series on a page: a line for each measure, which opens what it rests on."""

from collections.abc import Iterator, Mapping

import streamlit as st

from core.model.changes import Changes, MeasureChanges, OwnComparison
from core.model.days import print_day
from core.model.findings import Finding, Status
from core.model.measures import ANXIETY, DISTORTIONS, REASSURANCE
from core.model.series_findings import NO_CAUSE, Against
from core.notes.count_sentences import rates_sentences
from core.notes.own_change_sentences import (
    AGAINST_WORDS,
    caution_sentences,
    own_change_sentence,
    phase_sentence,
    review_sentences,
    signal_sentences,
    slope_sentence,
    verdict_words,
    would_change_sentence,
)
from dashboard.components.page import section, small
from dashboard.components.questionnaire_progress import Explain, questionnaire_lines
from dashboard.components.refs import ref_labels
from dashboard.components.text import literal

LABELS: Mapping[str, str] = {ANXIETY: "Anxiety", REASSURANCE: "Reassurance", DISTORTIONS: "Distortions"}
NONE_YET = "Nothing is recorded yet; the first review comes 14 days after the first check-in."


def changes_block(changes: Changes, *, explain: Explain | None = None) -> None:
    """Draw a line for each measure against the 28 days before and the start level; opened, it shows why.

    Then a line for each questionnaire.
    """
    section("What can be said of change", _reviews(changes))
    if not any(each.change(Against.BEFORE).next_review for each in changes.measures):
        small(NONE_YET)
    else:
        for each in changes.measures:
            _measure(each)
        small(NO_CAUSE)
    lines = questionnaire_lines(changes)
    if lines:
        with st.container(key="change_of_questionnaires", gap="xsmall"):
            st.markdown("  \n".join(lines))
    if explain is not None:
        explain("how_own_change", key="changes")


def _reviews(changes: Changes) -> str:
    first = changes.measures[0].change(Against.BEFORE) if changes.measures else None
    if first is None or first.next_review is None:
        return ""
    held = f"review of {print_day(first.look.day)}" if first.look else "no review yet"
    return f"{held}, the next one on {print_day(first.next_review)}"


def _measure(found: MeasureChanges) -> None:
    label = LABELS[found.measure]
    before, start = found.change(Against.BEFORE), found.change(Against.START)
    line = (
        f"**{label}.** Against the 28 days before: {verdict_words(before)}. "
        f"Against the start level: {verdict_words(start)}."
    )
    single = found.change(Against.FIRST_DAYS)
    if single.status is Status.OK:
        line += f" Single days: {verdict_words(single)}."
    with st.expander(line, type="compact", key=f"sign_change_{found.measure}"):
        for against, comparison in found.compared.items():
            if against is not Against.FIRST_DAYS or single.used:
                _comparison(comparison, label)
        _beside(found, label)


def _comparison(comparison: OwnComparison, label: str) -> None:
    """What was compared and from which records, what each review found, and what would lead to another verdict."""
    change = comparison.change
    against = AGAINST_WORDS[change.against]
    lines = [f"**{against[0].upper()}{against[1:]}**", literal(own_change_sentence(change, label))]
    if comparison.now or comparison.then:
        now, then = (ref_labels(refs) or "no entry" for refs in (comparison.now, comparison.then))
        lines.append(f":small[:gray[Rests on {now}; compared with {then}.]]")
    if len(change.looks) > 1:
        lines.append(f"**Before that** {literal(review_sentences(change)[1])}")
    ahead = would_change_sentence(change)
    if ahead is not None:
        lines.append(f"**Would change this** {literal(ahead)}")
    st.markdown("  \n".join(lines))
    _limits(change)


def _beside(found: MeasureChanges, label: str) -> None:
    """Slope, phases and places to look at: they describe, and decide nothing."""
    lines = [literal(sentence) for sentence in _descriptions(found, label)]
    st.markdown("  \n".join(["**Beside it, deciding nothing**", *lines]))
    _limits(found.slope, *found.phases, found.chart)


def _descriptions(found: MeasureChanges, label: str) -> Iterator[str]:
    if found.rates is not None:
        yield from rates_sentences(found.rates, label)
    yield slope_sentence(found.slope, found.slope_window, label)
    for phase in found.phases:
        yield phase_sentence(phase, label)
    yield from signal_sentences(found.chart, label)


def _limits(*findings: Finding) -> None:
    """The cautions of the findings without the one that stands under all measures."""
    told = [sentence for sentence in caution_sentences(*findings) if sentence != NO_CAUSE]
    if told:
        small(literal(" ".join(told)))
