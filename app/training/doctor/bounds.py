"""What no network can beat on new samples: the floor of a loss, and the ceiling of a score."""

from dataclasses import dataclass
from typing import Literal

from app.experiment.experiment import Experiment
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.line import LineDataset
from app.parts.shapes import Choice


@dataclass(frozen=True)
class Bounds:
    """`loss` and `score` for new samples, in expectation; `train_loss` for those it can learn by heart.

    `wrong` is the share of wrong labels, `cause` what makes the floor: noise, labels, smoothing, or nothing.
    """

    loss: float = 0.0
    train_loss: float = 0.0
    score: float = 1.0
    wrong: float = 0.0
    cause: Literal["", "noise", "labels", "smoothing"] = ""

    @classmethod
    def of(cls, experiment: Experiment) -> "Bounds":
        """The bounds that a document itself tells; what a real set holds nobody knows."""
        dataset, loss = experiment.dataset, experiment.loss
        target = experiment.target
        wrong = dataset.label_noise if isinstance(dataset, Labelled) else 0.0
        noise = dataset.noise if isinstance(dataset, LineDataset) else 0.0
        lowest, smoothed = loss.floor(target, wrong, noise), loss.floor(target, 0.0, 0.0)
        cause = "" if not lowest else "noise" if not isinstance(target, Choice) else "labels" if wrong else "smoothing"
        return cls(lowest, smoothed, 1 - wrong, wrong, cause)
