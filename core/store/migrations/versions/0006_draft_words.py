"""The words of a draft by section, saved apart from the note while they are being typed.

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of working text; words of earlier drafts stay in their notes until they are changed."""
    op.create_table(
        "draft_words",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("window_id", sa.Uuid(), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_draft_words_revision")),
        sa.CheckConstraint("sent >= 0", name=op.f("ck_draft_words_sent")),
        sa.PrimaryKeyConstraint("practice_id", "note_id", "section", name=op.f("pk_draft_words")),
        sa.ForeignKeyConstraint(
            ["practice_id", "note_id"], ["note.practice_id", "note.id"], name=op.f("fk_draft_words_note")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "saved_by"],
            ["therapist.practice_id", "therapist.id"],
            name=op.f("fk_draft_words_therapist"),
        ),
    )
