"""What a probe is given to look at: the network, its cars, the samples, and what leaves each layer."""

from dataclasses import dataclass, field
from typing import Any

from torch import nn

from app.experiment.cars import Car, cars_of
from app.experiment.experiment import Experiment
from app.training.building import BuiltNetwork, name_of
from app.training.samples import Samples
from app.training.tasks import Work


@dataclass
class Look:
    """One network at one step. `layers` are gradients and updates as last observed, by layer path.

    `asked` says that the samples are a person's own: all are shown, in their order, and no truth is known of them.
    """

    experiment: Experiment
    network: BuiltNetwork
    samples: Samples
    work: Work
    layers: dict[str, dict[str, float]] = field(default_factory=dict[str, dict[str, float]])
    asked: bool = False

    def __post_init__(self) -> None:
        placed = self.experiment.main.placed(self.experiment.dataset.inputs(), self.experiment.outputs)
        self.cars = cars_of(placed)

    def module(self, path: str) -> nn.Module:
        """The module of the layer at `path`."""
        return self.network.get_submodule(name_of(path))


def described(cars: list[Car]) -> list[dict[str, Any]]:
    """`about.cars` of a frame."""
    return [
        {
            "path": car.path,
            "layers": [one.path for one in car.placed],
            "kind": car.first.layer.kind,
            "units": car.units,
            "shown": car.shown,
            "shape": list(car.after.sizes),
        }
        for car in cars
    ]
