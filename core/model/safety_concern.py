"""Whether there is a present concern about safety: the one question of the profile that changes wording elsewhere."""

from enum import StrEnum


class SafetyConcern(StrEnum):
    """What was answered to the question whether it is safe now."""

    NOT_ASKED = "not_asked"
    NO_CONCERN = "no_concern"
    CONCERN = "concern"
