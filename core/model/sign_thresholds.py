"""The numbers that the signs are worked out by, and who changed which of them when."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from core.errors import InvalidInput
from core.model.days import print_day
from core.model.definitions import SignRule
from core.model.findings import Parameter
from core.model.sign_numbers import SIGN_NUMBERS
from core.model.six_rules import SixRules

_FIXED = frozenset({"id", "version", "label", "threshold_origin"})
_ANSWERS, _SIX = (
    tuple(field.name for field in fields(rule) if field.name not in _FIXED) for rule in (SignRule, SixRules)
)
_SIGN_RULE = TypeAdapter(SignRule)
_SIX_RULES = TypeAdapter(SixRules)


@dataclass(frozen=True, kw_only=True)
class ThresholdChange:
    """One number that a therapist set on a day: for one client, or for all of them (`client_id` is `None`).

    `name` is a field of `SignRule` or `SixRules`.
    """

    name: str
    value: int | float
    day: date
    author: str
    client_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ThresholdsSet:
    """The numbers that were set for one client, or for all; a number that is not among them was not."""

    changes: tuple[ThresholdChange, ...] = ()

    def __post_init__(self) -> None:
        names = [change.name for change in self.changes]
        InvalidInput.unless_empty(
            [] if len(set(names)) == len(names) else ["A number was set twice. Nothing was changed."]
        )


@dataclass(frozen=True, kw_only=True)
class SignThresholds:
    """The numbers in force for one client; `changes` are the ones that are not the project's default, by name."""

    answers: SignRule
    six: SixRules
    changes: tuple[ThresholdChange, ...] = ()

    @property
    def numbers(self) -> dict[str, int | float]:
        """Every number by its name."""
        return {**_numbers(self.answers), **_numbers(self.six)}

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Every number with where it comes from."""
        changed = {change.name: change for change in self.changes}
        return tuple(
            Parameter(name=name, value=value, source=_source(changed.get(name))) for name, value in self.numbers.items()
        )


@dataclass(frozen=True, kw_only=True)
class ThresholdSettings:
    """The numbers as they are shown to be changed, for one client or for all.

    `base` is where a number goes back to: what holds for all, or the project's defaults. `own` is what was set here,
    `version` the one to follow. `stamp` is another one after any change, here or in `base`.
    """

    base: SignThresholds
    in_force: SignThresholds
    own: tuple[ThresholdChange, ...]
    version: int
    stamp: int


def thresholds_in_force(
    defaults: SignThresholds, changes: Iterable[ThresholdChange], client_id: UUID | None
) -> SignThresholds:
    """`defaults` with the changes that hold for a client: the latest of each number, the client's own before all's.

    Of two on one day the one given last holds. They apply to the whole history. `None` is any client without numbers
    of their own. Raises `InvalidInput` for a number that is not there or cannot be.
    """
    holding: dict[str, ThresholdChange] = {}
    concerned = [change for change in changes if change.client_id in (None, client_id)]
    for change in sorted(concerned, key=lambda change: (change.client_id is not None, change.day)):
        holding[change.name] = change
    if not holding:
        return replace(defaults, changes=())
    own = defaults.numbers
    refuse_numbers({name: change.value for name, change in holding.items()})
    kept = {name: change for name, change in holding.items() if change.value != own[name]}
    values = {name: change.value for name, change in kept.items()}
    try:
        return SignThresholds(
            answers=_SIGN_RULE.validate_json(_changed(defaults.answers, values)),
            six=_SIX_RULES.validate_json(_changed(defaults.six, values)),
            changes=tuple(kept[name] for name in sorted(kept)),
        )
    except ValidationError as refused:
        said = refused.errors()[0]["msg"].removeprefix("Value error, ").replace("_", " ")
        raise InvalidInput(f"These numbers do not go together: {said}. Nothing was changed.") from None


def refuse_numbers(numbers: Mapping[str, int | float]) -> None:
    """Raise `InvalidInput` for numbers that the signs' rules do not have, and for those outside their range."""
    unknown = [name for name in numbers if name not in SIGN_NUMBERS]
    found = [f"There is no number {name!r} in the rules of the signs. Nothing was changed." for name in unknown]
    known = {name: value for name, value in numbers.items() if name in SIGN_NUMBERS}
    found += [said for name, value in known.items() if (said := SIGN_NUMBERS[name].problem(value)) is not None]
    InvalidInput.unless_empty(found)


def _numbers(rule: SignRule | SixRules) -> dict[str, int | float]:
    return {name: getattr(rule, name) for name in (_ANSWERS if isinstance(rule, SignRule) else _SIX)}


def _changed(rule: SignRule | SixRules, values: dict[str, int | float]) -> str:
    return json.dumps({name: values.get(name, value) for name, value in asdict(rule).items()})


def _source(change: ThresholdChange | None) -> str:
    return "project default" if change is None else f"changed by {change.author} on {print_day(change.day)}"
