"""A few samples beside what augmentation may make of them."""

from pathlib import Path
from typing import Any

import torch

from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array, Prepared
from app.parts.datasets.preview import even_choice, flat_masks, listed
from app.parts.problem import Problem, pointer
from app.parts.shapes import Mask
from app.training.data.augmenting import augmenting_of
from app.training.data.samples import ArraySamples, samples_of

USUAL_ROWS = 4


def augmented(document: dict[str, Any], rows: list[int] | None, count: int, data: Path) -> dict[str, Any]:
    """A JSON object: `shape`, and for each sample its row, itself and `count` versions of it, all as previews list
    samples; with masks beside them where the target is one. No versions where augmentation is off."""
    experiment = checked(document)
    samples = samples_of(experiment, data)
    prepared = samples.prepared
    some: list[int] = prepared.train[even_choice(prepared.targets[prepared.train], USUAL_ROWS)].tolist()
    chosen = some if rows is None else rows
    for number, row in enumerate(chosen):
        if row >= len(prepared.raw):
            raise Problem(
                "There is no sample {row}: the last one is {last}.",
                place=pointer("rows", number),
                row=row,
                last=len(prepared.raw) - 1,
            )
    versions = _versions(experiment, samples, chosen, count)
    return {
        "shape": experiment.dataset.inputs().as_json(),
        "rows": [
            _told(experiment, prepared, row, [version[at] for version in versions]) for at, row in enumerate(chosen)
        ],
    }


Version = tuple[Array, Array]  # an input before standardising, and its target


def _versions(experiment: Experiment, samples: ArraySamples, rows: list[int], count: int) -> list[list[Version]]:
    """What the first steps of training would make of a batch of just these samples, step by step."""
    augment = augmenting_of(experiment, samples)
    if augment is None:
        return []
    prepared = samples.prepared
    inputs, targets = torch.from_numpy(prepared.inputs[rows]), torch.from_numpy(prepared.targets[rows])
    made = [augment(inputs, targets, step) for step in range(count)]
    return [list(zip(x.numpy() * prepared.spread + prepared.mean, y.numpy(), strict=True)) for x, y in made]


def _told(experiment: Experiment, prepared: Prepared, row: int, versions: list[Version]) -> dict[str, Any]:
    dataset = experiment.dataset
    told: dict[str, Any] = {
        "row": row,
        "original": listed(dataset, prepared.raw[[row]])[0],
        "augmented": [listed(dataset, version[None])[0] for version, _ in versions],
    }
    if isinstance(dataset.target(), Mask):
        told["mask"] = flat_masks(prepared.targets[[row]])[0]
        told["augmented_masks"] = [flat_masks(mask[None])[0] for _, mask in versions]
    return told
