"""What makes a document whole again after one choice: other data, another task."""

import json
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from app.experiment.check import check
from app.experiment.choosing import suited, task_edits
from app.experiment.experiment import Experiment
from app.experiment.patch import grounded, keys_of, patched
from app.experiment.upgrades import upgraded
from app.parts.problem import Edit, Fix, Problem

ROUNDS = 6  # of mending; each mends what the one before uncovered


@dataclass
class Settled:
    """`edits` make the document whole, in their order. `also` are the fixes among them that a person should know of;
    `misfit` says why the networks could not stay, where others took their place; `problems` are left."""

    edits: list[Edit] = field(default_factory=list[Edit])
    also: list[Fix] = field(default_factory=list[Fix])
    misfit: Problem | None = None
    problems: list[Problem] = field(default_factory=list[Problem])


def settled(document: Any, begin: bool = False) -> Settled:
    """The task is kept where it fits the data, and so are the networks, if their beginning can be mended; with `begin`
    they are those that the task begins with. Nothing of the data is changed."""
    document = upgraded(document)
    experiment = _readable(document)
    if experiment is None:
        return Settled(problems=check(document).problems)
    try:
        task = suited(experiment.task, experiment.dataset)
        task.check(experiment.dataset)
        start = Edit("add", "/networks", task.networks(experiment.dataset))
        chosen = task_edits(experiment, task)
    except Problem:
        return Settled(problems=check(document).problems)  # of the data, told among them
    found = Settled()
    whole = _made(found, document, chosen)
    if begin:
        found.misfit = settled(whole).misfit
        _mend(found, _made(found, whole, (start,)), begun=True)
    elif misfit := _mend(found, whole):
        found = Settled(misfit=misfit)
        _mend(found, _made(found, document, (*chosen, start)), begun=True)
    return found


def _mend(found: Settled, document: Any, begun: bool = False) -> Problem | None:
    """Makes the first fix of each problem outside the data. Gives the first misfit of networks that had better begin
    anew, unless they have."""
    first: Problem | None = None
    for _ in range(ROUNDS):
        found.problems = check(document).problems
        misfit = next((candidate for candidate in found.problems if candidate.place.startswith("/networks")), None)
        first = first or misfit
        if misfit and not begun and not _adds_at_the_beginning(misfit):
            return first
        problem = next(
            (
                candidate
                for candidate in found.problems
                if candidate.fixes and not candidate.place.startswith("/dataset")
            ),
            None,
        )
        if problem is None:
            return None
        found.also.append(problem.fixes[0])
        document = _made(found, document, problem.fixes[0].edits)
    return None


def _readable(document: Any) -> Experiment | None:
    """The experiment, whatever networks it has."""
    try:
        return Experiment.model_validate_json(json.dumps(document), strict=True)
    except (ValidationError, ValueError):
        return None


def _made(found: Settled, document: Any, edits: tuple[Edit, ...]) -> Any:
    for edit in edits:
        own = grounded(edit, document)
        document = patched(document, (own,))
        found.edits.append(own)
    return document


def _adds_at_the_beginning(misfit: Problem) -> bool:
    """Whether a layer before the first of a network mends it: something else arrives, and all the rest may stay."""
    adds = bool(misfit.fixes) and all(edit.op == "add" for edit in misfit.fixes[0].edits)
    return adds and keys_of(misfit.place)[2:4] == ["layers", "0"]
