"""From any JSON value to an experiment, or to every problem it has."""

from dataclasses import dataclass, field
from typing import Any

from app.experiment.experiment import Experiment
from app.parts.layers.stack import Placed
from app.parts.problem import Edit, Fix, Problem, Problems, pointer
from app.parts.tasks import TASKS


@dataclass(frozen=True)
class Report:
    """What the page shows while editing. `experiment` is None where the document could not be read."""

    experiment: Experiment | None
    problems: list[Problem]
    placed: dict[str, list[Placed]] = field(default_factory=dict[str, list[Placed]])  # by name of network


def check(document: Any) -> Report:
    """Every problem of a document, and the layers in their places as far as they fit."""
    raise NotImplementedError


def checked(document: Any) -> Experiment:
    """The experiment of a document without problems. Raises `Problems`."""
    report = check(document)
    if report.problems or report.experiment is None:
        raise Problems(report.problems)
    return report.experiment
