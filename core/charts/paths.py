"""Many shapes as one line of points: shapes are parted by NaN, so that nothing joins two of them.

A figure draws such a line as one element, where a shape each would be one element each. Places are
sent as single-precision arrays, which is a third of their length as text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

Trace = dict[str, Any]


@dataclass
class Path:
    """Points of one line, grown shape by shape."""

    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.xs)

    def line(self, *points: tuple[float, float]) -> None:
        """Add an open line through `points`, apart from what was there."""
        if self.xs:
            self.xs.append(nan)
            self.ys.append(nan)
        for x, y in points:
            self.xs.append(x)
            self.ys.append(y)

    def box(self, x: float, half_width: float, low: float, high: float) -> None:
        """Add a closed rectangle around `x`."""
        left, right = x - half_width, x + half_width
        apart = [nan] if self.xs else []
        self.xs += [*apart, left, left, right, right, left]
        self.ys += [*apart, low, high, high, low, low]

    def dot(self, x: float, y: float, radius_x: float, radius_y: float) -> None:
        """Add a closed octagon."""
        near = 0.414
        turn = ((1, near), (near, 1), (-near, 1), (-1, near), (-1, -near), (-near, -1), (near, -1), (1, -near))
        points = [(x + radius_x * across, y + radius_y * up) for across, up in turn]
        self.line(*points, points[0])


def places(values: Sequence[float]) -> NDArray[np.float32]:
    """Places along an axis as they are sent."""
    return np.array(values, dtype=np.float32)


def path_trace(path: Path, axis: str, name: str, **looks: Any) -> Trace:
    """A trace that draws `path` on the y axis `axis` and answers no pointer; `looks` are the trace's own keys."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": places(path.xs),
        "y": places(path.ys),
        "yaxis": axis,
        "hoverinfo": "skip",
        "connectgaps": False,
        "cliponaxis": False,
        **looks,
    }


def hover_trace(points: list[tuple[float, float, str]], axis: str, name: str) -> Trace:
    """A trace that draws nothing and shows a text at each of `points` (x, y, text)."""
    return {
        "type": "scatter",
        "mode": "none",
        "name": name,
        "x": places([x for x, _, _ in points]),
        "y": places([y for _, y, _ in points]),
        "yaxis": axis,
        "hovertext": [text for _, _, text in points],
        "hoverinfo": "text",
    }


@dataclass(frozen=True, kw_only=True)
class Label:
    """A text at a place; `at` is plotly's word for the side of the place it stands on."""

    x: float
    y: float
    text: str
    at: str = "top center"


def text_trace(labels: list[Label], axis: str, name: str, *, size: int, color: str) -> Trace:
    """A trace of words; they may stand outside the panel."""
    return {
        "type": "scatter",
        "mode": "text",
        "name": name,
        "x": places([label.x for label in labels]),
        "y": places([label.y for label in labels]),
        "text": [label.text for label in labels],
        "textposition": [label.at for label in labels],
        "textfont": {"size": size, "color": color},
        "yaxis": axis,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
