"""Networks that read on where the pass before ended, instead of reading everything again."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from torch import nn

from app.training import modules

# What answers at each place by that place alone.
BY_PLACE = (
    nn.Embedding,
    nn.Linear,
    nn.LayerNorm,
    nn.RMSNorm,
    nn.Dropout,
    nn.Identity,
    nn.ReLU,
    nn.GELU,
    nn.Tanh,
    nn.Sigmoid,
    nn.SiLU,
    nn.Sequential,
    modules.Residual,
    modules.Tied,
    modules.TransformerBlock,  # but for the attention within, which is asked by itself
)
# What carries along what it needs of the places before: a state, keys and values, how many they were.
CARRYING = (modules.Recurrent, modules.Attention, modules.CrossAttention, modules.Position)


@contextmanager
def going_on(network: nn.Module) -> Generator[bool]:
    """Lets layers begin where the pass before ended, and gives whether the whole network can do so."""
    within = [one for one in network.modules() if one is not network]
    carrying: list[Any] = [one for one in within if isinstance(one, CARRYING)]
    able = all(_able(one) for one in within)
    try:
        for one in carrying:
            one.goes_on = able
        yield able
    finally:
        for one in carrying:
            one.goes_on, one.carried = False, None


def knows_its_place(network: nn.Module) -> bool:
    """Whether the network tells places by how far they are from the beginning or from one another: such a network goes
    on only as long as no place is forgotten."""
    return any(isinstance(one, modules.Attention | modules.Position) for one in network.modules())


def _able(module: Any) -> bool:
    if isinstance(module, modules.Recurrent):
        return not (module.bidirectional or module.padded or module.last or module.places_last)
    if isinstance(module, modules.Attention):
        return module.causal and not module.places_last
    return isinstance(module, (*BY_PLACE, *CARRYING))
