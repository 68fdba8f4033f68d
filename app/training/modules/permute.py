"""The same numbers with their directions swapped."""

from torch import Tensor, nn


class Permute(nn.Module):
    """The directions of each sample in another order, counted from 1; the batch stays in front."""

    def __init__(self, dims: list[int]) -> None:
        super().__init__()
        self.dims = tuple(dims)

    def forward(self, x: Tensor) -> Tensor:  # (batch, ...) -> (batch, ...), sizes swapped
        return x.permute(0, *self.dims)

    def extra_repr(self) -> str:
        return f"{list(self.dims)}"
