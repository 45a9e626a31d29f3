"""The numbers that the signs are worked out by, and who changed which of them when."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from core.errors import InvalidInput
from core.model.days import print_day
from core.model.definitions import SignRule
from core.model.findings import Parameter
from core.model.six_rules import SixRules

SHORTEST_WINDOW_DAYS = 14
LONGEST_WINDOW_DAYS = 84
_FIXED = frozenset({"id", "version", "label", "threshold_origin"})
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
class SignThresholds:
    """The numbers in force for one client; `changes` are the ones that are not the project's default, by name."""

    answers: SignRule
    six: SixRules
    changes: tuple[ThresholdChange, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Every number with where it comes from."""
        changed = {change.name: change for change in self.changes}
        numbers = {**_numbers(self.answers), **_numbers(self.six)}
        return tuple(
            Parameter(name=name, value=value, source=_source(changed.get(name))) for name, value in numbers.items()
        )


def thresholds_in_force(
    defaults: SignThresholds, changes: Iterable[ThresholdChange], client_id: UUID
) -> SignThresholds:
    """`defaults` with the changes that hold for a client: the latest of each number, the client's own before all's.

    Of two on one day the one given last holds. They apply to the whole history. Raises `InvalidInput` for a number
    that is not there or cannot be.
    """
    holding: dict[str, ThresholdChange] = {}
    concerned = [change for change in changes if change.client_id in (None, client_id)]
    for change in sorted(concerned, key=lambda change: (change.client_id is not None, change.day)):
        holding[change.name] = change
    own = {**_numbers(defaults.answers), **_numbers(defaults.six)}
    _refuse_unknown(holding, own)
    kept = {name: change for name, change in holding.items() if change.value != own[name]}
    values = {name: change.value for name, change in kept.items()}
    try:
        return SignThresholds(
            answers=_SIGN_RULE.validate_json(_changed(defaults.answers, values)),
            six=_SIX_RULES.validate_json(_changed(defaults.six, values)),
            changes=tuple(kept[name] for name in sorted(kept)),
        )
    except ValidationError as refused:
        first = refused.errors()[0]
        where = ", ".join(str(part) for part in first["loc"]) or "the numbers together"
        raise InvalidInput(f"{where}: {first['msg']}. Nothing was changed.") from None


def _numbers(rule: SignRule | SixRules) -> dict[str, int | float]:
    return {field.name: getattr(rule, field.name) for field in fields(rule) if field.name not in _FIXED}


def _changed(rule: SignRule | SixRules, values: dict[str, int | float]) -> str:
    return json.dumps({name: values.get(name, value) for name, value in asdict(rule).items()})


def _refuse_unknown(holding: dict[str, ThresholdChange], own: dict[str, int | float]) -> None:
    InvalidInput.unless_empty(
        f"There is no number {name!r} in the rules of the signs. Nothing was changed."
        for name in holding
        if name not in own
    )
    window = holding.get("window_days")
    if window is not None and not SHORTEST_WINDOW_DAYS <= window.value <= LONGEST_WINDOW_DAYS:
        raise InvalidInput(
            f"A window of {window.value} days was given; {SHORTEST_WINDOW_DAYS} to {LONGEST_WINDOW_DAYS} days are "
            "taken. Nothing was changed."
        )


def _source(change: ThresholdChange | None) -> str:
    return "project default" if change is None else f"changed by {change.author} on {print_day(change.day)}"
