"""The largest number of each channel."""

from torch import Tensor, nn


class GlobalMaxPool(nn.Module):
    """The largest number of each channel over all its places.

    Source: Oquab et al. 2015, doi.org/10.1109/CVPR.2015.7298668.
    """

    def forward(self, x: Tensor) -> Tensor:  # (batch, channels, ...) -> (batch, channels)
        return x.flatten(2).amax(2)
