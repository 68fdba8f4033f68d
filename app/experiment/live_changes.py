"""What may be changed while a network trains: some settings, and any one weight."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from app.experiment.experiment import Experiment
from app.parts.layers.stack import unfolded
from app.parts.problem import Problem


def changed(experiment: Experiment, path: str, value: Any) -> Experiment:
    """The experiment with one live setting changed (`setting(…, live=True)`); `path` is such as `/optimizer/lr`.

    Raises `Problem` where the setting cannot change while training, or cannot have this value.
    """
    match path.split("/")[1:]:
        case ["optimizer", name] if _live(experiment.optimizer, name):
            return _with(experiment, {"optimizer": {name: value}}, path)
        case ["networks", network, "optimizer", name] if _own(experiment, network, name):
            return _with(experiment, {"networks": {network: {"optimizer": {name: value}}}}, path)
        case ["training", name] if _live(experiment.training, name):
            return _with(experiment, {"training": {name: value}}, path)
        case ["training", "regularization", name] if _live(experiment.training.regularization, name):
            return _with(experiment, {"training": {"regularization": {name: value}}}, path)
        case _:
            raise Problem(
                "{path} cannot be changed while the network trains. Start a new run.", place="/path", path=path
            )


def check_weight(experiment: Experiment, address: str, index: list[int]) -> None:
    """Raises `Problem` where no network has such a weight or bias; `address` is the parameter's."""
    path, _, parameter = address.rpartition("/")
    placed = experiment.placed()
    found = next((one for one in unfolded(placed) if one.path == path), None)
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


def _own(experiment: Experiment, network: str, name: str) -> bool:
    """Whether a network has an optimizer of its own with such a setting."""
    found = experiment.networks.get(network)
    return found is not None and found.optimizer is not None and _live(found.optimizer, name)


def _live(settings: BaseModel, name: str) -> bool:
    field = type(settings).model_fields.get(name)
    return (
        field is not None and isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("live") is True
    )


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
