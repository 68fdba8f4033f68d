"""What the parts of each family build or give, as plain values: equal only where training would be equal."""

import random
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from app.parts.datasets import Dataset
from app.parts.datasets.story_writing import story
from app.parts.initializers import Initializer
from app.parts.layers import Layer
from app.parts.losses import Loss
from app.parts.optimizers import Optimizer
from app.parts.problem import Problem
from app.parts.schedules import Schedule
from app.parts.shapes import Classes, Features, Image, Mask, Padding, Sequence, Series, Shape, Time, Tokens
from app.parts.tokenizers import Tokenizer
from app.parts.torch_call import TorchCall
from app.training import modules
from app.training.building import build
from app.training.data.samples import load
from app.training.tokenizers import cut
from tests.parts import own_files

Way = Callable[..., Any]  # `build` or `run_printed`: from a call, and what stands in front, to the object
SHAPES: tuple[Shape, ...] = (
    Features(size=1),
    Features(size=5),
    Image(channels=1, height=8, width=8),
    Image(channels=3, height=9, width=6),
    Image(channels=4, height=8, width=8),
    Series(channels=1, length=12),
    Series(channels=4, length=7),
    Sequence(length=6, width=4),
    Tokens(length=6, vocabulary=5),
)
LABEL = Classes(names=("a", "b", "c"))
SIDES: dict[str, Shape] = {  # what layers may read besides what arrives
    "label": LABEL,
    "time": Time(),
    "memory": Sequence(length=5, width=3),
    "memory_padding": Padding(length=5),
}
EPOCHS = 40
REMEMBERED = torch.randn(1, 5, 3, generator=torch.Generator().manual_seed(3))
SAMPLES, OUTPUTS = 12, 3
INPUTS = torch.randn(16, 2, generator=torch.Generator().manual_seed(2))
TARGETS = (INPUTS[:, :1] * INPUTS[:, 1:] > 0).float()


def arrays_of(dataset: Dataset) -> dict[str, bytes]:
    """All prepared arrays, bit by bit; or in what way the dataset does not fit its files."""
    try:
        prepared = load(dataset, own_files.data())
    except Problem as problem:
        return {str(problem): b""}
    return {name: getattr(prepared, name).tobytes() for name in prepared.__dataclass_fields__}


def learned_of(tokenizer: Tokenizer) -> tuple[Any, bytes]:
    """What it learns from a text, and how it cuts it."""
    text = "".join(story(np.random.default_rng(0), "en") for _ in range(20))
    tokens, learned = cut(tokenizer, text, len(text))
    return learned.tokens, tokens.tobytes()


def set_made(dataset: Dataset, call: TorchCall, way: Way) -> Any:
    """The numbers of a library's set, or of one's own files; or why there are none."""
    if call.target.startswith("files."):
        try:
            return [array.tobytes() for array in way(call, own_files.data())]
        except Problem as problem:
            return str(problem)
    made = way(call)
    return made.tobytes() if isinstance(made, np.ndarray) else (made.data.tobytes(), made.target.tobytes())


def fitting(layer: Layer[Any]) -> list[Shape]:
    """The shapes that the layer takes; to one that reads a side, give it first."""
    return [shape for shape in SHAPES if arrives(layer, shape) and not layer.problems(shape)]


def arrives(layer: Layer[Any] | type[Layer[Any]], shape: Shape) -> bool:
    """Whether the layer takes such a shape at all."""
    return isinstance(shape, layer.takes()) and shape.dtype == layer.takes().dtype


def built(layer: Layer[Any], shape: Shape) -> Any:
    """The module for a shape, the same at each call."""
    torch.default_generator.manual_seed(0)
    return laid(build(layer.module_for(shape)))


def laid(module: Any) -> Any:
    """The module with sides laid out for those that read them: one class, one time and one memory for all samples."""
    sides = {"label": torch.tensor([1]), "time": torch.tensor([0.5])}

    def lay(_: Any, arriving: tuple[Tensor, ...]) -> None:
        count = len(arriving[0])
        sides["memory"] = REMEMBERED.expand(count, -1, -1)
        sides["memory_padding"] = (torch.arange(5) == 4).expand(count, -1)

    for inner in module.modules():
        if isinstance(inner, modules.Reading):
            inner.sides = sides
            inner.register_forward_pre_hook(lay)
    return module


def batch_of(shape: Shape) -> Tensor:
    """Seven samples."""
    chance = torch.Generator().manual_seed(1)
    if isinstance(shape, Tokens):
        return torch.randint(shape.vocabulary, (7, *shape.sizes), generator=chance)
    return torch.randn(7, *shape.sizes, generator=chance)


