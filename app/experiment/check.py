"""From any JSON value to an experiment, or to every problem it has."""

import json
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, cast

from pydantic import ValidationError

from app.experiment.experiment import Experiment
from app.experiment.fitting import fitted, network_problems
from app.experiment.hints import hinted
from app.experiment.limits import MOST_MISTAKES, MOST_PROBLEMS
from app.experiment.misfits import problem_of
from app.experiment.patch import grounded, keys_of, patch
from app.experiment.plain_json import plain
from app.experiment.upgrades import outdated, upgraded
from app.parts.layers.stack import Placed
from app.parts.problem import Edit, Problem, Problems

# A mistake in one of these moves no shape, so the network can be judged all the same.
SHAPELESS = {"version", "seed", "optimizer", "schedule", "training", "probes"}


@dataclass(frozen=True)
class Report:
    """What the page shows while editing. `experiment` is None where the document could not be read; with one, there
    may still be problems between its parts.

    `problems` keep it from training, `hints` are advice. `placed` are the layers that fit, by name of network, with
    their addresses; where a field is wrong, its layer stands there with the nearest value that is allowed.
    `upgraded` is the document as the newest version writes it, where one of an older version was checked.
    """

    experiment: Experiment | None
    problems: list[Problem]
    placed: dict[str, list[Placed]] = field(default_factory=dict[str, list[Placed]])
    hints: list[Problem] = field(default_factory=list[Problem])
    nearest: Experiment | None = None  # to show while a field is wrong, never to train: the plain mistakes are mended
    upgraded: dict[str, Any] | None = None


def check(document: Any) -> Report:
    """Every problem of a document, and the layers in their places as far as they fit. Never raises, whatever comes."""
    problems: list[Problem] = []
    newest = plain(upgraded(document), problems)
    if not isinstance(newest, dict):
        problems = problems or [Problem("An experiment is an object with the fields dataset, task and loss.")]
        return Report(None, problems)
    whole = outdated(document) and not problems  # nothing of it had to be left out
    return replace(_judged(newest, problems), upgraded=cast("dict[str, Any]", newest) if whole else None)


def _judged(document: Any, problems: list[Problem]) -> Report:
    """The report on a JSON object, of which `problems` are known."""
    experiment, misread, unseen = _read(document)
    known = {problem.place for problem in problems}
    problems += [problem for problem in misread if problem.place not in known]
    if experiment is None or problems:
        return _salvaged(document, problems, unseen)
    findings = fitted(experiment)
    hints = hinted(experiment, findings.placed) if not findings.problems else []
    return Report(
        experiment,
        [_grounded(problem, document) for problem in findings.problems],
        findings.placed,
        [_grounded(hint, document) for hint in hints],
        experiment,
    )


def checked(document: Any) -> Experiment:
    """The experiment of a document without problems. Raises `Problems`."""
    report = check(document)
    if report.problems or report.experiment is None:
        raise Problems(report.problems)
    return report.experiment


def _read(document: Any) -> tuple[Experiment | None, list[Problem], int]:
    """The experiment, or what is wrong and how many mistakes more there are."""
    try:
        experiment = Experiment.model_validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        problems = [problem_of(mistake, document) for mistake in errors[:MOST_MISTAKES]]
        return None, problems, len(errors) - len(problems)
    if problems := network_problems(experiment):
        return None, problems, 0
    return experiment, [], 0


def _salvaged(document: Any, problems: list[Problem], unseen: int) -> Report:
    """The report on a document that could not be read: what is wrong, and what can be told of the rest."""
    told = [_grounded(problem, document) for problem in problems[:MOST_PROBLEMS]]
    if more := len(problems) - len(told) + unseen:
        told.append(Problem("There are {count} more problems.", count=more))
    if unseen:
        return Report(None, told)
    mended, _, _ = _read(_mended(document, problems))
    if mended is None:
        return Report(None, told)
    findings = fitted(mended)
    wrong = {_top(problem) for problem in problems}
    unshaken = [
        problem
        for problem in findings.problems
        if _top(problem) not in wrong and (wrong <= SHAPELESS or _top(problem) in SHAPELESS)
    ]
    told += [_grounded(problem, document) for problem in unshaken]
    return Report(None, told, findings.placed, nearest=mended)


def _top(problem: Problem) -> str:
    """The field of the document under which a problem stands."""
    return (keys_of(problem.place) or [""])[0]


def _mended(document: Any, problems: list[Problem]) -> Any:
    """A copy of the document with the nearest value that is allowed, or none, wherever a field was wrong."""
    document = deepcopy(document)  # once, not for each of a thousand problems
    for problem in problems:
        keys = keys_of(problem.place)
        if keys[-1:] == ["kind"] or keys[-2:-1] == ["layers"]:
            layer = keys[:-1] if keys[-1] == "kind" else keys
            mend = Edit("replace", "/" + "/".join(layer), {"kind": "identity"})
            edits = (mend,) if layer[-2:-1] == ["layers"] else ()
        else:
            first = problem.fixes[0].edits if problem.fixes else ()
            setting = len(first) == 1 and first[0].path == problem.place
            edits = first if setting else (Edit("remove", problem.place),)
        try:
            document = patch(document, edits)
        except LookupError:
            continue
    return document


def _grounded(problem: Problem, document: Any) -> Problem:
    fixes = tuple(replace(fix, edits=tuple(grounded(edit, document) for edit in fix.edits)) for fix in problem.fixes)
    return Problem(problem.template, place=problem.place, fixes=fixes, **problem.values)
