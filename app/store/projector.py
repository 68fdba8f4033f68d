"""From logs to rows: reads what follows the last event a row has seen. Rows are made from the folders."""

import logging
import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from app.runs.folder import RunFolder, is_id
from app.runs.labels import labels_of
from app.runs.log import EventReader
from app.runs.migrating import of_today
from app.store.row_changes import ENDS, summary_of, tell, words_of
from app.store.runs import retag
from app.store.schema import RunRow, TagRow

log = logging.getLogger("trainyard")
BATCH = 200  # runs to a transaction


class Projector:
    """One per server. Its methods read files and write rows, so they are called off the event loop."""

    def __init__(self, sessions: sessionmaker[Session], runs: Path) -> None:
        self._sessions = sessions
        self._runs = runs
        self._readers: dict[str, EventReader] = {}
        self._lock = threading.Lock()

    def adopt(self) -> list[str]:
        """Makes rows of folders that have none, and gives their ids; forgets rows whose folder is gone."""
        with self._lock:
            there = (
                {path.name for path in self._runs.iterdir() if is_id(path.name)} if self._runs.is_dir() else set[str]()
            )
            with self._sessions() as session:
                known = set(session.scalars(select(RunRow.id)))
            self._drop(sorted(known - there))
            new = sorted(there - known)
            for start in range(0, len(new), BATCH):
                self._adopt(new[start : start + BATCH])
            return new

    def take(self, folder: RunFolder) -> None:
        """Makes the row of a new run, unless `adopt` was quicker."""
        with self._lock:
            self._adopt([folder.id])

    def bring_up(self, runs: Iterable[str]) -> None:
        """Tells these runs' rows what is new in their logs."""
        with self._lock:
            wanted = list(runs)
            for start in range(0, len(wanted), BATCH):
                self._bring_up(wanted[start : start + BATCH])

    def brought_up(self, row: RunRow) -> RunRow:
        """A row that was read, told of all in its log without being written."""
        tell_all(row, EventReader(RunFolder(self._runs / row.id)).events())
        return row

    def bring_up_all(self) -> None:
        """As `bring_up`, for every run that has not ended."""
        with self._sessions() as session:
            runs = list(session.scalars(select(RunRow.id).where(RunRow.status.not_in(ENDS))))
        self.bring_up(runs)

    def forget(self, run: str) -> None:
        """Lets go of a run that is being deleted."""
        with self._lock:
            self._readers.pop(run, None)

    def _adopt(self, runs: list[str], tries: int = 3) -> None:
        """Makes rows of those that have none. Two servers may share one folder: the second looks again."""
        try:
            with self._written(runs), self._sessions.begin() as session:
                known = set(session.scalars(select(RunRow.id).where(RunRow.id.in_(runs))))
                for run in runs:
                    if run not in known:
                        self._adopt_one(session, RunFolder(self._runs / run))
        except IntegrityError:
            if tries == 1:
                raise
            self._adopt(runs, tries - 1)

    def _drop(self, gone: list[str]) -> None:
        with self._sessions.begin() as session:
            for start in range(0, len(gone), BATCH):
                some = gone[start : start + BATCH]
                session.execute(delete(TagRow).where(TagRow.run.in_(some)))
                session.execute(delete(RunRow).where(RunRow.id.in_(some)))

    def _bring_up(self, runs: list[str]) -> None:
        news = {run: events for run in runs if (events := self._news(run))}
        if not news:
            return
        with self._written(news), self._sessions.begin() as session:
            for row in session.scalars(select(RunRow).where(RunRow.id.in_(news))):
                tell_all(row, news[row.id])
                if row.status in ENDS:
                    self._readers.pop(row.id, None)

    @contextmanager
    def _written(self, runs: Iterable[str]) -> Generator[None]:
        """What was read of these runs' logs is read again where it could not be written into rows."""
        try:
            yield
        except SQLAlchemyError:
            for run in runs:
                self._readers.pop(run, None)
            raise

    def _news(self, run: str) -> list[dict[str, Any]]:
        try:
            return self._reader(run).events()
        except (OSError, ValueError):  # one damaged log must not keep the rows of all others back
            log.exception("The log of %s cannot be read", run)
            self._readers.pop(run, None)
            return []

    def _reader(self, run: str) -> EventReader:
        return self._readers.setdefault(run, EventReader(RunFolder(self._runs / run)))

    def _adopt_one(self, session: Session, folder: RunFolder) -> None:
        try:
            about = folder.about()
            being_made = not folder.events_file.stat().st_size
            if being_made or not of_today(folder):  # its first event comes last; a worker of before leaves it soon
                return
            document = folder.document()
        except (FileNotFoundError, ValueError):
            return  # a crash cut its making short
        except OSError:  # a full disk: the next try may find room
            log.exception("The folder of %s cannot be made one of this version", folder.id)
            return
        row = RunRow(
            id=folder.id,
            owner=about["owner"],
            class_name=about.get("class"),
            created=about["created"],
            experiment=document,
            summary=summary_of(document) | {"parent": about.get("parent")},
            name="",
            note="",
            tags=[],
            metrics={},
            seq=0,
            status="queued",
            step=0,
            epoch=0.0,
            stepper="",
            parameters=0,
            seconds=0.0,
            openings=0,
        )
        session.add(row)
        labels = labels_of(folder)
        row.name, row.note, row.openings = labels.name, labels.note, labels.openings
        session.flush()
        retag(session, row, labels.tags)
        row.words = words_of(row)
        tell_all(row, self._news(folder.id))


def tell_all(row: RunRow, events: Iterable[dict[str, Any]]) -> None:
    """As `tell`, for many. One whose fields are not those of its type is skipped: a damaged log stops no server."""
    for event in events:
        try:
            tell(row, event)
        except (LookupError, TypeError, ValueError):
            log.exception("Event %s of %s cannot be read", event.get("seq"), row.id)
