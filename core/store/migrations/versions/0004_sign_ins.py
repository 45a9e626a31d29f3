"""Who is signed in, what opens a practice on a server, and after how long a screen locks.

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables of sign-ins, of hashed secrets and of failed attempts, and the practice's idle limit."""
    limit = sa.CheckConstraint("idle_minutes BETWEEN 5 AND 60", name=op.f("ck_practice_idle_minutes"))
    op.add_column("practice", sa.Column("idle_minutes", sa.Integer(), limit, nullable=True))
    op.create_table(
        "sign_in",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("active_at", INSTANT, nullable=False),
        sa.Column("locked_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("client_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("practice_id", "token_hash", name=op.f("uq_sign_in_practice_id_token_hash")),
        _of_therapist("sign_in"),
        sa.ForeignKeyConstraint(
            ["practice_id", "client_id"], ["client.practice_id", "client.id"], name=op.f("fk_sign_in_client")
        ),
    )
    op.create_table(
        "secret",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.CheckConstraint("purpose IN ('passphrase', 'recovery_code')", name=op.f("ck_secret_purpose")),
        sa.PrimaryKeyConstraint("practice_id", "therapist_id", "purpose", name=op.f("pk_secret")),
        _of_therapist("secret"),
    )
    op.create_table(
        "attempt",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.CheckConstraint("failed >= 0", name=op.f("ck_attempt_failed")),
        sa.PrimaryKeyConstraint("practice_id", "label", name=op.f("pk_attempt")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_attempt_practice")),
    )


def _of_therapist(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id", "therapist_id"],
        ["therapist.practice_id", "therapist.id"],
        name=op.f(f"fk_{table}_therapist"),
    )
