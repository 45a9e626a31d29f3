"""Change in a client's own series as sentences: what is compared, on which days, and what may be said of it.

They stand on the values alone. Phases carry the therapist's words, so a page shows these sentences as plain text.
"""

from fractions import Fraction

from core.model.days import DAYS_IN_WEEK, Window, print_day, print_window
from core.model.findings import Direction, Finding, Interval, Status, Verdict
from core.model.measures import COUNTS
from core.model.numbers import count_of, one_decimal, print_number
from core.model.series_findings import (
    Against,
    ControlChart,
    Look,
    OwnChange,
    PhaseComparison,
    Side,
    Signal,
    SignalKind,
    Slope,
)

AGAINST_WORDS = {
    Against.BEFORE: "against the 28 days before",
    Against.START: "against the start level",
    Against.FIRST_DAYS: "single days against the first 14",
}
THEN_WORDS = {Against.BEFORE: "before", Against.START: "at the start", Against.FIRST_DAYS: "in the first days"}
NOT_ENOUGH = "not enough recorded"
TOO_DIFFERENTLY = "recorded too differently to compare"
NO_CLEAR = "no clear change"
SIGNALS_TOLD = 3


def verdict_words(change: OwnChange) -> str:
    """What may be said, in the fewest words: `lower, confirmed at two reviews in a row`."""
    if change.verdict is Verdict.RELIABLE_CHANGE:
        return f"{_way(change.direction)}, confirmed at two reviews in a row"
    if change.verdict is Verdict.POSSIBLE_CHANGE:
        again = len(change.looks) > 1 and change.looks[1].direction is change.direction
        base = "at two reviews, with answers left blank" if again else "at one review"
        return f"possible change: {_way(change.direction)} {base}"
    return _plain(change.verdict)


def own_change_sentence(change: OwnChange, label: str) -> str:
    """What was compared at the latest review, with both figures and their base, and what may be said of it.

    `label` is the measure's name on the screen.
    """
    look, against = change.look, AGAINST_WORDS[change.against]
    if look is None:
        return f"{label}, {against}: {verdict_words(change)}; {change.reason}."
    return f"{label} at the review of {print_day(look.day)}, {against}: {_told(look, change, verdict_words(change))}."


def review_sentences(change: OwnChange) -> tuple[str, ...]:
    """What each of the reviews that count found, newest first, each with its figures."""
    return tuple(_review(look, change) for look in change.looks)


def slope_sentence(slope: Slope, window: Window, label: str) -> str:
    """How far the middle slope of `window` goes with each week, and whether it can be told from none."""
    where = f"{label} over {print_window(window)}"
    if slope.status is not Status.OK or slope.interval is None:
        return f"{where}: {NOT_ENOUGH} for a slope; {slope.reason}."
    unit = "times a week" if slope.measure in COUNTS else "points"
    ends = _signed_ends(slope.interval)
    told = f"possible change: {_way(slope.direction)}" if slope.direction else NO_CLEAR
    return (
        f"{where}, {count_of(slope.used, 'check-in')}: the middle slope is {_signed(slope.estimate or 0.0)} {unit} "
        f"with each week ({ends} would fit as well); {told}."
    )


def phase_sentence(found: PhaseComparison, label: str) -> str:
    """One phase beside the one before it: how many of all pairs are higher in the later one, and the medians."""
    where = f"{label}, “{found.later}” beside “{found.earlier}”"
    base = f"{found.later_values} and {found.earlier_values} check-ins"
    if found.status is not Status.OK or found.interval is None or found.difference is None:
        return f"{where} ({base}): {NOT_ENOUGH}; {found.reason}."
    share, low, high = (round(100 * each) for each in (found.estimate or 0.0, found.interval.low, found.interval.high))
    return (
        f"{where} ({base}): the later value is the higher one in {share} % of all pairs, "
        f"ties counted half ({low} to {high} % would fit as well); its median is {_apart(found, found.difference)}."
    )


def signal_sentences(chart: ControlChart, label: str) -> tuple[str, ...]:
    """Where the chart asks to be looked at, the latest first; why there are no limits, where there are none."""
    if chart.status is not Status.OK or chart.baseline is None:
        return (f"{label}: no limits to hold later values against; {chart.reason}.",)
    centre = f"the first values ({print_window(chart.baseline)}, {_chart_number(chart, chart.estimate or 0.0)})"
    if not chart.signals:
        return (f"{label}: nothing to look at, beside {centre}.",)
    latest = sorted(chart.signals, key=lambda signal: signal.days[-1].end, reverse=True)
    told = [f"{label}, look here: {_signal(signal, chart)}, beside {centre}." for signal in latest[:SIGNALS_TOLD]]
    if len(latest) > SIGNALS_TOLD:
        more = len(latest) - SIGNALS_TOLD
        told.append(f"{more} earlier place{'s' * (more > 1)} to look at.")
    return tuple(told)


