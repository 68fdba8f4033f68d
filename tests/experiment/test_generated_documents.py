"""Whatever document comes, the check answers, and what it accepts can be trained."""

import json
import string
from typing import Any

from hypothesis import HealthCheck, event, given, settings

from app.experiment.check import check
from app.experiment.patch import keys_of, patched
from app.parts.problem import Problem
from app.training.data.feed import feed_of
from app.training.data.samples import samples_of
from app.training.steppers.eager import EagerStepper
from app.training.tasks import WORK
from tests.experiment.documents import EXPERIMENTS, spoilt
from tests.parts import own_files
from tests.parts.sentences import chinese

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much]
ADDED = ("/networks/main/head/",)  # the head that the network adds is in no document


@settings(max_examples=600, deadline=None, suppress_health_check=QUIET)
@given(spoilt())
def test_every_bad_document_is_answered_in_sentences(document: Any) -> None:
    report = check(document)
    event("bad" if report.problems else "still good")
    for problem in [*report.problems, *report.hints]:
        demand_translated(problem)
        demand_placed(problem, document)
        for fix in problem.fixes:
            patched(document, fix.edits)
    json.dumps([str(problem) for problem in report.problems]).encode()


def demand_translated(problem: Problem) -> None:
    sentences = chinese("problems")
    for template in (problem.template, *(fix.title for fix in problem.fixes)):
        assert template in sentences
        assert names_in(sentences[template]) == names_in(template)
    assert len(str(problem)) < 1000


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def demand_placed(problem: Problem, document: Any) -> None:
    problem.place.encode()
    assert problem.place == "" or problem.place.startswith("/")
    if not problem.place.startswith(ADDED):
        value = document
        for key in keys_of(problem.place):
            if value is None or (isinstance(value, dict) and key not in value):
                return  # a field that the document leaves out
            value = value[int(key)] if isinstance(value, list) else value[key]


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(EXPERIMENTS)
def test_what_is_accepted_trains_two_steps(document: Any) -> None:
    report = check(mended(document))
    event("accepted" if not report.problems else "refused")
    if report.problems or report.experiment is None:
        assert report.problems
        return
    experiment = report.experiment
    try:
        samples = samples_of(experiment, own_files.data())
    except Problem:
        return  # of files that nobody brought
    stepper = EagerStepper(experiment, feed_of(experiment, samples), WORK[experiment.task.kind](experiment))
    chunk = stepper.advance(2)
    assert chunk.broke or chunk.count == 2
    assert set(chunk.losses) == set(experiment.task.losses)


def mended(document: Any) -> Any:
    """The document after a person pressed the first button that is offered, a few times."""
    for _ in range(8):
        fixes = [fix for problem in check(document).problems for fix in problem.fixes]
        if not fixes:
            break
        document = patched(document, fixes[0].edits)
    return document
