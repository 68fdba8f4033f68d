"""What the compiled loop can train in place of PyTorch: small stacks of linear layers."""

from collections.abc import Sequence
from typing import Any

from app.experiment.experiment import Experiment
from app.parts.layers.layer import Weighted
from app.parts.layers.stack import Placed, unfolded
from app.parts.problem import Problem

TASKS = ("classification", "regression")  # whose one network answers each sample, and whose loss compares that
ACTIVATIONS = ("relu", "leaky_relu", "elu", "tanh", "sigmoid", "gelu", "silu", "softplus", "sine")
PASSING = ("identity", "flatten")  # every number leaves as it came
LOSSES = ("mse", "l1", "huber", "bce_with_logits", "hinge", "cross_entropy")
OPTIMIZERS = ("sgd", "adam", "adamw", "rmsprop", "adagrad")
WIDEST = 256  # numbers that may leave a layer
MOST_INPUTS = 1024
MOST_WORK = 1 << 21  # multiply-adds of one step, forward; from there on PyTorch is as quick
# As it goes on an ordinary core: what a step costs whatever the network, and how many multiply-adds a second makes.
SECONDS_PER_STEP, WORK_PER_SECOND = 1e-6, 3e9


def misfit(experiment: Experiment) -> Problem | None:
    """Why the compiled loop cannot train an experiment without problems; None where it can."""
    optimizer = experiment.optimizer_of(next(iter(experiment.networks)))
    if experiment.task.kind not in TASKS:
        return _unknown(experiment.task, "/task")
    if experiment.loss.kind not in LOSSES:
        return _unknown(experiment.loss, "/loss")
    if optimizer.kind not in OPTIMIZERS:
        return _unknown(optimizer, "/optimizer")
    if experiment.training.averaging:
        return Problem(
            "Averages of weights are made by PyTorch, not by the compiled loop.", place="/training/averaging"
        )
    if experiment.training.augmentation.on:
        return Problem(
            "Samples that are changed at random are trained by PyTorch, not by the compiled loop.",
            place="/training/augmentation",
        )
    placed = experiment.placed()
    return _layer_misfit(placed) or _size_misfit(experiment, placed)


def quick(experiment: Experiment) -> bool:
    """Whether the compiled loop trains an experiment by itself, where it can be compiled."""
    return experiment.training.stepper == "quickest" and misfit(experiment) is None


def _layer_misfit(placed: Sequence[Placed]) -> Problem | None:
    held = next((inner for inner in unfolded(placed) if isinstance(inner.layer, Weighted) and inner.layer.frozen), None)
    if held:
        return Problem("The compiled loop trains every layer, and this one is frozen.", place=held.path)
    for entry in _opened(placed):
        kind, gives = entry.layer.kind, entry.after.numbers
        if kind not in ("linear", *ACTIVATIONS, *PASSING):
            return _unknown(entry.layer, entry.path)
        if kind == "linear" and gives > WIDEST:
            return Problem(
                "The compiled loop is for layers of at most {most} neurons; this one has {units}.",
                place=entry.path,
                units=gives,
                most=WIDEST,
            )
    return None


def _size_misfit(experiment: Experiment, placed: Sequence[Placed]) -> Problem | None:
    if not any(layer.parameters for layer in placed):
        return Problem("No layer has weights, so there is nothing to learn here.", place="/networks")
    batch = min(experiment.training.batch_size, experiment.train_samples)
    inputs, work = placed[0].before.numbers, batch * sum(layer.multiply_adds for layer in placed)
    if inputs <= MOST_INPUTS and work <= MOST_WORK:
        return None
    return Problem(
        "The compiled loop is for small networks. This one multiplies {work} times in a step, from {inputs} inputs.",
        place="/networks",
        work=work,
        inputs=inputs,
    )


def _opened(placed: Sequence[Placed], at: str = "") -> list[Placed]:
    """Every layer in its place, those inside residuals in place of these."""
    found: list[Placed] = []
    for entry in placed:
        whole = Placed(at + entry.path, entry.layer, entry.before, entry.after)
        inner = entry.layer.placed(entry.before)
        found += _opened(inner, whole.path) if entry.layer.kind == "residual" else [whole]
    return found


def _unknown(part: Any, place: str) -> Problem:
    return Problem("The compiled loop does not know {part}: PyTorch trains it.", place=place, part=part.title)


def expected_seconds(experiment: Experiment) -> float:
    """About how long the compiled loop takes for a whole experiment on one core, from its sizes alone."""
    training = experiment.training
    steps = training.epochs * -(-experiment.train_samples // min(training.batch_size, experiment.train_samples))
    if training.steps is not None:
        steps = min(steps, training.steps)
    return steps * seconds_per_step(experiment)


def seconds_per_step(experiment: Experiment) -> float:
    """The same for one step."""
    batch = min(experiment.training.batch_size, experiment.train_samples)
    work = batch * sum(layer.multiply_adds for layer in experiment.placed())
    return SECONDS_PER_STEP + 3 * work / WORK_PER_SECOND
