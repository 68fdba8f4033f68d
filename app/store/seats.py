"""The seats of a class: each display name is given once, and each seat has a generation that its tokens carry."""

import threading
import time
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from app.store.lookalikes import looks, without_marks
from app.store.schema import SeatRow

TEACHER = "teacher"
RESERVED = ("local", TEACHER, "program", "老师", "教师")  # nobody can take a seat that looks like one of these
NOT_YET = -1  # the generation of a seat that nobody has taken


class Seat(NamedTuple):
    """A seat that somebody has taken; a waiting one is not admitted yet."""

    name: str
    created: float  # Unix time, seconds
    waiting: bool


class Seats:
    """One per server. Its methods write rows, so they are called off the event loop; `generation` and `waits` may be
    called on it.

    `class_code` and `teacher_code` stand for the codes of now (never the codes themselves): where one has changed,
    every seat that was taken with another is of a new generation, so its tokens are no longer good. With `approval`
    each new seat waits until it is admitted; without, nobody waits.
    """

    def __init__(
        self, sessions: sessionmaker[Session], class_code: str, teacher_code: str, approval: bool = False
    ) -> None:
        self._sessions = sessions
        self._code = class_code
        self._approval = approval
        self._lock = threading.Lock()
        self._reserved = frozenset[str]().union(*(looks(name) for name in RESERVED))
        with sessions.begin() as session:
            rows = list(session.scalars(select(SeatRow)))
            if all(row.name != TEACHER for row in rows):
                rows.append(_row(TEACHER, teacher_code, generation=1))  # none of the tokens of before it had a row
                session.add(rows[-1])
            for row in rows:
                _bind(row, teacher_code if row.name == TEACHER else class_code)
                row.waiting = row.waiting and approval
            self._generations = {row.name: row.generation for row in rows}
            self._waiting = {row.name for row in rows if row.waiting}
        self._looks = set[str]().union(*(looks(name) for name in self._generations))

    def generation(self, seat: str) -> int:
        """What a token of this seat must carry to be good."""
        return self._generations.get(seat, NOT_YET)

    def waits(self, seat: str) -> bool:
        """Whether this seat is not admitted yet."""
        return seat in self._waiting

    def take(self, wanted: str) -> str:
        """The name, or the name with the next free number behind it where somebody else has one like it."""
        number = 1
        with self._lock:
            while not self._took(name := wanted if number == 1 else f"{wanted} {number}"):
                number += 1
        return name

    def revoke(self, seat: str) -> None:
        """Makes all tokens of a seat useless. Its name stays taken, and what belongs to it stays there. One that waits
        is removed.
        """
        with self._lock, self._sessions.begin() as session:
            row = session.scalar(select(SeatRow).where(SeatRow.name == seat))
            if row is not None:
                row.removed = row.removed or row.waiting
                self._end_tokens(row)

    def present(self) -> list[Seat]:
        """The seats that are not removed, those that wait first, and of both the newest first."""
        with self._sessions() as session:
            rows = session.scalars(select(SeatRow).order_by(SeatRow.waiting.desc(), SeatRow.created.desc()))
            return [Seat(row.name, row.created, row.waiting) for row in rows if row.name != TEACHER and not row.removed]

    def admit(self, seats: Iterable[str]) -> list[str]:
        """Lets those of the seats in that wait, and gives their names."""
        with self._lock, self._sessions.begin() as session:
            wanted = SeatRow.name.in_(self._waiting.intersection(seats))
            rows = list(session.scalars(select(SeatRow).where(wanted)))
            for row in rows:
                row.waiting = False
            admitted = [row.name for row in rows]
            session.flush()  # written before they are let in
            self._waiting.difference_update(admitted)
            return admitted

    def remove(self, seat: str) -> bool:
        """Revokes a seat that is there and takes it from the list; its name stays taken. False where there is none."""
        with self._lock, self._sessions.begin() as session:
            row = session.scalar(select(SeatRow).where(SeatRow.name == seat, SeatRow.removed.is_(False)))
            if row is None:
                return False
            row.removed = True
            self._end_tokens(row)
            return True

    def _end_tokens(self, row: SeatRow) -> None:
        row.waiting = False
        row.generation += 1
        self._generations[row.name] = row.generation
        self._waiting.discard(row.name)

    def _took(self, name: str) -> bool:
        keys = looks(name)
        if keys & self._looks or looks(without_marks(name)) & self._reserved:
            return False
        try:
            with self._sessions.begin() as session:
                session.add(_row(name, self._code, waiting=self._approval))
        except IntegrityError:  # another server over the same folder was quicker
            return False
        if self._approval:
            self._waiting.add(name)
        self._looks |= keys
        self._generations[name] = 0
        return True


def _row(name: str, code: str, generation: int = 0, *, waiting: bool = False) -> SeatRow:
    return SeatRow(
        folded=name.casefold(),
        name=name,
        created=time.time(),
        generation=generation,
        code=code,
        removed=False,
        waiting=waiting,
    )


def _bind(row: SeatRow, code: str) -> None:
    if row.code not in ("", code):  # "": a seat of before codes were kept with them
        row.generation += 1
    row.code = code
