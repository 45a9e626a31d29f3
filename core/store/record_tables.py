"""The tables of what is recorded about a client: check-ins, questionnaire responses and notes.

A check-in or response is one row that never changes (its number) and one row for each version of
it. Every measure, kind of distortion and sign has its own column: a new one in the catalogue needs
a migration, and blank (NULL) always means not asked. What a client's own lists or the catalogue's
entries name is a mark: a row of its own.
"""

from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Table, UniqueConstraint, Uuid
from sqlalchemy import PrimaryKeyConstraint as Key
from sqlalchemy.schema import SchemaItem

from core.model.check_in_parts import (
    HIGHEST_COUNT,
    HIGHEST_RATING,
    LONGEST_PERIOD_DAYS,
    LONGEST_RELIEF_MINUTES,
    MOST_EPISODES,
    CountKind,
    How,
    PartOfDay,
    ReliefEnded,
    SignAnswer,
    Source,
    Whom,
)
from core.model.full_answers import HIGHEST_CONFLICTS
from core.model.responses import AnsweredBy, Mode, SafetyAction
from core.store.schema import METADATA, key_columns, one_of, record_key, refers_to, whole
from core.store.types import UtcDateTime, Words

DISTORTION_COLUMNS = (
    "cd_mind_reading",
    "cd_catastrophizing",
    "cd_personalization",
    "cd_black_white",
    "cd_emotional_reasoning",
)
SIGN_COLUMNS = (
    "ws_reassurance",
    "ws_checking",
    "ws_panic_jealousy",
    "ws_overthinking",
    "ws_isolation",
    "ws_repeated_conflict",
)
PARTNER_ANSWER_COLUMNS = ("withdrew", "avoided_talks", "avoided_decisions")


class MarkKind(StrEnum):
    """What a mark of a check-in is about; a mark without a subject says that there was none."""

    REACTION = "reaction"
    BODY_SIGN = "body_sign"
    TRIGGER = "trigger"
    PRACTISED = "practised"
    GOAL = "goal"
    OWN_MEASURE = "own_measure"


def _versioned(name: str) -> Table:
    """The unchanging row of a versioned record."""
    return Table(
        name,
        METADATA,
        *key_columns(),
        Column("client_id", Uuid, nullable=False),
        *whole("number", 1),
        Column("request_id", Uuid, nullable=False),
        record_key(),
        UniqueConstraint("practice_id", "client_id", "number"),
        UniqueConstraint("practice_id", "client_id", "id"),
        UniqueConstraint("practice_id", "request_id"),
        refers_to("client", "client_id"),
    )


def _version_of(name: str, *content: SchemaItem) -> Table:
    """The versions of a record: who wrote each of them, when and why, and its content."""
    return Table(
        f"{name}_version",
        METADATA,
        *key_columns(),
        *whole("version", 1),
        Column("client_id", Uuid, nullable=False),
        Column("recorded_at", UtcDateTime, nullable=False),
        Column("recorded_on", Date, nullable=False),
        Column("recorded_by", Uuid, nullable=False),
        Column("reason", Words),
        Column("withdrawn", Boolean, nullable=False),
        *content,
        Key("practice_id", "id", "version"),
        refers_to(name, "client_id", "id", to=("client_id", "id")),
        refers_to("therapist", "recorded_by"),
    )


check_in = _versioned("check_in")

check_in_version = _version_of(
    "check_in",
    Column("period_end", Date, nullable=False),
    *whole("period_days", 1, LONGEST_PERIOD_DAYS),
    *one_of("source", Source),
    *whole("anxiety_average", 0, HIGHEST_RATING, optional=True),
    *whole("anxiety_peak", 0, HIGHEST_RATING, optional=True),
    *whole("reassurance_count", 0, HIGHEST_COUNT, optional=True),
    *one_of("reassurance_count_kind", CountKind, optional=True),
    *whole("distortions_unsorted", 0, HIGHEST_COUNT, optional=True),
    *(part for kind in DISTORTION_COLUMNS for part in whole(kind, 0, HIGHEST_COUNT, optional=True)),
    *(part for sign in SIGN_COLUMNS for part in one_of(sign, SignAnswer, optional=True)),
    Column("client_words", Words),
    Column("note", Words),
    *whole("anxiety_now", 0, HIGHEST_RATING, optional=True),
    *whole("checking_days", 0, LONGEST_PERIOD_DAYS, optional=True),
    *whole("conflicts", 0, HIGHEST_CONFLICTS, optional=True),
    *whole("repeated_conflicts", 0, HIGHEST_CONFLICTS, optional=True),
    Column("conflict_topic", Uuid),
    *(part for name in PARTNER_ANSWER_COLUMNS for part in one_of(name, SignAnswer, optional=True)),
    CheckConstraint("anxiety_average <= anxiety_peak", name="average_within_peak"),
    Index(None, "practice_id", "client_id", "period_end"),
    Index(None, "practice_id", "period_end"),
)

