"""Several people in a practice: their roles, whose client somebody is, with whom a client is shared, starting codes.

Revision 0007, after 0006. No row that stands already is changed, so that its seal goes on to fit: somebody without a
role is the owner, and a client of whom nothing is said is the owner's.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
SECRETS = ("practice_id", "therapist_id", "purpose", "hash", "set_at")


def upgrade() -> None:
    """Add the columns of accounts and the two tables, and let a secret be a starting code."""
    role = sa.CheckConstraint(
        "role IN ('owner', 'therapist', 'assistant', 'supervisor')", name=op.f("ck_therapist_role")
    )
    op.add_column("therapist", sa.Column("role", sa.Text(), role, nullable=True))
    op.add_column("therapist", sa.Column("ended_at", INSTANT, nullable=True))
    op.create_table(
        "care",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_care_number")),
        sa.PrimaryKeyConstraint("practice_id", "client_id", "number", name=op.f("pk_care")),
        _refers("client", "client_id", "fk_care_client"),
        _refers("therapist", "therapist_id", "fk_care_therapist"),
        _refers("therapist", "given_by", "fk_care_giver"),
    )
    op.create_table(
        "share",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("shared_by", sa.Uuid(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_share")),
        _refers("client", "client_id", "fk_share_client"),
        _refers("therapist", "therapist_id", "fk_share_therapist"),
        _refers("therapist", "shared_by", "fk_share_sharer"),
    )
    op.create_index(op.f("ix_share_practice_id_client_id"), "share", ["practice_id", "client_id"])
    _make_secrets_anew()


def _make_secrets_anew() -> None:
    """Its check of the purpose cannot be changed in place on SQLite; there are one or two rows, on a server alone."""
    before = sa.table("secret", *(sa.column(name) for name in SECRETS))
    rows = [dict(row) for row in op.get_bind().execute(sa.select(before)).mappings()]
    op.drop_table("secret")
    op.create_table(
        "secret",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "purpose IN ('passphrase', 'recovery_code', 'starting_code')", name=op.f("ck_secret_purpose")
        ),
        sa.PrimaryKeyConstraint("practice_id", "therapist_id", "purpose", name=op.f("pk_secret")),
        _refers("therapist", "therapist_id", "fk_secret_therapist"),
    )
    if rows:
        op.get_bind().execute(sa.insert(before), rows)


def _refers(table: str, column: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["practice_id", column], [f"{table}.practice_id", f"{table}.id"], name=op.f(name))
