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
    riding = {one.path for placed in report.placed.values() for car in cars_of(placed) for one in car.placed[1:]}
    batch = report.nearest.training.batch_size if report.nearest else 1
    layers = [one.layer for placed in flat.values() for one in placed]
    outer = [one for placed in report.placed.values() for one in placed]
    return {
        "ok": not report.problems,
        "upgraded": report.upgraded,
        "networks": {
            name: [_layer(one, batch, language, one.path in riding) for one in placed] for name, placed in flat.items()
        },
        "totals": {
            "parameters": sum(one.parameters for one in outer),
            "multiply_adds": sum(one.multiply_adds for one in outer),
            "memory_bytes": sum(_memory(one, batch) for one in outer),
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
            "probes": [one.kind_name() for one in PROBES if one().fits(dataset, task)],
        }
    except Problem:
        return {"shown": [], "probes": []}  # of the data, told among the problems


def _questions(experiment: Experiment, layers: list[Layer[Any]]) -> list[str]:
    """What a network of this experiment, with these layers, can be asked."""
    asked = [one for one in QUESTIONS if one().fits(experiment.dataset, experiment.task)]
    return [one.kind_name() for one in asked if one().fits_layers(layers)]


def _layer(one: Placed, batch: int, language: Language, rides: bool) -> dict[str, Any]:
    branch = one.layer.next_branch(one.before)
    carries = [carried.model_dump() for carried in one.layer.carries(one.before)]
    return {
        "place": one.path,
        "kind": one.layer.kind,
        "rides": rides,  # in the car of the layer before it
        "takes": _shape(one.before, language),
        "shape": _shape(one.after, language),
        "parameters": one.parameters,
        "multiply_adds": one.multiply_adds,
        "memory_bytes": _memory(one, batch),
        "rule": one.layer.rule(one.before).model_dump(exclude_defaults=True),
        **({"next_branch": branch} if branch else {}),
        **({"carries": carries} if carries else {}),
    }


def _memory(one: Placed, batch: int) -> int:
    """Bytes: the weights with what the optimizer keeps of them, and what one batch leaves for the way back."""
    return BYTES_PER_NUMBER * (COPIES_OF_A_WEIGHT * one.parameters + batch * one.activations)


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
