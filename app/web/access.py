"""Who may do what: one function decides everywhere."""

from dataclasses import dataclass
from typing import Literal

Verb = Literal["see", "use", "start", "command", "rename", "delete"]


@dataclass(frozen=True)
class Actor:
    """Who asks: a seat by its name. A teacher may do everything.

    Everybody who knows the class code can be a shared seat, so nothing private can belong to it. One that is `waiting`
    is not admitted by the teacher yet, and passes the gate only to where nobody needs a seat.
    """

    seat: str
    teacher: bool = False
    shared: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class Thing:
    """What is asked for, by the seat that owns it. Without an owner it belongs to all, a private one to nobody else."""

    owner: str | None = None
    private: bool = False


STRANGER = Actor("")  # somebody without a seat, where none is needed
LOCAL = Actor("local", teacher=True)  # where only this machine can reach the server
EVERYBODYS = Thing()


def may(actor: Actor, verb: Verb, thing: Thing) -> bool:
    """A class sees everything but what people bring themselves; a thing obeys its owner and the teacher."""
    if actor.teacher or (verb in ("see", "start") and not thing.private):
        return True
    return thing.owner == actor.seat and not (thing.private and actor.shared)
