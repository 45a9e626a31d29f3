"""Since last session: three measures, each for this period, the 28 days before and the start, with its base."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import streamlit as st

from core.charts.marks import STATE_MARKS
from core.model.check_in import CheckIn
from core.model.days import print_day, print_window
from core.model.definitions import WarningSign
from core.model.measures import ANXIETY, DISTORTIONS, REASSURANCE
from core.model.numbers import one_decimal, print_number
from core.model.readings import Comparison, Level, Rate, SignReading
from core.model.review import ClientReview
from core.model.words import STATE_WORDS
from dashboard.components.explain import explain_links
from dashboard.components.page import section, small
from dashboard.components.scores import latest_scores

ROW_LABELS = {ANXIETY: "Anxiety", REASSURANCE: "Reassurance", DISTORTIONS: "Distortions"}
EXPLAINED = {
    "how_level": "Anxiety: average and peak",
    "how_rate": "Reassurance: times a week",
    "how_distortions": "Distortions: total and kinds",
    "how_period": "This period",
    "how_before": "The 28 days before",
    "how_start": "Start level",
    "how_total": "Totals of questionnaires",
}
COLUMNS = ("This period", "28 days before", "Start")


def ledger(
    review: ClientReview,
    signs: Mapping[str, WarningSign],
    *,
    compact: bool,
) -> None:
    """Draw the block; with no record since the session it says so and shows the latest check-in instead."""
    _title(review)
    with st.container(gap="xsmall"):
        if review.period is None:
            small("Nothing recorded yet. Record the first check-in: it takes about 20 seconds.")
        else:
            _figures(review, compact=compact)
        lines = (
            []
            if review.period is None
            else [f"**Signs** {_states(review.readings, signs)}", f"**Not asked** {_not_asked(review, signs)}"]
        )
        if review.responses:
            lines.append(f"**Questionnaires** {latest_scores(review.responses)}")
        with st.container(key="ledger_lines"):
            st.markdown("  \n".join(lines))


def explain_ledger() -> None:
    """Draw the links to how its figures are worked out; a place of their own, so that the chart begins higher."""
    explain_links(EXPLAINED, key="ledger", label="How these figures are worked out")


def _figures(review: ClientReview, *, compact: bool) -> None:
    rows = [_measure_row(comparison, review) for comparison in review.comparisons]
    if compact:
        _lines(rows)
    else:
        cells = [dict(zip(("", *COLUMNS), row, strict=True)) for row in rows]
        st.table(cells, border="horizontal", hide_index=True)


def _title(review: ClientReview) -> None:
    period, since = review.period, review.since
    days = "" if period is None else _recorded(review)
    if since is None:
        section("Latest check-in", days)
    elif period is not None and period.start > since.details.day:
        section("Since last session", days)
    else:
        latest = f" Latest: {days}" if days else ""
        section("Since last session", f"no record since {print_day(since.details.day)}, ask today.{latest}")


def _recorded(review: ClientReview) -> str:
    assert review.period is not None
    return f"{print_window(review.period)}, {review.period_observed_days} of {review.period.days} days"


def _measure_row(comparison: Comparison, review: ClientReview) -> tuple[str, str, str, str]:
    period = _period_cell(comparison.period)
    if comparison.measure == REASSURANCE:
        period += _relief(review)
    label = f"**{ROW_LABELS[comparison.measure]}**"
    return label, period, _base_cell(comparison.before), _base_cell(comparison.start)


def _period_cell(figure: Level | Rate) -> str:
    if isinstance(figure, Level):
        average = "not asked" if figure.mean is None else f"average **{_rating(figure)}**"
        return average + (f", peak **{figure.peak}**" if figure.peak is not None else "")
    if not figure.observed_days:
        return "not asked"
    if not figure.count:
        return "none recorded"
    if figure.count.denominator != 1:
        # Part of a check-in lies outside the period; its count was spread over its days, which is no exact number.
        return f"about **{print_number(Fraction(round(figure.count)))}** times{_partial(figure)}"
    times = "time" if figure.count == 1 else "times"
    return f"{_known(figure)}**{print_number(figure.count)}** {times}{_partial(figure)}"


def _base_cell(figure: Level | Rate | None) -> str:
    """A figure with its base, in the smallest words that keep it honest."""
    if figure is None or not figure.observed_days:
        return "too little recorded"
    base = f":gray[{figure.observed_days} d]"
    if isinstance(figure, Level):
        return f"{_rating(figure)} {base}"
    weekly = figure.per_week
    if weekly is None:
        return f"{_known(figure)}{print_number(figure.count)} {base}"
    return f"{_known(figure)}{one_decimal(weekly)} a week {base}{_partial(figure)}"


def _rating(level: Level) -> str:
    assert level.mean is not None
    return str(level.mean) if level.mean.denominator == 1 else one_decimal(level.mean)


def _relief(review: ClientReview) -> str:
    reliefs = [
        str(episode.relief)
        for record in review.period_check_ins
        for episode in record.content.episodes
        if episode.relief is not None
    ]
    return f", relief {', '.join(reliefs)} of 10" if reliefs else ""


def _states(readings: Sequence[SignReading], signs: Mapping[str, WarningSign]) -> str:
    groups: dict[str, list[str]] = {}
    for reading in readings:
        state = f"{STATE_MARKS[reading.state]} {STATE_WORDS[reading.state]}"
        groups.setdefault(state, []).append(signs[reading.sign].short_label.lower())
    return "; ".join(f"{state}: {', '.join(names)}" for state, names in groups.items())


def _not_asked(review: ClientReview, signs: Mapping[str, WarningSign]) -> str:
    asked = [record.content for record in review.period_check_ins]
    measures = [
        name
        for name, was_asked in (
            ("anxiety", any(_has_anxiety(check_in) for check_in in asked)),
            ("reassurance", any(check_in.reassurance_count is not None for check_in in asked)),
            ("distortions", any(check_in.distortions_total is not None for check_in in asked)),
        )
        if not was_asked
    ]
    # One of the signs has the name of a measure, so the signs are named as signs.
    left_out = [sign.short_label.lower() for code, sign in signs.items() if not any(code in c.signs for c in asked)]
    parts = [", ".join(measures), f"the signs {', '.join(left_out)}" if left_out else ""]
    return "; ".join(filter(None, parts)) or "nothing left out"


def _has_anxiety(check_in: CheckIn) -> bool:
    return check_in.anxiety_average is not None or check_in.anxiety_peak is not None


def _known(rate: Rate) -> str:
    return f"{'at least ' if rate.at_least else ''}{'about ' if rate.about else ''}"


def _partial(rate: Rate) -> str:
    return " (not every kind asked)" if rate.partial else ""


def _lines(rows: Sequence[tuple[str, str, str, str]]) -> None:
    """The same as two-line entries, for a narrow screen."""
    for label, period, before, start in rows:
        st.markdown(f"{label} {period}")
        small(f"28 days before: {before}. Start: {start}.")
