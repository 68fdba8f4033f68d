"""What tasks compute that draw new samples: how near they come to the real ones."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.dataset import Gathering
from app.parts.datasets.prepared import Array
from app.parts.problem import Problem
from app.parts.shapes import Classes
from app.parts.tasks.generating import LABEL, Generating
from app.training.data.batch import Batch, X
from app.training.examining import FAIR, MOST_PAIRED, Examination
from app.training.tasks.discrepancy import discrepancy
from app.training.tasks.drawing_new import DrawingNew, diversity
from app.training.tasks.work import Each, Networks, Tally

NEAR = 3.0  # standard deviations from the middle of an island
NEIGHBOURS = 5
DIRECTIONS = 32  # that samples are seen from, for the sliced distance
LEARNED = 0.02  # share of real samples covered that counts as learning


Sides = Mapping[str, Tensor]
NOTHING: Sides = {}


class Stage(NamedTuple):
    """Samples on their way from noise: as they stand at `time`, and the clean ones that the network makes out."""

    time: int  # diffusion steps from a clean sample
    noisy: Tensor  # (b, …)
    clean: Tensor  # (b, …)


class GeneratingWork(DrawingNew):
    """`answer` are drawn samples (b, …), from the noise that the batch holds beside the real ones. `sides` tell which
    class each is to show, where networks are told one."""

    task: Generating

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(experiment)
        self.gathering = experiment.dataset.gathering()
        target = experiment.dataset.target()
        self._classes = target.count if self.task.conditional and isinstance(target, Classes) else 0

    def new(self, networks: Networks, batch: Batch) -> Tensor:
        return self.answer(networks, batch)

    def asked(self, batch: Batch) -> Sides:
        """What the networks are told of a batch beside its noise."""
        return {LABEL: batch.inputs[LABEL]} if self._classes else NOTHING

    def in_turn(self, count: int) -> Sides:
        """What they are told to draw so many samples, each class in its turn."""
        return {LABEL: torch.arange(count) % self._classes} if self._classes else NOTHING

    def all_of(self, label: int | None, count: int) -> Sides:
        """What they are told to draw so many samples of one class, or of all in turn. Raises `Problem` where there is
        no such class to ask for."""
        if label is None:
            return self.in_turn(count)
        if label >= self._classes:
            raise no_such_class(label)
        return {LABEL: torch.full((count,), label)}

    def of_each(self, count: int) -> list[Sides]:
        """What they are told to draw so many samples of every class, one after another; once where they are not."""
        return [self.all_of(label, count) for label in range(self._classes)] or [NOTHING]

    def drawn(self, networks: Networks, noise: Tensor, sides: Sides = NOTHING) -> Tensor:
        """What is drawn from noise (b, …) alone."""
        return self.answer(networks, Batch({"noise": noise, **sides}, None, None, len(noise)))

    def way(self, networks: Networks, noise: Tensor, sides: Sides = NOTHING) -> Iterator[Stage]:
        """How samples (b, …) come about, the finished ones last."""
        drawn = self.drawn(networks, noise, sides)
        yield Stage(0, drawn, drawn)

    def noised(self, x: Tensor, noise: Tensor, time: int) -> Tensor:
        """Real samples (b, …) with so much of this noise over them as there is in drawn ones at this time."""
        return x

    def shown(self, answer: Tensor) -> Tensor:
        return answer

    def tally(self) -> Tally:
        return Compared(self.gathering, self.examination)

    def each(self, answer: Tensor, batch: Batch) -> Each:
        raise ValueError("Expected a task that answers to samples, but this one draws new ones.")


def no_such_class(label: int) -> Problem:
    """That a network cannot be asked for a class."""
    return Problem("There is no class {label} that this network could be asked for.", place="/label", label=label)


class Compared(Tally):
    """Keeps drawn and real samples, and compares them once all are there."""

    def __init__(self, gathering: Gathering | None, examination: Examination | None) -> None:
        self._gathering = gathering
        self._examination = examination
        self._drawn: list[Tensor] = []
        self._real: list[Tensor] = []
        self._asked: list[Tensor] = []
        self._found: dict[str, float] = {}  # once it was worked out

    def add(self, answer: Tensor, batch: Batch) -> None:
        self._drawn.append(answer.flatten(1))
        self._real.append(batch.inputs[X].flatten(1))
        if LABEL in batch.inputs:
            self._asked.append(batch.inputs[LABEL])

    def metrics(self) -> dict[str, float]:
        self._found = self._found or self._compared()
        return self._found

    def learned(self) -> bool:
        return self.metrics()["coverage"] > LEARNED

    def _compared(self) -> dict[str, float]:
        drawn, real = torch.cat(self._drawn), torch.cat(self._real)
        real = real[np.random.default_rng(0).permutation(len(real))]  # as they come, halves may be different classes
        some, others = drawn[:MOST_PAIRED], real[:MOST_PAIRED]
        found = {"coverage": coverage(some, others)}
        if self._gathering:
            islands = on_islands(drawn.numpy(), self._gathering)
            found |= {"islands": islands.reached, "on_islands": islands.near}
        if self._examination:
            found |= self._examination.metrics(drawn, torch.cat(self._asked) if self._asked else None)
        half = len(real) // 2
        if half:  # all of these compare as many samples with as many
            found["distance"] = sliced_distance(drawn[:half], real[:half])
            null = sliced_distance(real[half : 2 * half], real[:half])
            found["distance_ratio"] = found["distance"] / max(null, 1e-9)
        if half > 1:
            paired = min(half, MOST_PAIRED)
            unlike = discrepancy(drawn[:paired], real[: 2 * paired])
            found |= {"mmd": unlike.apart, "mmd_of_halves": unlike.chance}
        return found | {"diversity": diversity(some, others)}


class Coverage(NamedTuple):
    """Shares of the islands that are `reached`, of the points that are `near` one; `counts` (islands,) of points."""

    reached: float
    near: float
    counts: Array


def on_islands(points: Array, gathering: Gathering) -> Coverage:
    """How points (n, 2) lie on islands: each belongs to the nearest, where that is near enough."""
    far = np.linalg.norm(points[:, None] - gathering.middles, axis=2)  # (n, islands)
    nearest = np.where(np.isfinite(far).all(axis=1), far.argmin(axis=1), -1)
    lands = (nearest >= 0) & (far.min(axis=1) <= NEAR * gathering.spread)
    counts = np.bincount(nearest[lands], minlength=len(gathering.middles))
    reached = counts >= FAIR * len(points) / len(counts)
    return Coverage(float(reached.mean()), float(lands.mean()), counts)


def coverage(drawn: Tensor, real: Tensor) -> float:
    """Share of real samples (n, d) with a drawn one no further than the fifth nearest of the other real ones.
    Source: Naeem et al. 2020, arXiv:2002.09797."""
    apart = torch.cdist(real, real)
    nth = min(NEIGHBOURS + 1, len(real))  # each is its own nearest
    reach = apart.kthvalue(nth, dim=1).values
    return float((torch.cdist(real, drawn).amin(dim=1) <= reach).float().mean())


def sliced_distance(some: Tensor, others: Tensor) -> float:
    """The sliced Wasserstein-2 distance of as many samples as others, both (n, d): the root of the mean squared
    distance that points move along a line, over many directions. Source: Bonneel et al. 2015,
    doi:10.1007/s10851-014-0506-3."""
    lines = _directions(some.shape[1])
    moved = (lines @ some.T).sort().values - (lines @ others.T).sort().values
    return float(moved.square().mean().sqrt())


def _directions(numbers: int) -> Tensor:
    """Directions of length 1 as rows (directions, numbers): on the plane evenly all around, else the same by lot."""
    if numbers == 2:
        angles = torch.arange(DIRECTIONS) * (torch.pi / DIRECTIONS)
        return torch.stack([angles.cos(), angles.sin()], dim=1)
    lines = np.random.default_rng(0).standard_normal((DIRECTIONS, numbers))
    return torch.from_numpy((lines / np.linalg.norm(lines, axis=1, keepdims=True)).astype(np.float32))
