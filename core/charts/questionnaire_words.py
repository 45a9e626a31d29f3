"""A questionnaire over time in words: the sentence that stands for its figure, its table, and its thresholds."""

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from core.model.change import ChangeThreshold
from core.model.changes import FormPoint, FormProgress
from core.model.days import Window, print_day, print_window
from core.model.numbers import one_decimal, print_beside, print_exact

COLUMNS = ("Entry", "Day", "Score", "Published band", "From the start", "Remark")
OTHER_VERSION = "another version of the form, not compared"
HALF = Fraction(1, 2)
DIRECTION_WORDS = {True: "↑ higher is worse", False: "↑ higher is better"}


@dataclass(frozen=True, kw_only=True)
class Margin:
    """Up to where a change from the start score is too small by one rule; both ends lie within the axis."""

    threshold: ChangeThreshold
    low: Fraction
    high: Fraction

    @property
    def words(self) -> str:
        """`under 4 points (NHS Talking Therapies rule)`, or `up to 4.1 points` of a rule that must be exceeded."""
        upto = "under" if self.threshold.inclusive else "up to"
        return f"{upto} {threshold_points(self.threshold)} points ({self.threshold.rule})"


def direction_words(progress: FormProgress) -> str:
    """Which way the form counts: `↑ higher is worse`."""
    return DIRECTION_WORDS[progress.questionnaire.higher_is_worse]


def threshold_points(threshold: ChangeThreshold) -> str:
    """The points of a threshold, as every sentence prints them."""
    exact = isinstance(threshold.points, Fraction)
    return print_exact(Fraction(threshold.points)) if exact else one_decimal(Fraction(threshold.points))


def scored_points(progress: FormProgress) -> tuple[FormPoint, ...]:
    """The forms that have a score."""
    return tuple(point for point in progress.points if point.score is not None)


def margins_of(progress: FormProgress) -> tuple[Margin, ...]:
    """What is too small by each deciding rule, the narrowest first; of whole scores up to half a point before it."""
    first = progress.change.first
    if first is None:
        return ()
    low, high = progress.axis
    found = []
    for reading in progress.change.thresholds:
        rule = reading.threshold
        if rule.deciding:
            whole = rule.inclusive and progress.questionnaire.method == "sum"
            reach = Fraction(rule.points) - (HALF if whole else 0)
            found.append(Margin(threshold=rule, low=max(first.value - reach, low), high=min(first.value + reach, high)))
    return tuple(sorted(found, key=lambda margin: (margin.high - margin.low, margin.threshold.rule)))


def progress_caption(progress: FormProgress) -> str:
    """The figure in one paragraph: which forms, from where to where, and what would be too small to tell."""
    points, scored = progress.points, scored_points(progress)
    window = print_window(Window(points[0].day, points[-1].day))
    told = [f"{progress.label}, {window}: {_forms(len(points))}, {len(scored) or 'none'} with a score of all items."]
    if scored:
        told.append(_course(progress, scored))
    left_out = [print_day(point.day) for point in points if point.score is None]
    if left_out:
        told.append(f"Not scored: {', '.join(left_out)}.")
    others = [print_day(point.day) for point in scored if not point.compared]
    if others:
        told.append(f"Under another version and not compared: {', '.join(others)}.")
    first, margins = progress.change.first, margins_of(progress)
    if first is not None and first.day != scored[0].day:
        told.append(f"Change counts from {first.printed} on {print_day(first.day)}.")
    if first is not None and margins:
        told.append(f"Too small to tell from {first.printed}: {', '.join(each.words for each in margins)}.")
    return " ".join(told)


def progress_table(progress: FormProgress) -> pd.DataFrame:
    """One row for each form, oldest first; a column that no form fills is left out."""
    rows = [_row(point, progress) for point in progress.points]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table[[column for column in COLUMNS if (table[column] != "").any()]]


def point_words(point: FormPoint, progress: FormProgress) -> str:
    """One form as it is read under the pointer."""
    cells = _row(point, progress)
    apart = f"{cells['From the start']} from the start" if cells["From the start"] not in ("", "start") else ""
    parts = [cells["Score"], cells["Published band"], apart, cells["Remark"]]
    return f"{cells['Day']}: {', '.join(part for part in parts if part)} ({cells['Entry']})"


def band_range(low: Fraction, high: Fraction) -> str:
    """`15–21`: both ends of a band."""
    return f"{print_exact(low)}–{print_exact(high)}"


def _row(point: FormPoint, progress: FormProgress) -> dict[str, str]:
    remarks = [point.reason or ""] if point.score is None else ["missing items filled in"] * point.score.prorated
    remarks += [] if point.compared else [OTHER_VERSION]
    cells = (
        point.ref.label,
        print_day(point.day),
        "not scored" if point.score is None else point.score.printed,
        point.band or "",
        _from_start(point, progress),
        ", ".join(remark for remark in remarks if remark),
    )
    return dict(zip(COLUMNS, cells, strict=True))


def _from_start(point: FormPoint, progress: FormProgress) -> str:
    first = progress.change.first
    if first is None or point.score is None or not point.compared or point.day < first.day:
        return ""
    if point.day == first.day:
        return "start"
    return signed_points(point.score.value - first.value)


def signed_points(difference: Fraction) -> str:
    """`+3`, `−8` or `0`, at most two decimals."""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{print_beside(abs(difference), ())}"


def _course(progress: FormProgress, scored: tuple[FormPoint, ...]) -> str:
    values = [point.score for point in scored if point.score is not None]
    if len(values) == 1:
        band = f", {scored[0].band}" if scored[0].band else ""
        return f"One score: {values[0].printed}{band} on {print_day(values[0].day)}; change takes a second one."
    lowest, highest = (pick(values, key=lambda score: score.value) for pick in (min, max))
    low, high = (print_exact(end) for end in progress.axis)
    return (
        f"First {values[0].printed} on {print_day(values[0].day)}, last {values[-1].printed} on "
        f"{print_day(values[-1].day)}, between {lowest.printed} and {highest.printed} on a scale of {low} to {high}."
    )


def _forms(number: int) -> str:
    return "1 form" if number == 1 else f"{number} forms"
