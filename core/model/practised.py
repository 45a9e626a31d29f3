"""What the client did for security: habits, ways of talking, self-compassion, practices and what protects, by days."""

from dataclasses import dataclass
from fractions import Fraction

from core.model.days import DAYS_IN_WEEK, Window
from core.model.readings import Asked
from core.model.records import RecordRef


@dataclass(frozen=True, kw_only=True)
class DaysPractised:
    """One thing of the catalogue over a window, by the exposure rule.

    `days` is exact (a check-in's days are spread evenly over its period) and out of `observed_days`, the days of the
    check-ins that asked what was practised and know on how many days. `check_ins` named it, of `asked_at` that asked;
    `days_not_asked` of them named it without days. `refs` are the check-ins that named it.
    """

    entry: str
    days: Fraction
    observed_days: int
    check_ins: int
    asked_at: int
    days_not_asked: int
    refs: tuple[RecordRef, ...]

    @property
    def per_week(self) -> Fraction | None:
        """Days in seven observed ones; `None` under 7 observed days."""
        if self.observed_days < DAYS_IN_WEEK:
            return None
        return self.days * DAYS_IN_WEEK / self.observed_days


@dataclass(frozen=True, kw_only=True)
class SecuritySide:
    """Everything that was practised in `window`, by days, most first; what nobody named is not in it.

    `asked` counts the check-ins that asked; `observed_days` are the days they speak of.
    `before` and `asked_before` are the same over as many days before the window, so that no figure stands alone.
    """

    window: Window
    asked: Asked
    observed_days: int
    asked_before: Asked
    practised: tuple[DaysPractised, ...]
    before: tuple[DaysPractised, ...]

    def earlier(self, entry: str) -> DaysPractised | None:
        """The same entry over the days before, or `None` where it was not named then."""
        return next((each for each in self.before if each.entry == entry), None)
