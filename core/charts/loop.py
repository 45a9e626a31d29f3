"""Relief against how long it lasted: one mark for each described episode, both axes real, no line through them."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import cos, log10, pi, sin
from typing import Any

import plotly.graph_objects as go

from core.charts.hero import template_for
from core.charts.loop_words import episode_words
from core.charts.palette import Palette
from core.charts.paths import Trace, places
from core.model.check_in_parts import HIGHEST_RATING, ReliefEnded, Whom
from core.model.durations import MINUTES_IN_DAY
from core.model.reassurance import LoopEpisode, ReassuranceLoop

TICKS = ((0, "none"), (5, "5 min"), (15, "15"), (30, "30"), (60, "1 h"), (120, "2 h"), (720, "half day"))
LONG_TICKS = ((1440, "a day"), (2880, "2 days"), (10080, "a week"))
COMPACT_LABELS = {5: "5", 720: "12 h", 1440: "24 h", 2880: "2 d", 10080: "7 d"}
SYMBOLS = {Whom.PARTNER: "circle", Whom.FRIEND: "square", None: "diamond"}
OTHER = "triangle-up"
KEY = (
    "● partner  ■ friend  ▲ somebody else  ◆ not known.  Filled: the worry came back. Half: how it ended is not "
    "known. Hollow with →: still helping when recorded, so at least this long.  ×2: two alike; marks piled up "
    "share the place of the one at the lower left."
)
MARK_PX = 13
PILE_PX = 15
PILED = 2


@dataclass(frozen=True, kw_only=True)
class _Look:
    """What a mark says by its form: whom, and how the relief ended."""

    symbol: str
    ended: ReliefEnded | None


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """Episodes alike in every way that is drawn, at one place; `right` and `up` are pixels from it."""

    minutes: int
    relief: int
    look: _Look
    episodes: tuple[LoopEpisode, ...]
    right: int
    up: int


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """Pixels of one form of the figure, and the longest time its axis must hold."""

    compact: bool
    longest: int

    @property
    def margin(self) -> dict[str, int]:
        return {"l": 30, "r": 12, "t": 34, "b": 56} if self.compact else {"l": 88, "r": 24, "t": 14, "b": 56}

    @property
    def plot(self) -> tuple[int, int]:
        """Width and height of the panel, roughly: it widens with the page."""
        return (310, 300) if self.compact else (610, 396)

    @property
    def height(self) -> int:
        return self.plot[1] + self.margin["t"] + self.margin["b"]

    @property
    def ends(self) -> tuple[float, float]:
        """The range of the time axis, in its own unit."""
        return minutes_place(0) - 0.1, minutes_place(max(self.longest, MINUTES_IN_DAY)) + 0.16

    def x(self, mark: _Mark) -> float:
        low, high = self.ends
        return minutes_place(mark.minutes) + mark.right * (high - low) / self.plot[0]

    def y(self, mark: _Mark) -> float:
        return mark.relief + mark.up * (HIGHEST_RATING + 1) / self.plot[1]


def loop_chart(
    loop: ReassuranceLoop, palette: Palette, *, compact: bool = False, poor_relief: int | None = None
) -> go.Figure:
    """The figure of `loop`, to be shown with `theme=None`; `compact` is the form for 390 px.

    The time axis is log10(minutes + 4), so that "none" has a place. `poor_relief` is the highest relief that the
    rule in use calls poor, drawn as a line above it. Draws no mark while too few episodes are described.
    """
    marks = _marks(loop)
    frame = _Frame(compact=compact, longest=max((mark.minutes for mark in marks), default=0))
    return go.Figure(
        {
            "data": [_trace(marks, frame, palette)],
            "layout": {
                "template": template_for(palette),
                "height": frame.height,
                "margin": frame.margin,
                "hovermode": "closest",
                "xaxis": _time_axis(frame, palette),
                "yaxis": {"range": [-0.5, HIGHEST_RATING + 0.5], "tickvals": list(range(0, HIGHEST_RATING + 1, 2))},
                "shapes": [*_halves(marks, frame, palette), *_poor_line(poor_relief, palette)],
                "annotations": [*_titles(frame, palette), *_poor_words(poor_relief, palette)],
            },
        }
    )


def _marks(loop: ReassuranceLoop) -> list[_Mark]:
    """The marks by place; those at one place are piled up two high, then to the right."""
    spots: defaultdict[tuple[int, int], defaultdict[_Look, list[LoopEpisode]]] = defaultdict(lambda: defaultdict(list))
    for each in loop.episodes if loop.enough else ():
        minutes, relief = each.told.relief_minutes, each.told.relief
        if minutes is not None and relief is not None:
            symbol = SYMBOLS.get(each.told.whom, OTHER)
            spots[minutes, relief][_Look(symbol=symbol, ended=each.told.ended)].append(each)
    marks = []
    for (minutes, relief), looks in sorted(spots.items()):
        for place, look in enumerate(sorted(looks, key=lambda look: (look.symbol, str(look.ended)))):
            column, level = divmod(place, PILED)
            marks.append(
                _Mark(
                    minutes=minutes,
                    relief=relief,
                    look=look,
                    episodes=tuple(looks[look]),
                    right=column * 2 * PILE_PX,
                    up=level * PILE_PX,
                )
            )
    return marks


def _trace(marks: list[_Mark], frame: _Frame, palette: Palette) -> Trace:
    full = [palette.reassurance if mark.look.ended is ReliefEnded.WORRY_CAME_BACK else palette.paper for mark in marks]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": "episodes",
        "x": places([frame.x(mark) for mark in marks]),
        "y": places([frame.y(mark) for mark in marks]),
        "marker": {
            "symbol": [mark.look.symbol for mark in marks],
            "size": MARK_PX,
            "color": full,
            "opacity": 1,
            "line": {"color": palette.reassurance, "width": 1.8},
        },
        "text": [_beside(mark) for mark in marks],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": palette.reassurance},
        "customdata": [len(mark.episodes) for mark in marks],
        "hovertext": ["<br><br>".join(episode_words(each) for each in mark.episodes) for mark in marks],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _beside(mark: _Mark) -> str:
    arrow = "→" if mark.look.ended is ReliefEnded.STILL_HELPING else ""
    return f"{arrow}×{len(mark.episodes)}" if len(mark.episodes) > 1 else arrow


def _halves(marks: list[_Mark], frame: _Frame, palette: Palette) -> list[dict[str, Any]]:
    """The filled lower halves of marks whose end is not known: no symbol of the library is half filled."""
    return [
        {
            "type": "path",
            "path": _half(mark.look.symbol),
            "xref": "x",
            "yref": "y",
            "xsizemode": "pixel",
            "ysizemode": "pixel",
            "xanchor": frame.x(mark),
            "yanchor": frame.y(mark),
            "fillcolor": palette.reassurance,
            "line": {"width": 0},
            "layer": "above",
        }
        for mark in marks
        if mark.look.ended is None
    ]


def _half(symbol: str) -> str:
    """The lower half of a symbol as a path in pixels around its middle; pixels count upwards."""
    radius = MARK_PX / 2
    corners = {
        "square": [(-radius, 0.0), (radius, 0.0), (radius, -radius), (-radius, -radius)],
        "diamond": [(-1.3 * radius, 0.0), (1.3 * radius, 0.0), (0.0, -1.3 * radius)],
        OTHER: [
            (-0.5 * radius, 0.0),
            (0.5 * radius, 0.0),
            (1.1 * radius, -0.56 * radius),
            (-1.1 * radius, -0.56 * radius),
        ],
        "circle": [(radius * cos(turn * pi / 12), -radius * sin(turn * pi / 12)) for turn in range(13)],
    }[symbol]
    return "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in corners) + "Z"


def _time_axis(frame: _Frame, palette: Palette) -> dict[str, Any]:
    ticks = [*TICKS, *(tick for tick in LONG_TICKS if tick[0] <= max(frame.longest, MINUTES_IN_DAY))]
    label = {minutes: COMPACT_LABELS.get(minutes, words) if frame.compact else words for minutes, words in ticks}
    return {
        "range": list(frame.ends),
        "tickvals": [minutes_place(minutes) for minutes, _ in ticks],
        "ticktext": list(label.values()),
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.edge,
        "showgrid": True,
        "gridcolor": palette.rule,
        "title": {
            "text": "how long the relief lasted" + (" (min, h)" if frame.compact else ""),
            "font": {"size": 13, "color": palette.ink2},
            "standoff": 8,
        },
    }


def _titles(frame: _Frame, palette: Palette) -> list[dict[str, Any]]:
    between = "\u00a0\u00a0" if frame.compact else "<br>"
    small = f"<span style='font-size:13px;color:{palette.ink3}'>"
    text = f"<b>Relief</b>{between}{small}0 none</span>{between}{small}10 worry gone</span>"
    place = {"yanchor": "bottom", "yshift": 4} if frame.compact else {"yanchor": "top", "yshift": 4}
    return [
        {
            "text": text,
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": 1,
            "xshift": -frame.margin["l"],
            "xanchor": "left",
            "align": "left",
            "showarrow": False,
            "borderpad": 0,
            **place,
        }
    ]


def _poor_line(poor_relief: int | None, palette: Palette) -> list[dict[str, Any]]:
    if poor_relief is None:
        return []
    height = poor_relief + 0.5
    ends = {"x0": 0, "x1": 1, "y0": height, "y1": height}
    line = {"color": palette.ink3, "width": 1, "dash": "1px,2px"}
    return [{"type": "line", "xref": "paper", "yref": "y", "line": line, "layer": "below", **ends}]


def _poor_words(poor_relief: int | None, palette: Palette) -> list[dict[str, Any]]:
    if poor_relief is None:
        return []
    text = f"{poor_relief} or less: poor relief"
    font = {"size": 13, "color": palette.ink3}
    place = {"x": 1, "xref": "paper", "xanchor": "right", "y": poor_relief + 0.5, "yanchor": "bottom"}
    return [{"text": text, "font": font, "showarrow": False, "borderpad": 0, **place}]


def minutes_place(minutes: Fraction | int) -> float:
    """Where so many minutes stand on an axis of how long relief lasted: log10(minutes + 4)."""
    return log10(minutes + 4)
