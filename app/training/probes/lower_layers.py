"""Layers that stand on one another in a recurrent module: how probes call them, and what the lower ones carry along."""

from typing import Any

from torch import Tensor

from app.training import modules


def addresses_of(path: str, layers: int) -> list[str]:
    """Addresses of the layers at a path, the lowest first: `<path>:l0`, `<path>:l1`, …; the topmost has the path."""
    return [*(f"{path}:l{number}" for number in range(layers - 1)), path]


def lower_states(module: Any, x: Tensor) -> list[Tensor]:
    """The states of each layer of a recurrent module but the topmost, the lowest first, each (b, places, units), when
    it reads x without dropout, from a state of zeros."""
    x = x.transpose(1, 2) if module.places_last else x
    found: list[Tensor] = []
    for number in range(module.num_layers - 1):
        x = _single_layer(module, number, x.shape[2])(x)
        found.append(x)
    return found


def _single_layer(module: Any, number: int, inputs: int) -> Any:
    """A layer of a recurrent module as a module of its own, of the same weights."""
    layer: Any = type(module)(
        inputs,
        module.hidden_size,
        bidirectional=module.bidirectional,
        padded=module.padded,
        device="meta",  # draws no random numbers, on which training depends
        **({"nonlinearity": module.nonlinearity} if isinstance(module, modules.RNN) else {}),
    )
    layer.sides = module.sides
    for name in dict(layer.named_parameters()):
        setattr(layer, name, getattr(module, name.replace("_l0", f"_l{number}")))
    return layer
