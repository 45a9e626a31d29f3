"""The client's own measures: a panel each under the hero chart, over the same days, and their caption."""

from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

import plotly.graph_objects as go

from core.charts.caption import exactness, value_range
from core.charts.drawing import ROOM_OVER_COUNTS, Colours, PanelLooks, drawn_bars, drawn_line
from core.charts.frame import COMPACT, WIDE, Frame, Sizes, printed_maximum
from core.charts.hero import at_left, template_for
from core.charts.palette import Palette
from core.charts.panels import ANXIETY_TOP, UNDER_ZERO
from core.charts.paths import Label, Trace, hover_trace, text_trace
from core.charts.ticks import time_ticks
from core.model.course import CountBar, Course, OwnCourse, RatingMark
from core.model.days import print_day, print_window
from core.model.numbers import count_of, print_number

RATING_TICKS = (0, 5, 10)
LETTERS_IN_A_LINE = {False: 17, True: 40}


@dataclass(frozen=True, kw_only=True)
class _Panel:
    """One measure and where its panel stands, as parts of the figure's height."""

    own: OwnCourse
    axis: int
    low: float
    high: float

    @property
    def y(self) -> str:
        return "y" if self.axis == 1 else f"y{self.axis}"

    @property
    def top(self) -> float:
        """The printed maximum of its axis."""
        if self.own.named.is_rating:
            return ANXIETY_TOP
        return printed_maximum(max((bar.per_week for bar in self.own.bars if not bar.thin), default=0))


def own_chart(course: Course, palette: Palette, *, compact: bool = False) -> go.Figure:
    """The figure of `course.own` (one or more), to be shown with `theme=None`.

    Its axis of days stands under that of the hero chart. Measures are drawn in ink: the hues name the three
    built-in ones. Their names are the client's words and are escaped.
    """
    sizes = COMPACT if compact else WIDE
    frame = Frame(window=course.window, sizes=sizes, rows=0, words_rows=0, compact=compact)
    panels = _panels(course.own, sizes)
    data: list[Trace] = [trace for panel in panels for trace in _traces(panel, frame, palette)]
    return go.Figure({"data": data, "layout": _layout(panels, frame, palette)})


def own_caption(course: Course) -> str:
    """What is drawn of each measure: its range and base, what it was called before, and whether it has ended."""
    days = print_window(course.window)
    return " ".join([f"The client's own measures, {days}.", *(_told(own) for own in course.own)])


def own_column(own: OwnCourse) -> str:
    """The heading of a measure in the table, with its unit."""
    return f"“{own.named.measure.name}”, {_unit(own)}"


def _panels(measures: tuple[OwnCourse, ...], sizes: Sizes) -> list[_Panel]:
    total = sum(sizes.count + sizes.above for _ in measures)
    panels, top = [], 0
    for axis, own in enumerate(measures, start=1):
        top += sizes.above
        high, low = 1 - top / total, 1 - (top + sizes.count) / total
        panels.append(_Panel(own=own, axis=axis, low=max(low, 0.0), high=high))
        top += sizes.count
    return panels


def _traces(panel: _Panel, frame: Frame, palette: Palette) -> list[Trace]:
    own, name = panel.own, f"own {panel.axis}"
    looks = PanelLooks(axis=panel.y, name=name, colours=Colours(full=palette.ink2, pale=palette.rule), ink=palette.ink2)
    if own.bars:
        return drawn_bars(own.bars, int(panel.top), frame, looks)
    if own.marks:
        points = [(frame.middle(mark.days), float(mark.average or 0), _mark_text(mark)) for mark in own.marks]
        return [*drawn_line(list(own.marks), frame, looks), hover_trace(points, panel.y, f"{name} read")]
    said = Label(x=frame.window.days / 2, y=panel.top / 2, text=_empty(own), at="middle center")
    return [text_trace([said], panel.y, "nothing drawn", size=13, color=palette.ink2)]


