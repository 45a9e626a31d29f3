"""Where everything stands on the hero chart: days to x, panels to heights, counts to a printed maximum.

The x axis counts days from the first day in view: day *n* covers *n* to *n + 1*. The fourth y axis
counts pixels downwards, so that marks of the strip keep their shape. Widths in pixels assume the width
given here; in a wider or narrower window marks stretch with the axis and nothing moves.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from core.model.course import Course
from core.model.days import Window

BAR_SHARE = 0.74
WIDEST_BAR_SHARE = 0.045
NARROWEST_BAR_PX = 3.0
TOPS = (2, 4, 6, 8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100)


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Pixels of one form of the chart. `above` is the room over each panel, `row_words` over each strip row."""

    width: int
    left: int
    right: int
    top: int
    anxiety: int
    count: int
    above: int
    row: int
    row_words: int
    square: int
    bottom: int = 42
    marks: int = 16
    words_row: int = 16


WIDE = Sizes(width=734, left=136, right=208, top=12, anxiety=132, count=76, above=22, row=21, row_words=0, square=15)
COMPACT = Sizes(width=324, left=26, right=8, top=26, anxiety=120, count=70, above=42, row=40, row_words=20, square=13)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The geometry of one drawing. `words_rows` is how many lines of words the session lane needs."""

    window: Window
    sizes: Sizes
    rows: int
    words_rows: int
    compact: bool = False
    domains: tuple[tuple[float, float], ...] = field(init=False)
    height: int = field(init=False)

    def __post_init__(self) -> None:
        sizes = self.sizes
        panels = (sizes.anxiety, sizes.count, sizes.count, self.lane_px)
        total = sum(panels) + 2 * sizes.above + 8
        ends, top = [], 0
        for panel, gap in zip(panels, (sizes.above, sizes.above, 8, 0), strict=True):
            ends.append((1 - (top + panel) / total, 1 - top / total))
            top += panel + gap
        object.__setattr__(self, "domains", tuple((max(low, 0.0), high) for low, high in ends))
        object.__setattr__(self, "height", total + sizes.top + sizes.bottom)

    @property
    def px(self) -> float:
        """Pixels a day."""
        return self.sizes.width / self.window.days

    @property
    def words_px(self) -> int:
        """Height of the lane's words."""
        return self.sizes.words_row * self.words_rows

    @property
    def strip_top(self) -> int:
        """Where the rows of the strip begin, in pixels of the fourth axis."""
        return self.words_px + self.sizes.marks + 4

    @property
    def lane_px(self) -> int:
        """Height of the lane and the strip together."""
        return self.strip_top + self.rows * self.sizes.row + 2

    def x(self, day: date) -> int:
        """The left edge of `day`."""
        return day.toordinal() - self.window.start.toordinal()

    def middle(self, days: Window) -> float:
        """The middle of `days`."""
        return (self.x(days.start) + self.x(days.end) + 1) / 2

    def half_width(self, days: int) -> float:
        """Half the width of a bar or square for so many days: a share of them, neither a slab nor a hair."""
        widest = WIDEST_BAR_SHARE * self.window.days
        return max(min(BAR_SHARE * days, widest), NARROWEST_BAR_PX / self.px) / 2

    def square(self, row: int) -> tuple[float, float]:
        """Top and bottom of the squares in `row`, in pixels of the fourth axis."""
        room = self.sizes.row - self.sizes.row_words
        top = self.strip_top + row * self.sizes.row + self.sizes.row_words + (room - self.sizes.square) / 2
        return top, top + self.sizes.square


def frame_for(course: Course, *, rows: int, words_rows: int, compact: bool) -> Frame:
    """The geometry for the days of `course`."""
    sizes = COMPACT if compact else WIDE
    return Frame(window=course.window, sizes=sizes, rows=rows, words_rows=words_rows, compact=compact)


def printed_maximum(highest: Fraction | float) -> int:
    """The smallest even number of the scale that is not below `highest`, so that its half is whole."""
    scale = 1
    while True:
        for top in TOPS:
            if top * scale >= highest:
                return top * scale
        scale *= 10
