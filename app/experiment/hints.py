"""Advice: what is allowed but most likely not meant. Nothing here keeps an experiment from training."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from app.experiment.addresses import field_of, in_head, network_address, network_of
from app.experiment.costs import set_batch
from app.experiment.experiment import Experiment
from app.experiment.network import Network
from app.parts.layers.batch_norm import BatchNorm
from app.parts.layers.stack import Placed, unfolded
from app.parts.losses.loss import Loss
from app.parts.metrics import split_of
from app.parts.optimizers.sgd import Sgd
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Channelled

LARGEST_BATCH = 5000  # samples that are still looked at in one step
SCORED = ("cross_entropy", "bce_with_logits", "focal", "dice", "hinge")  # losses that take scores, below 0 too


def hinted(experiment: Experiment, placed: dict[str, list[Placed]]) -> list[Problem]:
    """Every piece of advice for an experiment without problems; `placed` by name of network."""
    networks = [hint for name, own in placed.items() for hint in _network_hints(experiment, name, own)]
    return [*networks, *_training_hints(experiment), *_optimizer_hints(experiment)]


def _network_hints(experiment: Experiment, name: str, placed: list[Placed]) -> list[Problem]:
    flat, network = list(unfolded(placed)), experiment.networks[name]
    return [
        *_end_hints(network, experiment.loss, placed),
        *_activation_hints(placed),
        *_bias_hints(placed),
        *_layer_hints(flat),
        *_start_hints(network, network_address(name), flat),
    ]


def _end_hints(network: Network, loss: Loss, placed: list[Placed]) -> Iterator[Problem]:
    own = [layer for layer in placed if not in_head(layer.path)]
    if not own:
        return
    last, place = own[-1], own[-1].path
    remove = Fix("Remove it", edits=(Edit("remove", place),))
    if network.head and type(last.layer).group == "regularisation":
        yield Problem(
            "Dropout right before the output makes the answers themselves flicker. Put it one layer earlier.",
            place=place,
            fixes=(remove,),
        )
    if not network.head and last.layer.kind == "relu" and loss.kind in SCORED:
        yield Problem(
            "{layer} in front of the loss turns negative scores into 0 and lets no gradient through there, so a right"
            " class that has one cannot rise. {loss} takes scores of any size.",
            place=place,
            layer=type(last.layer).title,
            loss=type(loss).title,
            fixes=(remove,),
        )
    ends = {("softmax", "cross_entropy"), ("sigmoid", "cross_entropy"), ("sigmoid", "bce_with_logits")}
    ends |= {("softmax", "bce_with_logits"), ("softmax", "focal"), ("softmax", "dice")}
    if not network.head and (last.layer.kind, loss.kind) in ends:
        yield Problem(
            "{loss} already turns the outputs into probabilities. With {layer} before it that happens twice, and "
            "learning is slow.",
            place=place,
            loss=type(loss).title,
            layer=type(last.layer).title,
            fixes=(remove,),
        )


def _activation_hints(placed: list[Placed]) -> Iterator[Problem]:
    """At the first layer with weights that follows another with nothing in between that bends."""
    for stack in _stacks(placed):
        before: Placed | None = None
        for entry in stack:
            weighs = bool(type(entry.layer).sized_by) and not type(entry.layer).bends
            if weighs and before and getattr(entry.layer, "groups", 1) == getattr(before.layer, "groups", 1) == 1:
                yield _two_in_a_row(before, entry)
                return
            if weighs:
                before = entry
            elif type(entry.layer).bends:
                before = None


def _two_in_a_row(before: Placed, following: Placed) -> Problem:
    place = field_of(following.path)
    where = f"{network_address(network_of(following.path))}/layers/-" if in_head(following.path) else following.path
    tanh = Fix("Add Tanh between them", edits=(Edit("add", where, {"kind": "tanh"}),))
    relu = Fix("Add ReLU between them", edits=(Edit("add", where, {"kind": "relu"}),))
    if isinstance(following.before, Channelled):
        return Problem(
            "Two convolutions without an activation between them can do no more than one with a larger window.",
            place=place,
            fixes=(relu,),
        )
    if isinstance(before.before, Channelled):
        return Problem(
            "Without an activation between them, this layer and the convolution before it can do no more than a linear "
            "layer alone.",
            place=place,
            fixes=(relu,),
        )
    return Problem(
        "Two linear layers without an activation between them can do no more than one.", place=place, fixes=(tanh,)
    )


def _bias_hints(placed: list[Placed]) -> Iterator[Problem]:
    """At the first bias that a batch normalisation right behind it takes away again."""
    for stack in _stacks(placed):
        for entry, following in pairwise(stack):
            weighs = bool(type(entry.layer).sized_by) and not type(entry.layer).bends
            if weighs and getattr(entry.layer, "bias", False) and isinstance(following.layer, BatchNorm):
                yield Problem(
                    "The batch normalisation behind it takes away the mean, and this bias with it. It learns nothing.",
                    place=entry.path,
                    fixes=(Fix("Switch the bias off", edits=(Edit("add", entry.path + "/bias", False),)),),
                )
                return


def _stacks(placed: list[Placed]) -> Iterator[list[Placed]]:
    """The layers of the network with its head, and those of each inner stack, with their whole paths."""
    yield placed
    for entry in placed:
        inner = [replace(each, path=entry.path + each.path) for each in entry.layer.placed(entry.before)]
        for _, stack in groupby(inner, lambda each: each.path.rpartition("/")[0]):
            yield from _stacks(list(stack))


def _layer_hints(flat: list[Placed]) -> Iterator[Problem]:
    for entry in flat:
        if entry.layer.kind == "step":
            yield Problem(
                "A step is flat on both sides of its jump, so no gradient passes: the layers before it learn nothing.",
                place=entry.path,
                fixes=(Fix("Use {kind}", {"kind": "Sigmoid"}, (Edit("replace", entry.path, {"kind": "sigmoid"}),)),),
            )
        alone = entry.before.numbers == 1 if entry.layer.kind == "layer_norm" else entry.before.sizes[:1] == (1,)
        if entry.layer.kind in ("layer_norm", "softmax") and alone:
            yield Problem(
                "{layer} of a single number always gives the same.",
                place=entry.path,
                layer=type(entry.layer).title,
                fixes=(Fix("Remove it", edits=(Edit("remove", entry.path),)),),
            )


def _start_hints(network: Network, address: str, flat: list[Placed]) -> Iterator[Problem]:
    weighted = sum(bool(type(entry.layer).sized_by) for entry in flat)
    if network.initializer.kind in ("zeros", "constant") and weighted > 1:
        use = Edit("replace", address + "/initializer", {"kind": "default"})
        yield Problem(
            "All neurons of a layer start with the same weights, so they all learn the same.",
            place=address + "/initializer",
            fixes=(Fix("Start with PyTorch's default", edits=(use,)),),
        )


def _training_hints(experiment: Experiment) -> Iterator[Problem]:
    regularization = experiment.training.regularization
    moving = [experiment.optimizer_of(name) for name in experiment.networks]
    if regularization.l2 > 0 and any(getattr(optimizer, "weight_decay", 0.0) > 0 for optimizer in moving):
        yield Problem(
            "L2 and the optimizer's weight decay both pull the weights towards 0. One of them is enough.",
            place="/training/regularization/l2",
            fixes=(Fix("Set L2 to 0", edits=(Edit("replace", "/training/regularization/l2", 0.0),)),),
        )
    # Others divide the gradient, and L2 with it, by its size.
    rate = max((optimizer.lr for optimizer in moving if isinstance(optimizer, Sgd)), default=0.0)
    if regularization.l2 * rate > 1:
        yield Problem(
            "Each step would pull the weights by more than their own size: learning rate × L2 is {product}.",
            place="/training/regularization/l2",
            product=round(regularization.l2 * rate, 3),
            fixes=(Fix("Set L2 to {value}", {"value": 0.01}, (Edit("replace", "/training/regularization/l2", 0.01),)),),
        )
    if experiment.schedule.warmup >= experiment.training.epochs:
        shorter = round(experiment.training.epochs / 10, 2)
        yield Problem(
            "The warm-up takes {warmup} epochs, and training only {epochs}: the learning rate never becomes whole.",
            place="/schedule/warmup",
            warmup=experiment.schedule.warmup,
            epochs=experiment.training.epochs,
            fixes=(
                Fix("Warm up for {value} epochs", {"value": shorter}, (Edit("replace", "/schedule/warmup", shorter),)),
            ),
        )
    target = experiment.training.target
    metric = None if target is None else split_of(target.metric)[1]
    if target and metric and metric.high is not None and target.value > metric.high:
        yield Problem(
            "{metric} is {most} at the most, so {value} is never reached.",
            place="/training/target/value",
            metric=metric.title,
            most=metric.high,
            value=target.value,
            fixes=(Fix("Set it to {value}", {"value": 0.99}, (Edit("replace", "/training/target/value", 0.99),)),),
        )


def _optimizer_hints(experiment: Experiment) -> Iterator[Problem]:
    optimizer, batch, samples = experiment.optimizer, experiment.training.batch_size, experiment.train_samples
    if optimizer.whole_batch and batch < samples <= LARGEST_BATCH:
        yield Problem(
            "{optimizer} compares the gradients of different steps, and in batches of {batch} samples they differ by"
            " chance. Give it all {samples} at once.",
            place="/training/batch_size",
            optimizer=type(optimizer).title,
            batch=batch,
            samples=samples,
            fixes=(set_batch(samples),),
        )
