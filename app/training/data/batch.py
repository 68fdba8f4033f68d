"""What a step is given, and what every source of samples promises: arrays in memory and streams alike."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol, runtime_checkable

from torch import Tensor

from app.parts.datasets.prepared import Array

X = "x"  # the name of what a network is given, where a task knows no more of it


class Batch(NamedTuple):
    """Some samples. A weight of 0 says that a sample, or a place in one, is only there to fill up."""

    inputs: Mapping[str, Tensor]  # by name, each (b, …) of any dtype
    targets: Tensor | None  # (b, …) as the loss wants them; None where there is nothing to compare with
    weight: Tensor | None  # (b,) or (b, places); None where all count alike
    size: int

    def each(self, change: Callable[[Tensor], Tensor], size: int) -> "Batch":
        """The batch with every one of its tensors changed in the same way, to so many samples."""
        targets = None if self.targets is None else change(self.targets)
        weight = None if self.weight is None else change(self.weight)
        return Batch({name: change(tensor) for name, tensor in self.inputs.items()}, targets, weight, size)

    @property
    def bytes(self) -> int:
        """How much memory a copy of it takes."""
        tensors = [*self.inputs.values(), self.targets, self.weight]
        return sum(tensor.numel() * tensor.element_size() for tensor in tensors if tensor is not None)

    def part(self, first: int, last: int) -> "Batch":
        """The samples from `first` to before `last`, or to the end."""
        some = slice(first, last)  # written out: every step of a tiny network comes by here
        targets = None if self.targets is None else self.targets[some]
        weight = None if self.weight is None else self.weight[some]
        return Batch(
            {name: tensor[some] for name, tensor in self.inputs.items()}, targets, weight, min(last, self.size) - first
        )


def alone(x: Tensor) -> Batch:
    """Inputs (n, …) without anything beside them."""
    return Batch({X: x}, None, None, len(x))


def place_by_place(answer: Tensor, batch: Batch) -> tuple[Tensor, Batch]:
    """The places of all samples as samples of their own: answers (b, k, places) become (b · places, k), what they are
    compared with and its weight (b, places) become (b · places,). Inputs are left behind."""
    targets = targets_of(batch)
    targets = targets.flatten() if targets.ndim < answer.ndim else targets.movedim(1, -1).flatten(0, -2)
    weight = None if batch.weight is None else batch.weight.flatten()
    return answer.movedim(1, -1).flatten(0, -2), Batch({}, targets, weight, len(targets))


def counted(answer: Tensor, batch: Batch) -> tuple[Tensor, Batch]:
    """What counts of a batch: all of it, or the samples or single places whose weight is not 0, without inputs."""
    if batch.weight is None:
        return answer, batch
    counts = batch.weight.flatten() > 0
    answer, batch = place_by_place(answer, batch) if batch.weight.ndim > 1 else (answer, batch._replace(inputs={}))
    return answer[counts], batch.each(lambda tensor: tensor[counts], int(counts.sum()))


def targets_of(batch: Batch) -> Tensor:
    """The targets, which a task that compares with something cannot do without."""
    if batch.targets is None:
        raise ValueError("Expected targets to compare with, but the batch has none.")
    return batch.targets


@runtime_checkable
class Samples(Protocol):
    """Where batches come from. Rows are counted within their split, from 0."""

    def count(self, split: str) -> int:
        """How many samples a split has; 0 where there is none of that name."""
        ...

    def batch(self, split: str, rows: Array) -> Batch:
        """These rows of a split."""
        ...

    def whole(self, split: str) -> Batch | None:
        """All of a split, where it is in memory anyway; None for a stream."""
        ...
