"""The three panels: anxiety as dots and a line that breaks, counts as bars that say how exact they are."""

from dataclasses import dataclass
from fractions import Fraction

from core.charts.frame import Frame, printed_maximum
from core.charts.palette import Palette
from core.charts.paths import Label, Path, Trace, hover_trace, path_trace, places, text_trace
from core.charts.words import ChartWords, MeasureWords, count_of
from core.model.course import AnxietyMark, CountBar, Course
from core.model.days import DAYS_IN_WEEK, print_window
from core.model.measures import ANXIETY, COUNTS, DISTORTIONS, REASSURANCE
from core.model.numbers import one_decimal, print_number
from core.model.readings import Level, Rate

ANXIETY_TOP = 10.7
ANXIETY_TICKS = (0, 4, 7, 10)
ROOM_OVER_COUNTS = 1.16
UNDER_ZERO = 0.02  # a gridline at the very edge of a panel is not drawn
THIN_LETTER_PX = 6.2
FIGURE_SHARE = 0.2  # height of a "0" or an arrow, as a part of the printed maximum
SMALL_DOTS_ABOVE, NO_DOTS_ABOVE = 60, 100
AXES = {ANXIETY: "y", REASSURANCE: "y2", DISTORTIONS: "y3"}


@dataclass(frozen=True, kw_only=True)
class Colours:
    """Full and pale colour of one measure."""

    full: str
    pale: str


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
        traces += _line(averages, frame, palette)
    if course.anxiety:
        traces.append(hover_trace([_anxiety_point(mark, frame) for mark in course.anxiety], "y", "anxiety read"))
    return traces


def bar_traces(course: Course, measure: str, frame: Frame, palette: Palette) -> list[Trace]:
    """Exact bars, less exact ones, hollow ones of under 4 days, figures above them and what the pointer reads."""
    bars = course.bars.get(measure, ())
    if not bars:
        return []
    axis, colours, top = AXES[measure], colours_of(measure, palette), count_maximum(course, measure)
    exact, inexact, thin = Path(), Path(), Path()
    for bar in bars:
        if bar.count:
            path = thin if bar.thin else inexact if is_inexact(bar) else exact
            path.box(frame.middle(bar.days), frame.half_width(bar.observed_days), 0, drawn_height(bar, top))
    outline = {"color": colours.full, "width": 1}
    traces = []
    if exact:
        traces.append(path_trace(exact, axis, f"{measure} exact", line=outline, fill="toself", fillcolor=colours.full))
    if inexact:
        looks = {"line": outline, "fill": "toself", "fillcolor": colours.pale}
        traces.append(path_trace(inexact, axis, f"{measure} about", **looks))
    if thin:
        traces.append(path_trace(thin, axis, f"{measure} thin", line=outline))
    labels = _bar_labels(bars, frame, top)
    if labels:
        traces.append(
            text_trace(labels, axis, f"{measure} figures", size=12 if frame.px * 7 > 9 else 10, color=palette.ink2)
        )
    points = [(frame.middle(bar.days), drawn_height(bar, top), bar_text(bar)) for bar in bars]
    traces.append(hover_trace(points, axis, f"{measure} read"))
    return traces


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


def is_inexact(bar: CountBar) -> bool:
    """Whether the bar is drawn pale: about, at least, or only some kinds asked."""
    return bar.about or bar.at_least or bar.partial


def drawn_height(bar: CountBar, top: int) -> float:
    """The bar's height; a thin one that would leave the panel ends at its upper edge."""
    return min(float(bar.per_week), top * (ROOM_OVER_COUNTS - 0.02)) if bar.thin else float(bar.per_week)


def bar_text(bar: CountBar) -> str:
    """`11 a week`, `about 5 in 1 day`, with the days it stands for: what the pointer reads."""
    days = f"{count_of(bar.observed_days, 'observed day')} in {print_window(bar.days)}"
    return f"{bar_figure(bar)}<br>{days}"


def bar_figure(bar: CountBar) -> str:
    """The bar in words: `11 a week`, `about 12 a week (7 in 4 days)`, `5 in 1 day`, `8 a week, some kinds only`."""
    lead = "at least " if bar.at_least else "about " if bar.about else ""
    base = f"{print_number(bar.count)} in {count_of(bar.observed_days, 'day')}"
    if bar.thin:
        words = base
    elif bar.observed_days == DAYS_IN_WEEK:
        words = f"{print_number(bar.per_week)} a week"
    else:
        words = f"{print_number(bar.per_week)} a week ({base})"
    return f"{lead}{words}{', some kinds only' if bar.partial else ''}"


