"""Questions to a warm worker, and its answers as HTTP."""

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.executors.answerer import Lane
from app.executors.executor import Cancelled, Unanswered
from app.parts.problem import Edit, Fix, Problem, Problems
from app.web.access import Actor
from app.web.errors import Refusal
from app.web.house import House

LONGEST = 30.0  # seconds
UNANSWERED = (
    "This took too long or too much memory to work out, or its process was ended from outside. Ask again, or make the "
    "network or the data smaller."
)
LANES: dict[str, Lane] = {"ingest": "upload", "baselines": "slow"}  # the other kinds are quick
MEDIA = {b"J": "application/json", b"B": "application/octet-stream"}


@dataclass(frozen=True)
class Asker:
    """Who asks. A newer question with the same `key` takes an older one's place."""

    request: Request
    seat: str
    key: str


def asker(request: Request, actor: Actor, what: str) -> Asker:
    """A seat that asks about something, apart by tab where the page sends `X-Tab`."""
    return Asker(request, actor.seat, f"{actor.seat}\n{request.headers.get('x-tab', '')[:64]}\n{what}")


async def answer_of(house: House, question: dict[str, Any], by: Asker, stay: float = 0.0) -> Response:
    """A worker's answer; it stays so many seconds for the next question with this key.

    Raises `Problems` where the worker found some, `Refusal` where there is no answer.
    """
    return sent(await asked(house, question, by, stay=stay))


def sent(answer: bytes) -> Response:
    """An answer of `asked`."""
    return Response(answer[1:], media_type=MEDIA[answer[:1]])


async def asked(
    house: House, question: dict[str, Any], by: Asker, seconds: float = LONGEST, stay: float = 0.0
) -> bytes:
    """The same as bytes, the kind of the answer in front. Whoever hangs up frees the place of the question."""
    lane = LANES.get(question["kind"], "quick")
    try:
        with house.limits.question(by.seat):
            answering = house.executor.ask(question, by.key, seconds, stay, owner=by.seat, lane=lane)
            answer = await _while_there(by.request, answering)
    except Cancelled:
        raise Refusal(409, "A newer question took this one's place.") from None
    except Unanswered:
        raise Refusal(422, UNANSWERED) from None
    demand_no_problem(answer)
    return answer


def demand_no_problem(answer: bytes) -> None:
    """Raises `Problems` where a worker answered with some."""
    if answer[:1] == b"P":
        raise Problems([problem_told(told) for told in json.loads(answer[1:])])


async def _while_there(request: Request, work: Coroutine[Any, Any, bytes]) -> bytes:
    """The result of `work`, which is cancelled when whoever asked has left."""
    working, leaving = asyncio.create_task(work), asyncio.create_task(_left(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Refusal(400)  # nobody reads it
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def problem_told(told: dict[str, Any]) -> Problem:
    """A problem as workers write it."""
    fixes = tuple(
        Fix(fix["title"], fix.get("values", {}), tuple(Edit(**edit) for edit in fix.get("edits", [])))
        for fix in told.get("fixes", [])
    )
    return Problem(told["template"], place=told.get("place", ""), fixes=fixes, **told.get("values", {}))
