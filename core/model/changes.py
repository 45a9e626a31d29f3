"""What the review says of change, in one value: the client's own series, and every questionnaire with its forms."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import force_setattr

from core.model.change import QuestionnaireChange, RuleSetFinding, ScoredDay
from core.model.counts import CountRates
from core.model.days import Window
from core.model.profile import Agreed
from core.model.questionnaire_definitions import Questionnaire
from core.model.records import RecordRef
from core.model.series_findings import Against, ControlChart, OwnChange, Phase, PhaseComparison, Slope


class OwnComparison(Struct, frozen=True, kw_only=True):
    """A client compared with itself, and the check-ins that the two sides of the latest look rest on."""

    change: OwnChange
    now: tuple[RecordRef, ...] = ()
    then: tuple[RecordRef, ...] = ()


class MeasureChanges(Struct, frozen=True, kw_only=True):
    """All that is found in one measure; `slope_window` are the days that the slope was looked for in.

    `rates` are those of a count; a rating has none.
    """

    measure: str
    compared: Mapping[Against, OwnComparison]
    slope: Slope
    slope_window: Window
    phases: tuple[PhaseComparison, ...]
    chart: ControlChart
    rates: CountRates | None = None

    def __post_init__(self) -> None:
        force_setattr(self, "compared", MappingProxyType(dict(self.compared)))

    @property
    def found(self) -> tuple[OwnChange, ...]:
        """Every comparison, in its order."""
        return tuple(each.change for each in self.compared.values())

    def change(self, against: Against) -> OwnChange:
        """The comparison of this kind."""
        return self.compared[against].change


class FormPoint(Struct, frozen=True, kw_only=True):
    """One filled form; `score` is `None` without a score of all items, and `reason` then says why.

    `band` is the published one of the version it was filled in under. A form under another version than the newest is
    not `compared`. `joined` says whether a line may lead to it from the form before: both are scored and compared,
    and no form that was planned in between is missing.
    """

    day: date
    ref: RecordRef
    score: ScoredDay | None
    band: str | None
    compared: bool
    joined: bool
    reason: str | None = None


class FormProgress(Struct, frozen=True, kw_only=True):
    """One total or subscale (`part`) over time: its forms, oldest first, and what they say of change."""

    questionnaire: Questionnaire
    part: str | None
    points: tuple[FormPoint, ...]
    change: QuestionnaireChange

    @property
    def label(self) -> str:
        """The form's short name, with the subscale where it is one."""
        return self.change.label

    @property
    def key(self) -> str:
        """A name for the keys of a page."""
        return f"{self.questionnaire.id}_{self.part or 'total'}"

    @property
    def axis(self) -> tuple[Fraction, Fraction]:
        """The lowest and the highest value."""
        if self.part is None:
            return self.questionnaire.axis
        return self.questionnaire.axis_of(next(each for each in self.questionnaire.subscales if each.id == self.part))


class Changes(Struct, frozen=True, kw_only=True):
    """Everything that is said of change as of `as_of`; `agreed` and `phases` are what the therapist set.

    `rule_set` is `None` where neither of its forms was filled in.
    """

    as_of: date
    measures: tuple[MeasureChanges, ...]
    forms: tuple[FormProgress, ...]
    rule_set: RuleSetFinding | None
    phases: tuple[Phase, ...]
    agreed: Agreed

    def of(self, measure: str) -> MeasureChanges:
        """What is found in one measure."""
        return next(each for each in self.measures if each.measure == measure)
