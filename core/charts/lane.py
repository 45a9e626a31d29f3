"""The lane between panels and strip: marks of sessions, and words for events and for a change of recording."""

from dataclasses import dataclass
from html import escape

from core.charts.frame import COMPACT, WIDE, Frame
from core.charts.palette import Palette
from core.charts.paths import Label, Path, Trace, hover_trace, path_trace, places, text_trace
from core.charts.words import change_words
from core.model.calendar import SessionStatus
from core.model.course import Course, SessionMark
from core.model.days import print_day
from core.model.words import SESSION_WORDS

AXIS = "y4"
LETTER_PX = 6.6
MOST_ROWS = 2
FEWEST_LETTERS = 6
MOST_SESSION_SYMBOLS = 100
SYMBOLS = {
    SessionStatus.ATTENDED: "diamond",
    SessionStatus.MISSED: "diamond-open",
    SessionStatus.CANCELLED: "x-thin-open",
}


@dataclass(frozen=True, kw_only=True)
class Note:
    """Words at a line of the axis: `shown` stands on `row` of the lane (`None`: no room), on that `side`."""

    x: float
    words: str
    shown: str
    row: int | None
    side: str
    event: bool


def notes_of(course: Course, *, events: bool, compact: bool) -> tuple[Note, ...]:
    """Events and changes of recording with their words put where there is room: one of two rows, or cut short.

    What is cut, or finds no room, stays whole for the pointer and in the table. An event stands at the
    middle of its day, a change of recording at the start of its day.
    """
    start = course.window.start.toordinal()
    found = [
        (float(change.day.toordinal() - start), change_words(change, short=compact), False)
        for change in course.recording_changes
    ]
    if events:
        found += [(event.day.toordinal() - start + 0.5, event.words, True) for event in course.events]
    return _placed(sorted(found), course.window.days, COMPACT.width if compact else WIDE.width)


def rows_needed(notes: tuple[Note, ...]) -> int:
    """How many lines of words the lane needs."""
    return max((note.row + 1 for note in notes if note.row is not None), default=0)


def note_traces(notes: tuple[Note, ...], frame: Frame, palette: Palette) -> list[Trace]:
    """The words of the lane and what the pointer reads."""
    shown = [note for note in notes if note.row is not None]
    traces = []
    if shown:
        labels = [
            Label(x=note.x, y=(note.row or 0) * frame.sizes.words_row + 8, text=_spaced(note), at=f"middle {note.side}")
            for note in shown
        ]
        traces.append(text_trace(labels, AXIS, "event words", size=13, color=palette.ink))
    if notes:
        points = [(note.x, 8.0, _wrapped(note.words)) for note in notes]
        traces.append(hover_trace(points, AXIS, "events read"))
    return traces


def note_lines(notes: tuple[Note, ...], frame: Frame, palette: Palette) -> list[Trace]:
    """One shape for all events and one, dashed, for all changes: thin lines from the top of the panels to the strip.

    In the compact form the lines stop for the titles, which stand between the panels there.
    """
    foot = round(frame.domains[3][1] * (1 - frame.strip_top / frame.lane_px), 4)
    parts = [*frame.domains[:3], (foot, frame.domains[3][1])] if frame.compact else [(foot, 1.0)]
    shapes = []
    for event, dash in ((True, "solid"), (False, "dash")):
        at = [note.x for note in notes if note.event is event]
        path = " ".join(f"M{x:.2f},{low:.4f} L{x:.2f},{high:.4f}" for x in at for low, high in parts)
        if path:
            line = {"color": palette.ink3, "width": 1, "dash": dash}
            shapes.append({"type": "path", "path": path, "xref": "x", "yref": "paper", "line": line, "layer": "below"})
    return shapes


def session_traces(course: Course, frame: Frame, palette: Palette) -> list[Trace]:
    """Diamonds and crosses; above 100 sessions the attended ones are short strokes."""
    marks = [mark for mark in course.sessions if mark.status in SYMBOLS]
    if not marks:
        return []
    y = frame.words_px + frame.sizes.marks / 2
    strokes = len(marks) > MOST_SESSION_SYMBOLS
    single = [mark for mark in marks if not (strokes and mark.status is SessionStatus.ATTENDED)]
    traces: list[Trace] = []
    if strokes:
        path = Path()
        for mark in marks:
            if mark.status is SessionStatus.ATTENDED:
                path.line((frame.x(mark.day) + 0.5, y - 4), (frame.x(mark.day) + 0.5, y + 4))
        traces.append(path_trace(path, AXIS, "sessions attended", line={"color": palette.ink3, "width": 1.2}))
        traces.append(hover_trace([_session_point(mark, frame, y) for mark in marks], AXIS, "sessions read"))
    if single:
        traces.append(_symbols(single, frame, palette, y))
    return traces


def _symbols(marks: list[SessionMark], frame: Frame, palette: Palette, y: float) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "sessions",
        "x": places([frame.x(mark.day) + 0.5 for mark in marks]),
        "y": places([y] * len(marks)),
        "yaxis": AXIS,
        "marker": {
            "symbol": [SYMBOLS[mark.status] for mark in marks],
            "size": min(8, max(4, round(5 * frame.px))),
            "color": palette.ink3,
            "line": {"width": 1.2, "color": palette.ink3},
        },
        "hovertext": [_session_point(mark, frame, y)[2] for mark in marks],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _session_point(mark: SessionMark, frame: Frame, y: float) -> tuple[float, float, str]:
    text = f"session {mark.number} {SESSION_WORDS[mark.status]}<br>{print_day(mark.day)}"
    return frame.x(mark.day) + 0.5, y, text


def _placed(found: list[tuple[float, str, bool]], days: int, width: int) -> tuple[Note, ...]:
    px = width / days
    ends = [0.0] * MOST_ROWS
    notes = []
    for place, (x, words, event) in enumerate(found):
        here = x * px
        limit = found[place + MOST_ROWS][0] * px if place + MOST_ROWS < len(found) else width
        tried = [
            (*_sided(words, right=limit - here, left=here - end), row) for row, end in enumerate(ends) if end <= here
        ]
        shown, side, row = max(tried, key=lambda each: len(each[0]), default=("", "right", 0))
        if shown:
            ends[row] = here + (_length(shown) if side == "right" else 2)
        notes.append(Note(x=x, words=words, shown=shown, row=row if shown else None, side=side, event=event))
    return tuple(notes)


def _sided(words: str, *, right: float, left: float) -> tuple[str, str]:
    """The words and their side: right of the line if they fit, else left if that gives more room."""
    if _length(words) <= right or left <= right:
        return _cut(words, right), "right"
    return _cut(words, left), "left"


def _length(words: str) -> float:
    return len(words) * LETTER_PX + 10


def _cut(words: str, room: float) -> str:
    letters = int((room - 10) / LETTER_PX)
    if len(words) <= letters:
        return words
    return words[: letters - 1].rstrip() + "…" if letters >= FEWEST_LETTERS else ""


def _spaced(note: Note) -> str:
    text = escape(note.shown, quote=False)
    return f"\u00a0{text}" if note.side == "right" else f"{text}\u00a0"


def _wrapped(words: str) -> str:
    lines, line = [], ""
    for word in words.split():
        if line and len(line) + len(word) > 38:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "<br>".join(escape(each, quote=False) for each in [*lines, line])
