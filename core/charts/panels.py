"""The three panels: anxiety as dots and a line that breaks, counts as bars that say how exact they are."""

from fractions import Fraction

from core.charts.drawing import (
    NO_DOTS_ABOVE,
    ROOM_OVER_COUNTS,
    Colours,
    PanelLooks,
    drawn_bars,
    drawn_line,
)
from core.charts.frame import Frame, printed_maximum
from core.charts.palette import Palette
from core.charts.paths import Path, Trace, hover_trace, path_trace
from core.charts.words import ChartWords, MeasureWords
from core.model.course import Course, RatingMark
from core.model.days import print_window
from core.model.measures import ANXIETY, COUNTS, DISTORTIONS, REASSURANCE
from core.model.numbers import one_decimal, print_number
from core.model.readings import Level, Rate

ANXIETY_TOP = 10.7
ANXIETY_TICKS = (0, 4, 7, 10)
UNDER_ZERO = 0.02  # a gridline at the very edge of a panel is not drawn
AXES = {ANXIETY: "y", REASSURANCE: "y2", DISTORTIONS: "y3"}


def colours_of(measure: str, palette: Palette) -> Colours:
    """The hue that names `measure`."""
    if measure == REASSURANCE:
        return Colours(full=palette.reassurance, pale=palette.reassurance_pale)
    if measure == DISTORTIONS:
        return Colours(full=palette.distortions, pale=palette.distortions_pale)
    return Colours(full=palette.anxiety, pale=palette.anxiety)


def anxiety_traces(course: Course, frame: Frame, palette: Palette, *, peak: bool) -> list[Trace]:
    """The line with its dots, the peaks, and what the pointer reads."""
    averages = [mark for mark in course.anxiety if mark.average is not None]
    traces = [_peaks(course, frame, palette)] if peak and any(mark.peak is not None for mark in course.anxiety) else []
    if averages:
        looks = PanelLooks(axis="y", name="anxiety", colours=colours_of(ANXIETY, palette), ink=palette.ink2)
        traces += drawn_line(averages, frame, looks)
    if course.anxiety:
        traces.append(hover_trace([_anxiety_point(mark, frame) for mark in course.anxiety], "y", "anxiety read"))
    return traces


def bar_traces(course: Course, measure: str, frame: Frame, palette: Palette) -> list[Trace]:
    """Exact bars, less exact ones, hollow ones of under 4 days, figures above them and what the pointer reads."""
    bars = course.bars.get(measure, ())
    looks = PanelLooks(axis=AXES[measure], name=measure, colours=colours_of(measure, palette), ink=palette.ink2)
    return drawn_bars(bars, count_maximum(course, measure), frame, looks)


def count_maximum(course: Course, measure: str) -> int:
    """The printed maximum of a count: thin bars do not set it, the start level does."""
    highest: list[Fraction | float] = [bar.per_week for bar in course.bars.get(measure, ()) if not bar.thin]
    start = start_of(course, measure)
    return printed_maximum(max([*highest, start or 0]))


def start_of(course: Course, measure: str) -> Fraction | None:
    """The start level of `measure` on its panel's own scale, if there is one."""
    for comparison in course.comparisons:
        if comparison.measure == measure and comparison.start is not None:
            start: Rate | Level = comparison.start
            return start.mean if isinstance(start, Level) else start.per_week
    return None


def anxiety_text(mark: RatingMark) -> str:
    """`average 5, peak 8`, with what was not asked: what the pointer reads."""
    average = "average not asked" if mark.average is None else f"average {print_number(mark.average)}"
    peak = "peak not asked" if mark.peak is None else f"peak {mark.peak}"
    return f"{average}, {peak}<br>{print_window(mark.days)}{', weekly mean' if mark.weekly else ''}"


def panel_y_axis(course: Course, measure: str, frame: Frame) -> Trace:
    """Range and printed numbers of the panel of `measure`."""
    if measure == ANXIETY:
        return {
            "domain": frame.domains[0],
            "range": [-UNDER_ZERO * ANXIETY_TOP, ANXIETY_TOP],
            "tickvals": ANXIETY_TICKS,
        }
    top = count_maximum(course, measure)
    place = 1 + COUNTS.index(measure)
    return {
        "domain": frame.domains[place],
        "range": [-UNDER_ZERO * top, top * ROOM_OVER_COUNTS],
        "tickvals": [0, top // 2, top],
    }


def empty_words(course: Course, measure: str, words: MeasureWords) -> str | None:
    """What an empty panel says instead of marks; `None` where something is drawn."""
    drawn = course.anxiety if measure == ANXIETY else course.bars.get(measure, ())
    if drawn:
        return None
    subject = words.whole[0].upper() + words.whole[1:]
    were = "were" if subject.endswith("s") else "was"
    if start_of(course, measure) is not None:
        return f"{subject} {were} not asked in this period."
    return f"{subject} {'have' if were == 'were' else 'has'} not been asked yet."


def start_words(course: Course, measure: str) -> str | None:
    """`start 7.5`, or nothing while there is no start level."""
    start = start_of(course, measure)
    return None if start is None else f"start {one_decimal(start)}"


def panel_title(course: Course, measure: str, words: ChartWords, frame: Frame, *, peak: bool, start: bool) -> list[str]:
    """The name of a panel and the small words under or beside it."""
    named = words.measures[measure]
    small = [named.unit + (",<br>tick: peak" if measure == ANXIETY and peak and not frame.compact else "")]
    if frame.compact:
        if measure == ANXIETY and peak:
            small.append("tick: peak")
        if start and (shown := start_words(course, measure)):
            small.append(f"dotted: {shown}")
    return [named.name, ", ".join(small)]


def _peaks(course: Course, frame: Frame, palette: Palette) -> Trace:
    path, cap = Path(), 3 / frame.px
    caps = len(course.anxiety) <= NO_DOTS_ABOVE
    for mark in course.anxiety:
        if mark.peak is None:
            continue
        x, foot = frame.middle(mark.days), mark.average
        if foot is not None and foot < mark.peak:
            path.line((x, float(foot)), (x, mark.peak))
        if caps or foot is None:
            path.line((x - cap, mark.peak), (x + cap, mark.peak))
    return path_trace(path, "y", "peak", line={"color": palette.anxiety, "width": 1}, opacity=0.75)


def _anxiety_point(mark: RatingMark, frame: Frame) -> tuple[float, float, str]:
    height = mark.average if mark.average is not None else mark.peak or 0
    return frame.middle(mark.days), float(height), anxiety_text(mark)
