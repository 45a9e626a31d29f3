"""Prints the questionnaires as docs/questionnaires.md: `python -m tests.unit.catalogue.questionnaire_page`."""

from collections.abc import Iterator
from pathlib import Path

from core.catalogue import load_catalogue
from core.model.numbers import print_exact
from core.model.questionnaire_definitions import Questionnaire
from core.model.questionnaire_facts import Band, CutOff, Norm, Origin, Reliability
from core.model.scores import SIDES

PAGE = Path(__file__).parents[3] / "docs" / "questionnaires.md"
METHODS = {"sum": "the sum of the items", "mean": "the mean of the items"}
LICENCES = {
    "free_text_ok": "free, text included",
    "free_with_conditions": "free with conditions",
    "research_only": "research only",
    "permission_or_unclear": "permission needed, or unclear",
    "unclear": "unclear",
    "licensed_to_clinic": "licensed to the clinic",
}
OPENING = """# The questionnaires, and where every number comes from

Made from the files in `core/catalogue/questionnaires/`; change them there and run
`python -m tests.unit.catalogue.questionnaire_page`. Topics are our own labels for the items of the published form that
a client fills in on paper, so its bands and lines apply. Nothing is asked from the screen until a clinic adds the
published text.

A form that ships only its key is entered by its totals, each checked against its own range. With the published text
that a clinic adds, its items can be entered too. The other forms are entered either way.

*Read in a stored copy* often means a secondary copy: program code, a web page, an abstract. What is known from memory
only is listed under that heading, is not read by any score and waits to be checked.

A blank is never 0. Without every scored answer there is no score, unless the form's rule for missing items says
otherwise; then the total says *prorated*, stays a fraction and is not rounded over a band or line.

The counts and ratings of a check-in (such as reassurance asked for, or distorted thoughts noticed in a week) are the
project's own. They are **not normed** and no validated scale: they have no bands, no lines and no reliable change.

## A clinic's own forms

Put files into the folder `questionnaires` of the data folder; they are read at the next start.

- **`<id>.toml`**: a definition, in the form of those that ship. An id that ships is refused. A form may have no items
  and only an `axis` and `subscales` with an `axis` each: its numbers are then entered, and checked for their range.
  A norm may name its `group`, `clinical` or `functional`: from the two the cut-off between them is worked out.
- **`<id>.v<version>.toml`**: an earlier version, kept beside the newest one. A response keeps the version that it was
  filled in under and is never scored by another. When items, answers or scoring change, raise `version` in `<id>.toml`
  and leave the old file there under this name.
- **`<id>.wording.toml`**: the published text that the clinic may use, under the key that ships: `wording_of`, the
  `version` of the definition, a `licence` sentence, and `items` with `number` and `wording` for every item.

A file that is wrong is left out with a notice that names file, item and reason. Everything else works.
"""


def page() -> str:
    """The whole page as Markdown."""
    forms = load_catalogue().questionnaires.values()
    return "\n".join([OPENING, *(part(form) for form in forms)])


def part(form: Questionnaire) -> str:
    """One form: facts, lines and figures with their origin, then what is only remembered."""
    known = [line for line, origin in _facts(form) if not origin.remembered]
    remembered = [line for line, origin in _facts(form) if origin.remembered]
    lines = [f"## {form.short_name}: {form.name}\n", f"{_head(form)}\n", *(f"- {line}" for line in known)]
    lines += [f"- {remark}" for remark in form.remarks]
    lines.append("\n**Sources**, each read in a stored copy\n")
    lines += [f"- *{name.replace('_', ' ')}*: {text}" for name, text in form.sources.items()]
    if remembered:
        lines += ["\n**From memory, not checked**\n", *(f"- {line}" for line in remembered)]
    return "\n".join(lines) + "\n"


def _head(form: Questionnaire) -> str:
    better = "higher is worse" if form.higher_is_worse else "higher is better"
    ships = "" if form.ships == "topics" else " For scoring only: a clinic adds the text it may use."
    return f"`{form.id}`, version {form.version}. Measures {form.construct}; {better}.{ships}"


def _facts(form: Questionnaire) -> Iterator[tuple[str, Origin]]:
    origins = form.origins
    items = "; ".join(f"{item.number} {item.topic}" for item in form.items)
    for name, text in (
        ("items", f"Items: {items}"),
        ("scale", f"Answers in numbers: {_scale(form)}. {_turned(form)}"),
        ("answers", f"Words of the answers: {_words(form)}"),
        ("recall", f"Time asked about: {form.recall}"),
        ("method", f"Score: {METHODS[form.method]}{'' if form.has_total else ', for each subscale; no total'}"),
        ("range", f"Range: {_span(form)}"),
        ("missing_rule", f"Missing items: {_missing(form)}"),
        ("subscales", f"Subscales: {_subscales(form)}"),
        ("bands", f"Bands: {', '.join(_band(band) for band in form.bands)}"),
        ("loinc", f"LOINC: {_loinc(form)}"),
        ("minutes", f"Takes about {form.minutes} min"),
        ("licence", f"Licence ({LICENCES[form.licence_class]}): {form.licence.removesuffix('.')}"),
        ("citation", f"Published: {form.citation}" + (f", doi {form.doi}" if form.doi else "")),
    ):
        if name in origins:
            yield _told(form, text, origins[name]), origins[name]
    yield from _figures(form)


