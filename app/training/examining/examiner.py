"""A small network that learns the classes of real pictures once, and is never changed again."""

from collections.abc import Generator
from contextlib import contextmanager

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.prepared import Array, Prepared
from app.parts.shapes import Classes

SEED = 4_711  # its own: whatever the seed of a run, the examiner is the same
WIDE, BATCH, EPOCHS = 256, 64, 80
MOST_SAMPLES, MOST_STEPS = 4000, 2000
RATE, DROPOUT, ROUGH = 0.002, 0.2, 0.05  # `ROUGH` is the noise on pictures while it learns, of their own spread


class Examiner(nn.Module):
    """Gives pictures, as networks see them, a share of each class. `accuracy` is its own, on samples held out; `span`
    (2,) is from the darkest to the brightest pixel it learned from, as far as pictures are looked at."""

    accuracy: Tensor
    span: Tensor

    def __init__(self, numbers: int, classes: int) -> None:
        super().__init__()
        self.scores = nn.Sequential(
            *(nn.Linear(numbers, WIDE), nn.ReLU(), nn.Dropout(DROPOUT)),
            *(nn.Linear(WIDE, WIDE), nn.ReLU(), nn.Dropout(DROPOUT)),
            nn.Linear(WIDE, classes),
        )
        self.register_buffer("accuracy", torch.zeros(()))
        self.register_buffer("span", torch.tensor([0.0, 1.0]))

    def forward(self, pictures: Tensor) -> Tensor:  # (b, …) -> (b, classes), shares that add up to 1
        return self.scores(pictures.flatten(1).clamp(self.span[0], self.span[1])).softmax(dim=1)


def blank(dataset: Dataset) -> Examiner:
    """An examiner that has learned nothing yet."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(SEED)
        target = dataset.target()
        if not isinstance(target, Classes):
            raise ValueError(f"Expected classes to examine by, but got {target}.")
        return Examiner(dataset.inputs().numbers, target.count)


def learned(dataset: Dataset, prepared: Prepared) -> Examiner:
    """An examiner that has learned from the training samples, and is measured on those that test, or else validate.
    The chance that it takes is its own."""
    examiner = blank(dataset)
    rows = _some(prepared.train)
    x, truth = torch.from_numpy(prepared.inputs[rows]).flatten(1), torch.from_numpy(prepared.targets[rows])
    examiner.span.copy_(torch.stack([x.min(), x.max()]))
    steps = min(EPOCHS * max(len(rows) // BATCH, 1), MOST_STEPS)
    held = prepared.test if len(prepared.test) else prepared.validation
    with torch.random.fork_rng(devices=[]), torch.enable_grad(), _one_thread():
        torch.default_generator.manual_seed(SEED)
        _teach(examiner.train(), x, truth, steps)
        examiner.eval().requires_grad_(False)
        if len(held):
            seen = examiner(torch.from_numpy(prepared.inputs[held])).argmax(dim=1).numpy()
            examiner.accuracy.fill_(float((seen == prepared.targets[held]).mean()))
    return examiner


def _teach(examiner: Examiner, x: Tensor, truth: Tensor, steps: int) -> None:
    moving = torch.optim.Adam(examiner.scores.parameters(), lr=RATE)
    falling = torch.optim.lr_scheduler.CosineAnnealingLR(moving, steps)
    spread = ROUGH * float(x.std())
    for _ in range(steps):
        places = torch.randint(len(x), (min(BATCH, len(x)),))
        rough = x[places] + spread * torch.randn(len(places), x.shape[1])
        moving.zero_grad()
        functional.cross_entropy(examiner.scores(rough), truth[places]).backward()
        moving.step()
        falling.step()


@contextmanager
def _one_thread() -> Generator[None]:
    """So that sums are the same whatever a run has, and a process that is to be confined starts no other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _some(rows: Array) -> Array:
    """At most so many of them, evenly chosen."""
    return rows[:: max(-(-len(rows) // MOST_SAMPLES), 1)]
