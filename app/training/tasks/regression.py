"""What regression computes."""

import numpy as np
from torch import Tensor

from app.parts.datasets.prepared import Array
from app.training.data.batch import Batch
from app.training.tasks.supervised import Supervised
from app.training.tasks.work import Each

CLEARLY = 0.01  # R² that counts as learning


class RegressionWork(Supervised):
    """Mean absolute error, root mean squared error, and R² (1 − squared error / variance of the truth).

    Where all truths are equal, R² is 1 for a right answer and 0 for a wrong one, as in scikit-learn.
    """

    def shown(self, answer: Tensor) -> Tensor:
        return answer

    def truth(self, targets: Tensor) -> Array:
        return targets.numpy()

    def measured(self, answer: Tensor, truth: Array) -> tuple[dict[str, float], None]:
        given: Array = answer.numpy().astype(np.float64)
        errors: Array = given - truth
        squares = float(np.mean(errors**2))
        variance = float(np.mean((truth - np.mean(truth, axis=0, dtype=np.float64)) ** 2))
        r2 = 1 - squares / variance if variance else float(squares == 0)
        return {"mae": float(np.mean(np.abs(errors))), "rmse": squares**0.5, "r2": r2}, None

    def learned(self, metrics: dict[str, float], truth: Array) -> bool:
        return metrics["r2"] > CLEARLY

    def each(self, answer: Tensor, batch: Batch) -> Each:
        return Each(self.losses(answer, batch).numpy(), answer.numpy(), None)
