"""How much slower a run of ours is than the bare PyTorch loop, taken in turns within one run of this program."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.bare import Bare
from benchmarks.documents import with_steps
from benchmarks.ours import Yard


@dataclass(frozen=True)
class Ratio:
    """Medians over the rounds. `slower` and `cpu` are fractions: 0.05 is 5 %."""

    slower: float
    cpu: float
    bare_step: float  # seconds
    our_step: float
    spread: tuple[float, float]  # lowest and highest `slower`


async def ratio(yard: Yard, document: dict[str, Any], steps: int, rounds: int) -> Ratio:
    """Ours (streamed, recorded, watched; from `started` to `finished`) against the bare loop, turn by turn."""
    bare = Bare(document)
    pairs: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for number in range(rounds):
        if number % 2:
            pairs.append((bare.train(steps), await ours(yard, document, steps)))
        else:
            mine = await ours(yard, document, steps)
            pairs.append((bare.train(steps), mine))
    bare.close()
    slower = [mine[0] / other[0] - 1 for other, mine in pairs]
    return Ratio(
        slower=median(slower),
        cpu=median(mine[1] / other[1] - 1 for other, mine in pairs),
        bare_step=median(other[0] for other, _ in pairs) / steps,
        our_step=median(mine[0] for _, mine in pairs) / steps,
        spread=(min(slower), max(slower)),
    )


async def ours(yard: Yard, document: dict[str, Any], steps: int) -> tuple[float, float]:
    """Seconds and processor seconds of one watched run."""
    events = await yard.train(with_steps(document, steps))
    started = next(event for event in events if event["type"] == "started")
    speed = [event for event in events if event["type"] == "speed"][-1]
    if events[-1]["reason"] != "done":
        raise RuntimeError(f"Expected a run to the end, but it was {events[-1]}.")
    return events[-1]["time"] - started["time"], speed["cpu_seconds"]
