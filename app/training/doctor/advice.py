"""What to try against a fault: a sentence, its values and a fix, most likely first. Nothing that is chosen already."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.experiment.experiment import Experiment
from app.parts.datasets.own_table import OwnTable
from app.parts.datasets.real_table import RealTable
from app.parts.shapes import Channelled, Ordered
from app.training.doctor import fixes, rates, sentences
from app.training.doctor.case import Case
from app.training.doctor.fixes import Fix

LARGE_RATE, USUAL_RATE, SMALL_RATE = 0.3, 0.03, 1e-4
MANY_SIGMOIDS = 3
MANY_PLACES = 30
SATURATES = ("tanh", "sigmoid", "softsign", "hardtanh", "softmax")
STRONG_DECAY, STRONG_DROPOUT = 0.1, 0.5


@dataclass(frozen=True)
class Advice:
    """What follows the sentence that says what is wrong."""

    template: str = ""
    values: dict[str, float] = field(default_factory=dict[str, float])
    fix: Fix | None = None


def to_learn(case: Case) -> Advice:
    """For a network that is no better than an answer without looking."""
    return next(_ways_to_learn(case), Advice())


def _ways_to_learn(case: Case) -> Iterator[Advice]:
    experiment = case.experiment
    layers = fixes.built(experiment)
    large, small = rates.largest(experiment), rates.smallest(experiment)
    if large.lr >= LARGE_RATE and not large.own:
        stuck = any(placed.layer.kind in SATURATES for placed in layers)
        template = sentences.SATURATED if stuck else sentences.OVERSHOT
        yield Advice(template, {"lr": large.lr, "better": USUAL_RATE}, fixes.rate_fix(large, USUAL_RATE))
    if small.lr <= SMALL_RATE:
        yield Advice(sentences.SLOW, {"lr": small.lr, "better": 0.01}, fixes.rate_fix(small, 0.01))
    yield from _structural(experiment)
    sigmoids = [placed.path for placed in layers if placed.layer.kind == "sigmoid"]
    if len(sigmoids) >= MANY_SIGMOIDS:
        yield Advice(sentences.VANISHING, {"layers": len(sigmoids)}, fixes.relu_fix(sigmoids))
    if (found := fixes.gated(experiment)) and found[0] >= MANY_PLACES:
        yield Advice(sentences.FORGETS, {"places": found[0]}, found[1])
    narrow = _narrow(experiment)
    if narrow and narrow.values["units"] < fixes.FEW_UNITS // 2:
        yield narrow
    better = float(f"{3 * small.lr:.0e}") if 3 * small.lr < LARGE_RATE else USUAL_RATE
    if case.steps_matter and not small.own and better != small.lr:
        yield Advice(sentences.UNSURE, {"lr": small.lr, "better": better}, fixes.rate_fix(small, better))
    if narrow:
        yield narrow


def to_fit(case: Case) -> Advice:
    """For a network whose loss stands although it answers even its training samples badly."""
    if room := fixes.roomier(case.experiment):
        return Advice(sentences.SMALL_CODE, {"units": room[0], "better": room[1]}, room[2])
    found = structural(case.experiment)
    if found is None and held_back(case.experiment):
        return Advice(sentences.HELD_BACK)
    return found or _narrow(case.experiment) or Advice(sentences.UNSURE_WHY)


def to_move(case: Case) -> Advice:
    """For a loss that stands where it may not have to."""
    experiment = case.experiment
    if not fixes.hidden(experiment):
        fix = fixes.deeper(experiment)
        return Advice(sentences.STRAIGHT, {}, fix) if fix["title"]["template"] == sentences.ADD_NEURONS else Advice()
    if held_back(experiment):
        return Advice(sentences.HELD_BACK)
    small = rates.smallest(experiment)
    larger = small.lr < 10 * SMALL_RATE
    rate = small if larger else rates.largest(experiment)
    if not case.steps_matter or rate.own:
        return Advice()
    better = float(f"{10 * rate.lr if larger else rate.lr / 10:.0e}")
    template = sentences.LARGER_STEPS if larger else sentences.SMALLER_STEPS
    return Advice(template, {"better": better}, fixes.rate_fix(rate, better))


def smaller_rate(lr: float) -> float:
    """A tenth of a learning rate that overshoots, and no more than a usual one."""
    return min(float(f"{lr / 10:.0e}"), USUAL_RATE)


def structural(experiment: Experiment) -> Advice | None:
    """What is missing from the document, whatever the numbers say."""
    return next(_structural(experiment), None)


def held_back(experiment: Experiment) -> bool:
    """Whether it is strongly regularised."""
    held = experiment.training.regularization
    optimizers = map(experiment.optimizer_of, experiment.networks)
    decays = any(getattr(optimizer, "weight_decay", 0.0) >= STRONG_DECAY for optimizer in optimizers)
    drops = any(getattr(placed.layer, "p", 0.0) >= STRONG_DROPOUT for placed in fixes.built(experiment))
    return held.l1 >= fixes.L2 or held.l2 >= fixes.L2 or decays or drops


def _structural(experiment: Experiment) -> Iterator[Advice]:
    dataset = experiment.dataset
    if isinstance(dataset, RealTable | OwnTable) and not dataset.standardize:
        yield Advice(sentences.UNEVEN, {}, fixes.standardise())
    inputs, layers = dataset.inputs(), fixes.hidden(experiment)
    everywhere_alike = any(isinstance(placed.after, Channelled) or placed.layer.takes() is Ordered for placed in layers)
    if isinstance(inputs, Channelled) and not everywhere_alike:
        fix = fixes.fitting(experiment, fixes.deeper(experiment))
        if fix:
            yield Advice(sentences.WITHOUT_FILTERS, {}, fix)
    if not layers:
        yield Advice(sentences.SHALLOW, {}, fixes.fitting(experiment, fixes.deeper(experiment)))
    if len(layers) > 0 and not any(type(placed.layer).bends for placed in fixes.built(experiment)):
        fix = fixes.fitting(experiment, fixes.bent(layers[0]))
        yield Advice(sentences.LINEAR, {}, fix)


def _narrow(experiment: Experiment) -> Advice | None:
    found = fixes.wider(experiment)
    if found is None:
        return None
    units, better, fix = found
    filters = fix["title"]["template"] == sentences.MORE_FILTERS
    template = sentences.NARROW_FILTERS if filters else sentences.NARROW
    return Advice(template, {"units": units, "better": better}, fix)
