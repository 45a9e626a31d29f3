"""The day grid: one row for each day, a tick for each described episode, a bar for as long as its relief lasted.

A row runs from one morning to the next. Only the part of a day is recorded, so that marks of one part are set evenly
within it; a bar that reaches into the next morning goes on in the next row.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from core.charts.hero import template_for
from core.charts.loop_words import episode_words
from core.charts.marks import NOT_ASKED_MARK
from core.charts.palette import Palette
from core.charts.paths import Label, Path, Trace, hover_trace, path_trace, places, text_trace
from core.model.check_in_parts import PartOfDay, ReliefEnded
from core.model.days import Window, print_day_short, print_window
from core.model.durations import MINUTES_IN_DAY
from core.model.reassurance import LoopEpisode, ReassuranceLoop
from core.model.words import PART_OF_DAY_WORDS

KEY = (
    "| asked, in that part of the day. Bar: how long relief lasted (filled: the worry came back, pale: how it ended is "
    "not known, hollow with →: still helping). At the right: how many have no time of day; 0: asked, none; "
    "▁ not asked. Hatched: no record. An empty row has nothing described, which is not the same as none."
)
PARTS = tuple(PartOfDay)
PART_MINUTES = MINUTES_IN_DAY // len(PARTS)
ROW_PX = 16
TICK, BAR = 0.36, 0.12  # half heights, as parts of a row
LANES = (0.0, -0.26, 0.26)
MONDAY = 0


@dataclass(frozen=True, kw_only=True)
class _Bar:
    """The part of an episode's bar that lies in one row; `last` where it ends there."""

    row: int
    start: float
    end: float
    ended: ReliefEnded | None
    last: bool


def day_grid(loop: ReassuranceLoop, palette: Palette, *, compact: bool = False) -> go.Figure:
    """The figure of the days of `loop`, oldest day on top, to be shown with `theme=None`.

    Draws no episode while too few are described.
    """
    starts = _starts(loop)
    margin = {"l": 62 if compact else 92, "r": 34, "t": 24, "b": 8}
    return go.Figure(
        {
            "data": _traces(loop, starts, palette),
            "layout": {
                "template": template_for(palette),
                "height": loop.window.days * ROW_PX + margin["t"] + margin["b"],
                "margin": margin,
                "hovermode": "closest",
                "xaxis": _part_axis(palette),
                "yaxis": _day_axis(loop.window, palette, compact=compact),
                "shapes": _lines(loop.window, palette),
            },
        }
    )


def grid_days(loop: ReassuranceLoop) -> dict[date, int]:
    """How many described episodes of each day have no part of the day: the numbers at the right."""
    if not loop.enough:
        return {}
    untimed = (each.told.day for each in loop.episodes if each.told.part_of_day is None)
    return dict(Counter(day for day in untimed if day is not None))


def _starts(loop: ReassuranceLoop) -> list[tuple[LoopEpisode, int, float]]:
    """Each episode with a time of day, its row, and its minute of the row: those of one part spread evenly."""
    groups: defaultdict[tuple[int, int], list[LoopEpisode]] = defaultdict(list)
    for each in loop.episodes if loop.enough else ():
        day, part = each.told.day, each.told.part_of_day
        if day is not None and part is not None:
            groups[(day - loop.window.start).days, PARTS.index(part)].append(each)
    return [
        (each, row, PART_MINUTES * (part + (place + 1) / (len(group) + 1)))
        for (row, part), group in sorted(groups.items())
        for place, each in enumerate(group)
    ]


def _traces(loop: ReassuranceLoop, starts: list[tuple[LoopEpisode, int, float]], palette: Palette) -> list[Trace]:
    ticks = Path()
    for _, row, start in starts:
        ticks.line((start, row + 0.5 - TICK), (start, row + 0.5 + TICK))
    traces = [_frame_trace(loop.window), *_hatch(loop, palette), *_bar_traces(loop, starts, palette)]
    if ticks:
        traces.append(path_trace(ticks, "y", "asked", line={"color": palette.ink, "width": 2}))
    labels = _right_labels(loop)
    if labels:
        traces.append(text_trace(labels, "y", "no time of day", size=12, color=palette.ink2))
    if starts:
        points = [(start, row + 0.5, episode_words(each)) for each, row, start in starts]
        traces.append(hover_trace(points, "y", "episodes read"))
    return traces


def _frame_trace(window: Window) -> Trace:
    """Keeps the axes where nothing else is drawn."""
    return text_trace([Label(x=0, y=window.days / 2, text="")], "y", "frame", size=12, color="#000000")


