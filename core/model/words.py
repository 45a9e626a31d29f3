"""The words of every fixed choice, written once: screens, charts, sentences and notes all use these.

Each mapping covers every member of its choice; a test walks them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from core.model.access import Role
from core.model.calendar import SessionStatus
from core.model.check_in_parts import CountKind, How, PartOfDay, ReliefEnded, SignAnswer, Source, Whom
from core.model.full_answers import BodySign, Reaction
from core.model.people import PartnerStatus
from core.model.profile_items import HowKnown, OwnMeasureKind
from core.model.prompt_answers import PromptAnswerKind
from core.model.readings import SignState
from core.model.responses import AnsweredBy, Mode, SafetyAction
from core.model.safety_concern import SafetyConcern

NOT_ASKED_WORDS = "not asked"
NO_RECORD_WORDS = "no record"

ANSWER_WORDS: Mapping[SignAnswer | None, str] = MappingProxyType(
    {
        SignAnswer.OFTEN: "often",
        SignAnswer.SOMETIMES: "sometimes",
        SignAnswer.NOT_PRESENT: "not present",
        SignAnswer.NO_OCCASION: "no occasion",
        None: NOT_ASKED_WORDS,
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

SESSION_WORDS: Mapping[SessionStatus, str] = MappingProxyType(
    {
        SessionStatus.PLANNED: "planned",
        SessionStatus.ATTENDED: "attended",
        SessionStatus.MISSED: "missed",
        SessionStatus.CANCELLED: "cancelled",
    }
)

SOURCE_WORDS: Mapping[Source, str] = MappingProxyType(
    {
        Source.CLIENT_IN_SESSION: "client in session",
        Source.CLIENT_DIARY: "client's diary",
        Source.MESSAGE: "message",
        Source.PARTNER_REPORT: "partner's report",
        Source.THERAPIST_VIEW: "therapist's view",
    }
)

COUNT_KIND_WORDS: Mapping[CountKind, str] = MappingProxyType(
    {CountKind.EXACT: "exact", CountKind.ABOUT: "about", CountKind.AT_LEAST: "at least"}
)

PART_OF_DAY_WORDS: Mapping[PartOfDay, str] = MappingProxyType(
    {
        PartOfDay.MORNING: "morning",
        PartOfDay.AFTERNOON: "afternoon",
        PartOfDay.EVENING: "evening",
        PartOfDay.NIGHT: "night",
    }
)

WHOM_WORDS: Mapping[Whom, str] = MappingProxyType(
    {
        Whom.PARTNER: "partner",
        Whom.FRIEND: "friend",
        Whom.FAMILY: "family",
        Whom.COLLEAGUE: "colleague",
        Whom.THERAPIST: "therapist",
        Whom.ONLINE: "online or messages",
        Whom.OTHER: "other",
    }
)

HOW_WORDS: Mapping[How, str] = MappingProxyType(
    {How.ASKED: "asked", How.HINTED: "hinted", How.CHECKED: "checked", How.TESTED: "tested"}
)

ENDED_WORDS: Mapping[ReliefEnded, str] = MappingProxyType(
    {ReliefEnded.WORRY_CAME_BACK: "worry came back", ReliefEnded.STILL_HELPING: "still helping"}
)

PARTNER_WORDS: Mapping[PartnerStatus, str] = MappingProxyType(
    {
        PartnerStatus.PARTNER: "has a partner",
        PartnerStatus.NO_PARTNER: "no partner now",
        PartnerStatus.NOT_RECORDED: "not recorded",
    }
)

SAFETY_ACTION_WORDS: Mapping[SafetyAction, str] = MappingProxyType(
    {
        SafetyAction.REVIEWED_WITH_CLIENT: "reviewed with the client",
        SafetyAction.WILL_REVIEW_NOW: "will review now",
    }
)

REACTION_WORDS: Mapping[Reaction, str] = MappingProxyType(
    {
        Reaction.PANIC: "panic",
        Reaction.ANGER: "anger or outburst",
        Reaction.SHUT_DOWN: "shut down",
        Reaction.QUICK_ACT: "acted at once",
        Reaction.ON_ALERT: "on alert",
    }
)

BODY_SIGN_WORDS: Mapping[BodySign, str] = MappingProxyType(
    {
        BodySign.FAST_HEART: "fast heart",
        BodySign.TIGHT_CHEST: "tight chest",
        BodySign.UNCLEAR_THOUGHTS: "unclear thoughts",
        BodySign.MUSCLE_TENSION: "muscle tension",
        BodySign.STOMACH_ACHE: "stomach ache",
    }
)

ANSWERED_BY_WORDS: Mapping[AnsweredBy, str] = MappingProxyType(
    {AnsweredBy.CLIENT: "client", AnsweredBy.PARTNER: "partner", AnsweredBy.THERAPIST: "therapist"}
)

MODE_WORDS: Mapping[Mode, str] = MappingProxyType(
    {
        Mode.PAPER: "on paper",
        Mode.READ_ALOUD: "read aloud",
        Mode.REMOTE: "by video or phone",
        Mode.OTHER_PROGRAM: "in another program",
    }
)

HOW_KNOWN_WORDS: Mapping[HowKnown, str] = MappingProxyType(
    {
        HowKnown.CLIENT_SAID: "client said",
        HowKnown.FAMILY_OR_PARTNER_SAID: "family or partner said",
        HowKnown.EARLIER_RECORD: "earlier record",
        HowKnown.THERAPIST_VIEW: "therapist's view",
    }
)

OWN_MEASURE_WORDS: Mapping[OwnMeasureKind, str] = MappingProxyType(
    {OwnMeasureKind.RATING: "rating 0 to 10", OwnMeasureKind.COUNT: "times in the period"}
)

SAFETY_CONCERN_WORDS: Mapping[SafetyConcern, str] = MappingProxyType(
    {
        SafetyConcern.NOT_ASKED: NOT_ASKED_WORDS,
        SafetyConcern.NO_CONCERN: "no concern",
        SafetyConcern.CONCERN: "concern",
    }
)

PROMPT_ANSWER_WORDS: Mapping[PromptAnswerKind, str] = MappingProxyType(
    {
        PromptAnswerKind.CONSIDERED: "Considered",
        PromptAnswerKind.DISCUSSED: "Discussed with client",
        PromptAnswerKind.ARRANGED: "Arranged",
        PromptAnswerKind.NOT_RELEVANT: "Not relevant",
    }
)


def known_words(kind: CountKind | None) -> str:
    """What stands before a count: nothing where it is exact, else `about ` or `at least `."""
    return "" if kind in (None, CountKind.EXACT) else f"{COUNT_KIND_WORDS[kind]} "


ROLE_WORDS: Mapping[Role, str] = MappingProxyType(
    {
        Role.OWNER: "owner",
        Role.THERAPIST: "therapist",
        Role.ASSISTANT: "assistant",
        Role.SUPERVISOR: "supervisor",
    }
)
