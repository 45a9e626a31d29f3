"""Questionnaires over time on a page: a line for each, and for the chosen one its figure and what may be said."""

from collections.abc import Sequence
from typing import Protocol

import streamlit as st

from core.charts.questionnaire import KEY, questionnaire_chart
from core.charts.questionnaire_words import direction_words, progress_caption, progress_table, signed_points
from core.model.change import QuestionnaireChange, ScoredDay
from core.model.changes import Changes, FormPoint, FormProgress
from core.model.days import print_day
from core.model.review import ScoredResponse
from core.notes.change_sentences import VERDICT_WORDS, change_sentences, rule_set_sentences
from core.notes.own_change_sentences import would_change_sentence
from dashboard.components.course import CONFIG
from dashboard.components.page import section, small
from dashboard.components.scores import safety_line
from dashboard.components.text import label
from dashboard.theme import palette

NO_CRITERION = "criterion not set"
NONE_YET = "No questionnaire yet."
SECOND_SCORE = "change needs a second score"


class Explain(Protocol):
    """Draws a link to how something is worked out; `key` names the place."""

    def __call__(self, topic: str, *, key: str) -> None:
        """Draw the link to `topic`."""


def questionnaire_progress(
    changes: Changes, responses: Sequence[ScoredResponse], *, compact: bool, explain: Explain | None = None
) -> None:
    """Draw every questionnaire with its start and last score, then the chosen one over time.

    `compact` is the form for 390 px. `responses` are those that `changes` was worked out from.
    """
    section("Change", "from the start to the last complete form" if changes.forms else "")
    if not changes.forms:
        small(NONE_YET)
        return
    _ledger(changes.forms, compact=compact)
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = _chosen(changes.forms)
        as_table = st.toggle("As a table", key="progress_as_table", persist_state="session")
    section(label(chosen.label), label(chosen.questionnaire.construct))
    _figure(chosen, compact=compact, as_table=as_table)
    _said(chosen)
    _safety(chosen, responses)
    if explain is not None:
        explain("how_questionnaire_change", key=f"progress_{chosen.key}")
    _rule_set(changes)


def questionnaire_lines(changes: Changes) -> list[str]:
    """A line of Markdown for each questionnaire: start score, last score, and what may be said."""
    return _lines(changes.forms)


def _lines(forms: Sequence[FormProgress]) -> list[str]:
    return [f"**{label(form.label)}** {_line(form)}" for form in forms]


def _line(form: FormProgress) -> str:
    first, last = form.change.first, form.change.last
    if first is None or last is None:
        return f"{_only(form)}; {_verdict(form.change)}"
    return f"{_on(first)}, now {_on(last)}, change {_apart(form.change)}: {_verdict(form.change)}"


def _ledger(forms: Sequence[FormProgress], *, compact: bool) -> None:
    if compact:
        st.markdown("  \n".join(_lines(forms)))
        return
    st.table([_ledger_row(form) for form in forms], border="horizontal", hide_index=True)


def _ledger_row(form: FormProgress) -> dict[str, str]:
    first, last = form.change.first, form.change.last
    if first is None or last is None:
        start, now = _only(form), ""
    else:
        start, now = _on(first), _on(last)
    cells = (f"**{label(form.label)}**", start, now, _apart(form.change), _verdict(form.change))
    return dict(zip(("", "Start", "Now", "Change", "By its criterion"), cells, strict=True))


def _only(form: FormProgress) -> str:
    """The newest form where there are not two to compare."""
    newest: FormPoint = next((each for each in reversed(form.points) if each.score is not None), form.points[-1])
    if newest.score is None:
        return f"not scored ({print_day(newest.day)})"
    band = f", {label(newest.band)}" if newest.band else ""
    return f"{newest.score.printed}{band} ({print_day(newest.day)})"


def _verdict(change: QuestionnaireChange) -> str:
    """What may be said: both thresholds where they disagree, and where there is no criterion no word of change."""
    if change.first is None:
        return SECOND_SCORE
    deciding = [each for each in change.thresholds if each.threshold.deciding]
    if not deciding:
        return NO_CRITERION
    past = sum(each.passed for each in deciding)
    disagree = " by one rule, not by another" if 0 < past < len(deciding) else ""
    return f"{VERDICT_WORDS[change.verdict]}{disagree}"


def _apart(change: QuestionnaireChange) -> str:
    return "" if change.difference is None else signed_points(change.difference)


def _on(score: ScoredDay) -> str:
    return f"{score.printed} ({print_day(score.day)})"


def _chosen(forms: Sequence[FormProgress]) -> FormProgress:
    by_key = {form.key: form for form in forms}
    if len(forms) == 1:
        return forms[0]
    chosen = st.segmented_control(
        "Questionnaire over time", list(by_key), format_func=lambda key: by_key[key].label, required=True,
        default=forms[0].key, key="progress_form", label_visibility="collapsed", wrap=True, persist_state="session",
    )  # fmt: skip
    return by_key.get(chosen or "", forms[0])


def _figure(form: FormProgress, *, compact: bool, as_table: bool) -> None:
    told = f"{progress_caption(form)} {direction_words(form)}."
    if as_table:
        st.dataframe(progress_table(form), hide_index=True, alt=told, key=f"progress_table_{form.key}")
    elif len(form.points) > 1:
        figure = questionnaire_chart(form, palette(), compact=compact)
        st.plotly_chart(figure, theme=None, config=CONFIG, alt=told, key=f"progress_chart_{form.key}")
        small(KEY)
    small(label(told))


def _said(form: FormProgress) -> None:
    """What may be said of change, each sentence on a line, then what would lead to another verdict."""
    lines = [label(sentence) for sentence in change_sentences(form.change)]
    ahead = would_change_sentence(form.change)
    if ahead is not None:
        lines.append(f"**Would change this** {label(ahead)}")
    st.markdown("  \n".join(lines))


def _safety(form: FormProgress, responses: Sequence[ScoredResponse]) -> None:
    """The safety item of the newest form, with the same weight whatever was answered."""
    given = [each for each in responses if each.score.questionnaire_id == form.questionnaire.id]
    newest = max(given, key=lambda each: (each.day, each.response.ref.number), default=None)
    if newest is None:
        return
    for answer in newest.score.safety:
        st.markdown(safety_line(newest, answer))


def _rule_set(changes: Changes) -> None:
    if changes.rule_set is None:
        return
    lines = [label(sentence) for sentence in rule_set_sentences(changes.rule_set)]
    with st.expander("English talking-therapies rule set", type="compact", key="sign_rule_set"):
        st.markdown("  \n".join(lines))
        small("A statistic of a service, which says nothing on its own about one person.")
