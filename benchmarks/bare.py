"""The bare PyTorch loop, in a process of its own: what everyone writes first; records nothing, shows nothing.

It evaluates its network over all samples as often as a run of ours does, and tells apart what that took.
"""

import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import torch
from torch import nn

from app.executors.child import NICE
from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.training.building import build
from app.training.data.samples import ArraySamples, samples_of

ROWS = 256  # that are evaluated at once
Peer = Callable[[Experiment], nn.Module]


@dataclass(frozen=True)
class Took:
    """Seconds and processor seconds of a run, and the seconds in which it evaluated instead of training."""

    seconds: float
    cpu: float
    evaluating: float = 0.0


class Bare:
    """The loop of one experiment, waiting to be asked for steps. Has the priority and the one thread of a worker.

    Its network is made of PyTorch's own modules; `peer` makes it where ours is made of others.
    """

    def __init__(self, document: dict[str, Any], peer: Peer | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(document, peer or network_of, other), daemon=True)
        self._process.start()
        self.train(200, 1)  # the first steps import and allocate

    def train(self, steps: int, evaluations: int) -> Took:
        """Takes `steps` steps of a new network, and evaluates it so often in between."""
        self._pipe.send((steps, evaluations))
        return self._pipe.recv()

    def close(self) -> None:
        """Ends the process."""
        self._pipe.send(None)
        self._process.join()


def network_of(experiment: Experiment) -> nn.Module:
    """The modules of an experiment's only network, one behind another."""
    return nn.Sequential(*(build(placed.layer.module_for(placed.before)) for placed in experiment.placed("main")))


def _serve(document: dict[str, Any], peer: Peer, pipe: Connection) -> None:
    os.nice(NICE)
    torch.set_num_threads(1)
    while asked := pipe.recv():
        pipe.send(_train(document, peer, *asked))


def _train(document: dict[str, Any], peer: Peer, steps: int, evaluations: int) -> Took:
    experiment = checked(document)
    samples = samples_of(experiment)
    _, count = samples.bounds["train"]
    inputs, targets = samples.inputs[:count], samples.targets[:count]
    batch = experiment.training.batch_size
    network = peer(experiment)
    optimizer = build(experiment.optimizer.call(), network.parameters())
    criterion = build(experiment.loss.module())
    due = {round(steps * number / evaluations) for number in range(1, evaluations + 1)}
    evaluating = 0.0
    taken = 0
    began, cpu = time.perf_counter(), time.process_time()
    while taken < steps:
        order = torch.randperm(count)
        x, y = inputs[order], targets[order]
        for first in range(0, min(count, (steps - taken) * batch), batch):
            optimizer.zero_grad()
            criterion(network(x[first : first + batch]), y[first : first + batch]).backward()
            optimizer.step()
            taken += 1
            if taken in due:
                start = time.perf_counter()
                _evaluate(network, criterion, samples, experiment.task.most_measured)
                evaluating += time.perf_counter() - start
    return Took(time.perf_counter() - began, time.process_time() - cpu, evaluating)


def _evaluate(network: nn.Module, criterion: nn.Module, samples: ArraySamples, most: int | None) -> list[float]:
    """The loss of each split, of so many of its samples at most."""
    network.eval()
    with torch.no_grad():
        bounds = [(first, min(last, first + (most or last))) for first, last in samples.bounds.values()]
        seen = [torch.cat([network(x) for x in samples.inputs[first:last].split(ROWS)]) for first, last in bounds]
        losses = [
            criterion(outputs, samples.targets[first:last]).item()
            for outputs, (first, last) in zip(seen, bounds, strict=True)
        ]
    network.train()
    return losses
