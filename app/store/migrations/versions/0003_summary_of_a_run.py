"""Runs are listed by a summary of their experiment, so that a list need not read every document."""

import json

import sqlalchemy as sa
from alembic import op

from app.store.row_changes import summary_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BATCH = 100  # documents at once; one may have two megabytes
ID, EXPERIMENT, SUMMARY = sa.column("id", sa.String), sa.column("experiment", sa.JSON), sa.column("summary", sa.JSON)
RUNS = sa.table("runs", ID, EXPERIMENT, SUMMARY)


def upgrade() -> None:
    op.add_column("runs", sa.Column("summary", sa.JSON, nullable=False, server_default=json.dumps({})))
    database = op.get_bind()
    last = ""
    while some := database.execute(_after(last)).mappings().all():
        for row in some:
            told = summary_of(row["experiment"])
            database.execute(sa.update(RUNS).where(ID.in_([row["id"]])).values(summary=told))
        last = some[-1]["id"]


def downgrade() -> None:
    op.drop_column("runs", "summary")


def _after(last: str) -> sa.Executable:
    return sa.select(ID, EXPERIMENT).where(last < ID).order_by(ID).limit(BATCH)
