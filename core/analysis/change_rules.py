"""Which published numbers of a form a change is held against: thresholds, lines, groups, smallest differences.

A fact that is known only from memory takes no part.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from core.analysis.reliable_change import (
    GULLIKSEN_LORD_NOVICK,
    JACOBSON_TRUAX,
    Spread,
    change_threshold,
    cut_off_points,
    error_of_difference,
    gulliksen_lord_novick,
    z_of,
)
from core.model.change import ChangeThreshold, CutOffPoint, SecondOpinion, Sense
from core.model.findings import Interval, Parameter
from core.model.questionnaire_definitions import Questionnaire
from core.model.questionnaire_facts import Norm, Reliability

WORKED_OUT = "worked out here (Jacobson and Truax)"


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """The group and the reliability that an error of measurement is worked out from, each as it was published."""

    norm: Norm
    reliability: Reliability

    @property
    def sd(self) -> Fraction:
        """The standard deviation of the group."""
        return self.norm.sd

    @property
    def r(self) -> float:
        """The reliability; the lower end where a stretch was published."""
        return self.reliability.value

    def interval(self, difference: Fraction, level: float) -> Interval:
        """The differences that are compatible with `difference`, by error of measurement alone."""
        reach = z_of(level) * error_of_difference(self.sd, self.r)
        return Interval(low=float(difference) - reach, high=float(difference) + reach, level=level)


@dataclass(frozen=True, kw_only=True)
class HeldAgainst:
    """All that a change of one score is held against."""

    statistics: Statistics | None
    thresholds: tuple[ChangeThreshold, ...]
    cut_offs: tuple[CutOffPoint, ...]
    parameters: tuple[Parameter, ...]


@lru_cache(maxsize=256)
def held_against(questionnaire: Questionnaire, part: str | None, level: float) -> HeldAgainst:
    """What follows for the total or a subscale from the definition alone, worked out once for each."""
    statistics = statistics_of(questionnaire, part)
    thresholds = thresholds_of(questionnaire, part, statistics, level)
    return HeldAgainst(
        statistics=statistics,
        thresholds=thresholds,
        cut_offs=cut_offs_of(questionnaire, part),
        parameters=parameters_of(questionnaire, thresholds, statistics, level),
    )


def statistics_of(questionnaire: Questionnaire, part: str | None) -> Statistics | None:
    """The group and reliability of the total or of a subscale; `None` unless both were read in a source.

    The clinical group comes before the functional one, which comes before others; a reliability over time (retest,
    intraclass) before one within the form (alpha). Of several the first that is listed; sources are never averaged.
    """
    norms = [norm for norm in questionnaire.norms if norm.subscale == part and not norm.origin.remembered]
    known = [each for each in questionnaire.reliabilities if each.subscale == part and not each.origin.remembered]
    if not norms or not known:
        return None
    order = ("clinical", "functional", None)
    return Statistics(
        norm=min(norms, key=lambda norm: order.index(norm.group)),
        reliability=min(known, key=lambda each: each.kind == "alpha"),
    )


def thresholds_of(
    questionnaire: Questionnaire, part: str | None, statistics: Statistics | None, level: float
) -> tuple[ChangeThreshold, ...]:
    """Every threshold of the form, the lowest published one first; the worked-out one decides only if it is alone."""
    published = [] if part else [each for each in questionnaire.reliable_changes if not each.origin.remembered]
    found = [
        ChangeThreshold(
            points=change.points,
            inclusive=True,
            rule=change.rule,
            source=questionnaire.origin_words(change.origin),
            deciding=True,
        )
        for change in sorted(published, key=lambda change: (change.points, change.rule))
    ]
    if statistics:
        found.append(
            ChangeThreshold(
                points=change_threshold(statistics.sd, statistics.r, level=level),
                inclusive=False,
                rule=WORKED_OUT,
                source=JACOBSON_TRUAX,
                deciding=not found,
            )
        )
    return tuple(found)


def cut_offs_of(questionnaire: Questionnaire, part: str | None) -> tuple[CutOffPoint, ...]:
    """The lines between the groups: a, b, c where the groups are known, and the published line of caseness.

    The published line is used only where none can be worked out. A published "above" takes the line itself to the
    functional side, "at or above" to the clinical one.
    """
    groups = {name: _group(questionnaire, part, name) for name in ("clinical", "functional")}
    clinical, functional = (_spread(groups[name]) for name in ("clinical", "functional"))
    lines = cut_off_points(clinical, functional, higher_is_worse=questionnaire.higher_is_worse)
    told = "; ".join(
        f"{norm.population}: {questionnaire.origin_words(norm.origin)}" for norm in groups.values() if norm
    )
    found = [
        CutOffPoint(
            kind=kind,
            value=lines[kind][0],
            source=f"{JACOBSON_TRUAX}, from {told}",
            used=lines[kind][1],
            higher_is_worse=questionnaire.higher_is_worse,
        )
        for kind in ("a", "b", "c")
        if kind in lines
    ]
    line = None if part else questionnaire.caseness
    if line and not line.origin.remembered:
        found.append(
            CutOffPoint(
                kind="published",
                value=line.value,
                source=f"{line.use}: {questionnaire.origin_words(line.origin)}",
                used=not found,
                higher_is_worse=line.side != "below",
                at_line="clinical" if line.side == "at_or_above" else "functional",
            )
        )
    return tuple(found)


def second_opinion(
    questionnaire: Questionnaire, first: Fraction, last: Fraction, statistics: Statistics, level: float
) -> SecondOpinion | None:
    """The Gulliksen-Lord-Novick index, where the clinical group that the client comes from is known."""
    if statistics.norm.group != "clinical":
        return None
    index = gulliksen_lord_novick(first, last, Spread(mean=statistics.norm.mean, sd=statistics.sd), statistics.r)
    return SecondOpinion(
        index=index,
        beyond_error=abs(index) > z_of(level),
        sense=sense_of(index, higher_is_worse=questionnaire.higher_is_worse),
        source=f"{GULLIKSEN_LORD_NOVICK}; {questionnaire.origin_words(statistics.norm.origin)}",
    )


def sense_of(difference: Fraction | float, *, higher_is_worse: bool) -> Sense:
    """The wanted way or not, of a difference that is not 0."""
    return Sense.DETERIORATED if (difference > 0) == higher_is_worse else Sense.IMPROVED


def parameters_of(
    questionnaire: Questionnaire, thresholds: tuple[ChangeThreshold, ...], statistics: Statistics | None, level: float
) -> tuple[Parameter, ...]:
    """Every number a change was read by, with where it comes from."""
    found = [
        Parameter(name=f"change threshold: {each.rule}", value=each.points, source=each.source) for each in thresholds
    ]
    if statistics is None:
        return tuple(found)
    norm, reliability = statistics.norm, statistics.reliability
    interval = f", {reliability.interval}" if reliability.interval else ""
    return (
        *found,
        Parameter(
            name=f"standard deviation ({norm.population})",
            value=norm.sd,
            source=questionnaire.origin_words(norm.origin),
        ),
        Parameter(
            name=f"reliability ({reliability.kind}, {reliability.population}{interval})",
            value=reliability.value,
            source=questionnaire.origin_words(reliability.origin),
        ),
        Parameter(name="level", value=level, source=JACOBSON_TRUAX),
    )


def _group(questionnaire: Questionnaire, part: str | None, name: str) -> Norm | None:
    known = (norm for norm in questionnaire.norms if norm.subscale == part and not norm.origin.remembered)
    return next((norm for norm in known if norm.group == name), None)


def _spread(norm: Norm | None) -> Spread | None:
    return Spread(mean=norm.mean, sd=norm.sd) if norm else None
