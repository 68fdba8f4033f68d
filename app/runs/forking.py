"""A run that goes on from a moment of another's, with changes: its document, and the checkpoint it begins from."""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from numpy.typing import NDArray
from safetensors.numpy import load, save

from app.experiment.addresses import layer_of, network_address, network_of
from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.experiment.patch import patched
from app.parts.layers.stack import unfolded
from app.parts.problem import Edit, Problem
from app.runs.events import Evaluated, FrameKept, Measured, Rewound
from app.runs.folder import RunFolder, write_whole
from app.runs.log import EventReader, EventWriter

Tensors = dict[str, NDArray[Any]]
AVERAGE = "average:"  # in front of the address of an averaged weight
ATTEMPTS = 3  # a checkpoint may be taken away between the look at the folder and the reading


class Stood:
    """The key under which a layer in a document says where it stood before a change: no JSON has such a key."""


@dataclass(frozen=True)
class Fork:
    """What a forked run begins with. `step` is that of the checkpoint, which is the last one kept up to the step asked
    for. A `partial` one lacks the weights of layers that are new; they begin as drawn."""

    step: int
    experiment: Experiment
    same_networks: bool
    tensors: Mapping[str, NDArray[Any]]
    values: dict[str, Any]


def fork_of(folder: RunFolder, step: int, changes: Sequence[Edit]) -> Fork:
    """The run of a folder as it was at a step, changed. Raises `Problem` or `Problems`."""
    at, tensors, values = _checkpoint(folder, step)
    live = (Edit("replace", path, value) for path, value in values["changes"])
    before = patched(folder.document(), live)
    try:
        document = patched(_marked(before), changes)
    except LookupError:
        raise Problem("One of these changes leads nowhere in the run's document.", place="/changes") from None
    moved: dict[str, str] = {}
    document = _unmarked(document, "", moved)
    old, new = Experiment.model_validate(before), checked(document)
    fitting = _fitting(old, new, moved)
    remembering = {name for name in new.networks if _remembers(old, new, name, moved, fitting)}
    kept = _averaging(_renamed(tensors, fitting, remembering), new.training.averaging)
    same = old.networks == new.networks
    return Fork(at, new, same, kept, _begun(values, old, new, remembering, partial=len(fitting) < len(_weights(new))))


def keep_fork(folder: RunFolder, fork: Fork) -> None:
    """Writes the checkpoint that a new run begins from."""
    write_whole(folder.checkpoints / f"{fork.step}.safetensors", save(dict(fork.tensors)))
    write_whole(folder.checkpoints / f"{fork.step}.json", json.dumps(fork.values).encode())


def inherit(folder: RunFolder, writer: EventWriter, parent: RunFolder, fork: Fork) -> None:
    """Tells the new run what was recorded up to its first step: its curve is its parent's, and goes on."""
    for event in EventReader(parent).events():
        told = {name: value for name, value in event.items() if name not in ("seq", "time", "type")}
        match event["type"]:
            case "measured":
                columns = event["columns"]
                count = sum(step <= fork.step for step in columns["step"])
                if count:
                    writer.write(Measured, columns={name: values[:count] for name, values in columns.items()})
            case "evaluated" if event["step"] <= fork.step:
                writer.write(Evaluated, **told)
            case "frame_kept" if event["step"] <= fork.step and fork.same_networks:
                _link(folder.frames / str(event["step"]), parent.frames / str(event["step"]))
                writer.write(FrameKept, **told)
            case "rewound" if event["step"] < fork.step:
                writer.write(Rewound, **told)
            case _:
                pass


def _link(own: Path, kept: Path) -> None:
    """The same pictures in another folder, which takes no room."""
    own.mkdir(parents=True, exist_ok=True)
    for file in kept.glob("*.tyf.z"):
        with suppress(FileNotFoundError, FileExistsError):  # gone with its run, or rewound and kept again
            os.link(file, own / file.name)


def _checkpoint(folder: RunFolder, step: int) -> tuple[int, dict[str, NDArray[Any]], dict[str, Any]]:
    for _ in range(ATTEMPTS):
        steps = [int(file.stem) for file in folder.checkpoints.glob("*.json") if file.stem.isdecimal()]
        at = max((kept for kept in steps if kept <= step), default=None)
        if at is None:
            break
        try:
            values = json.loads((folder.checkpoints / f"{at}.json").read_bytes())
            return at, load((folder.checkpoints / f"{at}.safetensors").read_bytes()), values
        except FileNotFoundError:
            continue
    raise Problem("No moment up to step {step} is kept that a run could go on from.", place="/step", step=step)


