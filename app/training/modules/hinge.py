"""The hinge loss."""

from torch import Tensor, nn


class Hinge(nn.Module):
    """The mean of max(0, margin − target · output); targets are −1 or +1, one for each output."""

    def __init__(self, margin: float = 1.0) -> None:
        super().__init__()
        self.margin = margin

    def forward(self, outputs: Tensor, targets: Tensor) -> Tensor:  # both (batch, outputs) -> ()
        return (self.margin - targets * outputs).clamp(min=0).mean()

    def extra_repr(self) -> str:
        return f"margin={self.margin}"
