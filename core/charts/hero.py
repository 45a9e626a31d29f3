"""The hero chart: three panels, a lane of sessions and events, and the strip of the six signs on one time axis."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go

from core.charts.frame import Frame, frame_for
from core.charts.lane import Note, note_lines, note_traces, notes_of, rows_needed, session_traces
from core.charts.marks import MARK_FONT
from core.charts.palette import Palette
from core.charts.panels import (
    ANXIETY_TOP,
    AXES,
    anxiety_traces,
    bar_traces,
    empty_words,
    panel_title,
    panel_y_axis,
    start_of,
    start_words,
)
from core.charts.paths import Label, Trace, text_trace
from core.charts.strip import SPACE, strip_traces
from core.charts.ticks import time_ticks
from core.charts.words import ChartWords
from core.model.course import Course
from core.model.days import print_window
from core.model.measures import ANXIETY, CHARTED, COUNTS

BAND_WORDS = ((8.6, "high"), (5.5, "middle"), (2.0, "low"))
START_INDENT = "\u2003" * 4


@dataclass(frozen=True, kw_only=True)
class HeroOptions:
    """What is drawn besides averages, counts and answers."""

    peak: bool = True
    sessions: bool = True
    events: bool = True
    start: bool = True


ALL = HeroOptions()


def hero_chart(
    course: Course, words: ChartWords, palette: Palette, *, compact: bool = False, show: HeroOptions = ALL
) -> go.Figure:
    """The figure of `course`, to be shown with `theme=None`; `compact` is the form for 390 px.

    Nothing is joined over a gap: every line is parted by nulls. Days of the x axis are counted from the
    first day in view. A client's event words are escaped, so that they show as typed.
    """
    notes = notes_of(course, events=show.events, compact=compact)
    frame = frame_for(course, rows=len(words.signs), words_rows=rows_needed(notes), compact=compact)
    return go.Figure(
        {
            "data": _traces(course, words, palette, frame, notes, show),
            "layout": _layout(course, words, palette, frame, notes, show),
        }
    )


@lru_cache(maxsize=4)
def template_for(palette: Palette) -> go.layout.Template:
    """Type, colours and axes that every figure of this theme shares."""
    axis = {"fixedrange": True, "automargin": False, "zeroline": False, "tickfont": _font(palette.ink3, 13)}
    return go.layout.Template(
        layout={
            "font": {"family": MARK_FONT, "size": 14, "color": palette.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": axis | {"showgrid": False, "showline": True, "linecolor": palette.edge, "linewidth": 1},
            "yaxis": axis | {"gridcolor": palette.rule, "gridwidth": 1, "showline": False, "ticklabelstandoff": 3},
            "hoverlabel": {
                "bgcolor": palette.sheet,
                "bordercolor": palette.edge,
                "font": {"family": MARK_FONT, "size": 13, "color": palette.ink},
                "align": "left",
            },
            "hovermode": "x",
            "hoverdistance": 30,
            "showlegend": False,
            "barmode": "overlay",
            "bargap": 0,
            "dragmode": False,
        }
    )


def _traces(
    course: Course, words: ChartWords, palette: Palette, frame: Frame, notes: tuple[Note, ...], show: HeroOptions
) -> list[Trace]:
    traces = anxiety_traces(course, frame, palette, peak=show.peak)
    for measure in COUNTS:
        traces += bar_traces(course, measure, frame, palette)
    if show.sessions:
        traces += session_traces(course, frame, palette)
    traces += strip_traces(course, words, frame, palette)
    traces += note_traces(notes, frame, palette)
    traces += _right_labels(course, palette, frame, show)
    return traces + _empty_panels(course, words, palette, frame)


def _layout(
    course: Course, words: ChartWords, palette: Palette, frame: Frame, notes: tuple[Note, ...], show: HeroOptions
) -> dict[str, Any]:
    sizes, ticks = frame.sizes, time_ticks(frame)
    x_axis = {
        "range": [0, frame.window.days],
        "tickvals": ticks.places,
        "ticktext": ticks.labels,
        "anchor": "y4",
        "minor": {"tickvals": ticks.strokes, "ticks": "outside", "ticklen": 4, "tickcolor": palette.edge},
    }
    lane = {"domain": frame.domains[3], "range": [frame.lane_px, 0], "visible": False}
    return {
        "template": template_for(palette),
        "height": frame.height,
        "margin": {"l": sizes.left, "r": sizes.right, "t": sizes.top, "b": sizes.bottom},
        "xaxis": x_axis,
        "yaxis": panel_y_axis(course, ANXIETY, frame),
        "yaxis2": panel_y_axis(course, COUNTS[0], frame),
        "yaxis3": panel_y_axis(course, COUNTS[1], frame),
        "yaxis4": lane,
        "shapes": [*note_lines(notes, frame, palette), *(_start_lines(course, palette, frame) if show.start else [])],
        "annotations": [*_titles(course, words, palette, frame, show), *_sign_names(words, frame)],
    }


def _titles(
    course: Course, words: ChartWords, palette: Palette, frame: Frame, show: HeroOptions
) -> list[dict[str, Any]]:
    titles = []
    for place, measure in enumerate(CHARTED):
        name, small = panel_title(course, measure, words, frame, peak=show.peak, start=show.start)
        between = SPACE * 2 if frame.compact else "<br>"
        quiet = f"<span style='font-size:13px;color:{palette.ink3}'>{small}</span>"
        over = 2 if measure == ANXIETY else 14  # a figure above a bar may reach over its panel
        at = {"yanchor": "bottom", "yshift": over} if frame.compact else {"yanchor": "top", "yshift": 6}
        titles.append(at_left(f"<b>{name}</b>{between}{quiet}", frame) | {"y": frame.domains[place][1]} | at)
    return titles


def _sign_names(words: ChartWords, frame: Frame) -> list[dict[str, Any]]:
    names = []
    for row, name in enumerate(words.signs.values()):
        top, bottom = frame.square(row)
        px = top - 10 if frame.compact else (top + bottom) / 2
        y = frame.domains[3][1] * (1 - px / frame.lane_px)
        names.append(at_left(name, frame) | {"y": round(y, 4), "yanchor": "middle"})
    return names


def at_left(text: str, frame: Frame) -> dict[str, Any]:
    """An annotation at the left edge of the figure: tick labels could only be set right."""
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "xshift": -frame.sizes.left,
        "xanchor": "left",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
    }


def _right_labels(course: Course, palette: Palette, frame: Frame, show: HeroOptions) -> list[Trace]:
    """Words of the display bands and the start levels, right of the panels; the compact form has no room there."""
    if frame.compact:
        return []
    end = float(frame.window.days)
    bands = [Label(x=end, y=y, text=f"{SPACE}{word}", at="middle right") for y, word in BAND_WORDS]
    traces = [text_trace(bands, "y", "display bands", size=13, color=palette.ink3)]
    for measure in CHARTED if show.start else ():
        shown, start = start_words(course, measure), start_of(course, measure)
        if shown and start is not None:
            text = f"{SPACE}{START_INDENT if measure == ANXIETY else ''}{shown}"
            label = Label(x=end, y=float(start), text=text, at="middle right")
            traces.append(text_trace([label], AXES[measure], f"{measure} start", size=13, color=palette.ink3))
    return traces


def _start_lines(course: Course, palette: Palette, frame: Frame) -> list[dict[str, Any]]:
    lines = []
    for measure in CHARTED:
        start = start_of(course, measure)
        if start is not None:
            ends = {"x0": 0, "x1": frame.window.days, "y0": float(start), "y1": float(start)}
            line = {"color": palette.ink3, "width": 1, "dash": "1px,2px"}
            lines.append({"type": "line", "yref": AXES[measure], "line": line, "layer": "below", **ends})
    return lines


def _empty_panels(course: Course, words: ChartWords, palette: Palette, frame: Frame) -> list[Trace]:
    """A sentence in each panel without a mark; one for the whole chart where nothing was recorded in view.

    An axis without a trace would not be drawn: a panel and the strip are kept by an empty text.
    """
    middle = frame.window.days / 2
    if not course.check_ins:
        text = f"No check-in from {print_window(course.window)}." if not frame.compact else "No check-in in these days."
        kept = [_sentence("", axis, (middle, 0), palette) for axis in ("y2", "y3", "y4")]
        return [_sentence(text, "y", (middle, ANXIETY_TOP / 2), palette), *kept]
    traces = [] if course.readings or course.gaps else [_sentence("", "y4", (middle, 0), palette)]
    for measure in CHARTED:
        said = empty_words(course, measure, words.measures[measure])
        if said:
            top = panel_y_axis(course, measure, frame)["range"][1]
            traces.append(_sentence(said, AXES[measure], (middle, top / 2), palette))
    return traces


def _sentence(text: str, axis: str, place: tuple[float, float], palette: Palette) -> Trace:
    label = Label(x=place[0], y=place[1], text=text, at="middle center")
    return text_trace([label], axis, "nothing drawn", size=13, color=palette.ink2)


def _font(color: str, size: int) -> dict[str, Any]:
    return {"color": color, "size": size}
