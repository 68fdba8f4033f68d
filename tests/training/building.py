"""The network of a test."""

from app.experiment.experiment import Experiment
from app.training.building import BuiltNetwork, build_networks


def build_network(experiment: Experiment) -> BuiltNetwork:
    """The network of a task that has one."""
    (network,) = build_networks(experiment).values()
    return network
