"""What is wrong with a questionnaire's definition: raised as `ValueError`, to which the loader adds file and id."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from core.model.definitions import refuse_repeats
from core.model.numbers import print_exact
from core.model.questionnaire_definitions import Questionnaire, Subscale, range_of
from core.model.questionnaire_facts import Origin

FACTS = ("items", "scale", "answers", "recall", "method", "range", "missing_rule", "minutes", "licence")
FACTS_WHERE_GIVEN = ("bands", "subscales", "loinc", "citation")


def facts_needed(questionnaire: Questionnaire) -> list[str]:
    """The facts that must name an origin: all that every form has, and those that this one gives."""
    given = {
        "bands": questionnaire.bands,
        "subscales": questionnaire.subscales,
        "loinc": questionnaire.loinc_panel
        or questionnaire.loinc_total
        or any(item.loinc for item in questionnaire.items),
        "citation": questionnaire.citation or questionnaire.doi,
    }
    return [*FACTS, *(fact for fact in FACTS_WHERE_GIVEN if given[fact])]


def check(questionnaire: Questionnaire) -> None:
    """Raise `ValueError` for the first thing in the definition that contradicts another."""
    _check_items(questionnaire)
    _check_missing_rule(questionnaire)
    _check_subscales(questionnaire)
    _check_axis(questionnaire)
    _check_bands(questionnaire)
    _check_lines(questionnaire)
    _check_origins(questionnaire)


def _check_items(questionnaire: Questionnaire) -> None:
    items = questionnaire.items
    numbers = [item.number for item in items]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"items are numbered {numbers}; they must run 1, 2, 3 without a gap")
    if items and not questionnaire.scored_items:
        raise ValueError("none of the items is scored")
    refuse_repeats("answer", (str(answer.value) for answer in questionnaire.answers))
    for item in items:
        refuse_repeats(f"answer of item {item.number}", (str(answer.value) for answer in item.answers))
        labels = questionnaire.labels_of(item)
        if not {item.minimum, item.maximum} <= set(labels) <= set(item.values):
            raise ValueError(
                f"answers {sorted(labels)} do not name both ends of item {item.number}, "
                f"{item.minimum} and {item.maximum}, and only answers it takes"
            )


def _check_missing_rule(questionnaire: Questionnaire) -> None:
    rule, most, scored = questionnaire.missing_rule, questionnaire.most_missing, questionnaire.scored_items
    if (rule == "allowed_missing") != (most > 0):
        raise ValueError(f"missing_rule {rule!r} does not go with most_missing {most}")
    if most and most >= len(scored):
        raise ValueError(f"most_missing {most} leaves none of the {len(scored)} scored items")
    if most and len({(item.minimum, item.maximum) for item in scored}) > 1:
        raise ValueError("a mean cannot stand for missing items whose ranges differ")
    unsure = questionnaire.not_applicable
    if unsure is None:
        return
    if not set(unsure.items) <= {item.number for item in scored}:
        raise ValueError(f"not_applicable names items {list(unsure.items)}; they must be scored items of the form")
    if unsure.rule == "mean_of_rest" and not most:
        raise ValueError("not_applicable by mean_of_rest needs missing_rule 'allowed_missing'")


def _check_subscales(questionnaire: Questionnaire) -> None:
    if not questionnaire.has_total and not questionnaire.subscales:
        raise ValueError("without a total there must be subscales")
    refuse_repeats("subscale", (subscale.id for subscale in questionnaire.subscales))
    for subscale in questionnaire.subscales:
        _check_subscale(questionnaire, subscale)


def _check_subscale(questionnaire: Questionnaire, subscale: Subscale) -> None:
    where = f"subscale {subscale.id!r}"
    refuse_repeats(f"item of {where}", (str(number) for number in subscale.items))
    unknown = set(subscale.items) - {item.number for item in questionnaire.scored_items}
    if unknown:
        raise ValueError(f"{where} names items {sorted(unknown)}, which are no scored items of the form")
    if bool(subscale.items) == bool(subscale.axis):
        raise ValueError(f"{where} needs either items or an axis, and not both")
    if bool(subscale.items) != bool(questionnaire.items):
        raise ValueError(f"{where} must have items exactly where the form has them")
    if subscale.axis and subscale.axis[0] >= subscale.axis[1]:
        raise ValueError(f"the axis of {where} runs backward")
    if subscale.most_missing and subscale.most_missing >= len(subscale.items):
        raise ValueError(f"most_missing {subscale.most_missing} leaves no item of {where}")
    spans = {(item.minimum, item.maximum) for item in questionnaire.items_of(subscale)}
    if subscale.most_missing and len(spans) > 1:
        raise ValueError(f"a mean cannot stand for missing items of {where}, whose ranges differ")


def _check_axis(questionnaire: Questionnaire) -> None:
    low, high = questionnaire.axis
    if low >= high:
        raise ValueError(f"axis {_listed(questionnaire.axis)} runs backward")
    if not questionnaire.items:
        return
    if questionnaire.has_total:
        reached = range_of(questionnaire.scored_items, questionnaire.method)
    else:
        ranges = [questionnaire.axis_of(subscale) for subscale in questionnaire.subscales]
        reached = min(span[0] for span in ranges), max(span[1] for span in ranges)
    if questionnaire.axis != reached:
        raise ValueError(f"axis {_listed(questionnaire.axis)} is not the range of the items, {_listed(reached)}")


def _check_bands(questionnaire: Questionnaire) -> None:
    bands = questionnaire.bands
    if not bands:
        return
    if not questionnaire.has_total:
        raise ValueError("bands are of the total, and there is none")
    refuse_repeats("band", (band.label for band in bands))
    low, high = questionnaire.axis
    jump = 1 if questionnaire.method == "sum" else 0
    joined = all(upper.low == lower.high + jump for lower, upper in pairwise(bands))
    forward = all(band.low <= band.high if jump else band.low < band.high for band in bands)
    if not (joined and forward and bands[0].low == low and bands[-1].high == high and not bands[0].starts_above):
        raise ValueError(f"the bands do not cover {print_exact(low)} to {print_exact(high)} once each, in order")


def _check_lines(questionnaire: Questionnaire) -> None:
    low, high = questionnaire.axis
    for line in questionnaire.all_cut_offs:
        if not questionnaire.has_total:
            raise ValueError("cut-offs are of the total, and there is none")
        if not low < line.value <= high:
            raise ValueError(
                f"the cut-off {print_exact(line.value)} is not above {print_exact(low)} and up to {print_exact(high)}"
            )
    changes = [change.points for change in questionnaire.reliable_changes]
    changes += [difference.points for difference in questionnaire.smallest_differences]
    for points in changes:
        if not 0 < points <= high - low:
            raise ValueError(
                f"a change of {print_exact(points)} points does not fit a range of {print_exact(high - low)}"
            )
    known = {subscale.id for subscale in questionnaire.subscales} | {None}
    named = [fact.subscale for fact in questionnaire.reliabilities]
    named += [norm.subscale for norm in questionnaire.norms]
    for name in named:
        if name not in known:
            raise ValueError(f"there is no subscale {name!r}")


def _check_origins(questionnaire: Questionnaire) -> None:
    needed = facts_needed(questionnaire)
    missing = [fact for fact in needed if fact not in questionnaire.origins]
    unknown = [fact for fact in questionnaire.origins if fact not in needed]
    if missing or unknown:
        raise ValueError(f"origins must name each of {needed}: missing {missing}, not known {unknown}")
    for origin in _all_origins(questionnaire):
        for source in origin.sources:
            if source not in questionnaire.sources:
                raise ValueError(f"the source {source!r} is not among the sources")


def _all_origins(questionnaire: Questionnaire) -> Iterator[Origin]:
    yield from questionnaire.origins.values()
    yield from (line.origin for line in questionnaire.all_cut_offs)
    yield from (change.origin for change in questionnaire.reliable_changes)
    yield from (difference.origin for difference in questionnaire.smallest_differences)
    yield from (fact.origin for fact in questionnaire.reliabilities)
    yield from (norm.origin for norm in questionnaire.norms)


def _listed(ends: tuple[Fraction, Fraction]) -> str:
    return f"[{', '.join(print_exact(end) for end in ends)}]"
