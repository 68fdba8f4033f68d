"""Who may do what: one function decides everywhere."""

from dataclasses import dataclass
from typing import Literal

Verb = Literal["see", "start", "command", "rename", "delete"]


@dataclass(frozen=True)
class Actor:
    """Who asks: a seat by its name. A teacher may do everything."""

    seat: str
    teacher: bool = False


@dataclass(frozen=True)
class Thing:
    """What is asked for, by the seat that owns it. Without an owner it belongs to all."""

    owner: str | None = None


LOCAL = Actor("local", teacher=True)  # where only this machine can reach the server
EVERYBODYS = Thing()


def may(actor: Actor, verb: Verb, thing: Thing) -> bool:
    """A class sees everything; a run obeys its owner and the teacher."""
    if verb in ("see", "start") or actor.teacher:
        return True
    return thing.owner == actor.seat
