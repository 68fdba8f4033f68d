"""Parts that are each in order may still not fit together: every rule that looks at more than one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.experiment.costs import MAIN, cost_problems, set_batch, stack_problems, weight_problems
from app.experiment.experiment import Experiment
from app.parts.layers.stack import Placed, Survey, unfolded
from app.parts.losses import LOSSES, Loss
from app.parts.problem import Edit, Fix, Problem, pointer
from app.parts.shapes import Classes, Features, Shape, Target
from app.parts.tasks import TASKS, Task


@dataclass(frozen=True)
class Findings:
    """What looking at a whole experiment gave. `placed` are the layers of `main` that fit, with whole paths."""

    problems: list[Problem]
    placed: list[Placed]


def fitted(experiment: Experiment) -> Findings:
    """Every problem between the parts of `experiment`."""
    target = experiment.dataset.target()
    problems = [*_data_problems(experiment, target), *_goal_problems(experiment, target)]
    stacked, nested = stack_problems(experiment)
    problems += stacked
    survey = Survey()
    if not nested:
        survey = experiment.main.survey(experiment.dataset.inputs(), _outputs(experiment, target))
        problems += [problem.at(MAIN) for problem in survey.problems]
    if not problems:
        problems += weight_problems(survey.placed)
    problems += cost_problems(experiment, survey.placed)
    problems += _training_problems(experiment, survey.placed)
    problems += _probe_problems(experiment)
    return Findings(problems, survey.placed)


def fitting_losses(task: Task, target: Target) -> list[Loss]:
    """The losses that can teach `task` for `target`, each with its defaults."""
    losses: list[Loss] = []
    for loss in (part() for part in LOSSES):
        try:
            loss.check(task.kind)
            loss.outputs(target)
        except Problem:
            continue
        losses.append(loss)
    return losses


def _data_problems(experiment: Experiment, target: Target) -> Iterator[Problem]:
    try:
        experiment.dataset.check()
    except Problem as problem:
        yield problem.at("/dataset")
        return
    if isinstance(target, Classes) and target.count < 2:
        yield Problem(
            "All samples belong to one class, so there is nothing to tell apart. Add samples of another.",
            place="/dataset",
        )


def _goal_problems(experiment: Experiment, target: Target) -> Iterator[Problem]:
    task, loss = experiment.task, experiment.loss
    if not task.fits(target):
        yield Problem(
            "{task} does not fit data whose target is {target}.",
            place="/task",
            task=type(task).title,
            target=type(target).noun,
            fixes=_task_fixes(loss, target),
        )
        return
    try:
        loss.check(task.kind)
        loss.outputs(target)
    except Problem as problem:
        found = problem.at("/loss")
        fixes = tuple(_loss_fix(other) for other in fitting_losses(task, target)[:2])
        values = {**found.values, "task": type(task).title}  # a loss knows only the kind of the task
        yield Problem(found.template, place=found.place, fixes=found.fixes or fixes, **values)


def _task_fixes(loss: Loss, target: Target) -> tuple[Fix, ...]:
    for task in (part() for part in TASKS):
        fitting = fitting_losses(task, target) if task.fits(target) else []
        if not fitting:
            continue
        use_task = Edit("replace", "/task", {"kind": task.kind})
        if any(type(other) is type(loss) for other in fitting):
            return (Fix("Use {kind}", {"kind": type(task).title}, (use_task,)),)
        use_loss = Edit("replace", "/loss", {"kind": fitting[0].kind})
        values: Any = {"task": type(task).title, "loss": type(fitting[0]).title}
        return (Fix("Use {task} with {loss}", values, (use_task, use_loss)),)
    return ()


def _loss_fix(loss: Loss) -> Fix:
    return Fix("Use {kind}", {"kind": type(loss).title}, (Edit("replace", "/loss", {"kind": loss.kind}),))


def _outputs(experiment: Experiment, target: Target) -> Shape:
    """What the network must give; with a task or loss that does not fit, what those that fit would want."""
    task = experiment.task
    if not task.fits(target):
        task = next((one for one in (part() for part in TASKS) if one.fits(target)), task)
    try:
        numbers = max(experiment.loss.outputs(target), 1)  # a set without classes is told elsewhere
    except Problem:
        numbers = target.size if isinstance(target, Features) else max(target.count, 1)
    return task.outputs(target, numbers)


def _training_problems(experiment: Experiment, placed: list[Placed]) -> Iterator[Problem]:
    for place, part in (("/optimizer", experiment.optimizer), ("/schedule", experiment.schedule)):
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
    yield from _stop_problems(experiment)


def _batch_problems(batch: int, samples: int, placed: list[Placed]) -> Iterator[Problem]:
    if samples < 1 or (batch > 1 and samples % batch != 1):
        return
    for one in unfolded(placed):
        if one.layer.smallest_batch(one.before) > 1:
            better = next((size for size in range(max(batch, 2), samples + 1) if samples % size != 1), None)
            yield Problem(
                "{layer} compares the samples of a batch, but with {samples} samples and a batch size of {batch} "
                "there is a batch with only one.",
                place=MAIN + one.path,
                layer=type(one.layer).title,
                samples=samples,
                batch=batch,
                fixes=(set_batch(better),) if better else (),
            )


def _stop_problems(experiment: Experiment) -> Iterator[Problem]:
    training = experiment.training
    unvalidated = experiment.validation_samples < 1
    keep_aside = Fix("Keep 20 % for validation", edits=(Edit("replace", "/dataset/validation", 20),))
    if training.early_stopping and unvalidated:
        off = Fix("Turn it off", edits=(Edit("replace", "/training/early_stopping", None),))
        yield Problem(
            "Early stopping watches the validation loss, but no samples are kept for validation.",
            place="/training/early_stopping",
            fixes=(keep_aside, off),
        )
    if training.target is None:
        return
    split, _, metric = training.target.metric.partition("_")
    off = Fix("Turn it off", edits=(Edit("replace", "/training/target", None),))
    if metric not in type(experiment.task).metrics:
        watch = Edit("replace", "/training/target/metric", "validation_loss")
        yield Problem(
            "{task} has no metric called {metric}.",
            place="/training/target/metric",
            task=type(experiment.task).title,
            metric=metric,
            fixes=(off,) if unvalidated else (Fix("Watch the validation loss", edits=(watch,)), off),
        )
    elif split == "validation" and unvalidated:
        yield Problem(
            "{metric} is to be watched, but no samples are kept for validation.",
            place="/training/target/metric",
            metric=training.target.metric,
            fixes=(keep_aside, off),
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
