"""Everything a worker will need, used once, so that processes forked from here need not begin from cold."""

import torch

from app.experiment.experiment import Experiment
from app.training.building import build, build_networks
from app.training.data.samples import samples_of
from app.training.probes import Look
from app.training.recording.probing import Probing
from app.training.steppers.bare import bare_step, leave_the_compiler_alone
from app.training.tasks import WORK

POINTS = {
    "dataset": {"kind": "circle", "samples": 20},
    "task": {"kind": "classification"},
    "networks": {"main": {"layers": [{"kind": "linear", "units": 2}, {"kind": "tanh"}]}},
    "loss": {"kind": "cross_entropy"},
}
PICTURES = {
    "dataset": {"kind": "shapes", "samples": 20},
    "task": {"kind": "classification"},
    "networks": {"main": {"layers": [{"kind": "conv2d", "filters": 2}, {"kind": "relu"}, {"kind": "flatten"}]}},
    "loss": {"kind": "cross_entropy"},
}


def warm() -> None:
    """Uses PyTorch without a backward pass and without starting a thread: who owns one must not be forked."""
    torch.set_num_threads(1)
    leave_the_compiler_alone()
    for document in (POINTS, PICTURES):
        experiment = Experiment.model_validate(document)
        samples = samples_of(experiment)
        networks = build_networks(experiment)
        network = networks["main"]
        probing = Probing(experiment, Look(experiment, networks, samples, WORK[experiment.task.kind](experiment)))
        probing.frames(probing.names, 0, 0.0)
        build(experiment.loss.module())(network(samples.inputs), samples.targets)
        optimizer: torch.optim.Optimizer = build(experiment.optimizer.call(), list(network.parameters()))
        for parameter in network.parameters():
            parameter.grad = torch.zeros_like(parameter)
        bare_step(optimizer)()
