"""The full check-in, entered totals and the circumstances of a form, profiles, and handouts given.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ANSWERS = "IN ('often', 'sometimes', 'not_present', 'no_occasion')"


def upgrade() -> None:
    """Add the columns and tables; let the trail name whatever the program does."""
    for name, rule in (
        ("anxiety_now", "BETWEEN 0 AND 10"),
        ("checking_days", "BETWEEN 0 AND 31"),
        ("conflicts", "BETWEEN 0 AND 100"),
        ("repeated_conflicts", "BETWEEN 0 AND 100"),
    ):
        _add("check_in_version", name, sa.Integer(), rule)
    op.add_column("check_in_version", sa.Column("conflict_topic", sa.Uuid(), nullable=True))
    for name in ("withdrew", "avoided_talks", "avoided_decisions"):
        _add("check_in_version", name, sa.Text(), ANSWERS)
    _add("response_version", "answered_by", sa.Text(), "IN ('client', 'partner', 'therapist')")
    _add("response_version", "mode", sa.Text(), "IN ('paper', 'read_aloud', 'remote', 'other_program')")
    op.add_column("response_version", sa.Column("language", sa.Text(), nullable=True))
    op.add_column("answer", sa.Column("not_applicable", sa.Boolean(), nullable=True))
    _make_parts()
    _make_profile()
    _free_the_words_of_the_trail()


def _add(table: str, name: str, kind: sa.Integer | sa.Text, rule: str) -> None:
    check = sa.CheckConstraint(f"{name} {rule}", name=op.f(f"ck_{table}_{name}"))
    op.add_column(table, sa.Column(name, kind, check, nullable=True))


def _make_parts() -> None:
    op.create_table(
        "mark",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("check_in_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_mark_version")),
        sa.CheckConstraint(
            "kind IN ('reaction', 'body_sign', 'trigger', 'practised', 'goal', 'own_measure')",
            name=op.f("ck_mark_kind"),
        ),
        sa.CheckConstraint("value BETWEEN 0 AND 300", name=op.f("ck_mark_value")),
        sa.PrimaryKeyConstraint("practice_id", "check_in_id", "version", "kind", "subject", name=op.f("pk_mark")),
        sa.ForeignKeyConstraint(
            ["practice_id", "check_in_id", "version"],
            ["check_in_version.practice_id", "check_in_version.id", "check_in_version.version"],
            name=op.f("fk_mark_check_in_version"),
        ),
    )
    op.create_table(
        "entered_total",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_entered_total_version")),
        sa.PrimaryKeyConstraint("practice_id", "response_id", "version", "scale", name=op.f("pk_entered_total")),
        sa.ForeignKeyConstraint(
            ["practice_id", "response_id", "version"],
            ["response_version.practice_id", "response_version.id", "response_version.version"],
            name=op.f("fk_entered_total_response_version"),
        ),
    )


def _make_profile() -> None:
    op.create_table(
        "profile_block",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_profile_block_version")),
        sa.PrimaryKeyConstraint("practice_id", "client_id", "kind", "version", name=op.f("pk_profile_block")),
        *_people("profile_block", "recorded_by"),
    )
    op.create_table(
        "given_handout",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("handout", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_given_handout")),
        sa.UniqueConstraint("practice_id", "request_id", name=op.f("uq_given_handout_practice_id_request_id")),
        *_people("given_handout", "given_by"),
    )
    op.create_index(op.f("ix_given_handout_practice_id_client_id"), "given_handout", ["practice_id", "client_id"])


def _people(table: str, by: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["practice_id", "client_id"], ["client.practice_id", "client.id"], name=op.f(f"fk_{table}_client")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", by], ["therapist.practice_id", "therapist.id"], name=op.f(f"fk_{table}_therapist")
        ),
    )


def _free_the_words_of_the_trail() -> None:
    """The trail's words grow with the program; what they may be is kept by the program and not by the table."""
    trail = sa.Table(
        "audit",
        sa.MetaData(),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_audit_sequence")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_audit_version")),
        sa.CheckConstraint("action <> ''", name=op.f("ck_audit_action")),
        sa.CheckConstraint("subject <> ''", name=op.f("ck_audit_subject")),
        sa.ForeignKeyConstraint(
            ["practice_id", "actor_id"],
            ["therapist.practice_id", "therapist.id"],
            name=op.f("fk_audit_therapist"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "sequence", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", copy_from=trail) as batch:
        batch.drop_constraint(op.f("ck_audit_action"), type_="check")
        batch.drop_constraint(op.f("ck_audit_subject"), type_="check")
