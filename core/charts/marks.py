"""The marks and words of answers, states and sessions.

Squares are what was answered, circles are what the rule worked out. A mark never stands without its
word, or without a printed key.
"""

from collections.abc import Mapping
from types import MappingProxyType

from core.model.calendar import SessionStatus
from core.model.check_in import SignAnswer
from core.model.readings import SignState

NOT_ASKED_MARK = "▁"
NOT_ASKED_WORDS = "not asked"
NO_RECORD_MARK = "▨"
NO_RECORD_WORDS = "no record"

ANSWER_MARKS: Mapping[SignAnswer | None, str] = MappingProxyType(
    {
        SignAnswer.OFTEN: "■",
        SignAnswer.SOMETIMES: "⬓",
        SignAnswer.NOT_PRESENT: "□",
        SignAnswer.NO_OCCASION: "◦",
        None: NOT_ASKED_MARK,
    }
)

ANSWER_WORDS: Mapping[SignAnswer | None, str] = MappingProxyType(
    {
        SignAnswer.OFTEN: "often",
        SignAnswer.SOMETIMES: "sometimes",
        SignAnswer.NOT_PRESENT: "not present",
        SignAnswer.NO_OCCASION: "no occasion",
        None: NOT_ASKED_WORDS,
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

STATE_WORDS: Mapping[SignState, str] = MappingProxyType(
    {
        SignState.PRESENT: "Present",
        SignState.WATCH: "Watch",
        SignState.NOT_SEEN: "Not seen",
        SignState.INSUFFICIENT: "Not enough recorded",
    }
)

SESSION_MARKS: Mapping[SessionStatus, str] = MappingProxyType(
    {
        SessionStatus.ATTENDED: "◆",
        SessionStatus.MISSED: "◇",
        SessionStatus.CANCELLED: "×",
    }
)

SESSION_WORDS: Mapping[SessionStatus, str] = MappingProxyType(
    {
        SessionStatus.PLANNED: "planned",
        SessionStatus.ATTENDED: "attended",
        SessionStatus.MISSED: "missed",
        SessionStatus.CANCELLED: "cancelled",
    }
)

MARK_FONT = "Secure Base Marks, Source Sans, sans-serif"
