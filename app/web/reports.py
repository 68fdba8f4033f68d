"""What the checker found in an experiment, as it is told."""

from typing import Any

from app.experiment.cars import cars_of
from app.experiment.check import Report
from app.experiment.choosing import fitting_losses, other_tasks
from app.experiment.experiment import Experiment
from app.experiment.limits import BYTES_PER_NUMBER, COPIES_OF_A_WEIGHT
from app.experiment.live_changes import live_groups, live_settings
from app.parts.layers.layer import Layer
from app.parts.layers.stack import Placed, unfolded
from app.parts.probes import PROBES
from app.parts.problem import Problem
from app.parts.questions import QUESTIONS
from app.parts.shapes import Features, Shape
from app.web.errors import described, edit_told
from app.web.language import Language

POINTS = 101  # of the curve of the learning rate


def report_told(report: Report, language: Language) -> dict[str, Any]:
    """Shapes, sizes, problems, and what can be chosen and asked, as JSON in a language."""
    flat = {name: list(unfolded(placed)) for name, placed in report.placed.items()}
    riding = {layer.path for placed in report.placed.values() for car in cars_of(placed) for layer in car.placed[1:]}
    batch = report.nearest.training.batch_size if report.nearest else 1
    layers = [entry.layer for placed in flat.values() for entry in placed]
    outer = [layer for placed in report.placed.values() for layer in placed]
    return {
        "ok": not report.problems,
        "upgraded": report.upgraded,
        "networks": {
            name: [_layer(layer, batch, language, layer.path in riding) for layer in placed]
            for name, placed in flat.items()
        },
        "totals": {
            "parameters": sum(layer.parameters for layer in outer),
            "multiply_adds": sum(layer.multiply_adds for layer in outer),
            "memory_bytes": sum(_memory(layer, batch) for layer in outer),
        },
        "problems": [described(problem, language) for problem in report.problems],
        "hints": [described(hint, language) for hint in report.hints],
        "schedule": _schedule(report),
        "data": _data(report.nearest, language) if report.nearest else None,
        **(_choices(report.nearest) if report.nearest else {"tasks": {}, "losses": []}),
        **(_fitting(report.nearest) if report.nearest else {"shown": [], "probes": []}),
        "questions": _questions(report.nearest, layers) if report.nearest else [],
        "live": live_settings(report.nearest) if report.nearest else {},
        "live_groups": live_groups(report.nearest) if report.nearest else [],
    }


def _choices(experiment: Experiment) -> dict[str, Any]:
    """The edits that choose another task for the same data, by its kind, and the losses that fit the present one."""
    try:
        others = {kind: list(map(edit_told, edits)) for kind, edits in other_tasks(experiment).items()}
        return {"tasks": others, "losses": [loss.kind for loss in fitting_losses(experiment.target)]}
    except Problem:
        return {"tasks": {}, "losses": []}  # of the data, told among the problems


def _fitting(experiment: Experiment) -> dict[str, list[str]]:
    """The metrics that stand beside its answers, and the probes that fit."""
    dataset, task = experiment.dataset, experiment.task
    try:
        return {
            "shown": [metric.name for metric in task.shown_of(dataset)],
            "probes": [probe.kind_name() for probe in PROBES if probe().fits(dataset, task)],
        }
    except Problem:
        return {"shown": [], "probes": []}  # of the data, told among the problems


def _questions(experiment: Experiment, layers: list[Layer[Any]]) -> list[str]:
    """What a network of this experiment, with these layers, can be asked."""
    asked = [question for question in QUESTIONS if question().fits(experiment.dataset, experiment.task)]
    return [question.kind_name() for question in asked if question().fits_layers(layers)]


def _layer(placed: Placed, batch: int, language: Language, rides: bool) -> dict[str, Any]:
    branch = placed.layer.next_branch(placed.before)
    carries = [carried.model_dump() for carried in placed.layer.carries(placed.before)]
    return {
        "place": placed.path,
        "kind": placed.layer.kind,
        "rides": rides,  # in the car of the layer before it
        "takes": _shape(placed.before, language),
        "shape": _shape(placed.after, language),
        "parameters": placed.parameters,
        "multiply_adds": placed.multiply_adds,
        "memory_bytes": _memory(placed, batch),
        "rule": placed.layer.rule(placed.before).model_dump(exclude_defaults=True),
        **({"next_branch": branch} if branch else {}),
        **({"carries": carries} if carries else {}),
    }


def _memory(placed: Placed, batch: int) -> int:
    """Bytes: the weights with what the optimizer keeps of them, and what one batch leaves for the way back."""
    return BYTES_PER_NUMBER * (COPIES_OF_A_WEIGHT * placed.parameters + batch * placed.activations)


def _shape(shape: Shape, language: Language) -> dict[str, Any]:
    words, values = shape.described()
    return shape.as_drawn() | {"text": language.t("shapes", words, **values)}


def _schedule(report: Report) -> dict[str, Any] | None:
    if report.nearest is None:
        return None
    epochs = report.nearest.training.epochs
    at = [epochs * number / (POINTS - 1) for number in range(POINTS)]
    return {"epoch": at, "factor": [report.nearest.schedule.factor(epoch, epochs) for epoch in at]}


def _data(experiment: Experiment, language: Language) -> dict[str, Any] | None:
    dataset = experiment.dataset
    try:
        target = experiment.target
        count = dataset.size()
        inputs = dataset.input_names()
        shape = _shape(dataset.inputs(), language)
    except Problem:
        return None  # told among the problems
    kind = "numbers" if isinstance(target, Features) else type(target).__name__.lower()
    names = target.class_names
    told: dict[str, Any] = {"kind": kind, "classes": names} if names else {"kind": kind, "size": target.numbers}
    test = round(count * dataset.test / 100)
    validation = round(count * dataset.validation / 100)
    train = experiment.train_samples
    return {
        "inputs": inputs,
        "shape": shape,
        "target": told,
        "train": train,
        "validation": validation,
        "test": test,
        "steps_per_epoch": -(-train // experiment.training.batch_size),
    }
