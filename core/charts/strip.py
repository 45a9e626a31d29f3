"""The strip: one row a sign, a square for each answer, hatch where nobody recorded, the state now at the right."""

from collections import defaultdict

from core.charts.frame import Frame
from core.charts.marks import STATE_MARKS
from core.charts.palette import Palette
from core.charts.paths import Label, Path, Trace, hover_trace, path_trace, places, text_trace
from core.charts.words import ChartWords
from core.model.check_in_parts import SignAnswer
from core.model.course import Course, StripCell
from core.model.days import Window, print_window
from core.model.readings import SignReading, SignState
from core.model.words import ANSWER_WORDS

AXIS = "y4"
DOT_PX = 2.2
SPACE = "\u00a0"


def strip_traces(course: Course, words: ChartWords, frame: Frame, palette: Palette) -> list[Trace]:
    """Hatch, fills, outlines, the states now, and what the pointer reads."""
    fills, outlines = Path(), Path()
    for row, sign in enumerate(words.signs):
        for cell in course.strip.get(sign, ()):
            _draw(cell, row, frame, fills, outlines)
    traces = [_hatch(course, frame, palette)] if course.gaps else []
    if fills:
        looks = {"line": {"width": 0}, "fill": "toself", "fillcolor": palette.ink2}
        traces.append(path_trace(fills, AXIS, "answers full", **looks))
    if outlines:
        looks = {"line": {"width": 1.2, "color": palette.ink2}}
        traces.append(path_trace(outlines, AXIS, "answers outlined", **looks))
    labels = _state_labels(course, words, frame, palette)
    if labels:
        traces.append(text_trace(labels, AXIS, "states", size=14, color=palette.ink))
    points = _read(course, words, frame)
    if points:
        traces.append(hover_trace(points, AXIS, "answers read"))
    return traces


def state_base(reading: SignReading) -> str:
    """What a state rests on: `seen 3 of 4`, `asked 4`; empty where too little is recorded."""
    if reading.state is SignState.INSUFFICIENT:
        return ""
    seen = reading.count(SignAnswer.OFTEN) + reading.count(SignAnswer.SOMETIMES)
    return f"seen {seen} of {reading.asked_check_ins}" if seen else f"asked {reading.asked_check_ins}"


def _draw(cell: StripCell, row: int, frame: Frame, fills: Path, outlines: Path) -> None:
    x, half = frame.middle(cell.days), frame.half_width(cell.days.days)
    top, bottom = frame.square(row)
    if cell.answer is None:
        outlines.line((x - half, bottom), (x + half, bottom))
    elif cell.answer is SignAnswer.NO_OCCASION:
        fills.dot(x, (top + bottom) / 2, DOT_PX / frame.px, DOT_PX)
    else:
        outlines.box(x, half, bottom, top)
        if cell.answer is SignAnswer.OFTEN:
            fills.box(x, half, bottom, top)
        elif cell.answer is SignAnswer.SOMETIMES:
            fills.box(x, half, bottom, (top + bottom) / 2)


def _hatch(course: Course, frame: Frame, palette: Palette) -> Trace:
    """One bar a gap over all rows; where words stand between the rows, one a row and gap."""
    if frame.sizes.row_words:
        rows = [frame.square(row) for row in range(frame.rows)]
    else:
        rows = [(frame.square(0)[0], frame.square(frame.rows - 1)[1])]
    spots = [(gap, top, bottom) for gap in course.gaps for top, bottom in rows]
    return {
        "type": "bar",
        "name": "no record",
        "x": places([frame.middle(gap) for gap, _, _ in spots]),
        "width": places([gap.days for gap, _, _ in spots]),
        "base": places([top for _, top, _ in spots]),
        "y": places([bottom - top for _, top, bottom in spots]),
        "yaxis": AXIS,
        "marker": {
            "color": "rgba(0,0,0,0)",
            "line": {"width": 0},
            "pattern": {"shape": "/", "size": 6, "solidity": 0.22, "fgcolor": palette.hatch, "fillmode": "overlay"},
        },
        "hovertext": [f"no record<br>{print_window(gap)}" for gap, _, _ in spots],
        "hoverinfo": "text",
    }


def _state_labels(course: Course, words: ChartWords, frame: Frame, palette: Palette) -> list[Label]:
    rows = {sign: row for row, sign in enumerate(words.signs)}
    labels = []
    for reading in course.readings:
        if reading.sign not in rows:
            continue
        top, bottom = frame.square(rows[reading.sign])
        text = _state_text(reading, words, palette)
        if frame.compact:
            labels.append(Label(x=frame.window.days, y=top - 10, text=text, at="middle left"))
        else:
            labels.append(Label(x=frame.window.days, y=(top + bottom) / 2, text=SPACE + text, at="middle right"))
    return labels


def _state_text(reading: SignReading, words: ChartWords, palette: Palette) -> str:
    word, base = words.states[reading.state], state_base(reading)
    strong = reading.state in {SignState.PRESENT, SignState.WATCH}
    shown = f"{STATE_MARKS[reading.state]} " + (f"<b>{word}</b>" if strong else word)
    return f"{shown} <span style='color:{palette.ink2}'>({base})</span>" if base else shown


def _read(course: Course, words: ChartWords, frame: Frame) -> list[tuple[float, float, str]]:
    """One text for each run of days with all signs in it, so that the pointer reads a whole column."""
    columns: defaultdict[Window, list[str]] = defaultdict(list)
    for sign, label in words.signs.items():
        for cell in course.strip.get(sign, ()):
            columns[cell.days].append(f"{label}: {ANSWER_WORDS[cell.answer]}")
    height = (frame.square(0)[0] + frame.square(max(frame.rows - 1, 0))[1]) / 2
    return [
        (frame.middle(days), height, "<br>".join([print_window(days), *lines]))
        for days, lines in sorted(columns.items())
    ]
