"""What is measured of drawn pictures by an examiner, and by how near they are to those that were learned from."""

from pathlib import Path

import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.training.data.batch import X
from app.training.data.samples import ArraySamples
from app.training.examining.examiner import Examiner
from app.training.examining.keeping import examiner_of

SURE = 0.9  # share of one class from which the examiner is sure of it
FAIR = 0.2  # of its fair share: what a class or an island must have to be reached
COPY = 0.5  # of how far a real sample usually is from the nearest one learned from: what is nearer is a copy
MOST_KNOWN = 2000  # samples learned from that drawn ones are compared with
MOST_PAIRED = 500  # drawn samples that are compared pair by pair


class Examination:
    """`known` (m, d) are samples learned from, `rows` (m,) their places among all, `usual` is how far samples held out
    usually are from the nearest of them."""

    def __init__(self, examiner: Examiner, samples: ArraySamples) -> None:
        self.examiner = examiner
        first, last = samples.bounds["train"]
        places = torch.arange(first, last)[:: max(-(-(last - first) // MOST_KNOWN), 1)]
        self.rows = places
        self.known = samples.at(places).inputs[X].flatten(1)
        held_first, held_last = samples.bounds.get("validation") or samples.bounds.get("test") or (first, last)
        held = samples.at(torch.arange(held_first, min(held_last, held_first + MOST_PAIRED))).inputs[X].flatten(1)
        self.usual = float(torch.cdist(held, self.known).amin(dim=1).median())

    @classmethod
    def of(cls, experiment: Experiment, samples: object, data: Path | None) -> "Examination | None":
        """That of an experiment whose samples are pictures of classes, all in memory; else None. `data` is the folder
        in which examiners are kept. It may have to learn one."""
        if not isinstance(samples, ArraySamples) or not experiment.dataset.shows_classes():
            return None
        return cls(examiner_of(experiment.dataset, samples.prepared, data), samples)

    def metrics(self, drawn: Tensor, asked: Tensor | None) -> dict[str, float]:
        """What is said of drawn pictures (n, …); `asked` (n,) are the classes that they were to show, if any."""
        shares = self.examiner(drawn)
        sure, seen = shares.max(dim=1)
        parts = torch.bincount(seen, minlength=shares.shape[1]) / len(seen)
        found = {} if asked is None else {"as_asked": float((seen == asked).float().mean())}
        return found | {
            "confident": float((sure >= SURE).float().mean()),
            "classes_reached": float((parts >= FAIR / len(parts)).float().mean()),
            "rarest_class": float(parts.min()),
            "copied": float((self.nearest(drawn[:MOST_PAIRED])[0] < COPY * self.usual).float().mean()),
        }

    def nearest(self, drawn: Tensor) -> tuple[Tensor, Tensor]:
        """How far each drawn picture (n, …) is from the nearest sample learned from (n,), and which that is (n,)."""
        distances, places = torch.cdist(drawn.flatten(1), self.known).min(dim=1)
        return distances, self.rows[places]
