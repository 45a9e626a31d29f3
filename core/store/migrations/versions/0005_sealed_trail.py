"""The audit trail is a chain: each line has its seal, the seals of its records and a detail.

Revision 0005, after 0004. What stands already is sealed when the database is opened, since that takes the key.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and an index over lines with a detail alone."""
    for name in ("detail", "record_seals", "seal"):
        op.add_column("audit", sa.Column(name, sa.Text(), nullable=True))
    detailed = sa.text("detail IS NOT NULL")
    op.create_index(
        "ix_audit_detailed",
        "audit",
        ["practice_id", "action", "record_id", "sequence"],
        sqlite_where=detailed,
        postgresql_where=detailed,
    )
