"""How much a launcher lets happen at once. The server sends its own with each connection, so a restart changes them."""

import os
from dataclasses import dataclass, field

GIB = 1 << 30  # bytes


def usual_places() -> int:
    """Twice the cores, and never so few that a class waits for nothing."""
    return max(2 * (os.cpu_count() or 1), 8)


@dataclass(frozen=True)
class Limits:
    """`places` runs have a process at once, `per_owner` of one owner. Memory is in bytes, beyond what was warm."""

    places: int = field(default_factory=usual_places)
    per_owner: int = 1
    run_memory: int = 4 * GIB
    question_memory: int = 2 * GIB
    questions: int = field(default_factory=usual_places)  # answered at once
    attempts: int = 5  # killed in a row without a step that is new: then a run is lost
