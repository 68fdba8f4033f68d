"""Principal component analysis: the best that a code of so many numbers can do where all maps are linear."""

import numpy as np

from app.parts.datasets.prepared import Array


class Principal:
    """The directions along which samples (n, d) differ most, the first the most. Source: Pearson 1901."""

    def __init__(self, samples: Array) -> None:
        self.mean = samples.mean(axis=0, dtype=np.float64)
        centred = samples - self.mean
        _, directions = np.linalg.eigh(centred.T @ centred)  # ascending
        self.directions: Array = directions[:, ::-1].T

    def drawn(self, samples: Array, numbers: int) -> Array:
        """Samples (n, d) drawn again from their first so many numbers."""
        kept = self.directions[:numbers]
        return (samples - self.mean) @ kept.T @ kept + self.mean
