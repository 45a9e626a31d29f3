"""Prompts in the review: a quiet list of questions to the therapist, each with why, its entries and four answers."""

from collections.abc import Iterator
from typing import Protocol

import streamlit as st

from core.catalogue import Catalogue
from core.errors import SecureBaseError
from core.model.days import print_day, print_window
from core.model.prompt_answers import PromptAnswer, PromptAnswerKind
from core.model.prompts import ObservationNoted, Prompt
from core.model.records import RecordRef
from core.model.review import ClientReview
from core.model.words import PROMPT_ANSWER_WORDS
from core.notes.prompt_sentences import PromptNames, answer_words, prompt_label, prompt_sentences, rest_sentence
from dashboard import selection
from dashboard.components.explain import explain_link
from dashboard.components.messages import show_refusal
from dashboard.components.page import section, small
from dashboard.components.text import literal

LIMITS = (
    "Questions to you, worked out from what is recorded here. They are not sent anywhere, and neither they nor your "
    "answers go into a note or a summary by themselves."
)
OWN_SOURCE = "in neither document: project default"


class Save(Protocol):
    """What writes an answer down; it raises `SecureBaseError` when it is refused."""

    def __call__(self, prompt_id: str, *, answer: PromptAnswerKind, words: str, seen: int) -> object:
        """Save one answer; `seen` is the version of the answers that was shown."""


def prompts_panel(review: ClientReview, catalogue: Catalogue, save: Save | None) -> None:
    """Draw what is to be considered, and folded below it what rests and what was answered; nothing when empty.

    Without `save` they are there to be read, and nobody is asked for an answer.
    """
    prompts = review.prompts
    if not prompts.prompts and not prompts.answers:
        return
    names = PromptNames(
        signs={sign.id: sign.label for sign in catalogue.warning_signs.values()},
        entries={entry.id: entry.label for entry in catalogue.entries.values()},
    )
    section("To consider", f"{len(prompts.shown)} open" if prompts.shown else "nothing open")
    days = _days(review)
    for prompt in prompts.shown:
        why = prompt_sentences(prompt, names)
        line = f"**{prompt_label(prompt.id, names)}.** {why[0]}"
        with st.expander(line, type="compact", key=f"fold_{prompt.id}"):
            _grounds(prompt, why[1:], days)
            small(f"Source: {_source(prompt.id, catalogue)}.")
            _earlier(prompt.answers, {})
            if save is not None:
                _answer(prompt, review, save)
    if prompts.answers:
        labels = {answer.prompt: prompt_label(answer.prompt, names) for answer in prompts.answers}
        with st.expander(
            _folded(len(prompts.resting), len(prompts.answers)), type="compact", key="fold_prompts_answered"
        ):
            for prompt in prompts.resting:
                st.markdown(f"**{prompt_label(prompt.id, names)}** rests: {rest_sentence(prompt)}")
                _grounds(prompt, prompt_sentences(prompt, names), days)
            _earlier(prompts.answers, labels)
    if prompts.shown:
        small(LIMITS)
    explain_link("how_prompts", key="prompts")


def _grounds(prompt: Prompt, why: tuple[str, ...], days: dict[RecordRef, str]) -> None:
    """The rest of why, the therapist's own lines where it rests on them, and the entries."""
    noted = [ground for ground in prompt.grounds if isinstance(ground, ObservationNoted)]
    lines = [*why]
    lines += [f"“{literal(words)}” ({literal(ground.by)})" for ground in noted for words in ground.words]
    if lines:
        st.markdown("  \n".join(lines))
    if prompt.refs:
        entries = "; ".join(f"{ref.label} {days.get(ref, '')}".rstrip() for ref in prompt.refs)
        small(f"{len(prompt.refs)} {'entry' if len(prompt.refs) == 1 else 'entries'}: {entries}.")


def _answer(prompt: Prompt, review: ClientReview, save: Save) -> None:
    """Words, and the four answers; what was typed stays when an answer is refused."""
    form = f"prompt_{review.client.id}_{prompt.id}"
    key = f"{form}_{selection.form_id(form)}"
    st.text_area("In your words, if you want", key=f"{key}_words", height=68)
    with st.container(horizontal=True):
        for answer in PromptAnswerKind:
            st.button(
                PROMPT_ANSWER_WORDS[answer],
                key=f"{key}_{answer.value}",
                on_click=_pressed,
                args=(form, prompt.id, answer, review.prompts.version, save),
            )
    refusal = selection.take(f"{form}_refusal")
    if isinstance(refusal, SecureBaseError):
        show_refusal(refusal)


def _pressed(form: str, prompt_id: str, answer: PromptAnswerKind, seen: int, save: Save) -> None:
    words = selection.value(f"{form}_{selection.form_id(form)}_words") or ""
    try:
        save(prompt_id, answer=answer, words=words, seen=seen)
    except SecureBaseError as refusal:
        selection.put(f"{form}_refusal", refusal)
        return
    selection.close_form(form)


def _earlier(answers: tuple[PromptAnswer, ...], labels: dict[str, str]) -> None:
    """Every answer on a line of its own, newest first; `labels` name the prompts where they are told apart."""
    for answer in answers:
        which = f"{labels[answer.prompt]}: " if labels else "Earlier: "
        words = f" “{literal(answer.words)}”" if answer.words else ""
        small(f"{which}{answer_words(answer)}, {literal(answer.by)}.{words}")


def _folded(resting: int, answers: int) -> str:
    parts = [f"{resting} at rest"] if resting else []
    parts.append(f"{answers} {'answer' if answers == 1 else 'answers'} so far")
    return ", ".join(parts).capitalize()


def _source(prompt_id: str, catalogue: Catalogue) -> str:
    entry = catalogue.entries.get(prompt_id)
    if entry is None:
        return OWN_SOURCE
    places = [f"{catalogue.documents[each.document].name}, {each.place}" for each in entry.pointers]
    return f"{'; '.join(places)}; its numbers: {catalogue.prompt_rules.threshold_origin}"


def _days(review: ClientReview) -> dict[RecordRef, str]:
    """The days that each record speaks of, in words."""
    return dict(_told(review))


def _told(review: ClientReview) -> Iterator[tuple[RecordRef, str]]:
    for record in review.check_ins:
        yield record.ref, print_window(record.content.period)
    for scored in review.responses:
        yield scored.response.ref, f"{scored.score.short_name} {print_day(scored.day)}"