def _marked(document: dict[str, Any]) -> dict[str, Any]:
    """A copy of a document in which every layer and branch says where it stands."""

    def marked(value: Any, place: str) -> Any:
        if isinstance(value, list):
            places = [(item, f"{place}/{number}") for number, item in enumerate(cast("list[Any]", value))]
            return [_with_mark(marked(item, inner), inner) for item, inner in places]
        if isinstance(value, dict):
            return {key: marked(item, f"{place}/{key}") for key, item in cast("dict[str, Any]", value).items()}
        return value

    return {**document, "networks": marked(document["networks"], "/networks")}


def _with_mark(item: Any, place: str) -> Any:
    return {**cast("dict[Any, Any]", item), Stood: place} if isinstance(item, dict) else item


def _unmarked(value: Any, place: str, moved: dict[str, str]) -> Any:
    """The document without its marks; fills `moved` with where each layer stood and where it stands."""
    if isinstance(value, list):
        return [_unmarked(item, f"{place}/{number}", moved) for number, item in enumerate(cast("list[Any]", value))]
    if not isinstance(value, dict):
        return value
    fields = dict(cast("dict[Any, Any]", value))
    stood = fields.pop(Stood, None)
    if stood is not None:
        moved[stood] = place
    return {key: _unmarked(item, f"{place}/{key}", moved) for key, item in fields.items()}


def _weights(experiment: Experiment) -> dict[str, tuple[str, dict[str, tuple[int, ...]]]]:
    """The kind and the sizes of the weights of each layer that has any, by address."""
    layers = unfolded(experiment.placed())
    return {placed.path: (placed.layer.kind, own) for placed in layers if (own := placed.layer.weights(placed.before))}


def _fitting(old: Experiment, new: Experiment, moved: dict[str, str]) -> dict[str, str]:
    """From where a layer stood to where it stands, for those whose weights can be taken along."""
    before, after = _weights(old), _weights(new)
    heads = {path: path for path in before if path.split("/")[3] == "head"}
    return {
        path: now
        for path, told in before.items()
        if (now := (moved | heads).get(path)) is not None and after.get(now) == told
    }


def _remembers(old: Experiment, new: Experiment, name: str, moved: dict[str, str], fitting: dict[str, str]) -> bool:
    """Whether the memory of a network's optimizer can go along: the same kind, and every weight it moved."""
    if name not in old.networks or type(old.optimizer_of(name)) is not type(new.optimizer_of(name)):
        return False
    start = f"{network_address(name)}/"
    before = {path for path in _weights(old) if path.startswith(start)}
    after = {path for path in _weights(new) if path.startswith(start)}
    return before <= fitting.keys() and after == {fitting[path] for path in before}


def _renamed(tensors: Tensors, fitting: dict[str, str], remembering: set[str]) -> Tensors:
    kept: Tensors = {}
    for key, tensor in tensors.items():
        copy, slash, rest = key.partition("/")  # such as `best:`, in front of a weight that is kept beside it
        address = slash + rest
        if not slash:
            kept[key] = tensor
            continue
        layer, weight = layer_of(address), ":" not in address and not copy
        if layer not in fitting or (not weight and network_of(fitting[layer]) not in remembering):
            continue
        kept[key.replace(layer, fitting[layer], 1)] = tensor
    return kept


def _averaging(tensors: Tensors, averaging: float) -> Tensors:
    """With averages where they are asked for, which begin as the weights where there were none; else without."""
    weights = {key: tensor for key, tensor in tensors.items() if key.startswith("/") and ":" not in key}
    others = {key: tensor for key, tensor in tensors.items() if not key.startswith(AVERAGE)}
    if not averaging:
        return others
    return {f"{AVERAGE}{key}": tensor for key, tensor in weights.items()} | tensors


def _begun(
    values: dict[str, Any], old: Experiment, new: Experiment, remembering: set[str], partial: bool
) -> dict[str, Any]:
    """What a checkpoint keeps beside its tensors, for the first of a new run."""
    stepper: dict[str, Any] = values["stepper"]
    memory = {address: kept for address, kept in stepper["memory"].items() if network_of(address) in remembering}
    begun: dict[str, Any] = values | {
        "stepper": stepper
        | {
            "memory": memory,
            "optimizers": {name: [{"lr": new.optimizer_of(name).lr}] for name in new.networks},
            "regularization": new.training.regularization.model_dump(),
            "batch_size": new.training.batch_size * new.task.turns(),
        },
        "changes": [],
        "orders": {"applied": []},
        "control": {"paused": False, "halt_at": None},
        "partial": partial,
    }
    if old.task != new.task or old.dataset != new.dataset:  # what was said and measured was of something else
        begun |= {"doctor": {}, "measuring": {"waiting": [], "others": {name: [] for name in new.task.losses[1:]}}}
    if old.training.early_stopping != new.training.early_stopping or partial:
        begun.pop("early", None)
    return begun
