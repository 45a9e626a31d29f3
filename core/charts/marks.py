"""The marks of answers, states and sessions; their words stand in `core.model.words`.

Squares are what was answered, circles are what the rule worked out. A mark never stands without its
word, or without a printed key.
"""

from collections.abc import Mapping
from types import MappingProxyType

from core.model.calendar import SessionStatus
from core.model.check_in_parts import SignAnswer
from core.model.readings import SignState

NOT_ASKED_MARK = "▁"
NO_RECORD_MARK = "▨"

ANSWER_MARKS: Mapping[SignAnswer | None, str] = MappingProxyType(
    {
        SignAnswer.OFTEN: "■",
        SignAnswer.SOMETIMES: "⬓",
        SignAnswer.NOT_PRESENT: "□",
        SignAnswer.NO_OCCASION: "◦",
        None: NOT_ASKED_MARK,
    }
)

STATE_MARKS: Mapping[SignState, str] = MappingProxyType(
    {
        SignState.PRESENT: "●",
        SignState.WATCH: "◐",
        SignState.NOT_SEEN: "○",
        SignState.INSUFFICIENT: "◌",
    }
)

SESSION_MARKS: Mapping[SessionStatus, str] = MappingProxyType(
    {
        SessionStatus.ATTENDED: "◆",
        SessionStatus.MISSED: "◇",
        SessionStatus.CANCELLED: "×",
    }
)

MARK_FONT = "Secure Base Marks, Source Sans, sans-serif"