def module_of(layer: Layer[Any]) -> Any:
    """The modules for all shapes that fit."""
    return {shape: module_made(layer, layer.module_for(shape), build) for shape in fitting(layer)}


def modules_of(layer: Layer[Any]) -> list[TorchCall | None]:
    """The calls for all shapes that fit."""
    return [layer.module_for(shape) for shape in fitting(layer)]


def module_made(layer: Layer[Any], call: TorchCall, way: Way) -> Any:
    """What a module is called, and all it starts with."""
    torch.default_generator.manual_seed(0)
    module = way(call)
    return repr(module), {name: value.tolist() for name, value in module.state_dict().items()}


def cost(loss: Loss, outputs: Tensor, targets: Tensor) -> Tensor:
    """The loss of one batch."""
    return build(loss.module())(outputs, targets)


def batch(loss: type[Loss]) -> tuple[Tensor, Tensor]:
    """Outputs and targets as the loss's encoding wants them; of pixels where it knows only masks."""
    chance = torch.Generator().manual_seed(1)
    pixels = (4, 5) if loss.needs == (Mask,) else ()
    outputs = 3 * torch.randn(SAMPLES, OUTPUTS, *pixels, generator=chance)
    classes = torch.randint(OUTPUTS, (SAMPLES, *pixels), generator=chance)
    zero_one = F.one_hot(classes, OUTPUTS).float()
    numbers = torch.randn(SAMPLES, OUTPUTS, generator=chance)
    targets = {"class_number": classes, "zero_one": zero_one, "signs": 2 * zero_one - 1, "numbers": numbers}
    return outputs, targets[loss.encoding]


def cost_of(loss: Loss) -> float:
    """The loss of the same batch for all."""
    return cost(loss, *batch(type(loss))).item()


def loss_made(loss: Loss, call: TorchCall, way: Way) -> Any:
    """What the module is called, and what it makes of the batch."""
    module = way(call)
    return repr(module), module(*batch(type(loss))).item()


def trained(
    optimizer: Optimizer, steps: int, meanwhile: Callable[[int, Any], None] = lambda step, built: None
) -> Tensor:
    """All weights of a small network after so many steps; `meanwhile` is called before each."""
    torch.default_generator.manual_seed(0)
    network = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
    built = build(optimizer.call(), network.parameters())

    def looked() -> Tensor:
        built.zero_grad()
        loss = F.binary_cross_entropy_with_logits(network(INPUTS), TARGETS)
        loss.backward()
        return loss

    for step in range(steps):
        meanwhile(step, built)
        if not optimizer.closure:
            looked()
        built.step(*[looked] * optimizer.closure)
    return torch.cat([parameter.detach().flatten() for parameter in network.parameters()])


def weights_of(optimizer: Optimizer) -> list[float]:
    """The weights after seven steps: RAdam begins to use what it remembers in the sixth."""
    return trained(optimizer, 7).tolist()


def optimizer_made(optimizer: Optimizer, call: TorchCall, way: Way) -> str:
    """What the optimizer says of all its options."""
    return repr(way(call, [nn.Parameter(torch.ones(1))]))


def history(seed: int) -> list[float]:
    """A loss that falls, jumps and rests."""
    numbers = random.Random(seed)
    return [numbers.choice([1.0, 2.0]) * 0.97 ** min(epoch, 90) + numbers.choice([0, 0.5]) for epoch in range(120)]


def curve_of(schedule: Schedule) -> list[float]:
    """The factors of a whole training of `EPOCHS`, losses considered."""
    losses = history(1)
    watched = [schedule.factor_from_losses(losses[:epoch]) for epoch in range(EPOCHS)]
    return [schedule.factor(epoch, EPOCHS) * factor for epoch, factor in enumerate(watched)]


def scheduler_made(schedule: Schedule, call: TorchCall, way: Way) -> dict[str, Any]:
    """All that the scheduler keeps, apart from functions."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = way(call, torch.optim.SGD([nn.Parameter(torch.ones(1))], lr=1.0))
    return {name: value for name, value in made.state_dict().items() if not callable(value)}


def start_of(initializer: Initializer) -> list[list[float]]:
    """Weights (40 neurons, 60 inputs) drawn by it."""
    return start_made(initializer, initializer.call(), build)


def start_made(initializer: Initializer, call: TorchCall | None, way: Way) -> list[list[float]]:
    """The same weights, drawn by a call; PyTorch's own where there is none."""
    torch.default_generator.manual_seed(0)
    weight = nn.Linear(60, 40).weight
    if call is not None:
        torch.default_generator.manual_seed(0)
        way(call, weight)
    return weight.tolist()
