"""What tasks share whose networks take noise off samples."""

from abc import abstractmethod
from collections.abc import Mapping

from torch import Tensor

from app.training.tasks.work import Networks, Work


class Cleaning(Work):
    """Amounts of noise go from 0, none, to 1, as much as is ever laid over a sample in training."""

    @abstractmethod
    def roughened(self, x: Tensor, noise: Tensor, amount: float) -> Tensor:
        """Samples (b, …) with so much of this noise over them."""

    @abstractmethod
    def cleaned(self, networks: Networks, noisy: Tensor, amount: float, label: int | None) -> Mapping[str, Tensor]:
        """What is made of one noisy sample (1, …), as `clean` (n, …): of the class that is asked for, or of each where
        none is. Where it takes several looks, `made_out` (n, …) is what the first makes out. Raises `Problem` where
        there is no such class."""