def _layout(panels: list[_Panel], frame: Frame, palette: Palette) -> dict[str, Any]:
    sizes, ticks = frame.sizes, time_ticks(frame)
    height = sum(sizes.count + sizes.above for _ in panels)
    layout = {
        "template": template_for(palette),
        "height": height + sizes.bottom,
        "margin": {"l": sizes.left, "r": sizes.right, "t": 0, "b": sizes.bottom},
        "xaxis": {
            "range": [0, frame.window.days],
            "tickvals": ticks.places,
            "ticktext": ticks.labels,
            "anchor": panels[-1].y,
            "minor": {"tickvals": ticks.strokes, "ticks": "outside", "ticklen": 4, "tickcolor": palette.edge},
        },
        "annotations": [_title(panel, frame, palette) for panel in panels],
    }
    return layout | {f"yaxis{panel.axis if panel.axis > 1 else ''}": _y_axis(panel) for panel in panels}


def _y_axis(panel: _Panel) -> dict[str, Any]:
    top = panel.top
    high = top if panel.own.named.is_rating else top * ROOM_OVER_COUNTS
    ticks = RATING_TICKS if panel.own.named.is_rating else [0, int(top) // 2, int(top)]
    return {"domain": [panel.low, panel.high], "range": [-UNDER_ZERO * top, high], "tickvals": ticks}


def _title(panel: _Panel, frame: Frame, palette: Palette) -> dict[str, Any]:
    lines = _wrapped(panel.own.named.measure.name, LETTERS_IN_A_LINE[frame.compact])
    name = "<br>".join(escape(line, quote=False) for line in lines)
    between = "\u00a0\u00a0" if frame.compact else "<br>"
    quiet = f"<span style='font-size:13px;color:{palette.ink3}'>{_unit(panel.own)}</span>"
    at = {"yanchor": "bottom", "yshift": 14} if frame.compact else {"yanchor": "top", "yshift": 6}
    return at_left(f"<b>{name}</b>{between}{quiet}", frame) | {"y": panel.high} | at


def _wrapped(words: str, letters: int) -> list[str]:
    """The words in lines of so many letters; a longer word is cut where the line ends."""
    lines: list[str] = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [line[at : at + letters] for line in lines for at in range(0, max(len(line), 1), letters)]


def _unit(own: OwnCourse) -> str:
    return "rating 0 to 10" if own.named.is_rating else "times a week"


def _mark_text(mark: RatingMark) -> str:
    value = "not asked" if mark.average is None else print_number(mark.average)
    return f"{value}<br>{print_window(mark.days)}{', weekly mean' if mark.weekly else ''}"


def _empty(own: OwnCourse) -> str:
    return "Not asked in these days." if own.named.asked_now else "Not asked in these days; no longer asked about."


def _told(own: OwnCourse) -> str:
    measure = own.named.measure
    parts = [_figures(own), f"asked at {own.asked.asked} of {count_of(own.asked.check_ins, 'check-in')}"]
    if own.named.formerly:
        parts.append(own.named.called_before)
    if measure.ended_on is not None:
        parts.append(f"ended on {print_day(measure.ended_on)}")
    return f"“{measure.name}”, {_unit(own)}: {', '.join(filter(None, parts))}."


def _figures(own: OwnCourse) -> str:
    if own.named.is_rating:
        values = [mark.average for mark in own.marks if mark.average is not None]
        weekly = ", drawn as weekly means" if any(mark.weekly for mark in own.marks) else ""
        return f"{value_range(values)} of 10{weekly}" if values else ""
    return _count_figures(own.bars)


def _count_figures(bars: tuple[CountBar, ...]) -> str:
    whole: list[Fraction] = [bar.per_week for bar in bars if not bar.thin]
    thin = len(bars) - len(whole)
    parts = [f"{value_range(whole)} a week"] if whole else []
    if thin:
        parts.append(f"{count_of(thin, 'bar')} of under 4 observed days shown as a count only")
    return ", ".join([*parts, *exactness(bars)])
