"""What a run's network answers to the samples of its own set: the worst, the surest mistakes, or all in order."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.parts.datasets.preview import listed
from app.parts.problem import Problem
from app.parts.shapes import Classes, Mask
from app.runs.folder import RunFolder
from app.runs.log import sendable
from app.training.asking.trained import Trained, trained
from app.training.data.samples import ArraySamples, samples_of
from app.training.tasks import WORK

Order = Literal["worst", "sure", "rows"]
AT_ONCE = 256  # samples that are answered together
MASKS = 3  # dimensions of what is chosen: samples, rows, columns


@dataclass(frozen=True)
class WhichAnswers:
    """Which answers, in which order, and which page of them. `truth` and `answer` are class numbers: a cell of the
    confusion matrix."""

    split: str
    order: Order
    truth: int | None
    answer: int | None
    offset: int
    limit: int
    step: int | None = None  # of the network that is asked; without, the newest


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


def answers_page(folder: RunFolder, asked: WhichAnswers) -> dict[str, Any]:
    """A JSON object: the step of the network, how many answers there are, and those of the page. Raises `Problem`."""
    found = trained(folder, asked.step)
    experiment = found.experiment
    target = experiment.target
    if not isinstance(target, Classes):
        _demand_classes(asked)
    samples, answered = _split(found, folder.path, asked.split)
    places = _ordered(answered, asked)
    shown = places[asked.offset : asked.offset + asked.limit]
    return {
        "step": found.step,
        "epoch": found.epoch,
        "total": len(places),
        "classes": target.class_names,
        "shape": experiment.dataset.inputs().as_json(),
        "samples": _told(experiment, samples, answered, asked.split, shown),
    }


def _demand_classes(asked: WhichAnswers) -> None:
    if asked.order == "sure":
        raise Problem(
            "Only a network that chooses a class can be sure of it. Ask for the worst answers.", place="/order"
        )
    for name in ("truth", "answer"):
        if getattr(asked, name) is not None:
            raise Problem("This network does not choose one of several classes.", place=f"/{name}")


@lru_cache(maxsize=1)  # a process that stays for the next page has it at hand
def _split(found: Trained, run: Path, split: str) -> tuple[ArraySamples, Answered]:
    samples = samples_of(found.experiment, RunFolder(run).data)
    return samples, _answered(found, samples, split)


def _answered(found: Trained, samples: ArraySamples, split: str) -> Answered:
    first, last = samples.bounds.get(split, (0, 0))
    if samples.truth is None:
        raise Problem("This task has nothing to compare an answer with.")
    truth: Array = samples.truth[first:last]
    if first == last:
        return Answered(truth, truth, None, np.zeros(0))
    work = WORK[found.experiment.task.kind](found.experiment)
    whole = samples.whole(split)
    batches = [whole.part(at, at + AT_ONCE) for at in range(0, whole.size, AT_ONCE)]
    with torch.no_grad():
        told = [work.each(work.answer(found.networks, batch), batch) for batch in batches]
    shares = [answers.share for answers in told if answers.share is not None]
    share = np.concatenate(shares) if shares else None
    return Answered(
        truth,
        np.concatenate([answers.choice for answers in told]),
        share,
        np.concatenate([answers.losses for answers in told]),
    )


def _ordered(answered: Answered, asked: WhichAnswers) -> Array:
    places = np.arange(len(answered.truth))
    if asked.truth is not None:
        places = places[answered.truth[places] == asked.truth]
    if asked.answer is not None:
        places = places[answered.chosen[places] == asked.answer]
    losses = np.nan_to_num(answered.losses[places], nan=np.inf)
    if asked.order == "sure" and answered.share is not None:
        return places[np.lexsort((-answered.share[places], ~answered.wrong[places]))]
    if asked.order != "worst":
        return places
    if (
        answered.share is not None and answered.chosen.ndim == MASKS
    ):  # in the order of the number that stands below each
        return places[np.lexsort((-losses, answered.share[places]))]
    return places[np.argsort(-losses, kind="stable")]


def _told(
    experiment: Experiment, samples: ArraySamples, answered: Answered, split: str, shown: Array
) -> list[dict[str, Any]]:
    rows = getattr(samples.prepared, split)[shown]
    raw = listed(experiment.dataset, samples.prepared.raw[rows]) if len(rows) else []
    mask = isinstance(experiment.target, Mask)
    again = experiment.task.learns == "inputs"  # what is drawn of a sample is another sample
    names = ("truth_mask", "answer_mask") if mask else ("truth", "answer")
    told: list[dict[str, Any]] = []
    for row, place, numbers in zip(rows.tolist(), shown.tolist(), raw, strict=True):
        entry = {"row": row, "split": split, "mislabelled": bool(samples.prepared.mislabelled[row])}
        if not again:
            pair = (answered.truth[place], answered.chosen[place])
            entry |= {name: _plain(value) for name, value in zip(names, pair, strict=True)}
        entry["share"] = None if answered.share is None else sendable(float(answered.share[place]))
        entry["loss"] = sendable(float(answered.losses[place]))
        told.append(entry | {"raw": numbers})
    if again and len(rows):
        prepared = samples.prepared
        drawn = listed(experiment.dataset, answered.chosen[shown] * prepared.spread + prepared.mean)
        told = [sample | {"drawn": numbers} for sample, numbers in zip(told, drawn, strict=True)]
    return told


def _plain(value: Any) -> Any:
    """A class number, a number, several numbers, or the class numbers of a mask in reading order."""
    flat: list[Any] = np.ravel(value).tolist()
    numbers = [sendable(number) if isinstance(number, float) else number for number in flat]
    return numbers[0] if len(numbers) == 1 else numbers
