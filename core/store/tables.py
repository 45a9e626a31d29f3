"""The tables of the practice and its people with their profiles, of the calendar, and the audit trail."""

from sqlalchemy import Boolean, Column, Date, ForeignKeyConstraint, Index, Table, Time, UniqueConstraint, Uuid
from sqlalchemy import PrimaryKeyConstraint as Key

from core.model.access import Role
from core.model.calendar import LONGEST_SESSION_MINUTES, SessionStatus
from core.model.people import EARLIEST_BIRTH_YEAR, PartnerStatus
from core.model.sign_ins import FEWEST_IDLE_MINUTES, MOST_IDLE_MINUTES
from core.store.schema import METADATA, key_columns, one_of, record_key, refers_to, whole
from core.store.slots import Purpose
from core.store.types import UtcDateTime, Words

practice = Table(
    "practice",
    METADATA,
    Column("id", Uuid, nullable=False),
    Column("name", Words, nullable=False),
    Column("zone", Words, nullable=False),
    Column("synthetic", Boolean, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    *whole("idle_minutes", FEWEST_IDLE_MINUTES, MOST_IDLE_MINUTES, optional=True),
    Key("id"),
)

therapist = Table(
    "therapist",
    METADATA,
    *key_columns(),
    Column("name", Words, nullable=False),
    *one_of("role", Role, optional=True),
    Column("ended_at", UtcDateTime),
    record_key(),
    ForeignKeyConstraint(["practice_id"], ["practice.id"]),
)
"""A row without a role is of a practice made before there were roles, and is its owner's."""

client = Table(
    "client",
    METADATA,
    *key_columns(),
    Column("code", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("name_key", Words, nullable=False),
    Column("started_on", Date, nullable=False),
    *whole("birth_year", EARLIEST_BIRTH_YEAR, 9999, optional=True),
    Column("pronouns", Words),
    Column("closed_on", Date),
    Column("start_level_from", Date),
    *whole("revision", 1),
    Column("request_id", Uuid, nullable=False),
    record_key(),
    UniqueConstraint("practice_id", "code"),
    UniqueConstraint("practice_id", "request_id"),
    ForeignKeyConstraint(["practice_id"], ["practice.id"]),
)

care = Table(
    "care",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    *whole("number", 1),
    Column("therapist_id", Uuid, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("given_by", Uuid, nullable=False),
    Key("practice_id", "client_id", "number"),
    refers_to("client", "client_id"),
    refers_to("therapist", "therapist_id"),
    refers_to("therapist", "given_by", name="fk_care_giver"),
)
"""Whose client somebody is from a moment on: the highest number counts, and without any it is the owner."""

share = Table(
    "share",
    METADATA,
    *key_columns(),
    Column("client_id", Uuid, nullable=False),
    Column("therapist_id", Uuid, nullable=False),
    Column("shared_by", Uuid, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    record_key(),
    refers_to("client", "client_id"),
    refers_to("therapist", "therapist_id"),
    refers_to("therapist", "shared_by", name="fk_share_sharer"),
    Index(None, "practice_id", "client_id"),
)

partner_status = Table(
    "partner_status",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("since", Date, nullable=False),
    *one_of("status", PartnerStatus),
    Key("practice_id", "client_id", "since"),
    refers_to("client", "client_id"),
)

session = Table(
    "session",
    METADATA,
    *key_columns(),
    Column("client_id", Uuid, nullable=False),
    *whole("number", 1),
    *whole("revision", 1),
    Column("day", Date, nullable=False),
    Column("starts_at", Time),
    *whole("minutes", 1, LONGEST_SESSION_MINUTES),
    *one_of("status", SessionStatus),
    Column("request_id", Uuid, nullable=False),
    record_key(),
    UniqueConstraint("practice_id", "client_id", "number"),
    UniqueConstraint("practice_id", "client_id", "id"),
    UniqueConstraint("practice_id", "request_id"),
    refers_to("client", "client_id"),
    Index(None, "practice_id", "day"),
)

event = Table(
    "event",
    METADATA,
    *key_columns(),
    Column("client_id", Uuid, nullable=False),
    *whole("number", 1),
    Column("day", Date, nullable=False),
    Column("words", Words, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("request_id", Uuid, nullable=False),
    record_key(),
    UniqueConstraint("practice_id", "client_id", "number"),
    UniqueConstraint("practice_id", "request_id"),
    refers_to("client", "client_id"),
)

profile_block = Table(
    "profile_block",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("kind", Words, nullable=False),
    *whole("version", 1),
    Column("content", Words, nullable=False),
    Column("held_from", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Key("practice_id", "client_id", "kind", "version"),
    refers_to("client", "client_id"),
    refers_to("therapist", "recorded_by"),
)

practice_block = Table(
    "practice_block",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("kind", Words, nullable=False),
    *whole("version", 1),
    Column("content", Words, nullable=False),
    Column("held_from", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Key("practice_id", "kind", "version"),
    ForeignKeyConstraint(["practice_id"], ["practice.id"]),
    refers_to("therapist", "recorded_by"),
)

given_handout = Table(
    "given_handout",
    METADATA,
    *key_columns(),
    Column("client_id", Uuid, nullable=False),
    Column("handout", Words, nullable=False),
    Column("day", Date, nullable=False),
    Column("given_by", Uuid, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("request_id", Uuid, nullable=False),
    record_key(),
    UniqueConstraint("practice_id", "request_id"),
    refers_to("client", "client_id"),
    refers_to("therapist", "given_by"),
    Index(None, "practice_id", "client_id"),
)

sign_in = Table(
    "sign_in",
    METADATA,
    *key_columns(),
    Column("therapist_id", Uuid, nullable=False),
    Column("token_hash", Words, nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("active_at", UtcDateTime, nullable=False),
    Column("locked_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("client_id", Uuid),
    record_key(),
    UniqueConstraint("practice_id", "token_hash"),
    refers_to("therapist", "therapist_id"),
    refers_to("client", "client_id"),
)

secret = Table(
    "secret",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("therapist_id", Uuid, nullable=False),
    *one_of("purpose", Purpose),
    Column("hash", Words, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
    Key("practice_id", "therapist_id", "purpose"),
    refers_to("therapist", "therapist_id"),
)

attempt = Table(
    "attempt",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("label", Words, nullable=False),
    *whole("failed", 0),
    Column("last_at", UtcDateTime, nullable=False),
    Key("practice_id", "label"),
    ForeignKeyConstraint(["practice_id"], ["practice.id"]),
)

second_factor = Table(
    "second_factor",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    Column("therapist_id", Uuid, nullable=False),
    Column("sealed_key", Words, nullable=False),
    *whole("last_step", 0),
    Column("set_at", UtcDateTime, nullable=False),
    Key("practice_id", "therapist_id"),
    refers_to("therapist", "therapist_id"),
)

audit = Table(
    "audit",
    METADATA,
    Column("practice_id", Uuid, nullable=False),
    *whole("sequence", 1),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", Uuid, nullable=False),
    Column("action", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("record_id", Uuid, nullable=False),
    *whole("version", 1),
    Column("detail", Words),
    Column("record_seals", Words),
    Column("seal", Words),
    Key("practice_id", "sequence"),
    refers_to("therapist", "actor_id"),
)
_DETAILED = audit.c.detail.is_not(None)
Index(
    "ix_audit_detailed",
    audit.c.practice_id,
    audit.c.action,
    audit.c.record_id,
    audit.c.sequence,
    sqlite_where=_DETAILED,
    postgresql_where=_DETAILED,
)
