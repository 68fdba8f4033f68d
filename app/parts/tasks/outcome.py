"""What came of a run, by what its task counts as good."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Outcome:
    """A few words, and a sentence with the numbers that it rests on."""

    tone: Literal["good", "plain", "warning"]
    head: str
    sentence: str
    values: dict[str, float]


def percent(share: float) -> float:
    """A share as a whole number of percent."""
    return round(100 * share)
