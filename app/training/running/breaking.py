"""Where a network that has diverged breaks: one look at every layer, in the order in which they answer."""

from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor, nn

from app.experiment.addresses import layer_of, parameter_address
from app.training.building import captured
from app.training.data.batch import Batch
from app.training.tasks.work import Networks, Work


def first_broken(networks: Networks, work: Work, batch: Batch) -> str:
    """The address of the first layer whose answer to the batch is not finite; empty where every one is."""
    with ExitStack() as looking, torch.no_grad():
        seen = {
            name: looking.enter_context(captured(network.eval(), _leaves(network)))
            for name, network in networks.items()
        }
        work.answer(networks, batch)
    told = ((name, module, output) for name, outputs in seen.items() for module, output in outputs.items())
    return next((layer_of(parameter_address(name, module)) for name, module, output in told if not _finite(output)), "")


def _leaves(network: nn.Module) -> set[str]:
    names: list[str] = [name for name, _ in network.named_modules() if name]  # pyright: ignore[reportUnknownVariableType]
    return {name for name in names if not any(other.startswith(f"{name}.") for other in names)}


def _finite(output: Any) -> bool:
    return not isinstance(output, Tensor) or bool(torch.isfinite(output).all())
