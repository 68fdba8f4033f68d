"""What regression computes."""

import numpy as np
from torch import Tensor

from app.parts.datasets.prepared import Array
from app.training.tasks.work import Work

CLEARLY = 0.01  # R² that counts as learning
SMALLEST_VARIANCE = 1e-12


class RegressionWork(Work):
    """Mean absolute error, root mean squared error, and R² (1 − squared error / variance of the truth)."""

    def answers(self, outputs: Tensor) -> Tensor:
        return outputs

    def metrics(self, outputs: Tensor, truth: Array) -> dict[str, float]:
        given: Array = outputs.numpy().astype(np.float64)
        errors: Array = given - truth
        squares = float(np.mean(errors**2))
        variance = float(np.mean((truth - np.mean(truth, axis=0, dtype=np.float64)) ** 2))
        return {
            "mae": float(np.mean(np.abs(errors))),
            "rmse": squares**0.5,
            "r2": 1 - squares / max(variance, SMALLEST_VARIANCE),
        }

    def learned(self, metrics: dict[str, float], truth: Array) -> bool:
        return metrics["r2"] > CLEARLY
