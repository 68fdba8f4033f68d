"""How long a network takes to read sequences, forward and back, measured here and now."""

import os
import time
from collections.abc import Generator
from typing import Any

import torch
from torch import Tensor

from app.experiment.addresses import network_address
from app.parts.problem import Problem
from app.parts.questions.step_time import SHORTEST, StepTime
from app.parts.shapes import Choice, Shape
from app.parts.tasks.task import Ends
from app.training.asking.replies.reply import Reply
from app.training.building import BuiltNetwork

LONG_ENOUGH = 0.2  # seconds that one length is measured on so many threads
TOO_LONG = 1.0  # seconds of one step on however many threads; longer sequences are not asked
LEAST, MOST = 3, 20  # steps


class StepTimeReply(Reply):
    """The first part holds the kinds of the `layers`. Then a part for each length, twice the one before: `length`,
    `parameters`, `multiply_adds` of one sequence forward, the longest `chain` of operations, and for one thread and for
    all the `seconds` of the quickest step. Where a step took too long, the last says at which length it `stopped`."""

    question: StepTime

    def parts(self) -> Generator[dict[str, Any]]:
        experiment, longest = self.found.experiment, self.question.longest
        network, ends = experiment.networks["main"], experiment.ends["main"]
        yield {"layers": [layer.kind for layer in network.layers]}
        length = SHORTEST
        while length <= longest:
            now = of_length(ends, length)
            try:
                placed = network.placed(now, network_address("main"))
            except Problem as problem:
                raise problem.at("/longest") from None
            built, x, sides = BuiltNetwork(placed), self._drawn(now.inputs), self._sides(now)
            threads = {count: seconds_of(built, x, sides, count) for count in sorted({1, all_threads()})}
            yield {
                "length": length,
                "parameters": sum(layer.parameters for layer in placed),
                "multiply_adds": sum(layer.multiply_adds for layer in placed),
                "chain": sum(layer.chain for layer in placed),
                "threads": [{"count": count, "seconds": seconds} for count, seconds in threads.items()],
            }
            if min(threads.values()) > TOO_LONG and length < longest:
                yield {"stopped": length}
                return
            length *= 2

    def _drawn(self, shape: Shape) -> Tensor:
        """Some sequences by chance, (b, …)."""
        sizes = (self.question.batch_size, *shape.sizes)
        chance = torch.Generator().manual_seed(self.question.seed)
        if isinstance(shape, Choice):
            return torch.randint(shape.count, sizes, generator=chance)
        return torch.randn(sizes, generator=chance)

    def _sides(self, ends: Ends) -> dict[str, Tensor]:
        """Nothing only fills up."""
        return {
            name: torch.zeros(self.question.batch_size, *side.sizes, dtype=torch.bool)
            for name, side in ends.sides.items()
        }


def of_length(ends: Ends, length: int) -> Ends:
    """The same for sequences of another length."""

    def changed(shape: Shape) -> Shape:
        return shape.model_copy(update={"length": length}) if length_of(shape) == length_of(ends.inputs) else shape

    sides = {name: changed(side) for name, side in ends.sides.items()}
    return Ends(changed(ends.inputs), changed(ends.outputs), sides)


def length_of(shape: Shape) -> int | None:
    """How many places a sequence has; None for what is none."""
    return getattr(shape, "length", None)


def all_threads() -> int:
    """As many as this process has processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def seconds_of(network: BuiltNetwork, x: Tensor, sides: dict[str, Tensor], threads: int) -> float:
    """The quickest of several steps, forward and back, on so many threads. Afterwards there are as many as before."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        with torch.enable_grad():
            found = [_step(network, x, sides), _step(network, x, sides)]  # the first has memory and threads to ask for
            while sum(found) < TOO_LONG and len(found) < MOST and (sum(found) < LONG_ENOUGH or len(found) < LEAST):
                found.append(_step(network, x, sides))
    finally:
        torch.set_num_threads(before)
    return min(found)


def _step(network: BuiltNetwork, x: Tensor, sides: dict[str, Tensor]) -> float:
    began = time.perf_counter()
    network.zero_grad()
    network(x, **sides).square().mean().backward()
    return time.perf_counter() - began
