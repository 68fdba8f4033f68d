"""What the computing half of every probe owes: arrays for one frame."""

from abc import ABC, abstractmethod
from typing import Any

from app.parts.datasets.prepared import Array
from app.runs.frames import Quantised
from app.training.probes.look import Look
from app.training.tasks.work import Networks

Arrays = dict[str, Array | Quantised]


class ProbeWork(ABC):
    """Made once for a run; what does not change while training is made ready here."""

    def __init__(self, look: Look) -> None:
        self.look = look

    @classmethod
    def sees(cls, look: Look) -> bool:
        """Whether what this probe needs is there; else the probe is left out."""
        return True

    @abstractmethod
    def take(self) -> tuple[dict[str, Any], Arrays]:
        """`about` and the arrays, as docs/formats.md lists them. The network is in `eval` mode."""


class OfBothWeights(ProbeWork):
    """Where weights are averaged, each array is there twice: by the averages, and as `live_…` by those in training."""

    def take(self) -> tuple[dict[str, Any], Arrays]:
        about, arrays = self.taken(self.look.networks)
        if self.look.live is None:
            return about, arrays
        _, others = self.taken(self.look.live)
        return about, arrays | {f"live_{name}": array for name, array in others.items()}

    @abstractmethod
    def taken(self, networks: Networks) -> tuple[dict[str, Any], Arrays]:
        """`about` and the arrays of these networks."""
