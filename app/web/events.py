"""A run's events over plain HTTP: page by page, or as a stream where WebSocket is blocked."""

import asyncio
import time
from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response, StreamingResponse

from app.web.answers import encoded
from app.web.examples import EVENTS, answers
from app.web.house import ActorHere, House, HouseHere
from app.web.live import GAP, HEARTBEAT, number_after
from app.web.states import state

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
) -> Response:
    """The events that follow number `after`, in order. With `Accept: text/event-stream` they come as they happen."""
    await house.row(run, actor)
    if STREAM in request.headers.get("accept", ""):
        after = number_after(last_event_id) if last_event_id else after
        tail = house.tails.tail(run)
        if tail.ended and after >= len(tail.lines):
            return Response(status_code=204)  # tells an EventSource to come no more
        with house.limits.socket(actor.seat):  # refuses while an answer can still say so
            pass
        return StreamingResponse(_stream(house, actor.seat, run, after), media_type=STREAM)
    page, _ = house.tails.tail(run).batch(after, limit)
    return Response('{"events":' + page + "}", media_type="application/json")


async def _stream(house: House, seat: str, run: str, after: int) -> AsyncGenerator[str]:
    alive = await house.states.alive()
    with house.limits.socket(seat), house.tails.follow(run) as (tail, follower):
        tail.tell_state(state(run, tail.status, alive))
        told = tail.before_now
        while not tail.gone:
            follower.news.clear()
            for line in tail.lines[after:]:
                after += 1
                yield f"id: {after}\ndata: {line.decode()}\n\n"
            for told_state in list(tail.states):
                if told_state.number > told:
                    told = told_state.number
                    yield f"data: {told_state.content.decode()}\n\n"
            if tail.over and after >= len(tail.lines):
                return
            await asyncio.sleep(GAP)
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await follower.news.wait()
            except TimeoutError:
                yield f"data: {encoded({'heartbeat': round(time.time(), 3)}).decode()}\n\n"
