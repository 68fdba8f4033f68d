"""Changes a batch at random before it is learned from: all samples at once, as a pure function of seed and step."""

from math import pi

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from app.experiment.augmentation import Augmentation
from app.experiment.experiment import Experiment
from app.training.data.batch import Batch, X
from app.training.data.samples import ArraySamples

AUGMENT = 13  # stream of randomness
SHIFT_X, SHIFT_Y, FLIP, TURN, SCALE, CUT_X, CUT_Y = range(7)  # columns of the numbers drawn for each sample
MASK_DIRECTIONS = 3  # of targets (n, h, w); classes and numbers have fewer


def augmenting_of(experiment: Experiment, samples: ArraySamples) -> "Augmenting | None":
    """What changes the batches of an experiment; None where nothing does."""
    if not experiment.training.augmentation.on:
        return None
    mean = spread = None
    if experiment.dataset.standardize:
        mean, spread = (
            torch.from_numpy(np.float32(values)) for values in (samples.prepared.mean, samples.prepared.spread)
        )
    again = experiment.task.learns == "inputs"
    return Augmenting(experiment.training.augmentation, experiment.seed, mean, spread, again=again)


class Augmenting:
    """Moves, turns, sizes and mirrors samples in one sampling, then covers, recolours and roughens them.

    What comes in at an edge is the edge repeated. Pictures stay within 0 and 1. `mean` and `spread` are those by which
    the inputs were standardised: everything happens to samples as they were before that. With `again` a network draws
    its input again, so that what is wanted is the changed sample itself.
    """

    def __init__(
        self, settings: Augmentation, seed: int, mean: Tensor | None, spread: Tensor | None, *, again: bool = False
    ) -> None:
        self.settings = settings
        self.seed = seed
        self.mean, self.spread = mean, spread
        self.moves = bool(settings.shift or settings.flip or settings.rotate or settings.scale)
        self._again = again
        self._chance = torch.Generator()

    def batch(self, batch: Batch, step: int) -> Batch:
        """The batch as it is learned from at that step."""
        targets = batch.targets
        if self._again:
            x, _ = self(batch.inputs[X], torch.zeros(batch.size), step)
            return batch._replace(inputs={**batch.inputs, X: x}, targets=x)
        x, y = self(batch.inputs[X], torch.zeros(batch.size) if targets is None else targets, step)
        return batch._replace(inputs={**batch.inputs, X: x}, targets=None if targets is None else y)

    def __call__(self, x: Tensor, y: Tensor, step: int) -> tuple[Tensor, Tensor]:
        """Inputs (b, c, h, w) or (b, c, l) and targets as they are learned from at that step, masks moved along."""
        self._chance.manual_seed(int(np.random.SeedSequence([self.seed, AUGMENT, step]).generate_state(1)[0]))
        drawn = torch.rand(len(x), 7, generator=self._chance)
        if self.mean is not None and self.spread is not None:
            x = x * self.spread + self.mean
        series = x.dim() == 3
        x = x[:, :, None] if series else x
        if self.moves:
            x, y = self._moved(x, y, drawn)
        if self.settings.cutout:
            x = self._cut(x, drawn)
        if self.settings.colour:
            x = self._recoloured(x)
        if self.settings.noise:
            x = x + self.settings.noise * torch.randn(x.shape, generator=self._chance)
        if not series and (self.settings.noise or self.settings.colour):
            x = x.clamp(0, 1)
        x = x[:, :, 0] if series else x
        if self.mean is not None and self.spread is not None:
            x = (x - self.mean) / self.spread
        return x, y

    def _moved(self, x: Tensor, y: Tensor, drawn: Tensor) -> tuple[Tensor, Tensor]:
        height, width = x.shape[2:]
        sizes = (len(x), 1, height, width)
        grid = functional.affine_grid(self._paths(drawn, height, width), list(sizes), align_corners=False)
        x = functional.grid_sample(x, grid, "bilinear", "border", align_corners=False)
        if y.dim() >= MASK_DIRECTIONS:
            masks = y[:, None] if y.dim() == MASK_DIRECTIONS else y
            masks = functional.grid_sample(masks.float(), grid, "nearest", "border", align_corners=False)
            y = masks.to(y.dtype).reshape(y.shape)
        return x, y

    def _paths(self, drawn: Tensor, height: int, width: int) -> Tensor:
        """For each sample where a place in the new one comes from, on axes from -1 to 1: (b, 2, 3)."""
        settings, span = self.settings, 2 * drawn - 1
        size = 1 / (1 + settings.scale * span[:, SCALE])
        angle = settings.rotate * pi / 180 * span[:, TURN]
        mirror = torch.where(drawn[:, FLIP] < 0.5, -1.0, 1.0) if settings.flip else torch.ones(len(drawn))
        across, down = (
            ((drawn[:, column] * (2 * settings.shift + 1)).floor() - settings.shift) * 2 / side  # whole pixels
            for column, side in ((SHIFT_X, width), (SHIFT_Y, height))
        )
        cosine, sine = angle.cos() * size, angle.sin() * size
        if height == 1:  # a series
            down = torch.zeros(len(drawn))
        rows = [mirror * cosine, -sine * height / width, across, mirror * sine * width / height, cosine, down]
        return torch.stack(rows, dim=1).reshape(-1, 2, 3)

    def _cut(self, x: Tensor, drawn: Tensor) -> Tensor:
        """A square around a place of each picture, cut off at its edges, gets the mean of the picture."""
        height, width = x.shape[2:]
        side = self.settings.cutout

        def within(column: int, length: int) -> Tensor:
            first = (drawn[:, column, None] * length).floor() - side // 2
            place = torch.arange(length)
            return (place >= first) & (place < first + side)

        hidden = within(CUT_Y, height)[:, None, :, None] & within(CUT_X, width)[:, None, None, :]
        return torch.where(hidden, x.mean(dim=(2, 3), keepdim=True), x)

    def _recoloured(self, x: Tensor) -> Tensor:
        factors = 1 + self.settings.colour * (2 * torch.rand(2, *x.shape[:2], 1, 1, generator=self._chance) - 1)
        mean = x.mean(dim=(2, 3), keepdim=True)
        return ((x - mean) * factors[0] + mean) * factors[1]
