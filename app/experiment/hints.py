"""Advice: what is allowed but most likely not meant. Nothing here keeps an experiment from training."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from app.experiment.costs import set_batch
from app.experiment.experiment import Experiment
from app.parts.layers.batch_norm import BatchNorm
from app.parts.layers.stack import Placed, unfolded
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Channelled

MAIN = "/networks/main"
LARGEST_BATCH = 5000  # samples that are still looked at in one step
SHARES = {  # metrics that go from 0 to 1, and what is said of a goal above that
    "validation_accuracy": "An accuracy is a share between 0 and 1, so {value} is never reached.",
    "validation_mean_iou": "A mean IoU is a share between 0 and 1, so {value} is never reached.",
}


def hinted(experiment: Experiment, placed: list[Placed]) -> list[Problem]:
    """Every piece of advice for an experiment without problems."""
    flat = list(unfolded(placed))
    return [
        *_end_hints(experiment, placed),
        *_activation_hints(placed),
        *_bias_hints(placed),
        *_layer_hints(flat),
        *_start_hints(experiment, flat),
        *_training_hints(experiment),
        *_optimizer_hints(experiment),
    ]


def _end_hints(experiment: Experiment, placed: list[Placed]) -> Iterator[Problem]:
    own = [one for one in placed if one.path.startswith("/layers")]
    if not own:
        return
    last, place = own[-1], MAIN + own[-1].path
    remove = Fix("Remove it", edits=(Edit("remove", place),))
    if experiment.main.head and type(last.layer).group == "regularisation":
        yield Problem(
            "Dropout right before the output makes the answers themselves flicker. Put it one layer earlier.",
            place=place,
            fixes=(remove,),
        )
    ends = {("softmax", "cross_entropy"), ("sigmoid", "cross_entropy"), ("sigmoid", "bce_with_logits")}
    ends |= {("softmax", "bce_with_logits"), ("softmax", "focal"), ("softmax", "dice")}
    if not experiment.main.head and (last.layer.kind, experiment.loss.kind) in ends:
        yield Problem(
            "{loss} already turns the outputs into probabilities. With {layer} before it that happens twice, and "
            "learning is slow.",
            place=place,
            loss=type(experiment.loss).title,
            layer=type(last.layer).title,
            fixes=(remove,),
        )


def _activation_hints(placed: list[Placed]) -> Iterator[Problem]:
    """At the first layer with weights that follows another with nothing in between that bends."""
    for stack in _stacks(placed):
        before: Placed | None = None
        for one in stack:
            weighs = bool(type(one.layer).sized_by) and not type(one.layer).bends
            if weighs and before and getattr(one.layer, "groups", 1) == getattr(before.layer, "groups", 1) == 1:
                yield _two_in_a_row(before, one)
                return
            if weighs:
                before = one
            elif type(one.layer).bends:
                before = None


def _two_in_a_row(before: Placed, one: Placed) -> Problem:
    inside = one.path.startswith("/layers")
    place = MAIN + one.path if inside else MAIN + "/head"
    where = MAIN + one.path if inside else MAIN + "/layers/-"
    tanh = Fix("Add Tanh between them", edits=(Edit("add", where, {"kind": "tanh"}),))
    relu = Fix("Add ReLU between them", edits=(Edit("add", where, {"kind": "relu"}),))
    if isinstance(one.before, Channelled):
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
        for one, following in pairwise(stack):
            weighs = bool(type(one.layer).sized_by) and not type(one.layer).bends
            if weighs and getattr(one.layer, "bias", False) and isinstance(following.layer, BatchNorm):
                yield Problem(
                    "The batch normalisation behind it takes away the mean, and this bias with it. It learns nothing.",
                    place=MAIN + one.path,
                    fixes=(Fix("Switch the bias off", edits=(Edit("add", MAIN + one.path + "/bias", False),)),),
                )
                return


def _stacks(placed: list[Placed]) -> Iterator[list[Placed]]:
    """The layers of the network with its head, and those of each inner stack, with their whole paths."""
    yield placed
    for one in placed:
        inner = [replace(each, path=one.path + each.path) for each in one.layer.placed(one.before)]
        for _, stack in groupby(inner, lambda each: each.path.rpartition("/")[0]):
            yield from _stacks(list(stack))


def _layer_hints(flat: list[Placed]) -> Iterator[Problem]:
    for one in flat:
        if one.layer.kind == "step":
            yield Problem(
                "A step is flat everywhere, so no gradient passes: the layers before it learn nothing.",
                place=MAIN + one.path,
                fixes=(
                    Fix("Use {kind}", {"kind": "Sigmoid"}, (Edit("replace", MAIN + one.path, {"kind": "sigmoid"}),)),
                ),
            )
        alone = one.before.numbers == 1 if one.layer.kind == "layer_norm" else one.before.sizes[:1] == (1,)
        if one.layer.kind in ("layer_norm", "softmax") and alone:
            yield Problem(
                "{layer} of a single number always gives the same.",
                place=MAIN + one.path,
                layer=type(one.layer).title,
                fixes=(Fix("Remove it", edits=(Edit("remove", MAIN + one.path),)),),
            )


def _start_hints(experiment: Experiment, flat: list[Placed]) -> Iterator[Problem]:
    weighted = sum(bool(type(one.layer).sized_by) for one in flat)
    if experiment.main.initializer.kind in ("zeros", "constant") and weighted > 1:
        use = Edit("replace", MAIN + "/initializer", {"kind": "default"})
        yield Problem(
            "All neurons of a layer start with the same weights, so they all learn the same.",
            place=MAIN + "/initializer",
            fixes=(Fix("Start with PyTorch's default", edits=(use,)),),
        )


def _training_hints(experiment: Experiment) -> Iterator[Problem]:
    regularization = experiment.training.regularization
    if regularization.l2 > 0 and getattr(experiment.optimizer, "weight_decay", 0.0) > 0:
        yield Problem(
            "L2 and the optimizer's weight decay both pull the weights towards 0. One of them is enough.",
            place="/training/regularization/l2",
            fixes=(Fix("Set L2 to 0", edits=(Edit("replace", "/training/regularization/l2", 0.0),)),),
        )
    if regularization.l2 * experiment.optimizer.lr >= 1:
        yield Problem(
            "Each step would pull the weights by more than their own size: learning rate × L2 is {product}.",
            place="/training/regularization/l2",
            product=round(regularization.l2 * experiment.optimizer.lr, 3),
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
    if target is not None and target.metric in SHARES and target.value > 1:
        yield Problem(
            SHARES[target.metric],
            place="/training/target/value",
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
