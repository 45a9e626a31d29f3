"""What is set for the whole practice, in versions: the numbers of the signs.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of blocks that belong to no single client."""
    op.create_table(
        "practice_block",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_practice_block_version")),
        sa.PrimaryKeyConstraint("practice_id", "kind", "version", name=op.f("pk_practice_block")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_practice_block_practice")),
        sa.ForeignKeyConstraint(
            ["practice_id", "recorded_by"],
            ["therapist.practice_id", "therapist.id"],
            name=op.f("fk_practice_block_therapist"),
        ),
    )