def would_change_sentence(finding: Finding) -> str | None:
    """What would lead to another verdict; `None` where nothing is named."""
    return f"{'; '.join(finding.would_change)}." if finding.would_change else None


def caution_sentences(*findings: Finding) -> tuple[str, ...]:
    """The limits of some findings, each told once."""
    told = dict.fromkeys(caution for finding in findings for caution in finding.cautions)
    return tuple(f"{caution[:1].upper()}{caution[1:]}".removesuffix(".") + "." for caution in told)


def _review(look: Look, change: OwnChange) -> str:
    told = _way(look.direction) if look.direction else _plain(look.verdict)
    return f"Review of {print_day(look.day)}: {_told(look, change, told)}."


def _told(look: Look, change: OwnChange, verdict: str) -> str:
    """The two figures with their base, then what may be said, with the reason where it is that nothing may be."""
    says_it_all = look.verdict is Verdict.RECORDED_TOO_DIFFERENTLY and look.reason
    told = look.reason if says_it_all else f"{verdict}; {look.reason}" if look.reason else verdict
    figures = _figures(look, change)
    return f"{figures}: {told}" if figures else f"{told}"


def _figures(look: Look, change: OwnChange) -> str:
    if look.now is None or look.then is None:
        return ""
    return f"{_figure(look.now, change, 'now')}, {_figure(look.then, change, THEN_WORDS[change.against])}"


def _figure(side: Side, change: OwnChange, when: str) -> str:
    base = f"{side.observed_days} of {side.window.days} days, {print_window(side.window)}"
    fits = f"{_ends(side.interval)} would fit as well; " if side.interval else ""
    blank = f", blank at {count_of(side.left_blank, 'check-in')}" if side.left_blank else ""
    return f"{_value(side, change)} {when} ({fits}{base}{blank})"


def _value(side: Side, change: OwnChange) -> str:
    if side.value is None:
        return "no figure"
    single = change.against is Against.FIRST_DAYS
    if change.measure in COUNTS:
        return f"{one_decimal(side.value)} a {'day' if single else 'week'}"
    return f"median {print_number(side.value)}" if single else f"average {one_decimal(side.value)}"


def _plain(verdict: Verdict) -> str:
    return {Verdict.NOT_ENOUGH_RECORDED: NOT_ENOUGH, Verdict.RECORDED_TOO_DIFFERENTLY: TOO_DIFFERENTLY}.get(
        verdict, NO_CLEAR
    )


def _way(direction: Direction | None) -> str:
    return direction.value if direction else NO_CLEAR


def _apart(found: PhaseComparison, difference: Fraction) -> str:
    if not difference:
        return "the same"
    number = print_number(abs(difference))
    unit = "times a week" if found.measure in COUNTS else "point" if number == "1" else "points"
    return f"{number} {unit} {(Direction.HIGHER if difference > 0 else Direction.LOWER).value}"


def _signal(signal: Signal, chart: ControlChart) -> str:
    over = "above" if signal.side is Direction.HIGHER else "below"
    days = print_window(Window(signal.days[0].start, signal.days[-1].end))
    if signal.kind is SignalKind.OUTSIDE:
        return f"{days}, {_point(signal, chart)}, {over} the limits"
    if signal.kind is SignalKind.SHIFT:
        return f"{days}, {len(signal.days)} values in a row {over} the centre"
    return f"{days}, {len(signal.days)} values in a row {'rising' if over == 'above' else 'falling'}"


def _point(signal: Signal, chart: ControlChart) -> str:
    value = next((point.value for point in chart.points if point.days == signal.days[0]), None)
    return _chart_number(chart, float(value or 0))


def _chart_number(chart: ControlChart, value: float) -> str:
    """A value of the chart as it is read: a count, which the chart has by the day, by the week."""
    if chart.measure in COUNTS:
        return f"{one_decimal(Fraction(value * DAYS_IN_WEEK))} a week"
    return one_decimal(Fraction(value))


def _ends(interval: Interval) -> str:
    return f"{one_decimal(Fraction(interval.low))} to {one_decimal(Fraction(interval.high))}"


def _signed_ends(interval: Interval) -> str:
    return f"{_signed(interval.low)} to {_signed(interval.high)}"


def _signed(value: float) -> str:
    written = one_decimal(Fraction(value))
    return f"+{written}" if value > 0 and written != "0.0" else written.replace("-", "−")
