"""The bare PyTorch loop, in a process of its own: what everyone writes first; records nothing, shows nothing.

It evaluates its network over all samples as often as a run of ours does, and tells apart what that took.
"""

import multiprocessing
import os
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import torch
from torch import nn

from app.executors.child import NICE
from app.experiment.check import checked
from app.training.building import build
from app.training.data.samples import ArraySamples, samples_of

ROWS = 256  # that are evaluated at once


@dataclass(frozen=True)
class Took:
    """Seconds and processor seconds of a run, and the seconds in which it evaluated instead of training."""

    seconds: float
    cpu: float
    evaluating: float = 0.0


class Bare:
    """The loop of one experiment, waiting to be asked for steps. Has the priority and the one thread of a worker."""

    def __init__(self, document: dict[str, Any]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(document, other), daemon=True)
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


def _serve(document: dict[str, Any], pipe: Connection) -> None:
    os.nice(NICE)
    torch.set_num_threads(1)
    while asked := pipe.recv():
        pipe.send(_train(document, *asked))


def _train(document: dict[str, Any], steps: int, evaluations: int) -> Took:
    experiment = checked(document)
    samples = samples_of(experiment)
    _, count = samples.bounds["train"]
    inputs, targets = samples.inputs[:count], samples.targets[:count]
    batch = experiment.training.batch_size
    placed = experiment.placed("main")
    network = nn.Sequential(*(build(one.layer.module_for(one.before)) for one in placed))
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
                _evaluate(network, criterion, samples)
                evaluating += time.perf_counter() - start
    return Took(time.perf_counter() - began, time.process_time() - cpu, evaluating)


def _evaluate(network: nn.Module, criterion: nn.Module, samples: ArraySamples) -> list[float]:
    network.eval()
    with torch.no_grad():
        outputs = torch.cat([network(piece) for piece in samples.inputs.split(ROWS)])
        bounds = samples.bounds.values()
        losses = [criterion(outputs[first:last], samples.targets[first:last]).item() for first, last in bounds]
    network.train()
    return losses
