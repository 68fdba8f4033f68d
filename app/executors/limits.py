"""How much a launcher lets happen at once. The server sends its own with each connection, so a restart changes them."""

import os
from dataclasses import dataclass, field

from app.executors.memory import GIB, share_of_memory


def usual_places() -> int:
    """Twice the cores, and never so few that a class waits for nothing."""
    return max(2 * (os.cpu_count() or 1), 8)


def usual_runs() -> int:
    """How many runs of one person train at once where the machine is theirs: one a core, and never fewer than two."""
    return max(os.cpu_count() or 1, 2)


@dataclass(frozen=True)
class Limits:
    """`places` runs have a process at once, `per_owner` of one owner. Memory is in bytes, beyond what was warm."""

    places: int = field(default_factory=usual_places)
    per_owner: int = 1  # in a class; `usual_runs` where one person has the machine
    run_memory: int = field(default_factory=lambda: share_of_memory(usual_places()))
    question_memory: int = field(default_factory=lambda: min(share_of_memory(usual_places()), 2 * GIB))
    questions: int = field(default_factory=usual_places)  # answered at once
    share: float = 20.0  # seconds that a run has its place for while others wait; 0 is no limit
    attempts: int = 5  # killed in a row without a step that is new: then a run is lost
