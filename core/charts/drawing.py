"""Bars and lines of one panel, whatever they measure: bars that say how exact they are, lines that break."""

from dataclasses import dataclass

from core.charts.frame import Frame
from core.charts.paths import Label, Path, Trace, hover_trace, path_trace, places, text_trace
from core.model.course import CountBar, RatingMark
from core.model.days import DAYS_IN_WEEK, print_window
from core.model.numbers import count_of, print_number

ROOM_OVER_COUNTS = 1.16
THIN_LETTER_PX = 6.2
FIGURE_SHARE = 0.2  # height of a "0" or an arrow, as a part of the printed maximum
SMALL_DOTS_ABOVE, NO_DOTS_ABOVE = 60, 100


@dataclass(frozen=True, kw_only=True)
class Colours:
    """Full and pale colour of one measure."""

    full: str
    pale: str


@dataclass(frozen=True, kw_only=True)
class PanelLooks:
    """Where the traces of one panel stand, what they are called, and their colours; `ink` is that of figures."""

    axis: str
    name: str
    colours: Colours
    ink: str


def drawn_bars(bars: tuple[CountBar, ...], top: int, frame: Frame, looks: PanelLooks) -> list[Trace]:
    """The same for any bars; `top` is the printed maximum of their panel."""
    if not bars:
        return []
    axis, name, colours = looks.axis, looks.name, looks.colours
    exact, inexact, thin = Path(), Path(), Path()
    for bar in bars:
        if bar.count:
            path = thin if bar.thin else inexact if is_inexact(bar) else exact
            path.box(frame.middle(bar.days), frame.half_width(bar.observed_days), 0, drawn_height(bar, top))
    outline = {"color": colours.full, "width": 1}
    traces = []
    if exact:
        traces.append(path_trace(exact, axis, f"{name} exact", line=outline, fill="toself", fillcolor=colours.full))
    if inexact:
        traces.append(path_trace(inexact, axis, f"{name} about", line=outline, fill="toself", fillcolor=colours.pale))
    if thin:
        traces.append(path_trace(thin, axis, f"{name} thin", line=outline))
    labels = _bar_labels(bars, frame, top)
    if labels:
        traces.append(text_trace(labels, axis, f"{name} figures", size=12 if frame.px * 7 > 9 else 10, color=looks.ink))
    points = [(frame.middle(bar.days), drawn_height(bar, top), bar_text(bar)) for bar in bars]
    traces.append(hover_trace(points, axis, f"{name} read"))
    return traces


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


def drawn_line(averages: list[RatingMark], frame: Frame, looks: PanelLooks) -> list[Trace]:
    """A line of ratings (each with a value), parted where it is not joined, with dots while there are few."""
    color, name = looks.colours.full, looks.name
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
    marker = {"color": color, "size": size}
    line = path_trace(path, looks.axis, name, line={"color": color, "width": 2}, marker=marker)
    line["mode"] = "lines+markers" if dots else "lines"
    alone = [] if dots else _alone(averages, dots_at)
    if not alone:
        return [line]
    single: Trace = {
        "type": "scatter",
        "mode": "markers",
        "name": f"{name} alone",
        "x": places([x for x, _ in alone]),
        "y": places([y for _, y in alone]),
        "yaxis": looks.axis,
        "marker": marker,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return [line, single]


def _alone(averages: list[RatingMark], dots_at: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Marks that no line reaches: without dots they would not be seen."""
    following = [mark.joined for mark in averages[1:]] + [False]
    return [
        place
        for place, mark, next_joined in zip(dots_at, averages, following, strict=True)
        if not (mark.joined or next_joined)
    ]


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
