"""What a run's network answers to samples that are not in its set: a drawing, a row of somebody's own."""

from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.dataset import Dataset
from app.parts.datasets.prepared import Array, Prepared, padding_of
from app.parts.probes import PROBES
from app.parts.problem import Problem, pointer
from app.parts.shapes import Image, Mask
from app.runs.folder import RunFolder
from app.runs.frames import Frame, encode
from app.runs.log import sendable
from app.training.asking.trained import Trained, entrance_of, trained
from app.training.data.batch import Batch
from app.training.data.samples import ArraySamples
from app.training.probes import PROBE_WORK, Look
from app.training.tasks import WORK
from app.training.tasks.choosing import ChoosingWork

# Probes that need no more than the samples themselves.
SHOWN = ("activations", "feature_maps", "masks", "reconstructions")


def predictions(folder: RunFolder, inputs: list[Any], step: int | None = None, live: bool = False) -> dict[str, Any]:
    """Step, epoch, names of the classes where there are any, and one list for each sample: the probability of each
    class, numbers, or a class number for every pixel in reading order. Raises `Problem` where a sample does not fit.

    Of a table, `target` says in which unit and from which origin a number counts, and `amounts` are what that makes.
    """
    found, samples = _asked(folder, inputs, step, live)
    with torch.no_grad():
        work = WORK[found.experiment.task.kind](found.experiment)
        answers = answers_to(found.experiment, work.answer(found.networks, samples.whole("validation")))
    told: dict[str, Any] = {"step": found.step, "epoch": found.epoch}
    if names := found.experiment.target.class_names:
        told["classes"] = names
    flat: list[list[float]] = answers.reshape(len(inputs), -1).tolist()
    told["outputs"] = [[sendable(number) for number in row] for row in flat]
    measured = found.experiment.dataset.measured()
    if measured:
        told["target"] = measured._asdict()
        told["amounts"] = [sendable(measured.origin + measured.unit * number) for [number] in flat]
    return told


def answered_frames(folder: RunFolder, inputs: list[Any], step: int | None = None) -> list[bytes]:
    """What every layer makes of the samples: frames of the probes in `SHOWN` that fit. Raises `Problem` likewise."""
    found, samples = _asked(folder, inputs, step)
    experiment = found.experiment
    look = Look(experiment, found.networks, samples, WORK[experiment.task.kind](experiment), asked=True)
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
    if not isinstance(work, ChoosingWork):
        return work.shown(outputs).numpy()
    if isinstance(experiment.target, Mask):
        return work.chosen(outputs)
    return work.probabilities(outputs).numpy()


def _asked(folder: RunFolder, inputs: list[Any], step: int | None, live: bool = False) -> tuple[Trained, ArraySamples]:
    found = trained(folder, step, live)
    dataset, task = found.experiment.dataset, found.experiment.task
    if not task.predicts:
        raise Problem("A network whose task is {task} gives no answer to a single sample.", task=type(task).title)
    entrance = entrance_of(folder.path)
    raw, encoded = entered(dataset, entrance, inputs)
    count = len(raw)
    truth = np.zeros(count, np.int64)  # nobody knows it
    prepared = replace(
        entrance,
        raw=raw,
        inputs=encoded,
        targets=truth,
        validation=np.arange(count),
        padding=padding_of(dataset, encoded),
    )
    named = found.experiment.task.inputs(prepared)
    batch = Batch(
        {name: torch.from_numpy(array) for name, array in named.items()}, torch.from_numpy(truth), None, count
    )
    return found, ArraySamples(prepared, batch, truth, {"validation": (0, count)})


def entered(dataset: Dataset, entrance: Prepared, inputs: list[Any], first: int = 0) -> tuple[Array, Array]:
    """Samples (n, …) of nested lists, as they stand in the data, and as networks read them. Raises `Problem` where one
    does not fit; they are counted from `first` there."""
    raw = _raw(inputs, entrance.raw.shape[1:], dataset, first)
    with np.errstate(over="ignore", invalid="ignore"):  # told below
        encoded = entrance.encoded(dataset, raw)
    for number, sample in enumerate(encoded, first):
        if not np.isfinite(sample).all():
            raise _too_large(number)
    return raw, encoded


def _raw(inputs: list[Any], sizes: tuple[int, ...], dataset: Dataset, first: int) -> Array:
    """Raw samples (n, *sizes) of nested lists."""
    gaps = type(dataset).filling is not Dataset.filling  # null is an empty cell
    samples: list[Array] = []
    for number, given in enumerate(inputs, first):
        try:
            sample = dataset.sample_of(given)
        except Problem as problem:
            raise problem.at(_place(number)) from None
        numbers = _numbers(sample, number, gaps)
        if numbers.shape != sizes:
            template = "This network takes {wanted} numbers, but sample {number} has {given}."
            if isinstance(dataset.inputs(), Image):
                template = "This network takes {wanted} pixels, but sample {number} has {given}."
            wanted, arrived = _sizes(sizes), _sizes(numbers.shape)
            raise Problem(template, place=_place(number), wanted=wanted, number=number + 1, given=arrived)
        samples.append(numbers)
    return np.stack(samples)


def _numbers(given: Any, number: int, gaps: bool) -> Array:
    try:
        array = np.array(given)
    except ValueError:
        raise Problem(
            "The rows of sample {number} are not equally long.", place=_place(number), number=number + 1
        ) from None
    known = (int, float, type(None)) if gaps else (int, float)
    mixed = array.dtype.kind == "O" and all(type(each) in known for each in array.flat)  # null, or beyond 64 bits
    if array.dtype.kind not in "iuf" and not mixed:
        raise Problem("Sample {number} holds something that is no number.", place=_place(number), number=number + 1)
    try:
        return array.astype(np.float64)
    except OverflowError:
        raise _too_large(number) from None


def _too_large(number: int) -> Problem:
    return Problem("Sample {number} holds a number that is too large.", place=_place(number), number=number + 1)


def _place(number: int) -> str:
    return pointer("inputs", number)


def _sizes(sizes: tuple[int, ...]) -> str:
    return " × ".join(map(str, sizes)) or "1"
