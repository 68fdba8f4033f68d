"""What a run's network answers to the samples of its own set: the worst, the surest mistakes, or all in order."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import nn

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.parts.datasets.preview import listed
from app.parts.problem import Problem
from app.parts.shapes import Classes, Features, Mask
from app.runs.folder import RunFolder
from app.runs.log import sendable
from app.training.building import build
from app.training.predicting import answers_to
from app.training.samples import Samples, samples_of
from app.training.tasks import WORK
from app.training.tasks.choosing import ChoosingWork
from app.training.trained import Trained, trained

Order = Literal["worst", "sure", "rows"]
AT_ONCE = 256  # samples that are answered together


@dataclass(frozen=True)
class Asked:
    """Which answers, in which order, and which page of them. `truth` and `answer` are class numbers: a cell of the
    confusion matrix."""

    split: str
    order: Order
    truth: int | None
    answer: int | None
    offset: int
    limit: int


@dataclass(frozen=True)
class Answered:
    """One entry for each sample of a split: `chosen` are class numbers, numbers (n, k), or masks (n, h, w)."""

    truth: Array
    chosen: Array
    share: Array | None  # the probability of the chosen class, or the overlap of a mask with the true one
    losses: Array

    @property
    def wrong(self) -> Array:
        """Which samples are taken for another class."""
        return self.truth != self.chosen


def answers_page(folder: RunFolder, asked: Asked) -> dict[str, Any]:
    """A JSON object: the step of the network, how many answers there are, and those of the page. Raises `Problem`."""
    found = trained(folder)
    experiment = found.experiment
    target = experiment.dataset.target()
    if not isinstance(target, Classes):
        _demand_classes(asked)
    samples, answered = _split(found, folder.path, asked.split)
    places = _ordered(answered, asked)
    shown = places[asked.offset : asked.offset + asked.limit]
    return {
        "step": found.step,
        "epoch": found.epoch,
        "total": len(places),
        "classes": [] if isinstance(target, Features) else list(target.names),
        "shape": list(experiment.dataset.inputs().sizes),
        "samples": _told(experiment, samples, answered, asked.split, shown),
    }


def overlaps(truth: Array, chosen: Array, classes: int) -> Array:
    """Intersection over union of masks (n, h, w), the mean over the classes that are in either of a pair: (n,)."""
    shares: list[Array] = []
    for number in range(classes):
        in_truth, in_chosen = truth == number, chosen == number
        both = (in_truth & in_chosen).sum(axis=(1, 2))
        either = (in_truth | in_chosen).sum(axis=(1, 2))
        shares.append(np.where(either > 0, both / np.maximum(either, 1), np.nan))
    return np.nanmean(np.stack(shares), axis=0)


def _demand_classes(asked: Asked) -> None:
    if asked.order == "sure":
        raise Problem(
            "Only a network that chooses a class can be sure of it. Ask for the worst answers.", place="/order"
        )
    for name in ("truth", "answer"):
        if getattr(asked, name) is not None:
            raise Problem("This network does not choose one of several classes.", place=f"/{name}")


@lru_cache(maxsize=1)  # a process that stays for the next page has it at hand
def _split(found: Trained, run: Path, split: str) -> tuple[Samples, Answered]:
    samples = samples_of(found.experiment, RunFolder(run).data)
    return samples, _answered(found, samples, *samples.bounds.get(split, (0, 0)))


def _answered(found: Trained, samples: Samples, first: int, last: int) -> Answered:
    criterion: nn.Module = build(found.experiment.loss.module())
    target = found.experiment.dataset.target()
    truth = samples.truth[first:last]
    if first == last:
        return Answered(truth, truth, None, np.zeros(0))
    work = WORK[found.experiment.task.kind](found.experiment)
    losses: list[Array] = []
    chosen: list[Array] = []
    shares: list[Array] = []
    with torch.no_grad():
        for start in range(first, last, AT_ONCE):
            some = slice(start, min(start + AT_ONCE, last))
            outputs = found.network(samples.inputs[some])
            # each as a batch of its own, which any loss understands
            losses.append(torch.vmap(criterion)(outputs[:, None], samples.targets[some][:, None]).numpy())
            chosen.append(work.chosen(outputs) if isinstance(work, ChoosingWork) else outputs.numpy())
            if isinstance(target, Classes):
                probabilities = answers_to(found.experiment, outputs)
                shares.append(np.take_along_axis(probabilities, chosen[-1][:, None], axis=1)[:, 0])
            elif isinstance(target, Mask):
                shares.append(overlaps(samples.truth[some], chosen[-1], target.count))
    share = np.concatenate(shares) if shares else None
    return Answered(truth, np.concatenate(chosen), share, np.concatenate(losses))


def _ordered(answered: Answered, asked: Asked) -> Array:
    places = np.arange(len(answered.truth))
    if asked.truth is not None:
        places = places[answered.truth[places] == asked.truth]
    if asked.answer is not None:
        places = places[answered.chosen[places] == asked.answer]
    losses = np.nan_to_num(answered.losses[places], nan=np.inf)
    if asked.order == "sure" and answered.share is not None:
        return places[np.lexsort((-answered.share[places], ~answered.wrong[places]))]
    return places[np.argsort(-losses, kind="stable")] if asked.order == "worst" else places


def _told(
    experiment: Experiment, samples: Samples, answered: Answered, split: str, shown: Array
) -> list[dict[str, Any]]:
    rows = getattr(samples.prepared, split)[shown]
    raw = listed(experiment.dataset, samples.prepared.raw[rows]) if len(rows) else []
    mask = isinstance(experiment.dataset.target(), Mask)
    names = ("truth_mask", "answer_mask") if mask else ("truth", "answer")
    told: list[dict[str, Any]] = []
    for row, place, numbers in zip(rows.tolist(), shown.tolist(), raw, strict=True):
        one = {"row": row, "split": split, "mislabelled": bool(samples.prepared.mislabelled[row])}
        pair = (answered.truth[place], answered.chosen[place])
        one |= {name: _plain(value) for name, value in zip(names, pair, strict=True)}
        one["share"] = None if answered.share is None else sendable(float(answered.share[place]))
        one["loss"] = sendable(float(answered.losses[place]))
        told.append(one | {"raw": numbers})
    return told


def _plain(value: Any) -> Any:
    """A class number, a number, several numbers, or the class numbers of a mask in reading order."""
    flat: list[Any] = np.ravel(value).tolist()
    numbers = [sendable(one) if isinstance(one, float) else one for one in flat]
    return numbers[0] if len(numbers) == 1 else numbers
