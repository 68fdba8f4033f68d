"""Weights that a network begins with, taken from another run's checkpoint: which fit, and their copy in the new run."""

import json
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from app.experiment.addresses import in_head, layer_of, network_address
from app.experiment.experiment import Experiment
from app.experiment.network import FromRun
from app.parts.layers.stack import unfolded
from app.parts.problem import Problem
from app.runs.folder import RunFolder, is_id, write_whole

START = "start.safetensors"  # in a run's folder
Weights = dict[str, NDArray[Any]]


def starting_weights(runs: Path, experiment: Experiment) -> Weights:
    """The weights by address that the networks of an experiment take over from other runs.

    A layer takes over what the layer at its place has there. Layers that have none there begin as drawn; the head does
    too where its size differs. Raises `Problem` where the run has no weights, or a layer's do not fit.
    """
    found: Weights = {}
    for name, network in experiment.networks.items():
        if network.from_run is not None:
            place = f"{network_address(name)}/from_run"
            found |= _fitting(experiment, name, _weights_there(runs, network.from_run, place), place)
    return found


def keep_start(folder: RunFolder, weights: Weights) -> None:
    """Writes the weights into a new run, which needs the other no more."""
    if weights:
        write_whole(folder.path / START, save(weights))


def _weights_there(runs: Path, origin: FromRun, place: str) -> Weights:
    """What the other network's newest checkpoint, or that of its step, holds: by the rest of the address."""
    missing = Problem("There is no run called {run} with weights to start from.", place=f"{place}/run", run=origin.run)
    if not is_id(origin.run):
        raise missing
    folder = RunFolder(runs / origin.run)
    steps = sorted(int(file.stem) for file in folder.checkpoints.glob("*.json") if file.stem.isdecimal())
    if origin.step is not None:
        steps = [step for step in steps if step <= origin.step]
    if not steps:
        raise missing
    try:
        opened: Any = safe_open(folder.checkpoints / f"{steps[-1]}.safetensors", "np")
        with opened as file:
            keys: list[str] = file.keys()
            names = [name for name in keys if ":" not in name]
            networks = {name.split("/")[2] for name in names if name.startswith("/networks/")}
            network = origin.network or (networks.pop() if len(networks) == 1 else "")
            start = f"{network_address(network)}/"
            weights = {name.removeprefix(start): file.get_tensor(name) for name in names if name.startswith(start)}
    except (OSError, SafetensorError, json.JSONDecodeError):
        raise missing from None
    if not weights:
        raise Problem(
            "The run {run} has no network called “{network}”.",
            place=f"{place}/network",
            run=origin.run,
            network=origin.network or "",
        )
    return weights


def _fitting(experiment: Experiment, name: str, there: Weights, place: str) -> Weights:
    address = network_address(name)
    found: Weights = {}
    for placed in unfolded(experiment.placed(name)):
        for parameter, sizes in placed.layer.weights(placed.before).items():
            own = f"{placed.path}/{parameter}"
            given = there.get(own.removeprefix(f"{address}/"))
            if given is None:
                continue
            if given.shape != sizes:
                if in_head(placed.path):
                    continue
                raise Problem(
                    "The weights to start from have {given} numbers here, but this layer has {wanted}.",
                    place=placed.path,
                    given=" × ".join(map(str, given.shape)),
                    wanted=" × ".join(map(str, sizes)),
                )
            found[own] = given
    if all(map(in_head, found)):
        raise Problem(
            "No layer of that network stands where one of this stands, so no weight can be taken.", place=place
        )
    layers = {layer_of(own) for own in found}
    buffers = {f"{address}/{rest}": value for rest, value in there.items() if f"{address}/{rest}" not in found}
    return found | {own: value for own, value in buffers.items() if layer_of(own) in layers}


def kept_start(folder: RunFolder) -> Path | None:
    """The file of the weights that a run began with; None where all were drawn."""
    file = folder.path / START
    return file if file.exists() else None
