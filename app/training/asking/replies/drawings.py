"""What networks have drawn, as JSON."""

from typing import Any

import numpy as np
from torch import Tensor

from app.parts.datasets.prepared import Array, Prepared

DIGITS = 6


def drawings(drawn: Tensor, entrance: Prepared) -> list[Any]:
    """Drawn samples (n, …) as nested lists of the numbers that stand in the data; what is no number becomes 0."""
    raw: Array = drawn.numpy().astype(np.float64) * entrance.spread + entrance.mean
    return np.round(np.nan_to_num(raw), DIGITS).tolist()
