"""The rows of runs: found, listed newest first, named, tagged and deleted."""

import time
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session, sessionmaker, undefer

from app.store.row_changes import ENDS, words_of
from app.store.schema import KeyRow, RunRow, TagRow

KEYS_LAST = 86_400.0  # seconds for which a repeated request is recognised


@dataclass(frozen=True)
class RunsAsked:
    """What a list of runs is narrowed by. `cursor` is the id of the last run of the page before."""

    status: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    q: str = ""
    owner: str = ""
    limit: int = 50
    cursor: str = ""


class Counts(NamedTuple):
    """Runs of a seat."""

    all: int = 0
    unfinished: int = 0


class Runs:
    """Reads and writes rows; each method is one short transaction."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions
        self._gone: set[str] = set()  # deleted by this server; on a full disk their rows may still stand there

    def get(self, run: str) -> RunRow | None:
        """The row of a run, with its document; all other methods but `relabel`, `count_opening` give rows without."""
        if run in self._gone:
            return None
        with self._sessions() as session:
            return session.get(RunRow, run, options=[undefer(RunRow.experiment)])

    def page(self, asked: RunsAsked) -> tuple[list[RunRow], str | None]:
        """The runs of a page, newest first, and the cursor of the next one."""
        query = select(RunRow).order_by(RunRow.id.desc()).limit(asked.limit + 1)
        for condition in _conditions(asked):
            query = query.where(condition)
        with self._sessions() as session:
            rows = list(session.scalars(query))
        more = len(rows) > asked.limit
        rows = rows[: asked.limit]
        return [row for row in rows if row.id not in self._gone], rows[-1].id if more else None

    def unfinished(self, owner: str | None = None) -> list[RunRow]:
        """Every run that has not ended, oldest first."""
        query = select(RunRow).where(RunRow.status.not_in(ENDS)).order_by(RunRow.id)
        if owner is not None:
            query = query.where(RunRow.owner == owner)
        with self._sessions() as session:
            return list(session.scalars(query))

    def owners(self) -> list[tuple[str, str, bool]]:
        """Every run, its owner, and whether it has ended."""
        with self._sessions() as session:
            found = session.execute(select(RunRow.id, RunRow.owner, RunRow.status))
            return [(run, owner, status in ENDS) for run, owner, status in found]

    def count_by_owner(self) -> defaultdict[str, Counts]:
        """How many runs each seat has; none where a seat is not in it."""
        found: defaultdict[str, Counts] = defaultdict(Counts)
        for _, owner, over in self.owners():
            before = found[owner]
            found[owner] = Counts(before.all + 1, before.unfinished + (not over))
        return found

    def count_unfinished(self, owner: str) -> int:
        """How many runs of a seat have not ended."""
        query = select(func.count()).select_from(RunRow).where(RunRow.owner == owner, RunRow.status.not_in(ENDS))
        with self._sessions() as session:
            return session.scalar(query) or 0

    def count_using(self, upload: str) -> int:
        """How many runs were made with an upload."""
        named = RunRow.summary["upload"].as_string()
        with self._sessions() as session:
            return session.scalar(select(func.count()).select_from(RunRow).where(named == upload)) or 0

    def tags(self) -> list[str]:
        """Every tag in use, in order."""
        with self._sessions() as session:
            return list(session.scalars(select(TagRow.tag).distinct().order_by(TagRow.tag)))

    def relabel(self, run: str, name: str | None, tags: list[str] | None, note: str | None) -> RunRow | None:
        """Changes what people say of a run; None leaves a thing as it is."""
        with self._sessions.begin() as session:
            row = session.get(RunRow, run, options=[undefer(RunRow.experiment)])
            if row is None:
                return None
            row.name = row.name if name is None else name
            row.note = row.note if note is None else note
            if tags is not None:
                retag(session, row, tags)
            row.words = words_of(row)
            return row

    def count_opening(self, run: str) -> RunRow | None:
        """Counts one more opening of the sealed test result."""
        with self._sessions.begin() as session:
            row = session.get(RunRow, run, options=[undefer(RunRow.experiment)])
            if row is not None:
                row.openings += 1
            return row

    def delete(self, run: str) -> None:
        """Forgets a run whose folder is gone. On a full disk its row goes when the projector next looks."""
        self._gone.add(run)
        with self._sessions.begin() as session:
            session.execute(delete(TagRow).where(TagRow.run == run))
            session.execute(delete(KeyRow).where(KeyRow.run == run))
            session.execute(delete(RunRow).where(RunRow.id == run))

    def key(self, owner: str, key: str) -> KeyRow | None:
        """What a seat asked for under this key before, if that was not long ago."""
        with self._sessions() as session:
            found = session.get(KeyRow, (owner, key))
            return found if found and found.created > time.time() - KEYS_LAST else None

    def remember(self, owner: str, key: str, run: str, body: str) -> None:
        """Keeps what was asked for under a key, and forgets old keys."""
        with self._sessions.begin() as session:
            session.execute(delete(KeyRow).where(KeyRow.created < time.time() - KEYS_LAST))
            session.merge(KeyRow(owner=owner, key=key, run=run, body=body, created=time.time()))


def retag(session: Session, row: RunRow, tags: list[str]) -> None:
    """Gives a run these tags and no others."""
    session.execute(delete(TagRow).where(TagRow.run == row.id))
    session.add_all(TagRow(tag=tag, run=row.id) for tag in dict.fromkeys(tags))
    row.tags = list(dict.fromkeys(tags))


def _conditions(asked: RunsAsked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.cursor:
        found.append(RunRow.id < asked.cursor)
    if asked.status:
        found.append(or_(*(RunRow.status == status for status in asked.status)))
    if asked.owner:
        found.append(RunRow.owner == asked.owner)
    found += [RunRow.id.in_(select(TagRow.run).where(TagRow.tag == tag)) for tag in asked.tags]
    found += [RunRow.words.contains(word, autoescape=True) for word in asked.q.casefold().split()]
    return found
