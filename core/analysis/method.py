"""The rules by which a client's record is read, handed in by whoever has the catalogue."""

from dataclasses import dataclass

from core.model.definitions import RateRule, SignRule


@dataclass(frozen=True, kw_only=True)
class Method:
    """What analysis needs to know of the catalogue.

    `signs` are the ids of the warning signs in the order in which screens show them. `kinds` is how many
    kinds of distortion can be counted: a sum over fewer of them is partial.
    """

    sign_rule: SignRule
    rate_rule: RateRule
    signs: tuple[str, ...]
    kinds: int
