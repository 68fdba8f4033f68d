"""Rows of documents of version 1 are made again from their folders, which become of version 2 as they are read."""

import sqlalchemy as sa
from alembic import op

from app.experiment.upgrades import outdated

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BATCH = 100  # documents at once; one may have two megabytes
ID, EXPERIMENT, RUN = sa.column("id", sa.String), sa.column("experiment", sa.JSON), sa.column("run", sa.String)
RUNS, TAGS = sa.table("runs", ID, EXPERIMENT), sa.table("tags", RUN)


def upgrade() -> None:
    database = op.get_bind()
    last = ""
    while some := database.execute(_after(last)).mappings().all():
        old = [row["id"] for row in some if outdated(row["experiment"])]
        database.execute(sa.delete(TAGS).where(RUN.in_(old)))
        database.execute(sa.delete(RUNS).where(ID.in_(old)))
        last = some[-1]["id"]


def downgrade() -> None:
    """Nothing to do: the rows are made again either way."""


def _after(last: str) -> sa.Executable:
    return sa.select(ID, EXPERIMENT).where(last < ID).order_by(ID).limit(BATCH)
