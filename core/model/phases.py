"""What the therapist sets beside the record: the phases of the work, and the smallest difference that was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.errors import InvalidInput
from core.model.days import print_day
from core.model.measures import COUNTS
from core.model.series_findings import Phase
from core.model.text import text_problems

MOST_PHASES = 12
PHASE_LENGTH = 60
MOST_POINTS = 5
PERCENT = range(10, 91)


@dataclass(frozen=True, kw_only=True)
class PhasesSet:
    """The phases that a therapist set, no two on one day."""

    phases: tuple[Phase, ...] = ()

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(_phase_problems(self.phases))


@dataclass(frozen=True, kw_only=True)
class AmountsAgreed:
    """The smallest differences agreed with a client beforehand.

    `points` (1-5) are of a rating 0-10, `percent` (10-90) of the first rate of a count; `None` leaves the default.
    """

    points: int | None = None
    percent: int | None = None

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(_agreed_problems(self.points, self.percent))

    def amount(self, measure: str) -> Fraction | None:
        """What was agreed for `measure`: points, or a part of the first rate of a count."""
        if measure in COUNTS:
            return None if self.percent is None else Fraction(self.percent, 100)
        return None if self.points is None else Fraction(self.points)


def _phase_problems(phases: Sequence[Phase]) -> list[str]:
    found = []
    if len(phases) > MOST_PHASES:
        found.append(f"{len(phases)} phases were given; up to {MOST_PHASES} are kept. Nothing was saved; remove some.")
    for phase in phases:
        found += text_problems("The name of a phase", phase.words, longest=PHASE_LENGTH, needed=True)
    days = [phase.day for phase in phases]
    for day in sorted({day for day in days if days.count(day) > 1}):
        found.append(f"Two phases begin on {print_day(day)}. Nothing was saved; give each a day of its own.")
    return found


def _agreed_problems(points: int | None, percent: int | None) -> list[str]:
    found = []
    if points is not None and not 1 <= points <= MOST_POINTS:
        found.append(f"{points} points were given; 1 to {MOST_POINTS} are taken. Nothing was saved.")
    if percent is not None and percent not in PERCENT:
        found.append(f"{percent} % was given; {PERCENT[0]} to {PERCENT[-1]} % are taken. Nothing was saved.")
    return found
