"""A run's events over plain HTTP: page by page, or as a stream where WebSocket is blocked."""

import asyncio
import time
from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response, StreamingResponse

from app.runs.veiling import veiled_line
from app.web.answers import encoded
from app.web.examples import EVENTS, answers
from app.web.house import ActorHere, House, HouseHere
from app.web.live import number_after
from app.web.owned import sees_samples
from app.web.run_states import state
from app.web.sealing import Test, as_asked
from app.web.sender import GAP, HEARTBEAT
from app.web.tail import Follower, Tail

router = APIRouter(tags=["runs"])
MOST = 5000
STREAM = "text/event-stream"


@router.get("/api/runs/{run}/events", summary="What happened in a run", responses=answers(200, EVENTS, 404))
async def events(
    request: Request,
    run: str,
    house: HouseHere,
    actor: ActorHere,
    *,
    after: Annotated[int, Query(ge=0, le=10**12, description="Number of the last event you have.")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 1000,
    last_event_id: Annotated[str | None, Header(description="As a stream's client sends it; it counts more.")] = None,
    test: Test = None,
) -> Response:
    """The events that follow number `after`, in order. With `Accept: text/event-stream` they come as they happen.
    Evaluations leave the test samples out until somebody opened them.
    """
    veiled = not sees_samples(actor, await as_asked(house, await house.row(run, actor), test))
    if STREAM in request.headers.get("accept", ""):
        after = number_after(last_event_id) if last_event_id else after
        tail = await house.tails.tail(run)
        if tail.ended and after >= len(tail.lines):
            return Response(status_code=204)  # tells an EventSource to come no more
        with house.limits.socket(actor.seat):  # refuses while an answer can still say so
            pass
        return StreamingResponse(_stream(house, actor.seat, run, after, veiled), media_type=STREAM)
    tail = await house.tails.tail(run)
    page, _ = tail.batch(after, limit, veiled=veiled)
    return Response('{"events":' + page + "}", media_type="application/json")


async def _stream(house: House, seat: str, run: str, after: int, veiled: bool) -> AsyncGenerator[str]:
    alive = await house.states.alive()
    with house.limits.socket(seat):
        async with house.tails.follow(run, seat, veiled) as (tail, follower):
            tail.tell_state(state(run, tail.status, alive))
            async for message in _messages(tail, follower, after):
                yield message


async def _messages(tail: Tail, follower: Follower, after: int) -> AsyncGenerator[str]:
    told = tail.before_now
    while not (tail.gone or follower.away):
        follower.news.clear()
        for told_state in list(tail.states):
            if told_state.number > told:
                told = told_state.number
                yield f"data: {tail.told(told_state)}\n\n"
        until = time.monotonic() + GAP
        while after < len(tail.lines) and time.monotonic() < until:  # to a slow reader it takes longer to give one
            line = tail.lines[after]
            after += 1
            yield f"id: {after}\ndata: {(veiled_line(line) if follower.veiled else line).decode()}\n\n"
        if after < len(tail.lines):
            continue  # the rest, once a new state has been told
        if tail.over:
            return
        await asyncio.sleep(GAP)
        try:
            async with asyncio.timeout(HEARTBEAT):
                await follower.news.wait()
        except TimeoutError:
            yield f"data: {encoded({'heartbeat': round(time.time(), 3)}).decode()}\n\n"
