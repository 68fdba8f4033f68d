"""One mean for each channel."""

from torch import Tensor, nn


class GlobalAvgPool(nn.Module):
    """The mean of each channel over all its places. Source: Lin et al. 2013, arXiv:1312.4400."""

    def forward(self, x: Tensor) -> Tensor:  # (batch, channels, ...) -> (batch, channels)
        return x.flatten(2).mean(2)