def _bar_traces(loop: ReassuranceLoop, starts: list[tuple[LoopEpisode, int, float]], palette: Palette) -> list[Trace]:
    looks: dict[ReliefEnded | None, tuple[str, str | None]] = {
        ReliefEnded.WORRY_CAME_BACK: ("worry came back", palette.reassurance),
        None: ("end not known", palette.reassurance_pale),
        ReliefEnded.STILL_HELPING: ("still helping", palette.paper),
    }
    bars = _in_lanes(bar for each, row, start in starts for bar in _bars(each, row, start, loop.window.days))
    traces, arrows = [], []
    for ended, (name, inside) in looks.items():
        path = Path()
        for bar, lane in bars:
            if bar.ended is ended:
                middle = bar.row + 0.5 + LANES[lane]
                path.box((bar.start + bar.end) / 2, (bar.end - bar.start) / 2, middle - BAR, middle + BAR)
                if bar.last and ended is ReliefEnded.STILL_HELPING:
                    arrows.append(Label(x=bar.end, y=middle, text="→", at="middle right"))
        if path:
            line = {"color": palette.reassurance, "width": 1}
            traces.append(path_trace(path, "y", name, line=line, fill="toself", fillcolor=inside))
    if arrows:
        traces.append(text_trace(arrows, "y", "at least", size=12, color=palette.reassurance))
    return traces


def _bars(each: LoopEpisode, row: int, start: float, rows: int) -> list[_Bar]:
    """The bar of one episode, cut at each morning and at the end of the grid."""
    left, found = float(each.told.relief_minutes or 0), []
    while left > 0 and row < rows:
        end = min(start + left, MINUTES_IN_DAY)
        left -= end - start
        found.append(_Bar(row=row, start=start, end=end, ended=each.told.ended, last=left <= 0))
        row, start = row + 1, 0.0
    return found


def _in_lanes(bars: Iterable[_Bar]) -> list[tuple[_Bar, int]]:
    """Bars of a row that overlap get a lane each; where there are more than lanes, the last one is shared."""
    free_from: defaultdict[int, list[float]] = defaultdict(lambda: [0.0] * len(LANES))
    placed = []
    for bar in sorted(bars, key=lambda bar: (bar.row, bar.start, bar.end)):
        lanes = free_from[bar.row]
        lane = next((lane for lane, free in enumerate(lanes) if free <= bar.start), len(LANES) - 1)
        lanes[lane] = max(lanes[lane], bar.end)
        placed.append((bar, lane))
    return placed


def _hatch(loop: ReassuranceLoop, palette: Palette) -> list[Trace]:
    """One hatched bar for each run of days that no check-in covers."""
    runs = _runs(loop.days.no_record)
    if not runs:
        return []
    pattern = {"shape": "/", "size": 6, "solidity": 0.22, "fgcolor": palette.hatch, "fillmode": "overlay"}
    return [
        {
            "type": "bar",
            "name": "no record",
            "x": places([MINUTES_IN_DAY / 2] * len(runs)),
            "width": places([MINUTES_IN_DAY] * len(runs)),
            "base": places([(run.start - loop.window.start).days for run in runs]),
            "y": places([run.days for run in runs]),
            "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 0}, "pattern": pattern},
            "hovertext": [f"no record<br>{print_window(run)}" for run in runs],
            "hoverinfo": "text",
        }
    ]


def _runs(days: Iterable[date]) -> list[Window]:
    runs: list[Window] = []
    for day in days:
        if runs and runs[-1].end + timedelta(days=1) == day:
            runs[-1] = Window(runs[-1].start, day)
        else:
            runs.append(Window(day, day))
    return runs


def _right_labels(loop: ReassuranceLoop) -> list[Label]:
    texts = {day: str(number) for day, number in grid_days(loop).items()}
    texts |= dict.fromkeys(loop.days.none_asked, "0") | dict.fromkeys(loop.days.not_asked, NOT_ASKED_MARK)
    return [
        Label(x=MINUTES_IN_DAY, y=(day - loop.window.start).days + 0.5, text=f"\u00a0{text}", at="middle right")
        for day, text in sorted(texts.items())
    ]


def _part_axis(palette: Palette) -> dict[str, Any]:
    return {
        "range": [0, MINUTES_IN_DAY],
        "side": "top",
        "tickvals": [PART_MINUTES * (place + 0.5) for place in range(len(PARTS))],
        "ticktext": [PART_OF_DAY_WORDS[part] for part in PARTS],
        "showline": False,
        "tickfont": {"color": palette.ink3, "size": 13},
    }


def _day_axis(window: Window, palette: Palette, *, compact: bool) -> dict[str, Any]:
    names = [print_day_short(day) if compact else f"{day:%a} {print_day_short(day)}" for day in window]
    return {
        "range": [window.days, 0],
        "tickvals": [row + 0.5 for row in range(window.days)],
        "ticktext": names,
        "showgrid": False,
        "tickfont": {"color": palette.ink3, "size": 12},
    }


def _lines(window: Window, palette: Palette) -> list[dict[str, Any]]:
    """Hairlines over each Monday and between the parts of the day."""
    line = {"type": "line", "layer": "below", "line": {"color": palette.rule, "width": 1}}
    mondays = [row for row, day in enumerate(window) if day.weekday() == MONDAY or not row]
    across = [line | {"x0": 0, "x1": MINUTES_IN_DAY, "y0": row, "y1": row} for row in [*mondays, window.days]]
    parts = [PART_MINUTES * place for place in range(len(PARTS) + 1)]
    return [*across, *(line | {"x0": place, "x1": place, "y0": 0, "y1": window.days} for place in parts)]
