"""Cars: a layer together with the activations behind it, as a page shows them."""

from dataclasses import dataclass, replace

from app.parts.layers.stack import Placed
from app.parts.shapes import Shape


@dataclass(frozen=True)
class Car:
    """The layers of one car in their places. Its *units* are what is drawn of what leaves the last of them: the
    neurons, or the channels of a picture or a series."""

    placed: tuple[Placed, ...]

    @property
    def path(self) -> str:
        """The car's name: the path of its first layer."""
        return self.placed[0].path

    @property
    def last(self) -> str:
        """The path of its last layer."""
        return self.placed[-1].path

    @property
    def first(self) -> Placed:
        """Its first layer, the one that may hold weights."""
        return self.placed[0]

    @property
    def after(self) -> Shape:
        """What leaves it."""
        return self.placed[-1].after

    @property
    def units(self) -> int:
        """How many neurons it has, or channels."""
        return self.after.units

    @property
    def shown(self) -> list[int]:
        """The units that are drawn."""
        return self.after.shown


def cars_of(placed: list[Placed]) -> list[Car]:
    """The cars of a stack in order, the inner cars of a layer that holds others right behind it."""
    cars: list[Car] = []
    for entry in placed:
        if entry.layer.rides() and cars and _same_stack(cars[-1].path, entry.path):
            cars.append(Car((*cars.pop().placed, entry)))
        else:
            cars.append(Car((entry,)))
    whole: list[Car] = []
    for car in cars:
        whole.append(car)
        inner = car.first.layer.placed(car.first.before)
        whole.extend(cars_of([replace(layer, path=car.path + layer.path) for layer in inner]))
    return whole


def _same_stack(path: str, other: str) -> bool:
    return path.rpartition("/")[0] == other.rpartition("/")[0]
