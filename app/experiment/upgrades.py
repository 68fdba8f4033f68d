"""What older versions wrote: documents climb from version to version, and what else names layers follows them.

Version 1 had one network, and its layers were named within it: `/layers/0`, in checkpoints `layers.0.weight`. Since
version 2 everything is named by its place in the document (`app/experiment/addresses.py`). To version 2 PyTorch trained
what did not say who trains it.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

from app.experiment.addresses import network_address, parameter_address
from app.experiment.experiment import VERSION

Document: TypeAlias = dict[str, Any]
Upgrade: TypeAlias = Callable[[Document], Document]


def _by_pytorch(document: Document) -> Document:
    training = document.get("training", {})
    return {**document, "training": {"stepper": "eager", **training}} if isinstance(training, dict) else document


# From version N to N + 1. The step need not set `version`. Version 2 changed names outside of documents only.
UPGRADES: Mapping[int, Upgrade] = {1: lambda document: document, 2: _by_pytorch}
ONLY = "main"  # the network of version 1
INNER = ("/layers/", "/head/")  # how its names of layers began


def upgraded(document: Any, upgrades: Mapping[int, Upgrade] = UPGRADES, newest: int = VERSION) -> Any:
    """The same experiment as a document of the newest version.

    What is no document, and a version that no step leads from, come back as they are: the check will say so.
    """
    if not _outdated(document, upgrades, newest):
        return document
    version: int = document["version"]
    return upgraded({**upgrades[version](document), "version": version + 1}, upgrades, newest)


def outdated(document: Any) -> bool:
    """Whether a document, and the files that stand beside it, are of an older version that can be read."""
    return _outdated(document, UPGRADES, VERSION)


def _outdated(document: Any, upgrades: Mapping[int, Upgrade], newest: int) -> bool:
    version: Any = cast("Document", document).get("version") if isinstance(document, dict) else None
    return type(version) is int and version < newest and version in upgrades


def upgraded_command(command: Any) -> Any:
    """A command as version 2 writes it. Anything else comes back as it is."""
    weight = cast("Any", command.get("weight")) if isinstance(command, dict) else None  # pyright: ignore[reportUnknownMemberType]
    if not isinstance(weight, dict) or "parameter" not in weight:
        return cast("Any", command)
    rest = dict(cast("Document", weight))
    path = f"{_address(rest.get('path'))}/{rest.pop('parameter')}"
    return {**cast("Document", command), "weight": {**rest, "path": path}}


def upgraded_event(event: Document) -> Document:
    """An event as version 2 writes it."""
    match event["type"]:
        case "evaluated":
            return {**event, "layers": _by_address(event.get("layers", {}))}
        case "command_applied":
            return {**event, "command": upgraded_command(event["command"])}
        case "warned" | "finished":
            return {**event, "sentence": upgraded_sentence(event["sentence"])}
        case "judged" if event["verdict"]:
            verdict = event["verdict"]
            return {**event, "verdict": {**verdict, "sentence": upgraded_sentence(verdict["sentence"])}}
        case _:
            return event


def upgraded_sentence(sentence: Document) -> Document:
    """A sentence that may say where: `place` among its values."""
    values = sentence["values"]
    return {**sentence, "values": {**values, "place": _address(values["place"])}} if "place" in values else sentence


def upgraded_frame(header: Document) -> Document:
    """The header of a frame: `about`, and the names of its arrays (`car:/layers/0`)."""
    about = dict(header["about"])
    if "cars" in about:
        about["cars"] = [
            {**car, "path": _address(car["path"]), "layers": [_address(layer) for layer in car.get("layers", [])]}
            for car in about["cars"]
        ]
    for name in ("histograms", "gradient", "update", "kernel_inputs"):
        if name in about:
            about[name] = _by_address(about[name])
    arrays: Document = {}
    for name, array in header["arrays"].items():
        kind, colon, path = name.partition(":")
        arrays[kind + colon + _address(path)] = array
    return {**header, "about": about, "arrays": arrays}


def upgraded_tensor(name: str) -> str:
    """The name of a tensor in a checkpoint, such as `optimizer.layers.0.weight:exp_avg` or `best.head.0.bias`."""
    kind, _, rest = name.partition(".")
    inner, colon, slot = rest.partition(":")
    if kind not in ("network", "optimizer", "best") or not inner:
        return name
    return ("best:" if kind == "best" else "") + parameter_address(ONLY, inner) + colon + slot


def upgraded_state(values: Document) -> Document:
    """What a checkpoint keeps beside its tensors."""
    memory = {
        name if name.startswith("/") else parameter_address(ONLY, name): kept
        for name, kept in values["stepper"]["memory"].items()
    }
    stepper = {**values["stepper"], "memory": memory}
    if "optimizer" in stepper:
        stepper["optimizers"] = {ONLY: stepper.pop("optimizer")}
    return {**values, "stepper": stepper}


def _address(path: Any) -> Any:
    return network_address(ONLY) + path if isinstance(path, str) and path.startswith(INNER) else path


def _by_address(named: Document) -> Document:
    return {_address(path): value for path, value in named.items()}
