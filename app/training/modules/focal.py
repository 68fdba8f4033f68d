"""The focal loss."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SMALLEST = 1e-12  # of 1 − p: below it, (1 − p)^γ with γ < 1 has no finite slope


class Focal(nn.Module):
    """The mean of −α · (1 − p)^γ · log p over samples or pixels, p being the probability of the right class.

    `alpha` is the weight of all classes but the first, whose weight is 1 − alpha; without it all count alike.
    Source: Lin et al. 2017, arXiv:1708.02002.
    """

    def __init__(self, gamma: float = 2.0, alpha: float | None = None) -> None:
        super().__init__()
        self.gamma = gamma
        self.alpha = alpha

    def forward(self, outputs: Tensor, targets: Tensor) -> Tensor:  # (batch, k, ...) and (batch, ...) -> ()
        log_p = -F.cross_entropy(outputs, targets, reduction="none")
        costs = -((-torch.expm1(log_p)).clamp(min=SMALLEST) ** self.gamma) * log_p
        if self.alpha is not None:
            costs = costs * torch.where(targets == 0, 1 - self.alpha, self.alpha)
        return costs.mean()

    def extra_repr(self) -> str:
        return f"gamma={self.gamma}, alpha={self.alpha}"
