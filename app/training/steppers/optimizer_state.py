"""What an optimizer remembers of its past steps, as named tensors and plain values for a checkpoint, and back."""

from typing import Any

import torch
from torch import Tensor, nn

from app.experiment.addresses import parameter_address
from app.training.steppers.flat_parameters import Memory

HOW = ("fused", "foreach")  # how a step is computed, which never changes
Plain = dict[str, dict[str, Any]]


def remembered(memories: Memory, network: nn.Module, name: str) -> tuple[dict[str, Tensor], Plain]:
    """The memory of the network called `name`: `<address of the parameter>:<slot>`, of a list `…:<slot>:<number>`."""
    addresses = {id(tensor): parameter_address(name, inner) for inner, tensor in network.named_parameters()}
    tensors: dict[str, Tensor] = {}
    plain: Plain = {}
    for parameter, memory in memories.items():
        address = addresses[id(parameter)]
        for slot, value in memory.items():
            if isinstance(value, Tensor):
                tensors[f"{address}:{slot}"] = value
            elif isinstance(value, list) and value:
                tensors |= {f"{address}:{slot}:{number}": tensor for number, tensor in enumerate(value)}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            elif value is not None:
                plain.setdefault(address, {})[slot] = value
    return tensors, plain


def remember(network: nn.Module, name: str, tensors: dict[str, Tensor], plain: Plain) -> dict[Tensor, dict[str, Any]]:
    """The memory that `remembered` told, as the optimizer had it; tensors of other names are passed over."""
    parameters = {parameter_address(name, inner): parameter for inner, parameter in network.named_parameters()}
    memories: dict[Tensor, dict[str, Any]] = {}
    lists: dict[tuple[str, str], dict[int, Tensor]] = {}
    for key, tensor in tensors.items():
        address, *rest = key.split(":")
        if not rest or address not in parameters:
            continue
        slot, *number = rest
        if number:
            lists.setdefault((address, slot), {})[int(number[0])] = tensor.clone()
        else:
            memories.setdefault(parameters[address], {})[slot] = _laid_out_as(parameters[address], tensor)
    for (address, slot), entries in lists.items():
        memories.setdefault(parameters[address], {})[slot] = [entries[number] for number in sorted(entries)]
    for address, memory in plain.items():
        if address in parameters:
            memories.setdefault(parameters[address], {}).update(memory)
    return memories


def settings(optimizer: torch.optim.Optimizer) -> list[dict[str, Any]]:
    """The options of each group of parameters, as JSON takes them."""
    return [
        {name: value for name, value in group.items() if isinstance(value, int | float | bool | str | tuple)}
        for group in optimizer.param_groups
    ]


def set_all(optimizer: torch.optim.Optimizer, groups: list[dict[str, Any]]) -> None:
    """Puts back what `settings` gave. A single group, with which a fork begins, is for all that the optimizer has."""
    groups = groups * len(optimizer.param_groups) if len(groups) == 1 else groups
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
