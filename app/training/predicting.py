"""What a run's network answers to samples that are not in its set: a drawing, a row of somebody's own."""

from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.dataset import Dataset
from app.parts.datasets.prepared import Array
from app.parts.probes import PROBES
from app.parts.problem import Problem, pointer
from app.parts.shapes import Features, Image, Mask
from app.runs.folder import RunFolder
from app.runs.frames import Frame, encode
from app.runs.log import sendable
from app.training.probes import PROBE_WORK, Look
from app.training.samples import Samples
from app.training.tasks import WORK
from app.training.tasks.choosing import ChoosingWork
from app.training.trained import Trained, entrance_of, trained

SHOWN = ("activations", "feature_maps", "masks")  # probes that need no more than the samples themselves


def predictions(folder: RunFolder, inputs: list[Any]) -> dict[str, Any]:
    """Step, epoch, names of the classes where there are any, and one list for each sample: the probability of each
    class, numbers, or a class number for every pixel in reading order. Raises `Problem` where a sample does not fit."""
    found, samples = _asked(folder, inputs)
    with torch.no_grad():
        answers = answers_to(found.experiment, found.network(samples.inputs))
    told: dict[str, Any] = {"step": found.step, "epoch": found.epoch}
    target = found.experiment.dataset.target()
    if not isinstance(target, Features):
        told["classes"] = list(target.names)
    flat: list[list[float]] = answers.reshape(len(inputs), -1).tolist()
    return told | {"outputs": [[sendable(number) for number in one] for one in flat]}


def answered_frames(folder: RunFolder, inputs: list[Any]) -> list[bytes]:
    """What every layer makes of the samples: frames of the probes in `SHOWN` that fit. Raises `Problem` likewise."""
    found, samples = _asked(folder, inputs)
    experiment = found.experiment
    look = Look(experiment, found.network, samples, WORK[experiment.task.kind](experiment), asked=True)
    frames: list[bytes] = []
    with torch.no_grad():
        for probe in PROBES:
            kind = probe.kind_name()
            if kind in SHOWN and probe().fits(experiment.dataset, experiment.task):
                about, arrays = PROBE_WORK[kind](look).take()
                frames.append(encode(Frame(kind, found.step, found.epoch, arrays, about)))
    return frames


def answers_to(experiment: Experiment, outputs: Tensor) -> Array:
    """Answers as a person is told them: (n, classes) probabilities, (n, k) numbers, or (n, h, w) class numbers."""
    work = WORK[experiment.task.kind](experiment)
    if isinstance(experiment.dataset.target(), Mask) and isinstance(work, ChoosingWork):
        return work.chosen(outputs)
    answers: Array = work.answers(outputs).numpy()
    if isinstance(work, ChoosingWork) and answers.shape[1] == 1:  # only the second class has an output
        return np.concatenate([1 - answers, answers], axis=1)
    return answers


def _asked(folder: RunFolder, inputs: list[Any]) -> tuple[Trained, Samples]:
    found = trained(folder)
    dataset = found.experiment.dataset
    entrance = entrance_of(folder.path)
    raw = _raw(inputs, entrance.raw.shape[1:], dataset)
    with np.errstate(over="ignore", invalid="ignore"):  # told below
        encoded = entrance.encoded(dataset, raw)
    for number, one in enumerate(encoded):
        if not np.isfinite(one).all():
            raise _too_large(number)
    count = len(raw)
    truth = np.zeros(count, np.int64)  # nobody knows it
    prepared = replace(entrance, raw=raw, inputs=encoded, targets=truth, validation=np.arange(count))
    bounds = {"validation": (0, count)}
    return found, Samples(prepared, torch.from_numpy(encoded), torch.from_numpy(truth), truth, bounds)


def _raw(inputs: list[Any], sizes: tuple[int, ...], dataset: Dataset) -> Array:
    """Raw samples (n, *sizes) of nested lists."""
    gaps = type(dataset).filling is not Dataset.filling  # null is an empty cell
    samples: list[Array] = []
    for number, given in enumerate(inputs):
        one = _numbers(given, number, gaps)
        if one.shape != sizes:
            template = "This network takes {wanted} numbers, but sample {number} has {given}."
            if isinstance(dataset.inputs(), Image):
                template = "This network takes {wanted} pixels, but sample {number} has {given}."
            wanted, arrived = _sizes(sizes), _sizes(one.shape)
            raise Problem(template, place=_place(number), wanted=wanted, number=number + 1, given=arrived)
        samples.append(one)
    return np.stack(samples)


def _numbers(given: Any, number: int, gaps: bool) -> Array:
    try:
        one = np.array(given)
    except ValueError:
        raise Problem(
            "The rows of sample {number} are not equally long.", place=_place(number), number=number + 1
        ) from None
    known = (int, float, type(None)) if gaps else (int, float)
    mixed = one.dtype.kind == "O" and all(type(each) in known for each in one.flat)  # null, or beyond 64 bits
    if one.dtype.kind not in "iuf" and not mixed:
        raise Problem("Sample {number} holds something that is no number.", place=_place(number), number=number + 1)
    try:
        return one.astype(np.float64)
    except OverflowError:
        raise _too_large(number) from None


def _too_large(number: int) -> Problem:
    return Problem("Sample {number} holds a number that is too large.", place=_place(number), number=number + 1)


def _place(number: int) -> str:
    return pointer("inputs", number)


def _sizes(sizes: tuple[int, ...]) -> str:
    return " × ".join(map(str, sizes)) or "1"
