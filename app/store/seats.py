"""Display names of a class: each is given once."""

import time

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from app.store.tables import SeatRow

RESERVED = ("local", "teacher", "program")  # seats that nobody can take by a name


def take_seat(sessions: sessionmaker[Session], wanted: str) -> str:
    """The name, or the name with the next free number behind it where somebody else has it."""
    number = 1
    while True:
        name = wanted if number == 1 else f"{wanted} {number}"
        folded = name.casefold()
        if folded not in RESERVED and _free(sessions, folded, name):
            return name
        number += 1


def _free(sessions: sessionmaker[Session], folded: str, name: str) -> bool:
    try:
        with sessions.begin() as session:
            if session.get(SeatRow, folded) is not None:
                return False
            session.add(SeatRow(folded=folded, name=name, created=time.time()))
    except IntegrityError:  # another request was quicker
        return False
    return True
