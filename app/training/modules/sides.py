"""What modules share that read more than what arrives: sides, laid out by their network before each pass."""

from torch import Tensor, nn


class Reading(nn.Module):
    """`sides` is the dictionary that the network fills, the same object for all of its modules."""

    sides: dict[str, Tensor]
