"""The second factor of signing in: each person's key, sealed, and the last code that was used.

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nobody has a second factor until they turn it on."""
    op.create_table(
        "second_factor",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_key", sa.Text(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_step >= 0", name=op.f("ck_second_factor_last_step")),
        sa.PrimaryKeyConstraint("practice_id", "therapist_id", name=op.f("pk_second_factor")),
        sa.ForeignKeyConstraint(
            ["practice_id", "therapist_id"],
            ["therapist.practice_id", "therapist.id"],
            name=op.f("fk_second_factor_therapist"),
        ),
    )
