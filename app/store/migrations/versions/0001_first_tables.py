"""The first tables: runs, tags, idempotency keys, seats."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.String(14), primary_key=True),
        sa.Column("owner", sa.String(200), nullable=False, index=True),
        sa.Column("class_name", sa.String(200)),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("experiment", sa.JSON, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("reason", sa.JSON),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("epoch", sa.Float, nullable=False),
        sa.Column("metrics", sa.JSON, nullable=False),
        sa.Column("stepper", sa.String(40), nullable=False),
        sa.Column("parameters", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
    )
    op.create_index("runs_by_status", "runs", ["status", "id"])
    op.create_index("runs_by_owner_and_status", "runs", ["owner", "status"])
    op.create_table(
        "tags",
        sa.Column("tag", sa.String(100), primary_key=True),
        sa.Column("run", sa.String(14), sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True, index=True),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("owner", sa.String(200), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("run", sa.String(14), nullable=False, index=True),
        sa.Column("body", sa.String(64), nullable=False),
        sa.Column("created", sa.Float, nullable=False),
    )
    op.create_table(
        "seats",
        sa.Column("folded", sa.String(200), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created", sa.Float, nullable=False),
    )


def downgrade() -> None:
    for table in ("seats", "idempotency_keys", "tags", "runs"):
        op.drop_table(table)
