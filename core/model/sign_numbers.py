"""The numbers of the signs' rules that a therapist can change: what each does, and from where to where it may go.

The ranges are project defaults. They are wide; what a change does is told under the signs wherever they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class SignNumber:
    """One number by its field in `SignRule` or `SixRules`; `low` and `high` are both taken.

    A share is a part of days or episodes, above 0 up to 1; every other number is whole.
    """

    name: str
    does: str
    low: float
    high: float
    share: bool = False

    @property
    def words(self) -> str:
        """Its name as screens and sentences write it."""
        return self.name.replace("_", " ")

    @property
    def allowed(self) -> str:
        """Its range in words: `14 to 84`, `10 to 100 %`."""
        return f"{self.shown(self.low).removesuffix(' %')} to {self.shown(self.high)}"

    def shown(self, value: float) -> str:
        """A value of it in words; shares as `40 %`."""
        return f"{100 * value:g} %" if self.share else f"{value:g}"

    def problem(self, value: float) -> str | None:
        """Why `value` is not taken, or `None`."""
        if self.low <= value <= self.high and (self.share or float(value).is_integer()):
            return None
        return (
            f"For {self.words} {self.shown(value)} was given; {self.allowed} is taken"
            f"{'' if self.share else ', in whole numbers'}. Nothing was changed."
        )


def _whole(name: str, low: int, high: int, does: str) -> SignNumber:
    return SignNumber(name=name, does=does, low=low, high=high)


def _share(name: str, low: float, does: str) -> SignNumber:
    return SignNumber(name=name, does=does, low=low, high=1.0, share=True)


_ALL = (
    _whole("window_days", 14, 84, "days looked back over"),
    _whole("min_asked_days", 7, 84, "asked days needed for a state"),
    _whole("min_check_ins", 2, 12, "check-ins with an answer needed for a state"),
    _whole("present_often_check_ins", 1, 12, "check-ins with “often” for Present"),
    _share("present_share", 0.1, "share of the asked days for Present"),
    _whole("watch_often_check_ins", 1, 12, "check-ins with “often” for Watch"),
    _whole("watch_seen_check_ins", 1, 12, "check-ins with “often” or “sometimes” for Watch"),
    _share("watch_share", 0.1, "share of the asked days for Watch"),
    _whole("reassurance_present_per_week", 1, 70, "asked for reassurance this often a week, for Present"),
    _whole("reassurance_watch_per_week", 1, 70, "asked for reassurance this often a week, for Watch"),
    _whole("poor_relief_episodes", 3, 20, "described episodes needed to speak of relief"),
    _whole("poor_relief_median", 0, 10, "poor relief: a median of this or less"),
    _whole("poor_relief_minutes", 1, 1440, "poor relief: fewer minutes than this"),
    _share("poor_relief_short_share", 0.1, "share of the episodes that are so short, for poor relief"),
    _share("checking_present_share", 0.1, "share of the days with checking, for Present"),
    _share("checking_watch_share", 0.1, "share of the days with checking, for Watch"),
    _whole("jealousy_listed_peak", 1, 10, "anxiety peak that is listed beside panic"),
    _whole("overthinking_watch_per_week", 1, 70, "mind-reading and catastrophizing a week, for Watch"),
    _whole("conflict_present_fights", 1, 28, "fights on one topic in 28 days, for Present"),
    _whole("conflict_present_check_ins", 1, 12, "check-ins that tell of such fights, for Present"),
    _whole("conflict_watch_fights", 1, 28, "fights on one topic in 28 days, for Watch"),
    _whole("confirm_check_ins", 2, 3, "check-ins in a row after which a state moves"),
    _whole("unanswered_days", 14, 84, "days without an answer after which there is not enough recorded"),
    _whole("since_after_days", 7, 84, "first days of a record in which no “since” is said"),
    _whole("eased_shown_days", 7, 365, "days after a step down in which the earlier state is named"),
    _whole("returned_after_days", 7, 365, "days out of Present after which it has returned"),
    _whole("weeks_looked_back", 4, 52, "weeks in which Present is counted"),
    _whole("weeks_needed", 2, 52, "weeks of these that must be known"),
)
SIGN_NUMBERS: Mapping[str, SignNumber] = MappingProxyType({each.name: each for each in _ALL})
