"""Rows of documents of version 2 are made again from their folders, which become of version 3 as they are read."""

from alembic import op

from app.store.outdated_rows import delete_outdated

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    delete_outdated(op.get_bind())


def downgrade() -> None:
    """Nothing to do: the rows are made again either way."""
