"""One topic of Documents: what it means, how it comes about, and where it was read or that it is our own choice."""

from collections.abc import Iterable, Iterator

import streamlit as st

from core.catalogue import Catalogue, Topic, measure_topic, questionnaire_topic
from core.catalogue.explaining import number_of
from core.catalogue.topics import DIFFERENCES, Differences, differences_at
from core.model.catalogue_entries import Entry, EntryFamily
from core.model.definitions import Distortion, Document, Measure, Pointer, Recordable, WarningSign
from core.model.explanations import Explanation, WorkedExample
from core.model.questionnaire_definitions import Questionnaire
from dashboard import selection
from dashboard.components.page import section, small
from dashboard.components.questionnaire_facts import draw_questionnaire
from dashboard.components.text import label as shown

DEFAULT = "Project default: our own choice. No document and no study gives it."
OWN_WORDS = (
    "Licence: our own words, free under the MIT licence of this program. The articles themselves are not part of it; "
    "only their headings and line numbers are."
)
SIGN_STATE, SIGN_HOLDS = "how_sign_state", "how_confirmed_state"
DISTORTION_COUNT, DISTORTION_KINDS = "how_distortions", "how_kinds"


def draw_topic(topic: Topic, catalogue: Catalogue) -> None:
    """Draw everything under the title."""
    match topic.about:
        case Explanation() as told:
            _explanation(told, catalogue)
        case WarningSign() as sign:
            _sign(sign, catalogue)
        case Distortion() as kind:
            _distortion(kind, catalogue)
        case Measure() as measure:
            _measure(measure, catalogue)
        case Questionnaire() as form:
            draw_questionnaire(form, catalogue)
        case Document() as document:
            _document(document)
        case EntryFamily() as family:
            _family(family, catalogue)
        case differences:
            _differences(differences, catalogue)


def _explanation(told: Explanation, catalogue: Catalogue) -> None:
    st.markdown(told.lead)
    _list(told.steps)
    if told.example:
        _example(told.example)
    if told.cannot_see:
        section("What it cannot see")
        st.markdown(told.cannot_see)
    if told.measures:
        section("Worked out from")
        for name in told.measures:
            _to(measure_topic(name), catalogue.measures[name].label)
    if told.see:
        section("Goes on in")
        labels = {each.id: each.label for each in _explanations(catalogue)}
        for name in told.see:
            _to(name, labels[name])
    section("Numbers and source")
    rules = catalogue.rules
    if told.numbers:
        rows = [
            {
                "Number": number.does,
                "Default": number_of(rules, number.rule, number.name),
                "Source": rules[number.rule].threshold_origin,
            }
            for number in told.numbers
        ]
        st.table(rows, border="horizontal", hide_index=True)
        names = {number.rule: f"{number.rule}, version {rules[number.rule].version}" for number in told.numbers}
        small(f"Rule {', '.join(names.values())}.")
    small(told.source or DEFAULT)


def _example(example: WorkedExample) -> None:
    section("A small example", "invented")
    _list(example.given)
    st.markdown(example.working)
    small(f"Read from them: {example.read}")


def _sign(sign: WarningSign, catalogue: Catalogue) -> None:
    st.markdown(sign.definition)
    if sign.kept_apart:
        st.markdown(sign.kept_apart)
    section("How it shows")
    _list(sign.indicators)
    section("How it is asked, and read")
    st.markdown(f"“{sign.question}”")
    if sign.needs_partner:
        small("Starts as *no occasion* while there is no partner.")
    for told in _explanations(catalogue):
        if told.sign == sign.id:
            st.markdown(told.lead)
            _to(told.id, told.label)
    _to(SIGN_STATE, "State of a warning sign: the rule")
    _to(SIGN_HOLDS, "How a state holds, eases and returns")
    _bearing(sign, catalogue)
    _where((sign.pointer,), sign.echoes, catalogue)


def _distortion(kind: Distortion, catalogue: Catalogue) -> None:
    st.markdown(kind.definition)
    section("How it shows")
    _list(kind.indicators)
    section("How it is counted")
    _to(DISTORTION_COUNT, "Distortions: total and kinds")
    _to(DISTORTION_KINDS, "Distortions by kind, and beside triggers")
    _bearing(kind, catalogue)
    _where((kind.pointer,), kind.echoes, catalogue)


