"""Everything a worker will need, used once, so that processes forked from here need not begin from cold."""

import torch

from app.experiment.experiment import Experiment
from app.training.building import build, build_network
from app.training.evaluating import Evaluator
from app.training.probes import Look
from app.training.probing import Probing
from app.training.samples import samples_of
from app.training.steppers.bare import bare_step, leave_the_compiler_alone

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
        network = build_network(experiment)
        evaluator = Evaluator(experiment, samples)
        probing = Probing(experiment, Look(experiment, network, samples, evaluator.work))
        probing.frames(probing.names, 0, 0.0)
        build(experiment.loss.module())(network(samples.inputs), samples.targets)
        optimizer: torch.optim.Optimizer = build(experiment.optimizer.call(), list(network.parameters()))
        for parameter in network.parameters():
            parameter.grad = torch.zeros_like(parameter)
        bare_step(optimizer)()
