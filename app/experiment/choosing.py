"""Choosing another task or loss: what fits the data, and the edits that choose it."""

from itertools import chain

from app.experiment.experiment import Experiment
from app.experiment.stopping import watching
from app.parts.datasets import Dataset
from app.parts.losses import LOSSES, Loss
from app.parts.metrics import split_of
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Shape
from app.parts.tasks import TASKS, Task
from app.parts.tasks.task import Ends


def fitting_losses(target: Shape) -> list[Loss]:
    """The losses that can compare an answer with `target`, each with its defaults."""
    losses: list[Loss] = []
    for loss in (part() for part in LOSSES):
        try:
            loss.check(target)
        except Problem:
            continue
        losses.append(loss)
    return losses


def task_fixes(experiment: Experiment) -> tuple[Fix, ...]:
    """The first task that fits the data, with a loss that fits it."""
    for task in (part() for part in TASKS):
        if not task.fits(experiment.dataset):
            continue
        edits = task_edits(experiment, task)
        loss = next((edit.value["kind"] for edit in edits if edit.path == "/loss"), None)
        if loss is None:
            return (Fix("Use {kind}", {"kind": type(task).title}, edits),)
        title = next(part.title for part in LOSSES if part.kind_name() == loss)
        return (Fix("Use {task} with {loss}", {"task": type(task).title, "loss": title}, edits),)
    return ()


def other_tasks(experiment: Experiment) -> dict[str, tuple[Edit, ...]]:
    """The other tasks that can learn from the same data, by kind, each with the edits that choose it."""
    others = (part() for part in TASKS if part.kind_name() != experiment.task.kind)
    return {task.kind: task_edits(experiment, task) for task in others if task.fits(experiment.dataset)}


def task_edits(experiment: Experiment, task: Task) -> tuple[Edit, ...]:
    """What makes the experiment one of this task: the task, and where they have to change a loss, the networks and
    the metric that it stops by."""
    edits = [] if task is experiment.task else [Edit("replace", "/task", {"kind": task.kind})]
    fitting = fitting_losses(task.target(experiment.dataset))
    if fitting and not any(type(other) is type(experiment.loss) for other in fitting):
        edits.append(Edit("replace", "/loss", {"kind": fitting[0].kind}))
    networks = task.networks(experiment.dataset)
    if networks.keys() != experiment.networks.keys():
        edits.append(Edit("add", "/networks", networks))
    stop = experiment.training.target
    if stop and split_of(stop.metric)[1] not in task.metrics:
        edits.append(Edit("replace", "/training/target/metric", f"validation_{task.score.name}"))
    if task.watched is None:
        edits += [fix.edits[0] for _, watches, fix in watching(experiment) if watches]
    return tuple(edits)


def loss_fix(loss: Loss) -> Fix:
    """The button that chooses a loss."""
    return Fix("Use {kind}", {"kind": type(loss).title}, (Edit("replace", "/loss", {"kind": loss.kind}),))


def suited(task: Task, dataset: Dataset) -> Task:
    """The task; where it does not fit the data, the same with other settings, or the first that does."""
    as_it_begins = type(task)(kind=task.kind)
    others = (part() for part in TASKS)
    return next((candidate for candidate in chain([task, as_it_begins], others) if candidate.fits(dataset)), task)


def nearest_ends(experiment: Experiment) -> dict[str, Ends]:
    """What goes in and out of the networks; with a task or loss that does not fit, what those that fit would want."""
    task = suited(experiment.task, experiment.dataset)
    at_each = experiment.loss.at_each(task.target(experiment.dataset))
    return task.ends(experiment.dataset, max(at_each, 1))  # a set without classes is told elsewhere
