"""One questionnaire over time: a dot for each form on its day, published bands, and what is too small to tell."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from core.charts.frame import Frame, Sizes
from core.charts.hero import template_for
from core.charts.palette import Palette
from core.charts.paths import Label, Path, Trace, path_trace, places, text_trace
from core.charts.questionnaire_words import (
    Margin,
    band_range,
    direction_words,
    margins_of,
    point_words,
    scored_points,
    threshold_points,
)
from core.charts.ticks import time_ticks
from core.model.changes import FormPoint, FormProgress
from core.model.days import Window
from core.model.numbers import print_exact
from core.model.questionnaire_facts import Band

_NO_PANELS: dict[str, int] = {"anxiety": 0, "count": 0, "above": 0, "marks": 0, "words_row": 0, "row_words": 0}
WIDE = Sizes(width=864, left=44, right=170, top=26, row=0, square=0, **_NO_PANELS)
COMPACT = Sizes(width=240, left=30, right=88, top=26, row=0, square=0, **_NO_PANELS)
PLOT_PX = {False: 300, True: 250}
BAND_LETTERS = 12
INDENT = "\u2002"
EDGE_SHARE = 0.04
LEAST_EDGE_DAYS = 5
MOST_TICKS = 8
DOT_PX = 9
KEY = (
    "Shaded: a change from the start score that is too small to tell; dotted beyond it: up to where another rule says "
    "so. A line joins forms in a row only: a form that is missing or not scored (×) parts it."
)
STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, kw_only=True)
class _Drawing:
    """What every part of one figure is drawn from."""

    progress: FormProgress
    frame: Frame
    palette: Palette
    low: float
    high: float

    @property
    def compact(self) -> bool:
        return self.frame.compact

    def x(self, point: FormPoint) -> float:
        return self.frame.x(point.day) + 0.5


def questionnaire_chart(progress: FormProgress, palette: Palette, *, compact: bool = False) -> go.Figure:
    """The figure of `progress`, which has a form, to be shown with `theme=None`; `compact` is the form for 390 px.

    Days of the x axis are counted from its left end. Values outside the axis do not occur.
    """
    low, high = (float(end) for end in progress.axis)
    sizes = COMPACT if compact else WIDE
    frame = Frame(window=_window(progress), sizes=sizes, rows=0, words_rows=0, compact=compact)
    drawn = _Drawing(progress=progress, frame=frame, palette=palette, low=low, high=high)
    return go.Figure(
        {
            "data": [*_line(drawn), _dots(drawn), *_left_out(drawn), *_band_words(drawn)],
            "layout": _layout(drawn),
        }
    )


def _window(progress: FormProgress) -> Window:
    first, last = progress.points[0].day, progress.points[-1].day
    edge = timedelta(days=max(LEAST_EDGE_DAYS, round((last - first).days * EDGE_SHARE)))
    return Window(first - edge, last + edge)


def _line(drawn: _Drawing) -> list[Trace]:
    path, points = Path(), drawn.progress.points
    for before, point in pairwise(points):
        if point.joined and before.score is not None and point.score is not None:
            ends = (drawn.x(before), float(before.score.value)), (drawn.x(point), float(point.score.value))
            path.line(*ends)
    return [path_trace(path, "y", "line", line={"color": drawn.palette.primary, "width": 2})] if path else []


def _dots(drawn: _Drawing) -> Trace:
    scored = scored_points(drawn.progress)
    full = [drawn.palette.primary if point.compared else drawn.palette.paper for point in scored]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": "scores",
        "x": places([drawn.x(point) for point in scored]),
        "y": places([float(point.score.value) for point in scored if point.score is not None]),
        "marker": {
            "size": DOT_PX,
            "color": full,
            "opacity": 1,
            "line": {"color": drawn.palette.primary, "width": 1.6},
        },
        "text": _figures(drawn.progress, scored),
        "textposition": "top center",
        "textfont": {"size": 15, "color": drawn.palette.ink},
        "hovertext": [point_words(point, drawn.progress) for point in scored],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _left_out(drawn: _Drawing) -> list[Trace]:
    left_out = [point for point in drawn.progress.points if point.score is None]
    if not left_out:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "not scored",
            "x": places([drawn.x(point) for point in left_out]),
            "y": places([drawn.low for _ in left_out]),
            "marker": {"symbol": "x-thin", "size": DOT_PX, "line": {"color": drawn.palette.ink2, "width": 1.6}},
            "hovertext": [point_words(point, drawn.progress) for point in left_out],
            "hoverinfo": "text",
            "cliponaxis": False,
        }
    ]


def _figures(progress: FormProgress, scored: tuple[FormPoint, ...]) -> list[str]:
    """The start score and the last, which are the two that are compared; the others stand without a figure."""
    first, last = progress.change.first, progress.change.last
    told = {first.day, last.day} if first and last else {point.day for point in scored[-1:]}
    return [f"<b>{point.score.printed}</b>" if point.score and point.day in told else "" for point in scored]


def _bands(progress: FormProgress) -> tuple[Band, ...]:
    """The published bands, of a total only."""
    return progress.questionnaire.bands if progress.part is None else ()


def _band_words(drawn: _Drawing) -> list[Trace]:
    bands = _bands(drawn.progress)
    if not bands:
        return []
    labels = [
        Label(x=drawn.frame.window.days, y=float(band.low + band.high) / 2, text=_band(band, drawn), at="middle right")
        for band in bands
    ]
    return [text_trace(labels, "y", "bands", size=13, color=drawn.palette.ink2)]


def _band(band: Band, drawn: _Drawing) -> str:
    if drawn.compact:
        return "<br>".join(f"{INDENT}{line}" for line in wrap(band.label, BAND_LETTERS))
    return f"{INDENT}{INDENT}{band.label} {band_range(band.low, band.high)}"


def _layout(drawn: _Drawing) -> dict[str, Any]:
    sizes, ticks, palette = drawn.frame.sizes, time_ticks(drawn.frame), drawn.palette
    room = (drawn.high - drawn.low) * 0.03
    return {
        "template": template_for(palette),
        "height": PLOT_PX[drawn.compact] + sizes.top + sizes.bottom,
        "margin": {"l": sizes.left, "r": sizes.right, "t": sizes.top, "b": sizes.bottom},
        "hovermode": "closest",
        "xaxis": {
            "range": [0, drawn.frame.window.days],
            "tickvals": ticks.places,
            "ticktext": ticks.labels,
            "minor": {"tickvals": ticks.strokes, "ticks": "outside", "ticklen": 4, "tickcolor": palette.edge},
        },
        "yaxis": {
            "range": [drawn.low - room, drawn.high + room],
            "tickvals": [float(value) for value in _ticks(drawn.progress)],
            "ticktext": [print_exact(value) for value in _ticks(drawn.progress)],
            "showgrid": not _bands(drawn.progress),
        },
        "shapes": [*_margins(drawn), *_band_lines(drawn)],
        "annotations": [*_direction(drawn), *_margin_words(drawn)],
    }


def _ticks(progress: FormProgress) -> list[Fraction]:
    """The ends of the axis and where each band begins; without bands, whole steps."""
    low, high = progress.axis
    bands = _bands(progress)
    if bands:
        return sorted({low, high, *(band.low for band in bands[1:])})
    step = next(step for step in STEPS if (high - low) / step <= MOST_TICKS)
    return [low + step * number for number in range(int((high - low) / step) + 1)]


def _band_lines(drawn: _Drawing) -> list[dict[str, Any]]:
    line = {"color": drawn.palette.rule, "width": 1}
    lines = drawn.progress.questionnaire.band_lines if _bands(drawn.progress) else ()
    return [_across(float(value), line) for value in lines]


def _margins(drawn: _Drawing) -> list[dict[str, Any]]:
    """The narrowest margin shaded, wider ones dotted, and the start score as a dotted line."""
    margins, first, palette = margins_of(drawn.progress), drawn.progress.change.first, drawn.palette
    if not margins or first is None:
        return []
    shade = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "fillcolor": palette.sheet}
    narrow = margins[0]
    dotted = {"color": palette.ink3, "width": 1, "dash": "1px,3px"}
    ends = [end for margin in margins[1:] for end in _inner_ends(margin, drawn)]
    return [
        {**shade, "y0": float(narrow.low), "y1": float(narrow.high), "line": {"width": 0}, "layer": "below"},
        _across(float(first.value), {"color": palette.ink3, "width": 1, "dash": "1px,2px"}),
        *(_across(end, dotted) for end in ends),
    ]


def _inner_ends(margin: Margin, drawn: _Drawing) -> list[float]:
    """The ends of a margin that are not those of the scale."""
    return [float(end) for end in (margin.low, margin.high) if drawn.low < end < drawn.high]


def _margin_words(drawn: _Drawing) -> list[dict[str, Any]]:
    """The name of the shaded range, in the half that the last score did not go to, and the points of wider rules."""
    margins, change = margins_of(drawn.progress), drawn.progress.change
    if not margins or change.first is None or change.last is None:
        return []
    risen = change.last.value > change.first.value
    narrow = margins[0]
    words = "too small to tell" if drawn.compact else f"too small to tell from {change.first.printed}"
    found = [_beside(float(narrow.low if risen else narrow.high), words, drawn, above=risen)]
    for margin in margins[1:]:
        ends = _inner_ends(margin, drawn)
        points = f"{threshold_points(margin.threshold)} points"
        told = points if drawn.compact else f"{points}, {margin.threshold.rule}"
        if ends:
            end, first = ends[0] if risen else ends[-1], float(change.first.value)
            beyond = (end > first) == risen
            found.append(_beside(end, told, drawn, above=end > first, right=not beyond))
    return found


def _beside(y: float, words: str, drawn: _Drawing, *, above: bool, right: bool = True) -> dict[str, Any]:
    """Words at one end of a line across; the last scores are at the right."""
    return {
        "text": words,
        "x": 1 if right else 0,
        "xref": "paper",
        "xanchor": "right" if right else "left",
        "xshift": -6 if right else 6,
        "y": y,
        "yref": "y",
        "yanchor": "bottom" if above else "top",
        "font": {"size": 13, "color": drawn.palette.ink3},
        "showarrow": False,
        "borderpad": 1,
    }


def _direction(drawn: _Drawing) -> list[dict[str, Any]]:
    return [
        {
            "text": direction_words(drawn.progress),
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": -drawn.frame.sizes.left,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 4,
            "font": {"size": 13, "color": drawn.palette.ink3},
            "showarrow": False,
            "borderpad": 0,
        }
    ]


def _across(y: float, line: dict[str, Any]) -> dict[str, Any]:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": y, "y1": y, "line": line,
            "layer": "below"}  # fmt: skip
