"""From a `TorchCall` to the object it stands for, and from a network's document to its module."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import takewhile
from typing import Any

import torch
from torch import Tensor, nn

from app.experiment.experiment import Experiment
from app.parts.layers.stack import Placed
from app.parts.torch_call import TorchCall
from app.training import files, modules
from app.training.flow import bare_flow
from app.training.late import late

# The closed list of what a call may name, with the two of `late`; a document never reaches an import.
NAMESPACES: dict[str, Any] = {
    "nn": nn,
    "nn.init": nn.init,
    "optim": torch.optim,
    "optim.lr_scheduler": torch.optim.lr_scheduler,
    "modules": modules,
    "files": files,
}


# What the chosen initializer draws the weights of; every other module starts as PyTorch has it.
WEIGHTED = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.ConvTranspose2d)
LAYER_LISTS = ("layers", "head", "branches")  # in a module's name, the number of a layer or branch stands behind these


def target_of(call: TorchCall) -> Any:
    """The class or function a call names. Raises `AttributeError` or `KeyError` where there is none."""
    namespace, _, name = call.target.rpartition(".")
    return getattr(NAMESPACES.get(namespace) or late(namespace), name)


def build(call: TorchCall, *before: Any) -> Any:
    """What the call gives, with the arguments `before` in front of its own."""
    return target_of(call)(*before, *(_built(argument) for argument in call.arguments), **call.options)


def _built(argument: Any) -> Any:
    if isinstance(argument, TorchCall):
        return build(argument)
    if isinstance(argument, list):
        return [_built(item) for item in argument]  # pyright: ignore[reportUnknownVariableType]
    return argument


class BuiltNetwork(nn.Module):
    """A stack and its head. A layer at the path `/layers/2/layers/0` has the module name `layers.2.layers.0`."""

    def __init__(self, placed: list[Placed]) -> None:
        super().__init__()
        self.layers = nn.Sequential(*(_module(one) for one in placed if one.path.startswith("/layers")))
        self.head = nn.Sequential(*(_module(one) for one in placed if one.path.startswith("/head")))
        self._flow = (*self.layers, *self.head)  # calling the two stacks would cost 5 % of a tiny step
        self._bare_flow = bare_flow(self._flow)

    def forward(self, x: Tensor) -> Tensor:  # (batch, ...) -> (batch, outputs) or (batch, outputs, height, width)
        if self.training:  # hooks are only put on in `eval` mode
            return self.unobserved(x)
        for module in self._flow:
            x = module(x)
        return x

    def unobserved(self, x: Tensor) -> Tensor:
        """The same with less work, past all hooks."""
        for step in self._bare_flow:
            x = step(x)
        return x


def build_network(experiment: Experiment) -> BuiltNetwork:
    """The experiment's network with its first weights, which the seed alone decides."""
    torch.default_generator.manual_seed(
        experiment.seed
    )  # `torch.manual_seed` would spend 12 ms on CUDA that is not there
    placed = experiment.main.placed(experiment.dataset.inputs(), experiment.outputs)
    network = BuiltNetwork(placed)
    start = experiment.main.initializer.call()
    if start is not None:
        for module in network.modules():
            if isinstance(module, WEIGHTED):
                _draw(start, module)
                if module.bias is not None:  # pyright: ignore[reportUnnecessaryComparison]
                    nn.init.zeros_(module.bias)
    if not experiment.optimizer.flattens:
        network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]  a quarter less for a small CNN
    return network


def _draw(start: TorchCall, module: nn.Linear | nn.Conv1d | nn.Conv2d | nn.ConvTranspose2d) -> None:
    """Draws the weight of a module. PyTorch's initializers take the first direction for the outputs and count the rest
    as inputs of each; in a transposed convolution it is the other way round."""
    if not isinstance(module, nn.ConvTranspose2d):
        build(start, module.weight)
        return
    inputs, outputs, *window = module.weight.shape
    grouped = module.weight.detach().reshape(module.groups, inputs // module.groups, outputs, *window)
    drawn = grouped.transpose(1, 2).flatten(0, 1).contiguous()  # (all outputs, inputs of a group, *window)
    build(start, drawn)
    with torch.no_grad():
        back = drawn.reshape(module.groups, outputs, inputs // module.groups, *window).transpose(1, 2)
        module.weight.copy_(back.flatten(0, 1))


@contextmanager
def captured(network: nn.Module, names: set[str]) -> Generator[dict[str, Tensor]]:
    """Fills the dictionary with what leaves the named modules in forward passes made inside, in the order they ran."""
    seen: dict[str, Tensor] = {}

    def catch(name: str) -> Callable[[nn.Module, Any, Tensor], None]:
        def hook(_module: nn.Module, _inputs: Any, output: Tensor) -> None:
            seen[name] = output

        return hook

    handles = [network.get_submodule(name).register_forward_hook(catch(name)) for name in names]
    try:
        yield seen
    finally:
        for handle in handles:
            handle.remove()


def path_of(name: str) -> str:
    """The path of the layer that a parameter belongs to: `layers.2.layers.0.weight` gives `/layers/2/layers/0`, and so
    does `layers.2.layers.0.squeeze.weight`."""
    keys = name.split(".")
    pairs = takewhile(
        lambda pair: pair[0] in LAYER_LISTS and pair[1].isdigit(), zip(keys[::2], keys[1::2], strict=False)
    )
    return "".join(f"/{key}/{number}" for key, number in pairs)


def name_of(path: str) -> str:
    """The module name of a layer's path."""
    return path.strip("/").replace("/", ".")


def _module(placed: Placed) -> nn.Module:
    return build(placed.layer.module_for(placed.before))
