"""Many networks one after another, each from a document with a few settings changed."""

from base64 import b64encode
from pathlib import Path
from typing import Any

import numpy as np
import torch

from app.experiment.experiment import Experiment
from app.experiment.mapping import with_values
from app.parts.problem import Problem
from app.training.asking.instant import Instant
from app.training.data.batch import alone
from app.training.probes.surface import COARSE, plane

Json = dict[str, Any]


def many(question: Json, data: Path) -> Json:
    """A JSON object: for each of the `changes` (values by JSON Pointer) how its network ended. With `evaluations`, the
    losses on the way; with `surface`, what it answers on the plane, where it chooses between two classes; with
    `target`, in which epoch the training loss came to it."""
    return {"results": [_trained(question, change, data) for change in question["changes"]]}


def _trained(question: Json, change: dict[str, Any], data: Path) -> Json:
    found = Instant(Experiment.model_validate(with_values(question["experiment"], change)), data)
    try:
        found.train(question["evaluations"])
    except Problem:  # it takes too long
        return {"reason": "over_limit", "metrics": {}}
    told: Json = {"reason": found.reason, "metrics": found.final}
    if question["target"] is not None:
        told["epochs_to_target"] = found.epochs_to(question["target"])
    if question["evaluations"]:
        names = ("epoch", "train_loss", "validation_loss")
        told["curve"] = {name: [row.get(name) for row in found.evaluations] for name in names}
    if question["surface"] and found.reason == "done":
        told["surface"] = _surface(found)
    return told


def _surface(found: Instant) -> str | None:
    """The probability of the second class at `COARSE`² points, in bytes as base64; None where there is no such."""
    dataset = found.experiment.dataset
    two = len(found.experiment.target.class_names) == 2
    if not two or type(dataset).surface != "plane":
        return None
    inputs = torch.from_numpy(found.samples.prepared.encoded(dataset, plane(COARSE)))
    for network in found.stepper.averaged.values():
        network.eval()
    with torch.no_grad():
        answer = found.work.shown(found.work.answer(found.stepper.averaged, alone(inputs))).numpy()
    return b64encode(np.round(answer[:, -1] * 255).astype(np.uint8).tobytes()).decode()
