"""The bare PyTorch loop, in a process of its own: what everyone writes first; records nothing, shows nothing."""

import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from typing import Any

import torch
from torch import nn

from app.executors.child import NICE
from app.experiment.check import checked
from app.training.building import build
from app.training.samples import samples_of


class Bare:
    """The loop of one experiment, waiting to be asked for steps. Has the priority and the one thread of a worker."""

    def __init__(self, document: dict[str, Any]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(document, other), daemon=True)
        self._process.start()
        self.train(200)  # the first steps import and allocate

    def train(self, steps: int) -> tuple[float, float]:
        """Takes `steps` steps of a new network; gives seconds and processor seconds."""
        self._pipe.send(steps)
        return self._pipe.recv()

    def close(self) -> None:
        """Ends the process."""
        self._pipe.send(0)
        self._process.join()


def _serve(document: dict[str, Any], pipe: Connection) -> None:
    os.nice(NICE)
    torch.set_num_threads(1)
    while steps := pipe.recv():
        pipe.send(_train(document, steps))


def _train(document: dict[str, Any], steps: int) -> tuple[float, float]:
    experiment = checked(document)
    samples = samples_of(experiment)
    _, count = samples.bounds["train"]
    inputs, targets = samples.inputs[:count], samples.targets[:count]
    batch = experiment.training.batch_size
    placed = experiment.main.placed(experiment.dataset.inputs(), experiment.outputs)
    network = nn.Sequential(*(build(one.layer.module_for(one.before)) for one in placed))
    optimizer = build(experiment.optimizer.call(), network.parameters())
    criterion = build(experiment.loss.module())
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
    return time.perf_counter() - began, time.process_time() - cpu
