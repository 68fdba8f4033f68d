"""Parts that are each in order may still not fit together: every rule that looks at more than one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.experiment.addresses import field_of, network_address
from app.experiment.choosing import fitting_losses, loss_fix, nearest_ends, suited, task_fixes
from app.experiment.compilable import misfit
from app.experiment.costs import cost_problems, set_batch, stack_problems, weight_problems
from app.experiment.experiment import Experiment
from app.experiment.like_length import like_length_problems
from app.experiment.misfits import quoted
from app.experiment.stopping import stop_problems
from app.parts.layers.stack import Placed, Survey, unfolded
from app.parts.optimizers.optimizer import Optimizer
from app.parts.problem import Edit, Fix, Problem, pointer
from app.parts.schedules.schedule import Schedule
from app.parts.shapes import Classes


@dataclass(frozen=True)
class Findings:
    """What looking at a whole experiment gave. `placed` are the layers that fit, by name of network."""

    problems: list[Problem]
    placed: dict[str, list[Placed]]


def fitted(experiment: Experiment) -> Findings:
    """Every problem between the parts of `experiment`."""
    problems = [*_data_problems(experiment), *_goal_problems(experiment)]
    stacked, nested = stack_problems(experiment)
    problems += stacked
    surveys = dict.fromkeys(experiment.networks, Survey())
    if not nested:
        ends = nearest_ends(experiment)
        surveys = {
            name: network.survey(ends[name], network_address(name)) for name, network in experiment.networks.items()
        }
        problems += [problem for survey in surveys.values() for problem in survey.problems]
    placed = {name: survey.placed for name, survey in surveys.items()}
    if not problems:
        problems += [problem for name, own in placed.items() for problem in weight_problems(network_address(name), own)]
    together = [layer for own in placed.values() for layer in own]
    problems += _ahead_problems(experiment, placed)
    problems += cost_problems(experiment, together)
    problems += _training_problems(experiment, together)
    problems += _probe_problems(experiment)
    problems += like_length_problems(experiment, placed) if not problems else ()
    if experiment.training.stepper == "compiled" and not problems and (unfit := misfit(experiment)):
        by_pytorch = Fix("Let PyTorch train it", edits=(Edit("replace", "/training/stepper", "eager"),))
        problems.append(Problem(unfit.template, place="/training/stepper", fixes=(by_pytorch,), **unfit.values))
    return Findings(problems, placed)


def network_problems(experiment: Experiment) -> list[Problem]:
    """Networks that the task does not have, and those that it has and the document does not."""
    wanted = suited(experiment.task, experiment.dataset).networks(experiment.dataset)
    problems = [
        Problem(
            "The field “{field}” is missing.",
            place="/networks",
            field=name,
            fixes=(Fix("Add {field}", {"field": name}, (Edit("add", network_address(name), start),)),),
        )
        for name, start in wanted.items()
        if name not in experiment.networks
    ]
    return problems + [
        Problem(
            "This task has no network called {given}. What it has is called: {names}.",
            place=pointer("networks", name),
            given=quoted(name),
            names=", ".join(wanted),
            fixes=(Fix("Remove it", edits=(Edit("remove", pointer("networks", name)),)),),
        )
        for name in experiment.networks
        if name not in wanted
    ]


def _data_problems(experiment: Experiment) -> Iterator[Problem]:
    try:
        experiment.dataset.check()
    except Problem as problem:
        yield problem.at("/dataset")
        return
    target = experiment.target
    if isinstance(target, Classes) and target.count < 2:
        yield Problem(
            "All samples belong to one class, so there is nothing to tell apart. Add samples of another.",
            place="/dataset",
        )


def _goal_problems(experiment: Experiment) -> Iterator[Problem]:
    task, dataset = experiment.task, experiment.dataset
    try:
        task.check(dataset)
    except Problem as problem:
        found = problem.at("/task")
        fixes = found.fixes or task_fixes(experiment)
        yield Problem(found.template, place=found.place, fixes=fixes, **found.values)
        return
    try:
        experiment.loss.check(experiment.target)
    except Problem as problem:
        found = problem.at("/loss")
        fixes = tuple(loss_fix(other) for other in fitting_losses(experiment.target)[:2])
        yield Problem(found.template, place=found.place, fixes=found.fixes or fixes, **found.values)


def _ahead_problems(experiment: Experiment, placed: dict[str, list[Placed]]) -> Iterator[Problem]:
    """Layers that would see what they are to tell."""
    for entry in unfolded([layer for name in experiment.task.one_way for layer in placed.get(name, [])]):
        if entry.layer.looks_ahead:
            place, kind = field_of(entry.path), type(entry.layer)
            edits = tuple(replace(edit, path=place + edit.path) for edit in kind.one_way)
            yield Problem(
                "{layer} would see what comes next, which is what the network is to tell. Let it read one way only.",
                place=place,
                layer=kind.title,
                fixes=(Fix("Read one way only", edits=edits),) if edits else (),
            )


def _training_problems(experiment: Experiment, placed: list[Placed]) -> Iterator[Problem]:
    parts: list[tuple[str, Optimizer | Schedule]] = [
        ("/optimizer", experiment.optimizer),
        ("/schedule", experiment.schedule),
    ]
    own = ((name, network.optimizer) for name, network in experiment.networks.items())
    parts += [(network_address(name) + "/optimizer", optimizer) for name, optimizer in own if optimizer]
    for place, part in parts:
        try:
            part.check()
        except Problem as problem:
            yield problem.at(place)
    try:
        experiment.training.augmentation.check(experiment.dataset.inputs())
    except Problem as problem:
        yield problem.at("/training/augmentation")
    samples, batch = experiment.train_samples, experiment.training.batch_size
    if batch > samples > 0:
        yield Problem(
            "A batch of {batch} is more than the {samples} samples there are to learn from.",
            place="/training/batch_size",
            batch=batch,
            samples=samples,
            fixes=(set_batch(samples),),
        )
    yield from _batch_problems(min(batch, samples), samples, placed)
    yield from stop_problems(experiment)


def _batch_problems(batch: int, samples: int, placed: list[Placed]) -> Iterator[Problem]:
    if samples < 1 or (batch > 1 and samples % batch != 1):
        return
    for entry in unfolded(placed):
        if entry.layer.smallest_batch(entry.before) > 1:
            better = next((size for size in range(max(batch, 2), samples + 1) if samples % size != 1), None)
            yield Problem(
                "{layer} compares the samples of a batch, but with {samples} samples and a batch size of {batch} "
                "there is a batch with only one.",
                place=field_of(entry.path),
                layer=type(entry.layer).title,
                samples=samples,
                batch=batch,
                fixes=(set_batch(better),) if better else (),
            )


def _probe_problems(experiment: Experiment) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, probe in enumerate(experiment.probes or []):
        place = pointer("probes", number)
        remove = Fix("Remove it", edits=(Edit("remove", place),))
        title = type(probe).title
        if probe.kind in seen:
            yield Problem("{probe} is named twice.", place=place, probe=title, fixes=(remove,))
        elif not probe.fits(experiment.dataset, experiment.task):
            yield Problem("{probe} has nothing to show for this data.", place=place, probe=title, fixes=(remove,))
        seen.add(probe.kind)
