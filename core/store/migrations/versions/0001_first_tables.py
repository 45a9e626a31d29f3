"""The first tables: practice, clients, calendar, check-ins, responses, notes and the audit trail.

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "practice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    op.create_table(
        "client",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("pronouns", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("start_level_from", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("birth_year BETWEEN 1900 AND 9999", name=op.f("ck_client_birth_year")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_client_revision")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_client_practice")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_client")),
        sa.UniqueConstraint("practice_id", "code", name=op.f("uq_client_practice_id_code")),
        sa.UniqueConstraint("practice_id", "request_id", name=op.f("uq_client_practice_id_request_id")),
    )
    op.create_table(
        "therapist",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_therapist_practice")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_therapist")),
    )
    op.create_table(
        "audit",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "action IN ('set_up', 'add', 'change', 'close', 'reopen', 'partner_status', 'start_level', "
            "'correct', 'withdraw', 'review_safety', 'save_draft', 'sign', 'add_addendum')",
            name=op.f("ck_audit_action"),
        ),
        sa.CheckConstraint(
            "subject IN ('practice', 'client', 'session', 'event', 'check_in', 'response', 'note')",
            name=op.f("ck_audit_subject"),
        ),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_audit_sequence")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_audit_version")),
        sa.ForeignKeyConstraint(
            ["practice_id", "actor_id"], ["therapist.practice_id", "therapist.id"], name=op.f("fk_audit_therapist")
        ),
        sa.PrimaryKeyConstraint("practice_id", "sequence", name=op.f("pk_audit")),
    )
    op.create_table(
        "check_in",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_check_in_number")),
        sa.ForeignKeyConstraint(
            ["practice_id", "client_id"], ["client.practice_id", "client.id"], name=op.f("fk_check_in_client")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("practice_id", "client_id", "id", name=op.f("uq_check_in_practice_id_client_id_id")),
        sa.UniqueConstraint(
            "practice_id", "client_id", "number", name=op.f("uq_check_in_practice_id_client_id_number")
        ),
        sa.UniqueConstraint("practice_id", "request_id", name=op.f("uq_check_in_practice_id_request_id")),
    )
    op.create_table(
        "event",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_event_number")),
        sa.ForeignKeyConstraint(
            ["practice_id", "client_id"], ["client.practice_id", "client.id"], name=op.f("fk_event_client")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_event")),
        sa.UniqueConstraint("practice_id", "client_id", "number", name=op.f("uq_event_practice_id_client_id_number")),
        sa.UniqueConstraint("practice_id", "request_id", name=op.f("uq_event_practice_id_request_id")),
    )
    op.create_table(
        "partner_status",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('partner', 'no_partner', 'not_recorded')", name=op.f("ck_partner_status_status")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "client_id"], ["client.practice_id", "client.id"], name=op.f("fk_partner_status_client")
        ),
        sa.PrimaryKeyConstraint("practice_id", "client_id", "since", name=op.f("pk_partner_status")),
    )
    op.create_table(
        "response",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_response_number")),
        sa.ForeignKeyConstraint(
            ["practice_id", "client_id"], ["client.practice_id", "client.id"], name=op.f("fk_response_client")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_response")),
        sa.UniqueConstraint("practice_id", "client_id", "id", name=op.f("uq_response_practice_id_client_id_id")),
        sa.UniqueConstraint(
            "practice_id", "client_id", "number", name=op.f("uq_response_practice_id_client_id_number")
        ),
        sa.UniqueConstraint("practice_id", "request_id", name=op.f("uq_response_practice_id_request_id")),
    )
    op.create_table(
        "session",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("status IN ('planned', 'attended', 'missed', 'cancelled')", name=op.f("ck_session_status")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 480", name=op.f("ck_session_minutes")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_session_number")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_session_revision")),
        sa.ForeignKeyConstraint(
            ["practice_id", "client_id"], ["client.practice_id", "client.id"], name=op.f("fk_session_client")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_session")),
        sa.UniqueConstraint("practice_id", "client_id", "id", name=op.f("uq_session_practice_id_client_id_id")),
        sa.UniqueConstraint("practice_id", "client_id", "number", name=op.f("uq_session_practice_id_client_id_number")),
        sa.UniqueConstraint("practice_id", "request_id", name=op.f("uq_session_practice_id_request_id")),
    )
    op.create_index(op.f("ix_session_practice_id_day"), "session", ["practice_id", "day"], unique=False)
    op.create_table(
        "check_in_version",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("period_days", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("anxiety_average", sa.Integer(), nullable=True),
        sa.Column("anxiety_peak", sa.Integer(), nullable=True),
        sa.Column("reassurance_count", sa.Integer(), nullable=True),
        sa.Column("reassurance_count_kind", sa.Text(), nullable=True),
        sa.Column("distortions_unsorted", sa.Integer(), nullable=True),
        sa.Column("cd_mind_reading", sa.Integer(), nullable=True),
        sa.Column("cd_catastrophizing", sa.Integer(), nullable=True),
        sa.Column("cd_personalization", sa.Integer(), nullable=True),
        sa.Column("cd_black_white", sa.Integer(), nullable=True),
        sa.Column("cd_emotional_reasoning", sa.Integer(), nullable=True),
        sa.Column("ws_reassurance", sa.Text(), nullable=True),
        sa.Column("ws_checking", sa.Text(), nullable=True),
        sa.Column("ws_panic_jealousy", sa.Text(), nullable=True),
        sa.Column("ws_overthinking", sa.Text(), nullable=True),
        sa.Column("ws_isolation", sa.Text(), nullable=True),
        sa.Column("ws_repeated_conflict", sa.Text(), nullable=True),
        sa.Column("client_words", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "reassurance_count_kind IN ('exact', 'about', 'at_least')",
            name=op.f("ck_check_in_version_reassurance_count_kind"),
        ),
        sa.CheckConstraint(
            "source IN ('client_in_session', 'client_diary', 'message', 'partner_report', 'therapist_view')",
            name=op.f("ck_check_in_version_source"),
        ),
        sa.CheckConstraint(
            "ws_checking IN ('often', 'sometimes', 'not_present', 'no_occasion')",
            name=op.f("ck_check_in_version_ws_checking"),
        ),
        sa.CheckConstraint(
            "ws_isolation IN ('often', 'sometimes', 'not_present', 'no_occasion')",
            name=op.f("ck_check_in_version_ws_isolation"),
        ),
        sa.CheckConstraint(
            "ws_overthinking IN ('often', 'sometimes', 'not_present', 'no_occasion')",
            name=op.f("ck_check_in_version_ws_overthinking"),
        ),
        sa.CheckConstraint(
            "ws_panic_jealousy IN ('often', 'sometimes', 'not_present', 'no_occasion')",
            name=op.f("ck_check_in_version_ws_panic_jealousy"),
        ),
        sa.CheckConstraint(
            "ws_reassurance IN ('often', 'sometimes', 'not_present', 'no_occasion')",
            name=op.f("ck_check_in_version_ws_reassurance"),
        ),
        sa.CheckConstraint(
            "ws_repeated_conflict IN ('often', 'sometimes', 'not_present', 'no_occasion')",
            name=op.f("ck_check_in_version_ws_repeated_conflict"),
        ),
        sa.CheckConstraint("anxiety_average <= anxiety_peak", name=op.f("ck_check_in_version_average_within_peak")),
        sa.CheckConstraint("anxiety_average BETWEEN 0 AND 10", name=op.f("ck_check_in_version_anxiety_average")),
        sa.CheckConstraint("anxiety_peak BETWEEN 0 AND 10", name=op.f("ck_check_in_version_anxiety_peak")),
        sa.CheckConstraint("cd_black_white BETWEEN 0 AND 300", name=op.f("ck_check_in_version_cd_black_white")),
        sa.CheckConstraint("cd_catastrophizing BETWEEN 0 AND 300", name=op.f("ck_check_in_version_cd_catastrophizing")),
        sa.CheckConstraint(
            "cd_emotional_reasoning BETWEEN 0 AND 300", name=op.f("ck_check_in_version_cd_emotional_reasoning")
        ),
        sa.CheckConstraint("cd_mind_reading BETWEEN 0 AND 300", name=op.f("ck_check_in_version_cd_mind_reading")),
        sa.CheckConstraint("cd_personalization BETWEEN 0 AND 300", name=op.f("ck_check_in_version_cd_personalization")),
        sa.CheckConstraint(
            "distortions_unsorted BETWEEN 0 AND 300", name=op.f("ck_check_in_version_distortions_unsorted")
        ),
        sa.CheckConstraint("period_days BETWEEN 1 AND 31", name=op.f("ck_check_in_version_period_days")),
        sa.CheckConstraint("reassurance_count BETWEEN 0 AND 300", name=op.f("ck_check_in_version_reassurance_count")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_check_in_version_version")),
        sa.ForeignKeyConstraint(
            ["practice_id", "client_id", "id"],
            ["check_in.practice_id", "check_in.client_id", "check_in.id"],
            name=op.f("fk_check_in_version_check_in"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "recorded_by"],
            ["therapist.practice_id", "therapist.id"],
            name=op.f("fk_check_in_version_therapist"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", "version", name=op.f("pk_check_in_version")),
    )
    op.create_index(
        op.f("ix_check_in_version_practice_id_client_id_period_end"),
        "check_in_version",
        ["practice_id", "client_id", "period_end"],
        unique=False,
    )
    op.create_index(
        op.f("ix_check_in_version_practice_id_period_end"),
        "check_in_version",
        ["practice_id", "period_end"],
        unique=False,
    )
    op.create_table(
        "note",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("signed_name", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(signed_at IS NULL AND signed_by IS NULL AND signed_name IS NULL AND content_hash IS NULL) "
            "OR (signed_at IS NOT NULL AND signed_by IS NOT NULL AND signed_name IS NOT NULL AND "
            "length(content_hash) = 64)",
            name=op.f("ck_note_signed_whole"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_note_number")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_note_revision")),
        sa.CheckConstraint("signed_at IS NULL OR NOT withdrawn", name=op.f("ck_note_signed_stays")),
        sa.ForeignKeyConstraint(
            ["practice_id", "client_id", "session_id"],
            ["session.practice_id", "session.client_id", "session.id"],
            name=op.f("fk_note_session"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "saved_by"], ["therapist.practice_id", "therapist.id"], name="fk_note_therapist_saved_by"
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "signed_by"], ["therapist.practice_id", "therapist.id"], name="fk_note_therapist_signed_by"
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_note")),
        sa.UniqueConstraint("practice_id", "client_id", "number", name=op.f("uq_note_practice_id_client_id_number")),
        sa.UniqueConstraint("practice_id", "request_id", name=op.f("uq_note_practice_id_request_id")),
    )
    op.create_table(
        "response_version",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("questionnaire_version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint("questionnaire_version >= 1", name=op.f("ck_response_version_questionnaire_version")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_response_version_version")),
        sa.ForeignKeyConstraint(
            ["practice_id", "client_id", "id"],
            ["response.practice_id", "response.client_id", "response.id"],
            name=op.f("fk_response_version_response"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "recorded_by"],
            ["therapist.practice_id", "therapist.id"],
            name=op.f("fk_response_version_therapist"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", "version", name=op.f("pk_response_version")),
    )
    op.create_index(
        op.f("ix_response_version_practice_id_client_id_day"),
        "response_version",
        ["practice_id", "client_id", "day"],
        unique=False,
    )
    op.create_table(
        "addendum",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "note_id"], ["note.practice_id", "note.id"], name=op.f("fk_addendum_note")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "written_by"], ["therapist.practice_id", "therapist.id"], name=op.f("fk_addendum_therapist")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_addendum")),
        sa.UniqueConstraint("practice_id", "request_id", name=op.f("uq_addendum_practice_id_request_id")),
    )
    op.create_index(op.f("ix_addendum_practice_id_note_id"), "addendum", ["practice_id", "note_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.CheckConstraint("item >= 1", name=op.f("ck_answer_item")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_answer_value")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_answer_version")),
        sa.ForeignKeyConstraint(
            ["practice_id", "response_id", "version"],
            ["response_version.practice_id", "response_version.id", "response_version.version"],
            name=op.f("fk_answer_response_version"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "response_id", "version", "item", name=op.f("pk_answer")),
    )
    op.create_table(
        "episode",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("check_in_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("part_of_day", sa.Text(), nullable=True),
        sa.Column("whom", sa.Text(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("relief", sa.Integer(), nullable=True),
        sa.Column("relief_minutes", sa.Integer(), nullable=True),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("same_worry", sa.Boolean(), nullable=True),
        sa.CheckConstraint("ended IN ('worry_came_back', 'still_helping')", name=op.f("ck_episode_ended")),
        sa.CheckConstraint("how IN ('asked', 'hinted', 'checked', 'tested')", name=op.f("ck_episode_how")),
        sa.CheckConstraint(
            "part_of_day IN ('morning', 'afternoon', 'evening', 'night')", name=op.f("ck_episode_part_of_day")
        ),
        sa.CheckConstraint(
            "whom IN ('partner', 'friend', 'family', 'colleague', 'therapist', 'online', 'other')",
            name=op.f("ck_episode_whom"),
        ),
        sa.CheckConstraint("place BETWEEN 1 AND 20", name=op.f("ck_episode_place")),
        sa.CheckConstraint("relief BETWEEN 0 AND 10", name=op.f("ck_episode_relief")),
        sa.CheckConstraint("relief_minutes BETWEEN 0 AND 10080", name=op.f("ck_episode_relief_minutes")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_episode_version")),
        sa.ForeignKeyConstraint(
            ["practice_id", "check_in_id", "version"],
            ["check_in_version.practice_id", "check_in_version.id", "check_in_version.version"],
            name=op.f("fk_episode_check_in_version"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "check_in_id", "version", "place", name=op.f("pk_episode")),
    )
    op.create_table(
        "safety_review",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("response_version", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "action IN ('reviewed_with_client', 'will_review_now')", name=op.f("ck_safety_review_action")
        ),
        sa.CheckConstraint("response_version >= 1", name=op.f("ck_safety_review_response_version")),
        sa.ForeignKeyConstraint(
            ["practice_id", "response_id", "response_version"],
            ["response_version.practice_id", "response_version.id", "response_version.version"],
            name=op.f("fk_safety_review_response_version"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "written_by"],
            ["therapist.practice_id", "therapist.id"],
            name=op.f("fk_safety_review_therapist"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_safety_review")),
    )
    op.create_index(
        op.f("ix_safety_review_practice_id_response_id"), "safety_review", ["practice_id", "response_id"], unique=False
    )
