"""The breakdown of distortions: a row of weekly bars for each kind, all on one scale and one time axis."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from core.charts.distortion_words import UNSORTED, KindWords, rate_figure
from core.charts.drawing import bar_text
from core.charts.frame import Frame, Sizes, printed_maximum
from core.charts.hero import template_for
from core.charts.palette import Palette
from core.charts.paths import Label, Path, Trace, hover_trace, path_trace, places, text_trace
from core.charts.ticks import time_ticks
from core.model.course import CountBar
from core.model.days import Window
from core.model.distortions import DistortionBreakdown
from core.model.numbers import print_number
from core.model.readings import Rate

_NO_PANELS: dict[str, int] = {"anxiety": 0, "count": 0, "above": 0, "marks": 0, "words_row": 0}
WIDE = Sizes(width=556, left=178, right=344, top=26, row=62, row_words=0, square=46, **_NO_PANELS)
COMPACT = Sizes(width=324, left=26, right=8, top=6, row=84, row_words=42, square=36, **_NO_PANELS)
SAID = "what can be said"
COLUMNS = (("now", 74, "right"), ("before", 150, "right"), (SAID, 172, "left"))
SAID_LETTERS = 24
FIGURE_PX = 16
KEY = (
    "One scale for all rows, ordered by the rate now. Full bar: named as this kind; hollow: not sorted, or under 4 "
    "observed days; 0: asked, none; a figure over a bar: it goes on to there. Hatched: no record. "
    "No bar: this kind was not asked."
)
AXIS = "y4"


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One row of the figure: what stands beside its bars. `before` is `None` for what is not compared."""

    name: str
    bars: tuple[CountBar, ...]
    now: Rate
    before: Rate | None
    said: str
    sorted_by_kind: bool


def breakdown_chart(
    found: DistortionBreakdown,
    words: KindWords,
    palette: Palette,
    *,
    compact: bool = False,
    gaps: tuple[Window, ...] = (),
) -> go.Figure:
    """The figure of `found`, to be shown with `theme=None`; `compact` is the form for 390 px.

    `gaps` are the days of the view without any record, as the course has them.
    """
    rows = _rows(found, words)
    frame = Frame(window=found.view, sizes=COMPACT if compact else WIDE, rows=len(rows), words_rows=0, compact=compact)
    top = _maximum(rows)
    return go.Figure(
        {
            "data": [
                *_hatch(gaps, frame, palette),
                *(trace for place, row in enumerate(rows) for trace in _bar_traces(row, place, frame, palette, top)),
            ],
            "layout": _layout(frame, palette) | {"annotations": _annotations(rows, frame, palette, top)},
        }
    )


def _rows(found: DistortionBreakdown, words: KindWords) -> list[_Row]:
    rows = [
        _Row(
            name=words.kinds[reading.kind],
            bars=reading.bars,
            now=reading.now,
            before=reading.before,
            said=words.said.get(reading.kind, ""),
            sorted_by_kind=True,
        )
        for reading in found.kinds
    ]
    last = _Row(name=UNSORTED, bars=found.unsorted_bars, now=found.unsorted, before=None, said="", sorted_by_kind=False)
    return [*rows, last] if found.unsorted_bars or found.unsorted.observed_days else rows


def _maximum(rows: list[_Row]) -> int:
    """The printed maximum of all rows: thin bars and what was not sorted do not set it."""
    named = [row for row in rows if row.sorted_by_kind]
    return printed_maximum(max((bar.per_week for row in named for bar in row.bars if not bar.thin), default=0) or 2)


def _bar_traces(row: _Row, place: int, frame: Frame, palette: Palette, top: int) -> Iterator[Trace]:
    high, low = frame.square(place)
    full, hollow = Path(), Path()
    points = []
    for bar in row.bars:
        height = min(float(bar.per_week) / top, 1.0) * (low - high)
        if bar.count:
            path = full if row.sorted_by_kind and not bar.thin else hollow
            path.box(frame.middle(bar.days), frame.half_width(bar.observed_days), low, low - height)
        points.append((frame.middle(bar.days), low - height, f"{row.name}: {bar_text(bar)}"))
    line = {"color": palette.distortions, "width": 1}
    if full:
        looks = {"line": line, "fill": "toself", "fillcolor": palette.distortions}
        yield path_trace(full, AXIS, f"{row.name} bars", **looks)
    if hollow:
        yield path_trace(hollow, AXIS, f"{row.name} hollow", line=line)
    figures = [Label(x=frame.middle(bar.days), y=low, text="0") for bar in row.bars if not bar.count]
    figures += _cut_figures(row, place, frame, top)
    if figures:
        yield text_trace(figures, AXIS, f"{row.name} figures", size=10 if frame.compact else 11, color=palette.ink2)
    if points:
        yield hover_trace(points, AXIS, f"{row.name} read")


