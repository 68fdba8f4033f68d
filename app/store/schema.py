"""The tables: one row a run to search by, its tags, the answers to repeated requests, and the seats of a class."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.runs.labels import Labels


class Table(DeclarativeBase):
    """What all tables have."""


class RunRow(Table):
    """A run as its log tells it up to event `seq`. Ids sort by the time of making."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(String(14), primary_key=True)
    owner: Mapped[str] = mapped_column(String(200), index=True)
    class_name: Mapped[str | None] = mapped_column(String(200))
    created: Mapped[float]  # Unix time, seconds
    name: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    words: Mapped[str] = mapped_column(Text, default="")  # case folded; what `q` looks through
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # `app.store.row_changes.summary_of`
    # Up to two megabytes: loaded where one run is asked for, never with a list.
    experiment: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True, deferred_raiseload=True)
    seq: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(20), default="queued")
    reason: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # the sentence of the end
    step: Mapped[int] = mapped_column(default=0)
    epoch: Mapped[float] = mapped_column(default=0.0)
    metrics: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    stepper: Mapped[str] = mapped_column(String(40), default="")
    parameters: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)
    openings: Mapped[int] = mapped_column(default=0)  # of the sealed test result

    __table_args__ = (Index("runs_by_status", "status", "id"), Index("runs_by_owner_and_status", "owner", "status"))

    @property
    def labels(self) -> Labels:
        """What people gave it."""
        return Labels(self.name, self.tags, self.note, self.openings)


class TagRow(Table):
    """One tag of one run, to filter by."""

    __tablename__ = "tags"

    tag: Mapped[str] = mapped_column(String(100), primary_key=True)
    run: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True, index=True)


class KeyRow(Table):
    """An Idempotency-Key that made a run, so that a repeated request makes none."""

    __tablename__ = "idempotency_keys"

    owner: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    run: Mapped[str] = mapped_column(String(14), index=True)
    body: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was asked for
    created: Mapped[float]


class SeatRow(Table):
    """A display name that is taken, also where the teacher `removed` the seat. A `waiting` one is not admitted yet.

    Tokens carry `generation`; one of another generation is no longer good.
    """

    __tablename__ = "seats"

    folded: Mapped[str] = mapped_column(String(400), primary_key=True)  # case folded
    name: Mapped[str] = mapped_column(String(200))
    created: Mapped[float]
    generation: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(String(64), default="")  # stands for the code that its tokens are bound to
    removed: Mapped[bool] = mapped_column(default=False)
    waiting: Mapped[bool] = mapped_column(default=False)
