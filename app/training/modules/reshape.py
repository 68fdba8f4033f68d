"""The same numbers in another shape."""

from torch import Tensor, nn


class Reshape(nn.Module):
    """The numbers of each sample, in the same order, with other sizes."""

    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.sizes = tuple(sizes)

    def forward(self, x: Tensor) -> Tensor:  # (batch, ...) -> (batch, *sizes)
        return x.reshape(len(x), *self.sizes)

    def extra_repr(self) -> str:
        return f"{list(self.sizes)}"
