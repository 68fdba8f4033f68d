"""The learning rates of an experiment, where each stands: networks may have optimizers of their own."""

from dataclasses import dataclass

from app.experiment.addresses import network_address, network_of
from app.experiment.experiment import Experiment


@dataclass(frozen=True)
class Rate:
    """A learning rate and its address; `own` as in `Optimizer.own_rate`."""

    lr: float
    place: str
    own: bool


def of_network(experiment: Experiment, name: str) -> Rate:
    """The rate that moves a network."""
    optimizer = experiment.optimizer_of(name)
    within = network_address(name) if experiment.networks[name].optimizer else ""
    return Rate(optimizer.lr, f"{within}/optimizer/lr", optimizer.own_rate)


def of_place(experiment: Experiment, place: str) -> Rate:
    """The rate that moves the layer at an address; the largest one where there is no address."""
    return of_network(experiment, network_of(place)) if place else largest(experiment)


def largest(experiment: Experiment) -> Rate:
    """The rate that overshoots first."""
    return max(_all(experiment), key=lambda rate: (not rate.own, rate.lr))


def smallest(experiment: Experiment) -> Rate:
    """The rate that holds back most."""
    return min(_all(experiment), key=lambda rate: (rate.own, rate.lr))


def _all(experiment: Experiment) -> list[Rate]:
    return [of_network(experiment, name) for name in experiment.networks]
