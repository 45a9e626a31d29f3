"""Small lines for a table of clients, made on the server as pictures: twelve weeks, gaps open."""

from base64 import b64encode
from collections.abc import Sequence

from core.charts.palette import Palette

WIDTH, HEIGHT, MARGIN, BASELINE = 126, 24, 4.0, 21.0
TOP = 3.0


def sparkline_svg(values: Sequence[float | None], *, color: str, palette: Palette, highest: float | None = None) -> str:
    """A data URI of an SVG line of `values`, one a week; nothing is joined over a `None`.

    `highest` is the value at the upper edge: 10 for ratings, so that clients share one scale. Left out, it is
    the highest of the values, at least 1. The last value has a dot, a value with no neighbour a small one.
    Zero lies on the hairline.
    """
    known = [value for value in values if value is not None]
    scale = highest if highest is not None else max([1.0, *known])
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    dots = [
        None if value is None else (MARGIN + step * place, BASELINE - (BASELINE - TOP) * min(value / scale, 1.0))
        for place, value in enumerate(values)
    ]
    runs = _runs(dots)
    lines = "".join(f"M{' L'.join(_at(dot) for dot in run)}" for run in runs if len(run) > 1)
    small = [run[0] for run in runs if len(run) == 1]
    last = runs[-1][-1] if runs else None
    parts = [f'<path d="M{MARGIN} {BASELINE}H{WIDTH - MARGIN}" stroke="{palette.rule}"/>']
    if lines:
        parts.append(f'<path d="{lines}" fill="none" stroke="{color}" stroke-width="1.5" stroke-linejoin="round"/>')
    parts += [_dot(dot, 1.6, color) for dot in small if dot != last]
    if last is not None:
        parts.append(_dot(last, 2.6, color))
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _runs(dots: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = []
    before = False
    for dot in dots:
        if dot is not None:
            if before:
                runs[-1].append(dot)
            else:
                runs.append([dot])
        before = dot is not None
    return runs


def _at(dot: tuple[float, float]) -> str:
    return f"{dot[0]:.1f} {dot[1]:.1f}"


def _dot(dot: tuple[float, float], radius: float, color: str) -> str:
    return f'<circle cx="{dot[0]:.1f}" cy="{dot[1]:.1f}" r="{radius}" fill="{color}"/>'
