"""A run's network as its newest checkpoint has it, and what its samples are entered by."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.numpy import load, save
from torch import Tensor

from app.experiment.experiment import Experiment
from app.experiment.upgrades import upgraded
from app.parts.datasets.prepared import Array, Prepared
from app.parts.problem import Problem
from app.runs.folder import RunFolder, write_whole
from app.runs.unsaved import unsaved
from app.training.building import BuiltNetwork, build_networks, is_weight, put_weights
from app.training.data.samples import load as load_samples
from app.training.recording.checkpoints import newest_step
from app.training.steppers.averaging import PREFIX, averages_in

ENTRANCE = "entrance.safetensors"  # in a run's folder
OF_EACH_SAMPLE = ("raw", "inputs", "targets", "mislabelled", "train", "validation", "test", "padding")
ATTEMPTS = 5  # a checkpoint may be taken away between the look at the folder and the reading


@dataclass(frozen=True, eq=False)
class Trained:
    """A network in `eval` mode at one step of its run, averaged where that is asked for. The same object for as
    long as it is the newest."""

    experiment: Experiment
    networks: Mapping[str, BuiltNetwork]
    step: int
    epoch: float

    @property
    def network(self) -> BuiltNetwork:
        """The network of a task that has one."""
        return self.networks["main"]


def keep_entrance(folder: RunFolder, prepared: Prepared) -> None:
    """Writes beside the run what its samples are standardised by, so that a question need not load them."""
    empty = _emptied(prepared)
    arrays: dict[str, Array] = {field.name: getattr(empty, field.name) for field in fields(empty)}
    write_whole(folder.path / ENTRANCE, save(arrays))


@lru_cache(maxsize=1)
def entrance_of(run: Path) -> Prepared:
    """The prepared dataset of the run in a folder, without its samples; where it was not kept, they are loaded."""
    folder = RunFolder(run)
    try:
        return Prepared(**load((run / ENTRANCE).read_bytes()))
    except (FileNotFoundError, TypeError):  # a run of before it was kept, or of before a field of today
        return _emptied(load_samples(_experiment(folder).dataset, folder.data))


def trained(folder: RunFolder, step: int | None = None, live: bool = False) -> Trained:
    """The newest networks of a run, or those of the last moment kept up to a step; `live` as they are in training, not
    averaged. Raises `Problem` where none is."""
    for _ in range(ATTEMPTS):
        kept = newest_step(folder, step)
        if kept is None:
            break
        with suppress(FileNotFoundError, SafetensorError):
            return _trained(folder.path, kept, live, (folder.checkpoints / f"{kept}.json").stat().st_mtime_ns)
    if step is not None:
        raise Problem("No moment up to step {step} is kept that could be asked.", place="/step", step=step)
    raise unsaved(folder)


@lru_cache(maxsize=1)  # a process that stays for the next question has it at hand
def _trained(run: Path, step: int, live: bool, _written: int) -> Trained:
    folder = RunFolder(run)
    tensors, samples_seen = _weights(folder, step, live)
    experiment = _experiment(folder)
    networks = build_networks(experiment)
    for name, network in networks.items():
        put_weights(network.eval(), name, tensors)
    return Trained(experiment, networks, step, samples_seen / experiment.train_samples)


def _experiment(folder: RunFolder) -> Experiment:
    return Experiment.model_validate(upgraded(folder.document()))


def _emptied(prepared: Prepared) -> Prepared:
    none: dict[str, Array] = {name: getattr(prepared, name)[:0].copy() for name in OF_EACH_SAMPLE}
    return replace(prepared, **none)


def _weights(folder: RunFolder, step: int, live: bool) -> tuple[dict[str, Tensor], int]:
    """The weights alone, read without what the optimizer keeps; and how many samples they have learned from."""
    values = json.loads((folder.checkpoints / f"{step}.json").read_bytes())
    opened: Any = safe_open(folder.checkpoints / f"{step}.safetensors", "pt")
    with opened as file:
        keys: list[str] = file.keys()
        names = [name for name in keys if is_weight(name if live else name.removeprefix(PREFIX))]
        tensors = {name: file.get_tensor(name) for name in names}
        return averages_in(tensors) or tensors, values["stepper"]["samples_seen"]