def _figures(form: Questionnaire) -> Iterator[tuple[str, Origin]]:
    for line in form.all_cut_offs:
        yield _told(form, _line(line), line.origin), line.origin
    for change in form.reliable_changes:
        text = f"Reliable change: {print_exact(change.points)} points ({change.rule})"
        yield _told(form, text, change.origin), change.origin
    for difference in form.smallest_differences:
        text = f"Smallest difference that matters: {print_exact(difference.points)} points ({difference.population})"
        yield _told(form, text, difference.origin), difference.origin
    for reliability in form.reliabilities:
        yield _told(form, _reliability(reliability), reliability.origin), reliability.origin
    for norm in form.norms:
        yield _told(form, _norm(norm), norm.origin), norm.origin


def _told(form: Questionnaire, text: str, origin: Origin) -> str:
    if origin.remembered:
        return f"{text}."
    sources = ", ".join(name.replace("_", " ") for name in origin.sources)
    return f"{text}. *{sources if origin.checked else form.origin_words(origin)}*"


def _scale(form: Questionnaire) -> str:
    scales = {(item.minimum, item.maximum, item.step) for item in form.items}
    told = []
    for low, high, step in sorted(scales, reverse=True):
        which = [str(item.number) for item in form.items if (item.minimum, item.maximum) == (low, high)]
        steps = f" in steps of {step}" if step > 1 else ""
        told.append(f"{low} to {high}{steps}" + (f" (items {', '.join(which)})" if len(scales) > 1 else ""))
    return ", ".join(told)


def _turned(form: Questionnaire) -> str:
    turned = [str(item.number) for item in form.items if item.reverse]
    unscored = [str(item.number) for item in form.items if not item.scored]
    said = f"Turned: {', '.join(turned)}" if turned else "None turned"
    said += f"; not scored: {', '.join(unscored)}" if unscored else ""
    return said + (f"; order of the items: {form.item_order}" if form.item_order else "")


def _words(form: Questionnaire) -> str:
    own = [f"item {item.number}: {_labels(form.labels_of(item))}" for item in form.items if item.answers]
    shared = _labels({answer.value: answer.label for answer in form.answers})
    return "; ".join([shared, *own])


def _labels(labels: dict[int, str]) -> str:
    return ", ".join(f"{value} {label}" for value, label in labels.items())


def _span(form: Questionnaire) -> str:
    return " to ".join(print_exact(end) for end in form.axis)


def _missing(form: Questionnaire) -> str:
    rule = "every scored answer is needed"
    if form.most_missing:
        rule = f"up to {form.most_missing} count as the mean of the others"
    if form.not_applicable:
        items = ", ".join(str(number) for number in form.not_applicable.items)
        rule += f"; item {items} may be marked as not applicable and then counts as missing"
    return rule


def _subscales(form: Questionnaire) -> str:
    told = []
    for subscale in form.subscales:
        span = " to ".join(print_exact(end) for end in form.axis_of(subscale))
        caution = f"; {subscale.caution}" if subscale.caution else ""
        told.append(f"{subscale.label} (items {', '.join(map(str, subscale.items))}; {span}{caution})")
    return ", ".join(told)


def _band(band: Band) -> str:
    start = "above " if band.starts_above else ""
    return f"{band.label} {start}{print_exact(band.low)}–{print_exact(band.high)}"


def _loinc(form: Questionnaire) -> str:
    codes = [f"{what} {code}" for what, code in (("panel", form.loinc_panel), ("total", form.loinc_total)) if code]
    codes += [f"item {item.number} {item.loinc}" for item in form.items if item.loinc]
    return ", ".join(codes)


def _line(line: CutOff) -> str:
    figures = (("sensitivity", line.sensitivity), ("specificity", line.specificity))
    shown = ", ".join(f"{name} {value}" for name, value in figures if value is not None)
    where = SIDES[line.side][0].lower()
    return f"Line {where} {print_exact(line.value)}: {line.use}" + (f" ({shown})" if shown else "")


def _reliability(reliability: Reliability) -> str:
    value = f"{reliability.value}" + (f" to {reliability.up_to}" if reliability.up_to else "")
    about = ", ".join(part for part in (reliability.subscale, reliability.population, reliability.interval) if part)
    return f"Reliability, {reliability.kind}: {value} ({about})"


def _norm(norm: Norm) -> str:
    group = f"the {norm.group} group of a cut-off" if norm.group else None
    about = ", ".join(part for part in (norm.subscale, norm.population, group) if part)
    return f"Mean {print_exact(norm.mean)}, standard deviation {print_exact(norm.sd)} ({about})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
