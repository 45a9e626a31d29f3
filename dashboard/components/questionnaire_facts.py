"""A questionnaire's published facts, each with where it was read. A clinic's own text is shown letter by letter."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import streamlit as st

from core.catalogue import Catalogue
from core.model.numbers import print_exact
from core.model.questionnaire_definitions import Questionnaire
from core.model.questionnaire_facts import Band, CutOff, Origin
from core.model.scores import SIDES
from dashboard.components.page import is_phone, section, small
from dashboard.components.text import literal

SHIPS = {
    "topics": "What is here: our own short topics for the items of the paper form, and its key.",
    "scoring_only": "What is here: the key alone. A clinic adds the text it may use.",
}
METHODS = {"sum": "sum of the items", "mean": "mean of the items"}
FROM_MEMORY = "From memory, not checked"
KINDS = {"alpha": "alpha", "retest": "retest", "icc": "ICC"}


def draw_questionnaire(form: Questionnaire, catalogue: Catalogue) -> None:
    """Draw what it measures and its licence, the score with its lines, and on demand items, figures and sources."""
    better = "higher is worse" if form.higher_is_worse else "higher is better"
    st.markdown(f"It measures {literal(form.construct)}; {better}. Asked about: {literal(form.recall)}.")
    st.markdown(f"Licence: {literal(form.licence)}")
    if any(item.wording for item in form.items):
        st.markdown("Your clinic has added the published text.")
    small(f"{SHIPS[form.ships]} Version {form.version}, about {form.minutes} min ({_origin(form, 'minutes')}).")
    section("Score")
    st.markdown("\n".join(f"- {line}" for line in _score(form)))
    _lines(form)
    _remembered(form)
    _items(form)
    _figures(form)
    _sources(form, catalogue)


def _score(form: Questionnaire) -> Iterator[str]:
    total = METHODS[form.method] if form.has_total else f"{METHODS[form.method]} for each subscale; no total"
    yield f"{total.capitalize()}, {_span(form.axis)} :small[:gray[{_origin(form, 'method')}]]"
    yield f"{_missing(form)} :small[:gray[{_origin(form, 'missing_rule')}]]"
    for subscale in form.subscales:
        items = f", items {', '.join(map(str, subscale.items))}" if subscale.items else ""
        caution = f"; {literal(subscale.caution)}" if subscale.caution else ""
        yield f"{literal(subscale.label)}: {_span(form.axis_of(subscale))}{items}{caution}"
    if form.safety_items:
        numbers = ", ".join(str(item.number) for item in form.safety_items)
        yield f"Item {numbers} is a safety item: above 0 the program waits for your words."


def _missing(form: Questionnaire) -> str:
    rule = "Every scored answer is needed"
    if form.most_missing:
        rule = f"Up to {form.most_missing} missing count as the mean of the others"
    if form.not_applicable:
        items = ", ".join(map(str, form.not_applicable.items))
        then = "counts as the mean of the others" if form.not_applicable.rule == "mean_of_rest" else "is left out"
        rule += f"; item {items} may be marked as not applicable, and then {then}"
    return rule


def _lines(form: Questionnaire) -> None:
    section("Bands and cut-offs", "" if form.bands or form.all_cut_offs else "none published that was read")
    if form.bands:
        bands = "; ".join(_band(band) for band in form.bands)
        st.markdown(f"Published bands: {bands} :small[:gray[{_origin(form, 'bands')}]]")
    _table([_row(_cut_off(line), literal(line.use), _words(form, line.origin)) for line in form.all_cut_offs])


def _remembered(form: Questionnaire) -> None:
    """What nobody has checked, said in plain words; a figure that is only remembered says so in its own row."""
    if form.unchecked:
        facts = ", ".join(fact.replace("_", " ") for fact in form.unchecked)
        section(FROM_MEMORY)
        st.markdown(f"Known from memory only: {facts}. Nobody has compared this with a printed copy yet.")


def _items(form: Questionnaire) -> None:
    with st.expander(f"Items in order: {len(form.items) or 'none'}", type="compact", key="fold_items"):
        order = form.item_order or "as numbered on the paper form"
        small(f"Order: {literal(order)}. {literal(_answers(form))}")
        lines = []
        for item in form.items:
            marks = [word for word, so in (("reversed", item.reverse), ("safety item", item.safety)) if so]
            marks += [] if item.scored else ["not scored"]
            aside = f" :small[:gray[{', '.join(marks)}]]" if marks else ""
            lines.append(f"- {item.number} {literal(item.topic)}{aside}")
        st.markdown("\n".join(lines) or "Totals and subscales are entered as numbers.")
        small(f"Topics: {_origin(form, 'items')}. Answers: {_origin(form, 'answers')}.")


def _answers(form: Questionnaire) -> str:
    words = ", ".join(f"{answer.value} {answer.label}" for answer in form.answers)
    return f"Answers: {words}." if words else "Answers are numbers."


def _figures(form: Questionnaire) -> None:
    rows = [*_changes(form), *_spread(form)]
    label = f"Change figures, reliability and norms: {len(rows) or 'none'}"
    with st.expander(label, type="compact", key="fold_figures"):
        _table(rows)
        if not rows:
            small("None was read.")


def _changes(form: Questionnaire) -> Iterator[dict[str, str]]:
    for change in form.reliable_changes:
        about = f"reliable change: {literal(change.rule)}"
        yield _row(f"{print_exact(change.points)} points", about, _words(form, change.origin))
    for least in form.smallest_differences:
        about = f"smallest difference: {literal(least.population)}"
        yield _row(f"{print_exact(least.points)} points", about, _words(form, least.origin))


def _spread(form: Questionnaire) -> Iterator[dict[str, str]]:
    for each in form.reliabilities:
        value = f"{each.value}" + (f" to {each.up_to}" if each.up_to else "")
        parts = (KINDS[each.kind], each.subscale, each.population, each.interval)
        yield _row(value, f"reliability: {_joined(parts)}", _words(form, each.origin))
    for norm in form.norms:
        value = f"{print_exact(norm.mean)} (SD {print_exact(norm.sd)})"
        yield _row(value, f"mean: {_joined((norm.population, norm.subscale))}", _words(form, norm.origin))


def _sources(form: Questionnaire, catalogue: Catalogue) -> None:
    with st.expander("Where it was read", type="compact", key="fold_sources"):
        cited = (
            f"{literal(form.citation)}" + (f", doi {literal(form.doi)}" if form.doi else "") if form.citation else ""
        )
        if cited:
            st.markdown(f"Published: {cited} :small[:gray[{_origin(form, 'citation')}]]")
        st.markdown("\n".join(f"- {literal(text)}" for text in form.sources.values()) or "No source is named.")
        if form.pointer:
            place = f"{catalogue.documents[form.pointer.document].name}, {form.pointer.place}"
            small(f"Bears on: {literal(form.bears_on)} ({place}).")
        for remark in form.remarks:
            small(literal(remark))


def _row(value: str, about: str, origin: str) -> dict[str, str]:
    return {"Value": value, "What it is": about, "Source": origin}


def _table(rows: Sequence[dict[str, str]]) -> None:
    if rows and is_phone():
        for row in rows:  # three columns of words would scroll sideways there
            st.markdown(f"**{row['Value']}** {row['What it is']}  \n:small[:gray[{row['Source']}]]")
    elif rows:
        st.table(list(rows), border="horizontal", hide_index=True)


def _band(band: Band) -> str:
    start = "above " if band.starts_above else ""
    return f"**{literal(band.label)}** {start}{print_exact(band.low)} to {print_exact(band.high)}"


def _cut_off(line: CutOff) -> str:
    return f"{SIDES[line.side][0].lower()} {print_exact(line.value)}"


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(literal(part) for part in parts if part)


def _span(ends: Iterable[Fraction]) -> str:
    return " to ".join(print_exact(end) for end in ends)


def _origin(form: Questionnaire, fact: str) -> str:
    """Where a fact of the form was read; a clinic's file may leave this out for some."""
    origin = form.origins.get(fact)
    return "source not named" if origin is None else _words(form, origin)


def _words(form: Questionnaire, origin: Origin) -> str:
    return literal(form.origin_words(origin))
