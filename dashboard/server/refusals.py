"""What a refused form comes back with: the sentences of the refusal, and what was typed without its secrets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from core.errors import SecureBaseError, WrongPassphrase

OTHER_LAYOUT: Final = (
    "If you are sure of it: the keyboard may be in another layout, or Caps Lock may be on. Show, beside the field, "
    "lets you see what you type."
)
SECRETS: Final = frozenset({"token", "present", "passphrase", "again", "secret", "code"})
"""The fields that never go back into a page, codes of any kind included."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why a form was refused and what stood in it; nothing of either on a page that is opened anew."""

    problems: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)


def problems_of(error: SecureBaseError) -> tuple[str, ...]:
    """The sentences of a refusal; a passphrase that was not right may only have been typed wrongly."""
    if isinstance(error, WrongPassphrase):
        return str(error), OTHER_LAYOUT
    return error.problems


def without_secrets(form: Mapping[str, str]) -> Mapping[str, str]:
    """What was typed, as far as a page may carry it back."""
    return {name: typed for name, typed in form.items() if name not in SECRETS}
