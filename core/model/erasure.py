"""Why a client is erased, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum


class ErasureReason(StrEnum):
    """The reason that stays in the trail; a choice, so that no word about anybody stays with it."""

    CLIENT_ASKED = "client_asked"
    TIME_IS_OVER = "time_is_over"
    BY_MISTAKE = "by_mistake"


@dataclass(frozen=True, kw_only=True)
class Erased:
    """`code` is the one that the client had. `cleaned` is false where traces may be in the log until closing."""

    code: str
    cleaned: bool
