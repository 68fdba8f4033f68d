"""Networks that read on where the pass before ended, instead of reading everything again."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

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
    modules.HeadNorm,
    modules.TransformerBlock,  # but for the attention within, which is asked by itself
)
# What carries along what it needs of the places before: a state, keys and values, how many they were.
CARRYING = (modules.Recurrent, modules.Attention, modules.CrossAttention, modules.Position)


@dataclass
class Texts:
    """Texts of one length that are being written. `behind` says of each which of those that were read last it goes on
    from; without, each goes on from itself."""

    tokens: Tensor  # (texts, places)
    behind: Tensor | None = None  # (texts,)


def scores_behind(network: nn.Module, texts: Texts, window: int | None = None, **sides: Tensor) -> Generator[Tensor]:
    """The scores (texts, vocabulary) of what follows each text, again and again; the texts grow in between. Where the
    network cannot go on from what it has read, it reads their last `window` tokens anew. Sides of a single text are
    those of all."""
    with going_on(network) as able:
        read = 0
        while able and (window is None or texts.tokens.shape[1] <= window or not knows_its_place(network)):
            if texts.behind is not None:
                _follow(network, texts.behind)
            fresh, read = texts.tokens[:, read:], texts.tokens.shape[1]
            yield network(fresh, **_for_each(sides, fresh))[:, -1]
    while True:  # a window that moves on gives every place in it another place
        seen = texts.tokens if window is None else texts.tokens[:, -window:]
        yield network(seen, **_for_each(sides, seen))[:, -1]


def _for_each(sides: dict[str, Tensor], texts: Tensor) -> dict[str, Tensor]:
    return {name: side.expand(len(texts), *side.shape[1:]) for name, side in sides.items()}


def _follow(network: nn.Module, behind: Tensor) -> None:
    """Lets each text go on from what was carried along for the text that it continues."""
    for module in network.modules():
        if isinstance(module, CARRYING):
            module.follow(behind)


@contextmanager
def going_on(network: nn.Module) -> Generator[bool]:
    """Lets layers begin where the pass before ended, and gives whether the whole network can do so."""
    within = [module for module in network.modules() if module is not network]
    carrying: list[Any] = [module for module in within if isinstance(module, CARRYING)]
    able = all(_able(module) for module in within)
    try:
        for layer in carrying:
            layer.goes_on = able
        yield able
    finally:
        for layer in carrying:
            layer.goes_on, layer.carried = False, None


def knows_its_place(network: nn.Module) -> bool:
    """Whether the network tells places by how far they are from the beginning or from one another: such a network goes
    on only as long as no place is forgotten."""
    return any(isinstance(module, modules.Attention | modules.Position) for module in network.modules())


def _able(module: Any) -> bool:
    if isinstance(module, modules.Recurrent):
        return not (module.bidirectional or module.padded or module.last or module.places_last)
    if isinstance(module, modules.Attention):
        return module.causal and not module.places_last
    return isinstance(module, (*BY_PLACE, *CARRYING))
