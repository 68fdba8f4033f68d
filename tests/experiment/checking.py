"""Documents to check, and what the check says of them."""

from typing import Any

from app.experiment.check import check
from app.experiment.patch import patched

GOOD: dict[str, Any] = {
    "version": 1,
    "dataset": {"kind": "circle"},
    "task": {"kind": "classification"},
    "loss": {"kind": "cross_entropy"},
    "networks": {"main": {"layers": [{"kind": "linear", "units": 8}, {"kind": "tanh"}]}},
}
IRIS = {"kind": "iris"}
DIGITS = {"kind": "digits"}
LINEAR, TANH = {"kind": "linear", "units": 8}, {"kind": "tanh"}
CONV, RELU = {"kind": "conv2d", "filters": 8, "padding": 1}, {"kind": "relu"}


def with_layers(*layers: Any, **changes: Any) -> dict[str, Any]:
    network = {name: changes.pop(name) for name in ("head", "initializer") if name in changes}
    return {**GOOD, "networks": {"main": {"layers": list(layers), **network}}, **changes}


def told(document: Any) -> list[tuple[str, str]]:
    return [(problem.place, str(problem)) for problem in check(document).problems]


def hints(document: Any) -> list[tuple[str, str]]:
    report = check(document)
    assert not report.problems
    return [(hint.place, str(hint)) for hint in report.hints]


def after_first_fix(document: Any, place: str) -> Any:
    report = check(document)
    problem = next(candidate for candidate in [*report.problems, *report.hints] if candidate.place == place)
    return patched(document, problem.fixes[0].edits)
