"""What to try, as edits of the document: each fits it, and changes something."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from app.experiment.addresses import in_head, network_address
from app.experiment.check import check
from app.experiment.experiment import Experiment
from app.experiment.patch import grounded, patched
from app.parts.layers.lstm import Lstm
from app.parts.layers.rnn import Rnn
from app.parts.layers.stack import Placed, unfolded
from app.parts.part import Part
from app.parts.problem import Edit
from app.parts.shapes import Channelled, Image, Ordered
from app.parts.tasks.reconstructing import Reconstructing
from app.training.doctor import sentences
from app.training.doctor.rates import Rate

Fix = dict[str, Any]  # {"title": sentence, "edits": JSON Patch}

L2 = 0.003
PATIENCE = 20
MORE = 4  # times as many samples
FEW_UNITS, ENOUGH_UNITS = 8, 64  # a layer with fewer may be too narrow; one with so many is not


def rate_fix(rate: Rate, better: float) -> Fix:
    """Another learning rate in the place of one."""
    return _fix(sentences.SET_RATE, [_edit(rate.place, better, "replace")], better=better)


def longer(experiment: Experiment) -> Fix:
    """Twice as many epochs."""
    epochs = 2 * experiment.training.epochs
    return _fix(sentences.MORE_EPOCHS, [_edit("/training/epochs", epochs)], epochs=epochs)


def relu_fix(places: list[str]) -> Fix:
    """ReLU in the place of the layers at these addresses."""
    return _fix(sentences.USE_RELU, [_edit(place, {"kind": "relu"}, "replace") for place in places])


def roomier(experiment: Experiment) -> tuple[int, int, Fix] | None:
    """How many numbers stand between encoder and decoder, how many there should be, and the fix; None where they are
    enough."""
    task = experiment.task
    if not isinstance(task, Reconstructing) or task.code >= FEW_UNITS:
        return None
    better = 2 * task.code
    fix = fitting(experiment, _fix(sentences.MORE_CODE, [_edit("/task/code", better, "replace")], better=better))
    return (task.code, better, fix) if fix else None


def gated(experiment: Experiment) -> tuple[int, Fix] | None:
    """An LSTM in the place of a plain recurrent layer whose gradient shrinks, and over how many places."""
    for placed in built(experiment):
        if isinstance(placed.layer, Rnn) and isinstance(placed.before, Ordered) and placed.layer.nonlinearity == "tanh":
            alike = placed.layer.model_dump(include=set(Lstm.model_fields) - {"kind"})
            return placed.before.places, _fix(
                sentences.USE_LSTM, [_edit(placed.path, {"kind": "lstm", **alike}, "replace")]
            )
    return None


def deeper(experiment: Experiment) -> Fix:
    """A first layer of neurons, or of filters where pictures or series come in."""
    inputs, first = experiment.dataset.inputs(), f"{_first(experiment)}/layers/0"
    if not isinstance(inputs, Channelled):
        return _fix(sentences.ADD_NEURONS, [_edit(first, {"kind": kind}) for kind in ("tanh", "linear")])
    kind = "conv2d" if isinstance(inputs, Image) else "conv1d"
    filters = {"kind": kind, "filters": 16, "kernel": 3, "padding": 1}
    return _fix(sentences.ADD_FILTERS, [_edit(first, {"kind": "relu"}), _edit(first, filters)])


def bent(layer: Placed) -> Fix:
    """An activation behind a layer of the network's own stack."""
    place, _, number = layer.path.rpartition("/")
    return _fix(sentences.ADD_TANH, [_edit(f"{place}/{int(number) + 1}", {"kind": "tanh"})])


def standardise() -> Fix:
    """Inputs of one scale."""
    return _fix(sentences.STANDARDISE, [_edit("/dataset/standardize", True)])


def built(experiment: Experiment) -> list[Placed]:
    """The layers that somebody put there, of all networks, inner ones too: all but heads."""
    return [placed for placed in unfolded(experiment.placed()) if not in_head(placed.path)]