def _cut_figures(row: _Row, place: int, frame: Frame, top: int) -> Iterator[Label]:
    """The figure of each bar that is cut at the printed maximum, over it; inside it where its neighbour's stands."""
    high, taken = frame.square(place)[0], float("-inf")
    for bar in row.bars:
        if bar.per_week > top:
            x = frame.middle(bar.days)
            free = (x - taken) * frame.px >= FIGURE_PX
            yield Label(x=x, y=high, text=print_number(bar.per_week), at="top center" if free else "bottom center")
            taken = x if free else taken


def _annotations(rows: list[_Row], frame: Frame, palette: Palette, top: int) -> list[dict[str, Any]]:
    """Names and figures beside the rows, or over them on a phone, and the printed scale of the first row."""
    high, low = frame.square(0)
    found = [
        _at(f"<span style='color:{palette.ink3};font-size:13px'>{text}</span>", y, side=0, px=-4, to="right")
        for text, y in ((top, high), (0, low))
    ]
    if not frame.compact:
        found += [
            _at(f"<span style='color:{palette.ink3};font-size:13px'>{words}</span>", high, side=1, px=px, to=to)
            | {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 4}
            for words, px, to in COLUMNS
            if words != SAID or any(row.said for row in rows)
        ]
    for place, row in enumerate(rows):
        found += (_over if frame.compact else _beside)(row, place, frame, palette)
    return found


def _over(row: _Row, place: int, frame: Frame, palette: Palette) -> list[dict[str, Any]]:
    over, left = frame.square(place)[0], -frame.sizes.left
    before = "" if row.before is None else f", before {rate_figure(row.before)}"
    said = f" · {row.said}" if row.said else ""
    line = f"<span style='color:{palette.ink2};font-size:13px'>now <b>{rate_figure(row.now)}</b>{before}{said}</span>"
    return [_at(row.name, over - 33, side=0, px=left, to="left"), _at(line, over - 17, side=0, px=left, to="left")]


def _beside(row: _Row, place: int, frame: Frame, palette: Palette) -> list[dict[str, Any]]:
    middle = sum(frame.square(place)) / 2
    before = "" if row.before is None else f"<span style='color:{palette.ink2}'>{rate_figure(row.before)}</span>"
    now = rate_figure(row.now) if row.now.per_week is None else f"<b>{rate_figure(row.now)}</b>"
    texts = (now, before, "<br>".join(wrap(row.said, SAID_LETTERS)))
    figures = [
        _at(text, middle, side=1, px=px, to=to) for text, (_, px, to) in zip(texts, COLUMNS, strict=True) if text
    ]
    return [_at(row.name, middle, side=0, px=-frame.sizes.left, to="left"), *figures]


def _at(text: str, y: float, *, side: int, px: int, to: str) -> dict[str, Any]:
    """An annotation `px` pixels from the left (`side` 0) or right end of the rows; `to` is the side it is set to."""
    return {
        "text": text,
        "xref": "paper",
        "yref": AXIS,
        "x": side,
        "xshift": px,
        "xanchor": to,
        "align": to,
        "y": y,
        "yanchor": "middle",
        "showarrow": False,
        "borderpad": 0,
    }


def _hatch(gaps: tuple[Window, ...], frame: Frame, palette: Palette) -> list[Trace]:
    if not gaps:
        return []
    spots = [(gap, *frame.square(row)) for gap in gaps for row in range(frame.rows)]
    pattern = {"shape": "/", "size": 6, "solidity": 0.22, "fgcolor": palette.hatch, "fillmode": "overlay"}
    return [
        {
            "type": "bar",
            "name": "no record",
            "x": places([frame.middle(gap) for gap, _, _ in spots]),
            "width": places([gap.days for gap, _, _ in spots]),
            "base": places([low - 10 for _, _, low in spots]),
            "y": places([10.0 for _ in spots]),
            "yaxis": AXIS,
            "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 0}, "pattern": pattern},
            "hoverinfo": "skip",
        }
    ]


def _layout(frame: Frame, palette: Palette) -> dict[str, Any]:
    sizes, ticks = frame.sizes, time_ticks(frame)
    lines = [
        {
            "type": "line",
            "yref": AXIS,
            "x0": 0,
            "x1": frame.window.days,
            "y0": frame.square(row)[1],
            "y1": frame.square(row)[1],
            "line": {"color": palette.rule, "width": 1},
            "layer": "below",
        }
        for row in range(frame.rows)
    ]
    return {
        "template": template_for(palette),
        "height": frame.height,
        "margin": {"l": sizes.left, "r": sizes.right, "t": sizes.top, "b": sizes.bottom},
        "hovermode": "closest",
        "xaxis": {
            "range": [0, frame.window.days],
            "tickvals": ticks.places,
            "ticktext": ticks.labels,
            "anchor": AXIS,
            "minor": {"tickvals": ticks.strokes, "ticks": "outside", "ticklen": 4, "tickcolor": palette.edge},
        },
        "yaxis": {"visible": False},
        "yaxis4": {"domain": frame.domains[3], "range": [frame.lane_px, 0], "visible": False},
        "shapes": lines,
    }