episode = Table(
    "episode",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("check_in_id", Uuid, nullable=False),
    *whole("version", 1),
    *whole("place", 1, MOST_EPISODES),
    Column("day", Date),
    *one_of("part_of_day", PartOfDay, optional=True),
    *one_of("whom", Whom, optional=True),
    *one_of("how", How, optional=True),
    *whole("relief", 0, HIGHEST_RATING, optional=True),
    *whole("relief_minutes", 0, LONGEST_RELIEF_MINUTES, optional=True),
    *one_of("ended", ReliefEnded, optional=True),
    Column("same_worry", Boolean),
    Key("practice_id", "check_in_id", "version", "place"),
    refers_to("check_in_version", "check_in_id", "version", to=("id", "version")),
)

mark = Table(
    "mark",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("check_in_id", Uuid, nullable=False),
    *whole("version", 1),
    *one_of("kind", MarkKind),
    Column("subject", Words, nullable=False),
    *whole("value", 0, HIGHEST_COUNT, optional=True),
    Key("practice_id", "check_in_id", "version", "kind", "subject"),
    refers_to("check_in_version", "check_in_id", "version", to=("id", "version")),
)

response = _versioned("response")

response_version = _version_of(
    "response",
    Column("questionnaire", Words, nullable=False),
    *whole("questionnaire_version", 1),
    Column("day", Date, nullable=False),
    *one_of("answered_by", AnsweredBy, optional=True),
    *one_of("mode", Mode, optional=True),
    Column("language", Words),
    Index(None, "practice_id", "client_id", "day"),
)

answer = Table(
    "answer",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("response_id", Uuid, nullable=False),
    *whole("version", 1),
    *whole("item", 1),
    *whole("value", 0, optional=True),
    Column("not_applicable", Boolean),
    Key("practice_id", "response_id", "version", "item"),
    refers_to("response_version", "response_id", "version", to=("id", "version")),
)

entered_total = Table(
    "entered_total",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("response_id", Uuid, nullable=False),
    *whole("version", 1),
    Column("scale", Words, nullable=False),
    Column("value", Words, nullable=False),
    Key("practice_id", "response_id", "version", "scale"),
    refers_to("response_version", "response_id", "version", to=("id", "version")),
)

safety_review = Table(
    "safety_review",
    METADATA,
    *key_columns(),
    Column("response_id", Uuid, nullable=False),
    *whole("response_version", 1),
    *one_of("action", SafetyAction),
    Column("words", Words, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("written_by", Uuid, nullable=False),
    record_key(),
    refers_to("response_version", "response_id", "response_version", to=("id", "version")),
    refers_to("therapist", "written_by"),
    Index(None, "practice_id", "response_id"),
)

note = Table(
    "note",
    METADATA,
    *key_columns(),
    Column("client_id", Uuid, nullable=False),
    Column("session_id", Uuid, nullable=False),
    *whole("number", 1),
    *whole("revision", 1),
    Column("content", Words, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("saved_by", Uuid, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("signed_at", UtcDateTime),
    Column("signed_by", Uuid),
    Column("signed_name", Words),
    Column("content_hash", Words),
    Column("request_id", Uuid, nullable=False),
    record_key(),
    UniqueConstraint("practice_id", "client_id", "number"),
    UniqueConstraint("practice_id", "request_id"),
    refers_to("session", "client_id", "session_id", to=("client_id", "id")),
    refers_to("therapist", "saved_by", name="fk_note_therapist_saved_by"),
    refers_to("therapist", "signed_by", name="fk_note_therapist_signed_by"),
    CheckConstraint(
        "(signed_at IS NULL AND signed_by IS NULL AND signed_name IS NULL AND content_hash IS NULL) OR "
        "(signed_at IS NOT NULL AND signed_by IS NOT NULL AND signed_name IS NOT NULL AND length(content_hash) = 64)",
        name="signed_whole",
    ),
    CheckConstraint("signed_at IS NULL OR NOT withdrawn", name="signed_stays"),
)

draft_words = Table(
    "draft_words",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("note_id", Uuid, nullable=False),
    Column("section", Words, nullable=False),
    *whole("revision", 1),
    Column("words", Words, nullable=False),
    Column("window_id", Uuid),
    *whole("sent", 0),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("saved_by", Uuid, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    Key("practice_id", "note_id", "section"),
    refers_to("note", "note_id"),
    refers_to("therapist", "saved_by"),
)

addendum = Table(
    "addendum",
    METADATA,
    *key_columns(),
    Column("note_id", Uuid, nullable=False),
    Column("words", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("written_by", Uuid, nullable=False),
    Column("request_id", Uuid, nullable=False),
    record_key(),
    UniqueConstraint("practice_id", "request_id"),
    refers_to("note", "note_id"),
    refers_to("therapist", "written_by"),
    Index(None, "practice_id", "note_id"),
)

APPEND_ONLY = (
    check_in,
    check_in_version,
    episode,
    mark,
    response,
    response_version,
    answer,
    entered_total,
    safety_review,
    addendum,
)
