"""What ends a run before its last epoch, or follows a loss: whether there is what it watches."""

from collections.abc import Iterator

from app.experiment.experiment import Experiment
from app.parts.metrics import split_of
from app.parts.problem import Edit, Fix, Problem


def stop_problems(experiment: Experiment) -> Iterator[Problem]:
    """Rules that watch a metric or a loss that is not there."""
    training = experiment.training
    if experiment.task.watched is None:
        yield from _watching_problems(experiment)
    unvalidated = experiment.validation_samples < 1
    keep_aside = Fix("Keep 20 % for validation", edits=(Edit("replace", "/dataset/validation", 20),))
    if training.early_stopping and unvalidated and experiment.task.watched:
        off = Fix("Turn it off", edits=(Edit("replace", "/training/early_stopping", None),))
        yield Problem(
            "Early stopping watches the validation loss, but no samples are kept for validation.",
            place="/training/early_stopping",
            fixes=(keep_aside, off),
        )
    if training.target is None:
        return
    split, metric = split_of(training.target.metric)
    off = Fix("Turn it off", edits=(Edit("replace", "/training/target", None),))
    if metric not in experiment.task.metrics:
        score = experiment.task.score
        watch = Edit("replace", "/training/target/metric", f"validation_{score.name}")
        yield Problem(
            "{task} has no metric called {metric}.",
            place="/training/target/metric",
            task=type(experiment.task).title,
            metric=training.target.metric if metric is None else metric.title,
            fixes=(off,) if unvalidated else (Fix("Watch {metric}", {"metric": score.title}, (watch,)), off),
        )
    elif split == "validation" and unvalidated:
        yield Problem(
            "{metric} is to be watched, but no samples are kept for validation.",
            place="/training/target/metric",
            metric=training.target.metric,
            fixes=(keep_aside, off),
        )


def _watching_problems(experiment: Experiment) -> Iterator[Problem]:
    """What watches a loss, with a task whose losses say nothing of how good it is."""
    for place, watches, fix in watching(experiment):
        if watches:
            yield Problem(
                "This watches a loss, but with {task} no loss says which moment was the best.",
                place=place,
                task=type(experiment.task).title,
                fixes=(fix,),
            )


def watching(experiment: Experiment) -> list[tuple[str, bool, Fix]]:
    """Where a loss may be watched, whether it is, and what ends it."""
    constant = Edit("replace", "/schedule", {"kind": "constant"})
    off = Edit("replace", "/training/early_stopping", None)
    return [
        ("/training/early_stopping", experiment.training.early_stopping is not None, Fix("Turn it off", edits=(off,))),
        ("/schedule", experiment.schedule.watches, Fix("Keep the rate constant", edits=(constant,))),
    ]
