"""Rows of documents of older versions; they are made again from their folders, which become of today when read."""

import sqlalchemy as sa

from app.experiment.upgrades import outdated

BATCH = 100  # documents at once; one may have two megabytes
ID, EXPERIMENT, RUN = sa.column("id", sa.String), sa.column("experiment", sa.JSON), sa.column("run", sa.String)
RUNS, TAGS = sa.table("runs", ID, EXPERIMENT), sa.table("tags", RUN)


def delete_outdated(database: sa.Connection) -> None:
    """Deletes the rows of every run whose document is of an older version."""
    last = ""
    in_order = sa.select(ID, EXPERIMENT).order_by(ID).limit(BATCH)
    while some := database.execute(in_order.where(last < ID)).mappings().all():
        old = [row["id"] for row in some if outdated(row["experiment"])]
        database.execute(sa.delete(TAGS).where(RUN.in_(old)))
        database.execute(sa.delete(RUNS).where(ID.in_(old)))
        last = some[-1]["id"]
