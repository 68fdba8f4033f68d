"""What may be changed while a network trains: some settings, and any one weight."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from app.experiment.addresses import network_address
from app.experiment.experiment import Experiment
from app.parts.layers.stack import unfolded
from app.parts.problem import Problem

LIMITS = ("type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def changed(experiment: Experiment, path: str, value: Any) -> Experiment:
    """The experiment with one live setting changed (`setting(…, live=True)`); `path` is such as `/optimizer/lr`.

    Raises `Problem` where the setting cannot change while training, or cannot have this value.
    """
    if path not in live_settings(experiment):
        raise Problem("{path} cannot be changed while the network trains. Start a new run.", place="/path", path=path)
    change = value
    for name in reversed(path.split("/")[1:]):
        change = {name: change}
    return _with(experiment, change, path)


def live_settings(experiment: Experiment) -> dict[str, dict[str, Any]]:
    """The address of each setting that may be changed, with what its schema says of the values it can have."""
    found: dict[str, dict[str, Any]] = {}
    for place, group in _groups(experiment).items():
        fields = type(group).model_json_schema()["properties"]
        found |= {
            f"{place}/{name}": {key: field[key] for key in LIMITS if key in field}
            for name, field in fields.items()
            if field.get("live") is True
        }
    return found


def live_groups(experiment: Experiment) -> list[str]:
    """The addresses of the groups of settings that may be changed one and all."""
    live = live_settings(experiment)
    groups = _groups(experiment).items()
    return [place for place, group in groups if all(f"{place}/{name}" in live for name in type(group).model_fields)]


def check_weight(experiment: Experiment, address: str, index: list[int]) -> None:
    """Raises `Problem` where no network has such a weight or bias; `address` is the parameter's."""
    path, _, parameter = address.rpartition("/")
    placed = experiment.placed()
    found = next((layer for layer in unfolded(placed) if layer.path == path), None)
    sizes = found.layer.weights(found.before).get(parameter) if found else None
    if sizes is None:
        raise Problem("There is no {parameter} at {path}.", place="/weight/path", parameter=parameter, path=path)
    if len(index) != len(sizes) or any(place >= size for place, size in zip(index, sizes, strict=True)):
        raise Problem(
            "The {parameter} at {path} has {sizes} numbers, so there is none at {index}.",
            place="/weight/index",
            parameter=parameter,
            path=path,
            sizes=" × ".join(map(str, sizes)),
            index=", ".join(map(str, index)),
        )


def check_networks(experiment: Experiment, names: Sequence[str] | None) -> None:
    """Raises `Problem` where not all of these could move alone; None stands for all."""
    if names is None:
        return
    there = list(experiment.networks)
    strange = next((name for name in names if name not in there), None)
    if strange is not None or len(there) == 1:
        raise Problem(
            "Of the networks {networks} none is called {name}, or it is the only one.",
            place="/networks",
            networks=", ".join(there),
            name=strange or there[0],
        )


def _groups(experiment: Experiment) -> dict[str, BaseModel]:
    """What has settings of which some may be changed, by address."""
    own = {
        f"{network_address(name)}/optimizer": network.optimizer
        for name, network in experiment.networks.items()
        if network.optimizer
    }
    training = {"/training": experiment.training, "/training/regularization": experiment.training.regularization}
    return {"/optimizer": experiment.optimizer, **own, **training}


def _with(experiment: Experiment, change: dict[str, Any], path: str) -> Experiment:
    try:
        whole = Experiment.model_validate(_merged(experiment.model_dump(), change))
        whole.optimizer.check()
    except ValidationError as error:
        said = error.errors()[0]["msg"]
        raise Problem("{path} cannot have this value: {said}.", place="/value", path=path, said=said) from None
    if whole.training.batch_size > whole.train_samples:
        raise Problem(
            "A batch of {batch} is larger than the {samples} training samples.",
            place="/value",
            batch=whole.training.batch_size,
            samples=whole.train_samples,
        )
    return whole


def _merged(document: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    merged = dict(document)
    for key, value in change.items():
        merged[key] = _merged(document[key], value) if isinstance(value, dict) else value  # pyright: ignore[reportUnknownArgumentType]
    return merged
