"""What can go wrong in a way that only one task knows."""

from dataclasses import dataclass, field

from app.parts.problem import Fix


@dataclass(frozen=True)
class Fault:
    """A few words, a sentence with the numbers that it rests on, and what to try; edits are of the whole document."""

    head: str
    sentence: str
    fix: Fix
    values: dict[str, float] = field(default_factory=dict[str, float])
