"""What an optimizer remembers of its past steps, as named tensors and plain values for a checkpoint, and back."""

from typing import Any

import torch
from torch import Tensor, nn

from app.training.steppers.row import Memory

PREFIX = "optimizer."
HOW = ("fused", "foreach")  # how a step is computed, which never changes
Plain = dict[str, dict[str, Any]]


def remembered(memories: Memory, network: nn.Module) -> tuple[dict[str, Tensor], Plain]:
    """The memory by name of parameter. A list of tensors is kept as `optimizer.<parameter>:<slot>:<number>`."""
    names = {id(parameter): name for name, parameter in network.named_parameters()}
    tensors: dict[str, Tensor] = {}
    plain: Plain = {}
    for parameter, memory in memories.items():
        name = names[id(parameter)]
        for slot, value in memory.items():
            if isinstance(value, Tensor):
                tensors[f"{PREFIX}{name}:{slot}"] = value
            elif isinstance(value, list) and value:
                tensors |= {f"{PREFIX}{name}:{slot}:{number}": one for number, one in enumerate(value)}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            elif value is not None:
                plain.setdefault(name, {})[slot] = value
    return tensors, plain


def remember(network: nn.Module, tensors: dict[str, Tensor], plain: Plain) -> dict[Tensor, dict[str, Any]]:
    """The memory that `remembered` told, as the optimizer had it; tensors of other names are passed over."""
    parameters = dict(network.named_parameters())
    memories: dict[Tensor, dict[str, Any]] = {}
    lists: dict[tuple[str, str], dict[int, Tensor]] = {}
    for key, tensor in tensors.items():
        if not key.startswith(PREFIX):
            continue
        name, slot, *number = key.removeprefix(PREFIX).split(":")
        if number:
            lists.setdefault((name, slot), {})[int(number[0])] = tensor.clone()
        else:
            memories.setdefault(parameters[name], {})[slot] = _laid_out_as(parameters[name], tensor)
    for (name, slot), entries in lists.items():
        memories.setdefault(parameters[name], {})[slot] = [entries[number] for number in sorted(entries)]
    for name, memory in plain.items():
        memories.setdefault(parameters[name], {}).update(memory)
    return memories


def settings(optimizer: torch.optim.Optimizer) -> list[dict[str, Any]]:
    """The options of each group of parameters, as JSON takes them."""
    return [
        {name: value for name, value in group.items() if isinstance(value, int | float | bool | str | tuple)}
        for group in optimizer.param_groups
    ]


def set_all(optimizer: torch.optim.Optimizer, groups: list[dict[str, Any]]) -> None:
    """Puts back what `settings` gave."""
    for group, options in zip(optimizer.param_groups, groups, strict=True):
        group.update({name: _as_before(value) for name, value in options.items() if name not in HOW})


def set_options(optimizer: torch.optim.Optimizer, options: dict[str, Any]) -> None:
    """Changes settings in every group that has them; what is remembered of past gradients stays."""
    for group in optimizer.param_groups:
        group.update({name: value for name, value in options.items() if name in group and name not in HOW})


def _laid_out_as(parameter: Tensor, tensor: Tensor) -> Tensor:
    """A copy whose numbers stand in memory as the parameter's do: fused optimizers walk through both alike."""
    if tensor.shape != parameter.shape:
        return tensor.clone()
    return torch.empty_like(parameter, dtype=tensor.dtype).copy_(tensor)


def _as_before(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
