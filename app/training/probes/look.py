"""What a probe is given to look at: the network, its cars, the samples, and what leaves each layer."""

from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor, nn

from app.experiment.addresses import name_within, network_of, parameter_address
from app.experiment.cars import Car, cars_of
from app.experiment.experiment import Experiment
from app.parts.layers.stack import Placed
from app.training.building import captured
from app.training.data.batch import Batch
from app.training.data.samples import ArraySamples
from app.training.tasks import Work
from app.training.tasks.work import Networks


@dataclass
class Look:
    """The networks at one step, averaged where that is asked for; `live` are those in training, where that is something
    else. `layers` are gradients and updates as last observed, by layer path.

    `asked` says that the samples are a person's own: all are shown, in their order, and no truth is known of them.
    """

    experiment: Experiment
    networks: Networks
    samples: ArraySamples
    work: Work
    layers: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]])
    asked: bool = False
    live: Networks | None = None

    def __post_init__(self) -> None:
        placed = self.experiment.placed()
        self.cars = cars_of(placed)

    def read_together(self) -> list[Placed]:
        """The layers of all networks but those that are given something else than the samples: their places are other
        ones."""
        apart = self.work.given(self.samples.all.part(0, 1)).keys() - {self.work.first}
        return [placed for name in self.networks if name not in apart for placed in self.experiment.placed(name)]

    def module(self, path: str) -> nn.Module:
        """The module of the layer at `path`."""
        return self.networks[network_of(path)].get_submodule(name_within(path))

    def answer(self, batch: Batch) -> Tensor:
        """The raw answer to a batch (n, …)."""
        return self.work.answer(self.networks, batch)

    def kept_by(self, layers: Mapping[str, Any], batch: Batch) -> dict[str, Tensor]:
        """What layers by address lay aside (`keeps`, `kept`) while the networks answer a batch; there nothing stays."""
        with keeping(layers):
            self.answer(batch)
            return {path: module.kept for path, module in layers.items() if module.kept is not None}

    def watch(self, batch: Batch, paths: Collection[str]) -> tuple[Tensor, dict[str, Tensor]]:
        """The answer to a batch (n, …) that went through all networks, and what left the layers at these paths."""
        with self.captured(paths) as seen:
            answer = self.work.through(self.networks, batch)
            return answer, seen()

    @contextmanager
    def captured(self, paths: Collection[str], arriving: bool = False) -> Generator[Callable[[], dict[str, Tensor]]]:
        """Gives a function that tells, by path, what left the layers at these paths in passes made inside; or what
        arrived at them."""
        with ExitStack() as watching:
            seen = {
                name: watching.enter_context(captured(network, {name_within(path) for path in own}, arriving))
                for name, network in self.networks.items()
                if (own := [path for path in paths if network_of(path) == name])
            }
            yield lambda: {
                parameter_address(name, module): output
                for name, outputs in seen.items()
                for module, output in outputs.items()
            }


@contextmanager
def keeping(layers: Mapping[str, Any]) -> Generator[None]:
    """Layers by address lay aside what they keep, until the end."""
    for module in layers.values():
        module.keeps = True
    try:
        yield
    finally:
        for module in layers.values():
            module.keeps, module.kept = False, None


def described(cars: list[Car]) -> list[dict[str, Any]]:
    """`about.cars` of a frame."""
    return [
        {
            "path": car.path,
            "layers": [placed.path for placed in car.placed],
            "kind": car.first.layer.kind,
            "units": car.units,
            "shown": car.shown,
            "shape": car.after.as_json(),
        }
        for car in cars
    ]
