"""From a `TorchCall` to the object it stands for, and from a network's document to its module."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any, Self

import torch
from safetensors.torch import load
from torch import Tensor, nn

from app.experiment.addresses import in_head, name_within, network_of, parameter_address
from app.experiment.experiment import Experiment
from app.parts.layers.layer import Weighted
from app.parts.layers.stack import Placed, unfolded
from app.parts.torch_call import TorchCall
from app.runs.folder import RunFolder
from app.runs.origin import kept_start
from app.training import files, modules
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
    """A stack and its head. The layer at `/networks/main/layers/2/layers/0` has the module name `layers.2.layers.0`."""

    def __init__(self, placed: list[Placed]) -> None:
        super().__init__()
        self.layers = nn.Sequential(*(_module(layer) for layer in placed if not in_head(layer.path)))
        self.head = nn.Sequential(*(_module(layer) for layer in placed if in_head(layer.path)))
        self._flow = (*self.layers, *self.head)  # calling the two stacks would cost 5 % of a tiny step
        self._bare_flow = tuple(module.forward for module in self._flow)  # past what looks for hooks
        for module in self.head:
            if isinstance(module, modules.Tied):
                module.tie(self.get_submodule("layers.0"))  # pyright: ignore[reportArgumentType]  an embedding
        self.watched = False  # whether somebody put hooks on its layers; without, there is less to do
        self._sides: dict[str, Tensor] = {}  # what layers that read more than what arrives find here, by name
        for module in self.modules():
            if isinstance(module, modules.Reading):
                module.sides = self._sides
        self._frozen = tuple(self.get_submodule(name_within(path)) for path in _frozen(placed))
        for module in self._frozen:
            module.requires_grad_(False).eval()

    def forward(self, x: Tensor, **sides: Tensor) -> Tensor:
        # x (batch, ...) -> what the last layer gives; each side (batch, ...)
        if sides:
            self._sides.update(sides)
        for step in self._flow if self.watched else self._bare_flow:
            x = step(x)
        return x

    def train(self, mode: bool = True) -> Self:
        super().train(mode)
        for module in self._frozen:  # batch norms among them would go on counting
            module.eval()
        return self


def _frozen(placed: list[Placed]) -> list[str]:
    """The addresses of layers that learn nothing."""
    return [entry.path for entry in unfolded(placed) if isinstance(entry.layer, Weighted) and entry.layer.frozen]


def build_networks(experiment: Experiment) -> dict[str, BuiltNetwork]:
    """All networks of the experiment by name, with their first weights, which the seed alone decides."""
    # `torch.manual_seed` would spend 12 ms on CUDA that is not there
    torch.default_generator.manual_seed(experiment.seed)
    return {name: _network(experiment, name) for name in experiment.ends}


def _network(experiment: Experiment, name: str) -> BuiltNetwork:
    network = BuiltNetwork(experiment.placed(name))
    start = experiment.networks[name].initializer.call()
    if start is not None:
        for module in network.modules():
            if isinstance(module, nn.Embedding):
                build(start, module.weight)
            elif isinstance(module, WEIGHTED):
                _draw(start, module)
                if module.bias is not None:  # pyright: ignore[reportUnnecessaryComparison]
                    nn.init.zeros_(module.bias)
    if not experiment.optimizer_of(name).flattens:
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


def weights_of(network: nn.Module, name: str) -> dict[str, Tensor]:
    """Parameters and buffers of the network called `name`, by address."""
    return {parameter_address(name, inner): tensor for inner, tensor in network.state_dict().items()}


def put_weights(network: nn.Module, name: str, tensors: Mapping[str, Tensor]) -> None:
    """Gives the network called `name` its weights out of tensors by address; others are passed over."""
    own = {address: tensor for address, tensor in tensors.items() if is_weight(address) and network_of(address) == name}
    network.load_state_dict({name_within(address): tensor for address, tensor in own.items()})


def begin_with_start(folder: RunFolder, networks: Mapping[str, nn.Module]) -> None:
    """Gives networks the weights that their run was made with, where it was made from another's."""
    file = kept_start(folder)
    if file is None:
        return
    for address, tensor in load(file.read_bytes()).items():
        own = networks[network_of(address)].state_dict()[name_within(address)]
        own.copy_(tensor)  # in place: optimizers hold the same memory


def is_weight(key: str) -> bool:
    """Whether a tensor of a checkpoint is a weight or buffer of a network; what belongs to one has a `:` behind it."""
    return key.startswith("/") and ":" not in key


@contextmanager
def captured(network: BuiltNetwork, names: set[str], arriving: bool = False) -> Generator[dict[str, Tensor]]:
    """Fills the dictionary with what leaves the named modules in forward passes made inside, in the order they ran; or
    with what arrives at them."""
    seen: dict[str, Tensor] = {}

    def catch(name: str) -> Callable[[nn.Module, Any, Tensor], None]:
        def hook(_module: nn.Module, inputs: Any, output: Tensor) -> None:
            seen[name] = inputs[0] if arriving else output

        return hook

    handles = [network.get_submodule(name).register_forward_hook(catch(name)) for name in names]
    before, network.watched = network.watched, True
    try:
        yield seen
    finally:
        network.watched = before
        for handle in handles:
            handle.remove()


def _module(placed: Placed) -> nn.Module:
    return build(placed.layer.module_for(placed.before))