def _measure(measure: Measure, catalogue: Catalogue) -> None:
    st.markdown(f"“{measure.prompt}”")
    section("Answers")
    if measure.choices:
        _list(f"*{choice.label}*: {choice.meaning}" for choice in measure.choices)
    else:
        ends = f": {measure.lowest_label} to {measure.highest_label}" if measure.lowest_label else ""
        st.markdown(f"{measure.minimum:,} to {measure.maximum:,}, {measure.unit}{ends}")
        st.markdown(f"0 means {measure.zero_means}")
    st.markdown(f"Blank means {measure.blank_means}")
    small(f"Range and words of the answers: {measure.range_origin}. Not normed: no bands, no cut-offs.")
    used = [each for each in _explanations(catalogue) if measure.id in each.measures]
    if used:
        section("What is worked out from it")
        for each in used:
            _to(each.id, each.label)
    if measure.rests_on:
        _where((measure.rests_on,), (), catalogue)


def _document(document: Document) -> None:
    st.markdown(f"“{document.title}”, a {document.kind}.")
    st.markdown("It speaks of people in general and gives no number for a sign. It is no validated source.")
    section("Its sections", "with their lines")
    _list(f"{part.heading}, {part.lines[0]} to {part.lines[1]}" for part in document.sections)
    _to(DIFFERENCES, "Where the two articles differ")
    small(OWN_WORDS)


def _family(family: EntryFamily, catalogue: Catalogue) -> None:
    st.markdown(family.about)
    small("Vocabulary for your own words. Nothing here is worked out about a client.")
    for entry in family.entries:
        with st.expander(entry.label, type="compact", key=f"fold_{entry.id}"):
            _entry(entry, catalogue)
    small(OWN_WORDS)


def _entry(entry: Entry, catalogue: Catalogue) -> None:
    st.markdown(entry.definition)
    if entry.caution:
        st.markdown(entry.caution)
    _list(entry.indicators)
    told = [*_places(entry.pointers, catalogue), *(f"near it: {place}" for place in _places(entry.echoes, catalogue))]
    small("  \n".join(told) if told else DEFAULT)


def _differences(differences: Differences, catalogue: Catalogue) -> None:
    for each in differences:
        with st.expander(each.topic, type="compact", key=f"fold_{each.id}"):
            _list((f"Document 1: {each.first}", f"Document 2: {each.second}", f"This program: {each.program}"))
            if each.pointers:
                small("; ".join(_places(each.pointers, catalogue)))


def _bearing(defined: Recordable, catalogue: Catalogue) -> None:
    """What of the record, and which forms, bear on a definition; those with a topic of their own are links."""
    measures = [catalogue.measures[name] for name in defined.recorded_by if name in catalogue.measures]
    forms = {scale.partition(".")[0] for scale in defined.scales}
    if not (measures or forms or defined.elsewhere):
        return
    section("What bears on it")
    for measure in measures:
        _to(measure_topic(measure.id), measure.label)
    for form in (form for form in catalogue.questionnaires.values() if form.id in forms):
        _to(questionnaire_topic(form.id), f"{form.short_name}: {form.name}")
    if isinstance(defined, WarningSign) and defined.scales_origin:
        small(f"Why this form stands beside the sign: {defined.scales_origin}. Its score moves no state.")
    if defined.elsewhere:
        small(f"Published forms that this program does not hold: {', '.join(defined.elsewhere)}.")


def _where(pointers: tuple[Pointer, ...], echoes: tuple[Pointer, ...], catalogue: Catalogue) -> None:
    section("Where it comes from")
    st.markdown("  \n".join(_places(pointers, catalogue)))
    if echoes:
        small(f"Near it: {'; '.join(_places(echoes, catalogue))}")
    small(OWN_WORDS)
    differing = differences_at(pointers, catalogue)
    if differing:
        section("Where the two articles differ")
        _differences(differing, catalogue)


def _places(pointers: Iterable[Pointer], catalogue: Catalogue) -> list[str]:
    return [_place(pointer, catalogue) for pointer in pointers]


def _place(pointer: Pointer, catalogue: Catalogue) -> str:
    name = catalogue.documents[pointer.document].name
    return f"{name[0].upper()}{name[1:]}, {pointer.place}"


def _explanations(catalogue: Catalogue) -> Iterator[Explanation]:
    return (told for chapter in catalogue.chapters.values() for told in chapter.explanations)


def _list(lines: Iterable[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in lines))


def _to(topic: str, words: str) -> None:
    """A link to another topic of this page."""
    st.button(shown(words), key=f"to_{topic}", type="tertiary", on_click=selection.look_up, args=(topic,))