def hidden(experiment: Experiment) -> list[Placed]:
    """Those of them that have neurons or filters."""
    return [placed for placed in built(experiment) if type(placed.layer).sized_by]


def wider(experiment: Experiment) -> tuple[int, int, Fix] | None:
    """How many units the narrowest layer has, how many it should have, and the fix; None where none is narrow."""
    layers = [placed for placed in hidden(experiment) if getattr(placed.layer, "groups", 1) == 1]
    if not layers:
        return None
    narrow = min(layers, key=lambda placed: int(getattr(placed.layer, type(placed.layer).sized_by)))
    field = type(narrow.layer).sized_by
    units = int(getattr(narrow.layer, field))
    if units >= ENOUGH_UNITS:
        return None
    better = max(FEW_UNITS, 2 * units)
    title = sentences.MORE_FILTERS if isinstance(narrow.after, Channelled) else sentences.MORE_NEURONS
    fix = fitting(experiment, _fix(title, [_edit(f"{narrow.path}/{field}", better, "replace")], better=better))
    return (units, better, fix) if fix else None


def against_memorising(experiment: Experiment, rising: bool) -> Fix | None:
    """What is not tried yet: stopping early where validation loss is `rising`, smaller weights, more samples."""
    return next(filter(None, (fitting(experiment, fix) for fix in _rescues(experiment, rising))), None)


def stop_early(experiment: Experiment) -> Fix | None:
    """An end where validation loss no longer falls, where there is none yet."""
    if experiment.training.early_stopping is not None:
        return None
    stop = _fix(sentences.STOP_EARLY, [_edit("/training/early_stopping", {"patience": PATIENCE})])
    return fitting(experiment, stop)


def _rescues(experiment: Experiment, rising: bool) -> Iterator[Fix]:
    if rising and (stop := stop_early(experiment)):
        yield stop
    ways = (_smaller(experiment), _more(experiment))
    yield from chain(*(ways if rising and type(experiment.task).watched else reversed(ways)))


def _smaller(experiment: Experiment) -> Iterator[Fix]:
    """Small weights. A network that is to tell its own inputs again needs large ones: its answers get worse."""
    decays = [getattr(experiment.optimizer_of(name), "weight_decay", 0.0) for name in experiment.networks]
    tried = experiment.training.regularization.l2 >= L2 or max(decays) >= L2
    if experiment.task.learns == "target" and not tried:
        yield _fix(sentences.SMALL_WEIGHTS, [_edit("/training/regularization/l2", L2)])


def _more(experiment: Experiment) -> Iterator[Fix]:
    """More to learn from, where as much as one likes can be made."""
    samples = getattr(experiment.dataset, "samples", None)
    if isinstance(samples, int):
        more = min(MORE * samples, _most(experiment.dataset, "samples"))
        yield _fix(sentences.MORE_SAMPLES, [_edit("/dataset/samples", more)], samples=more)


def _most(part: Part, field: str) -> int:
    """The largest value that a field may have."""
    limits = [constraint.le for constraint in type(part).model_fields[field].metadata if hasattr(constraint, "le")]
    return int(min(limits, default=0))


def fitting(experiment: Experiment, fix: Fix) -> Fix | None:
    """The fix, where it changes something and what comes of it can be trained."""
    document = experiment.model_dump(mode="json")
    edits = [Edit(**edit) for edit in fix["edits"]]
    better = patched(document, [grounded(edit, document) for edit in edits])
    return fix if better != document and not check(better).problems else None


def _edit(path: str, value: Any, op: str = "add") -> dict[str, Any]:
    return {"op": op, "path": path, "value": value}


def _fix(title: str, edits: list[dict[str, Any]], **values: float) -> Fix:
    return {"title": {"template": title, "values": values}, "edits": edits}


def _first(experiment: Experiment) -> str:
    """The address of the network that data meets first."""
    return network_address(next(iter(experiment.networks)))
