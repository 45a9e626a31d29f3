"""Two small series above the loop: how often reassurance was asked for, and how long relief lasted, over the same days.

Both stand on the axis of days of the hero chart. No line joins two marks, and nothing is drawn over a gap.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from core.charts.drawing import ROOM_OVER_COUNTS, PanelLooks, drawn_bars
from core.charts.frame import COMPACT, WIDE, Frame, printed_maximum
from core.charts.hero import at_left, template_for
from core.charts.loop import minutes_place
from core.charts.palette import Palette
from core.charts.panels import UNDER_ZERO, colours_of
from core.charts.paths import Label, Trace, hover_trace, places, text_trace
from core.charts.relief_words import week_words
from core.charts.ticks import time_ticks
from core.model.course import Course
from core.model.durations import MINUTES_IN_DAY
from core.model.measures import REASSURANCE
from core.model.reassurance import ReliefWeek

KEY = (
    "Above: times a week, as on the chart of the course. Below: ● the median time that relief lasted; ○↑ half or more "
    "were still helping, so at least this long. Under it: how many were described (· where there is no room for the "
    "figure); with fewer than 3 that say how long, there is no mark. Nothing is joined: days without a record, or not "
    "asked about, stay empty."
)
TICKS = ((0, "none"), (15, "15 min"), (60, "1 h"), (720, "half day"))
LONG_TICK = (10080, "a week")
COMPACT_LABELS = {0: "0", 15: "15", 720: "12 h", 10080: "7 d"}
RELIEF_PX, COUNTS_PX = 96, 20
DOT_PX = 8
FIGURE_PX = 12
CROWDED = "·"


def relief_weeks_chart(
    course: Course, weeks: Sequence[ReliefWeek], palette: Palette, *, compact: bool = False
) -> go.Figure:
    """The figure, to be shown with `theme=None`; `course` has one bar of reassurance or more.

    `weeks` are those of the same days. The axis of minutes is that of the loop.
    """
    frame = Frame(window=course.window, sizes=COMPACT if compact else WIDE, rows=0, words_rows=0, compact=compact)
    bars = course.bars[REASSURANCE]
    top = printed_maximum(max((bar.per_week for bar in bars if not bar.thin), default=0))
    colours = colours_of(REASSURANCE, palette)
    looks = PanelLooks(axis="y", name=REASSURANCE, colours=colours, ink=palette.ink2)
    traces = [*drawn_bars(bars, top, frame, looks), *_relief_traces(weeks, frame, palette)]
    return go.Figure({"data": traces, "layout": _layout(weeks, top, frame, palette)})


def _relief_traces(weeks: Sequence[ReliefWeek], frame: Frame, palette: Palette) -> list[Trace]:
    drawn = [(week, minutes_place(week.minutes)) for week in weeks if week.minutes is not None]
    foot = _foot(weeks)
    traces: list[Trace] = [text_trace(_counts(weeks, foot, frame), "y2", "described", size=11, color=palette.ink2)]
    if drawn:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "name": "relief lasted",
                "x": places([frame.middle(week.days) for week, _ in drawn]),
                "y": places([y for _, y in drawn]),
                "yaxis": "y2",
                "marker": {
                    "symbol": "circle",
                    "size": DOT_PX,
                    "opacity": 1,
                    "color": [palette.paper if week.median is None else palette.reassurance for week, _ in drawn],
                    "line": {"color": palette.reassurance, "width": 1.6},
                },
                "text": ["↑" if week.median is None else "" for week, _ in drawn],
                "textposition": "top center",
                "textfont": {"size": 12, "color": palette.reassurance},
                "hoverinfo": "skip",
                "cliponaxis": False,
            }
        )
    points = [
        (frame.middle(week.days), foot if week.minutes is None else minutes_place(week.minutes), week_words(week))
        for week in weeks
    ]
    if points:
        traces.append(hover_trace(points, "y2", "relief read"))
    return traces


def _counts(weeks: Sequence[ReliefWeek], foot: float, frame: Frame) -> list[Label]:
    """How many were described, a dot where two figures would read as one; an empty text keeps the axis."""
    places_of = [frame.middle(week.days) for week in weeks]
    room = FIGURE_PX / frame.px
    labels = [Label(x=0, y=foot, text="")]
    for at, (week, x) in enumerate(zip(weeks, places_of, strict=True)):
        beside = [places_of[other] for other in (at - 1, at + 1) if 0 <= other < len(weeks)]
        crowded = any(abs(other - x) < room for other in beside)
        labels.append(Label(x=x, y=foot, text=CROWDED if crowded else str(week.described), at="middle center"))
    return labels


def _highest(weeks: Sequence[ReliefWeek]) -> float:
    longest = max((week.minutes for week in weeks if week.minutes is not None), default=MINUTES_IN_DAY)
    return minutes_place(max(longest, MINUTES_IN_DAY)) + 0.1


def _foot(weeks: Sequence[ReliefWeek]) -> float:
    """The height of the row of figures: under "none", where no mark can stand."""
    return minutes_place(0) - (_highest(weeks) - minutes_place(0)) * COUNTS_PX / RELIEF_PX * 0.75


def _layout(weeks: Sequence[ReliefWeek], top: int, frame: Frame, palette: Palette) -> dict[str, Any]:
    sizes, ticks = frame.sizes, time_ticks(frame)
    panels = (sizes.count, RELIEF_PX + COUNTS_PX)
    total = sum(panels) + 2 * sizes.above
    upper = (1 - (sizes.above + panels[0]) / total, 1 - sizes.above / total)
    lower = (0.0, panels[1] / total)
    highest, lowest = _highest(weeks), minutes_place(0)
    marks = [*TICKS, *([LONG_TICK] if highest > minutes_place(LONG_TICK[0]) else [])]
    return {
        "template": template_for(palette),
        "height": total + sizes.bottom,
        "margin": {"l": sizes.left, "r": sizes.right, "t": 0, "b": sizes.bottom},
        "xaxis": {
            "range": [0, frame.window.days],
            "tickvals": ticks.places,
            "ticktext": ticks.labels,
            "anchor": "y2",
            "minor": {"tickvals": ticks.strokes, "ticks": "outside", "ticklen": 4, "tickcolor": palette.edge},
        },
        "yaxis": {
            "domain": upper,
            "range": [-UNDER_ZERO * top, top * ROOM_OVER_COUNTS],
            "tickvals": [0, top // 2, top],
        },
        "yaxis2": {
            "domain": lower,
            "range": [lowest - (highest - lowest) * COUNTS_PX / RELIEF_PX, highest],
            "tickvals": [minutes_place(minutes) for minutes, _ in marks],
            "ticktext": [COMPACT_LABELS.get(at, words) if frame.compact else words for at, words in marks],
        },
        "annotations": [
            _title("Reassurance", "times a week", upper[1], frame, palette),
            _title("Relief lasted", "median; figures: described", lower[1], frame, palette),
        ],
    }


def _title(name: str, unit: str, y: float, frame: Frame, palette: Palette) -> dict[str, Any]:
    between = "\u00a0\u00a0" if frame.compact else "<br>"
    words = unit if frame.compact else unit.replace("; ", "<br>")
    quiet = f"<span style='font-size:13px;color:{palette.ink3}'>{words}</span>"
    at = {"yanchor": "bottom", "yshift": 14} if frame.compact else {"yanchor": "top", "yshift": 6}
    return at_left(f"<b>{name}</b>{between}{quiet}", frame) | {"y": y} | at