def anxiety_text(mark: AnxietyMark) -> str:
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


def _line(averages: list[AnxietyMark], frame: Frame, palette: Palette) -> list[Trace]:
    dots_at = [(frame.middle(mark.days), float(mark.average or 0)) for mark in averages]
    path = Path()
    run: list[tuple[float, float]] = []
    for mark, place in zip(averages, dots_at, strict=True):
        if run and not mark.joined:
            path.line(*run)
            run = []
        run.append(place)
    path.line(*run)
    dots = len(averages) <= NO_DOTS_ABOVE
    size = 5 if len(averages) > SMALL_DOTS_ABOVE else 7
    looks = {"line": {"color": palette.anxiety, "width": 2}, "marker": {"color": palette.anxiety, "size": size}}
    line = path_trace(path, "y", "anxiety", **looks)
    line["mode"] = "lines+markers" if dots else "lines"
    alone = [] if dots else _alone(averages, dots_at)
    if not alone:
        return [line]
    single: Trace = {
        "type": "scatter",
        "mode": "markers",
        "name": "anxiety alone",
        "x": places([x for x, _ in alone]),
        "y": places([y for _, y in alone]),
        "marker": looks["marker"],
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return [line, single]


def _alone(averages: list[AnxietyMark], dots_at: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Marks that no line reaches: without dots they would not be seen."""
    following = [mark.joined for mark in averages[1:]] + [False]
    return [
        place
        for place, mark, next_joined in zip(dots_at, averages, following, strict=True)
        if not (mark.joined or next_joined)
    ]


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


def _anxiety_point(mark: AnxietyMark, frame: Frame) -> tuple[float, float, str]:
    height = mark.average if mark.average is not None else mark.peak or 0
    return frame.middle(mark.days), float(height), anxiety_text(mark)


def _bar_labels(bars: tuple[CountBar, ...], frame: Frame, top: int) -> list[Label]:
    labels: list[Label] = []
    taken = float("-inf")
    for bar in bars:
        x = frame.middle(bar.days)
        if bar.thin:
            label, reach = _thin_label(bar, bars, frame, top)
            if reach[0] >= taken:
                labels.append(label)
                taken = reach[1]
            elif not bar.count:
                labels.append(Label(x=x, y=0, text="0"))
        elif not bar.count:
            labels.append(Label(x=x, y=0, text="0"))
        elif bar.at_least:
            labels.append(Label(x=x, y=drawn_height(bar, top), text="↑"))
    return labels


def _thin_label(bar: CountBar, bars: tuple[CountBar, ...], frame: Frame, top: int) -> tuple[Label, tuple[float, float]]:
    """`5 in 1 day` above everything it touches, and the days it reaches over; it never leaves the panel."""
    text = f"{'↑ ' if bar.at_least else ''}{print_number(bar.count)} in {count_of(bar.observed_days, 'day')}"
    half = THIN_LETTER_PX * len(text) / 2 / frame.px
    x = min(max(frame.middle(bar.days), half), frame.window.days - half)
    reach = (x - half, x + half)
    return Label(x=x, y=_over_neighbours(bar, bars, frame, top, reach), text=text), reach


def _over_neighbours(
    bar: CountBar, bars: tuple[CountBar, ...], frame: Frame, top: int, reach: tuple[float, float]
) -> float:
    """The height of `bar`, or above every other bar and its figure that `reach` touches."""
    others = (other for other in bars if other is not bar and _touches(other, frame, reach))
    return max([drawn_height(bar, top), *(_with_figure(other, top) for other in others)])


def _with_figure(bar: CountBar, top: int) -> float:
    has_figure = not bar.count or (bar.at_least and not bar.thin)
    return drawn_height(bar, top) + (FIGURE_SHARE * top if has_figure else 0)


def _touches(bar: CountBar, frame: Frame, reach: tuple[float, float]) -> bool:
    x, half = frame.middle(bar.days), frame.half_width(bar.observed_days)
    return x + half > reach[0] and x - half < reach[1]
