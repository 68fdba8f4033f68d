"""One training step beside the same step in plain PyTorch, in turns in one process; nothing is evaluated or kept."""

import time
from statistics import median
from typing import Any

import torch

from app.experiment.check import checked
from app.experiment.presets.digits_autoencoder import DIGITS_AUTOENCODER
from app.experiment.presets.digits_out_of_noise import DIGITS_OUT_OF_NOISE
from app.experiment.presets.eight_islands import EIGHT_ISLANDS
from app.experiment.presets.noise_to_islands import NOISE_TO_ISLANDS
from app.training.data.feed import TRAIN, feed_of
from app.training.data.samples import samples_of
from app.training.steppers.eager import EagerStepper
from app.training.tasks import WORK
from benchmarks import documents, plain
from benchmarks.row import Row, percent

ROUNDS = 15
ROUND = 0.25  # seconds of steps that a side takes at a time
MOST = 0.05


def rows() -> list[Row]:
    """For each kind of training that has a loop of its own."""
    return [
        row("an LSTM of 96 units, 16 windows of 64 letters", documents.lstm(), plain.lstm),
        row("a GPT of four blocks, width 64, 16 windows of 64 letters", documents.gpt(), plain.gpt),
        row("digits in eight numbers, by an autoencoder", DIGITS_AUTOENCODER.experiment, plain.autoencoder),
        row("digits out of noise, by a VAE", DIGITS_OUT_OF_NOISE.experiment, plain.variational),
        row("eight islands, by a GAN: discriminator and generator", unaveraged(EIGHT_ISLANDS.experiment), plain.gan),
        row("noise to islands, by diffusion", unaveraged(NOISE_TO_ISLANDS.experiment), plain.diffusion),
    ]


def unaveraged(document: dict[str, Any]) -> dict[str, Any]:
    """The same without averaged weights, which the plain loop does not keep either."""
    return {**document, "training": {**document["training"], "averaging": 0.0}}


def row(what: str, document: dict[str, Any], loop: Any) -> Row:
    """Medians over the rounds, of processor time: what else the machine does counts little."""
    torch.set_num_threads(1)
    experiment = checked(document)
    samples = samples_of(experiment)
    work = WORK[experiment.task.kind](experiment)
    stepper = EagerStepper(experiment, feed_of(experiment, samples), work)
    step, size = loop(experiment), experiment.training.batch_size
    x, targets = samples.inputs, samples.all.targets
    y = x if targets is None else targets
    whole = samples.count(TRAIN) // size

    def plainly(steps: int) -> None:
        for number in range(steps):
            first = number % whole * size
            step(x[first : first + size], y[first : first + size])

    plainly(20)
    stepper.advance(20)
    steps = max(round(ROUND / (took(plainly, 20) / 20)), 5)
    pairs = [(took(plainly, steps) / steps, took(stepper.advance, steps) / steps) for _ in range(ROUNDS)]
    ratios = sorted(mine / its - 1 for its, mine in pairs)
    slower = median(ratios)
    its, mine = (median(side) for side in zip(*pairs, strict=True))
    note = f"{its * 1e6:,.0f} µs plain, {mine * 1e6:,.0f} ours; rounds {percent(ratios[0])} … {percent(ratios[-1])}"
    return Row(f"A step alone: {what}", f"{percent(slower)} slower", f"at most {MOST:.0%}", slower <= MOST, note)


def took(what: Any, steps: int) -> float:
    """Processor seconds of so many steps."""
    began = time.process_time()
    what(steps)
    return time.process_time() - began
