"""Many networks, worked out in pieces and told as server-sent events."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response, StreamingResponse

from app.executors.executor import Cancelled, Unanswered
from app.experiment.experiment import Experiment
from app.parts.problem import Problem, Problems
from app.web.access import Actor
from app.web.answers import event_told
from app.web.asking import LONGEST, UNANSWERED, Asker, demand_no_problem
from app.web.errors import described
from app.web.house import House
from app.web.language import language_of

STREAM = "text/event-stream"
STAY = 5.0  # seconds that a worker waits for the next piece
TOGETHER = 2  # pieces of one asker that are worked out at once
PIECE_SECONDS, MOST_IN_PIECE = 0.2, 32
OVERHEAD = 0.003  # seconds for each network beside its training
Changes = list[dict[str, Any]]


@dataclass(frozen=True)
class Many:
    """What is to be trained: a document, and what is changed in it for each network."""

    experiment: Experiment
    changes: Changes
    begun: dict[str, Any]
    seconds: float  # that the slowest of them is expected to take
    evaluations: int = 0
    places: list[tuple[int, int]] | None = None  # where each network stands on the plane of an atlas
    surface: bool = False
    target: float | None = None  # a training loss


def streamed(house: House, actor: Actor, many: Many, by: Asker) -> Response:
    """The results of many networks as they come. Raises `Refusal` where a seat asks too much."""
    with house.limits.question(actor.seat):  # refuses while an answer can still say so
        pass
    return StreamingResponse(_events(house, actor.seat, many, by), media_type=STREAM)


async def _events(house: House, seat: str, many: Many, by: Asker) -> AsyncGenerator[str]:
    """Server-sent events until all networks are told, one of them fails, or a newer request with the same key comes."""
    mine = house.newest_many[by.key] = object()
    ended = "done"
    with house.limits.question(seat):
        yield event_told("begun", many.begun)
        try:
            async for first, results in _found(house, seat, many, by, lambda: house.newest_many.get(by.key) is mine):
                for number, result in enumerate(results, first):
                    result["at"] = many.places[number] if many.places else number
                    result["values"] = many.changes[number]
                yield event_told("found", {"results": results})
        except Cancelled:
            ended = "cancelled"
        except Unanswered:
            yield event_told("problem", described(Problem(UNANSWERED), language_of(by.request)))
            ended = "failed"
        except Problems as problems:
            yield event_told("problem", described(problems.problems[0], language_of(by.request)))
            ended = "failed"
        finally:
            if house.newest_many.get(by.key) is mine:
                del house.newest_many[by.key]
    yield event_told("ended", {"reason": ended})


async def _found(
    house: House, seat: str, many: Many, by: Asker, newest: Callable[[], bool]
) -> AsyncGenerator[tuple[int, list[dict[str, Any]]]]:
    """Where each piece begins, and its results, as they come. Raises `Cancelled`, `Unanswered` and `Problems`."""
    size = min(max(int(PIECE_SECONDS / (many.seconds + OVERHEAD)), 1), MOST_IN_PIECE)
    pieces = iter(range(0, len(many.changes), size))
    common = {
        "kind": "many",
        "experiment": many.experiment.model_dump(mode="json"),
        "evaluations": many.evaluations,
        "surface": many.surface,
        "target": many.target,
    }
    results: asyncio.Queue[tuple[int, list[dict[str, Any]]] | asyncio.Task[None]] = asyncio.Queue()

    async def work(lane: int) -> None:
        for first in pieces:
            if not newest():
                raise Cancelled(by.key)
            question = common | {"changes": many.changes[first : first + size]}
            key = f"{by.key}\n{lane}"
            answer = await house.executor.ask(question, key, LONGEST, STAY, owner=seat)
            demand_no_problem(answer)
            results.put_nowait((first, json.loads(answer[1:])["results"]))  # behind the kind of the answer

    tasks = [asyncio.create_task(work(lane)) for lane in range(TOGETHER)]
    for task in tasks:
        task.add_done_callback(results.put_nowait)
    try:
        working = TOGETHER
        while working:
            found = await results.get()
            if isinstance(found, asyncio.Task):
                found.result()  # raises what ended it
                working -= 1
            else:
                yield found
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
