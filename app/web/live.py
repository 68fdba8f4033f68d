"""The live socket: what happens in a run, as it happens, from any event on."""

import asyncio
import contextlib
import time
from typing import Annotated, Any

from fastapi import APIRouter, WebSocket
from pydantic import BaseModel, ConfigDict, Field
from starlette.websockets import WebSocketDisconnect

from app.parts.probes import PROBES
from app.parts.problem import Problem, Problems
from app.web.answers import encoded
from app.web.backpressure import Line
from app.web.body import parsed, read_as
from app.web.errors import Refusal, described, refusal_answer
from app.web.house import ActorHere, HouseHere
from app.web.language import language_of
from app.web.owned import WITHOUT_SAMPLES, sees_samples
from app.web.run_states import state
from app.web.seat_limits import Bucket
from app.web.sender import Sender

router = APIRouter()
LONGEST_MESSAGE = 4096  # characters a browser may send
MESSAGES, BURST = 10, 40  # a second, and at once; a page that is used in a hurry sends a few
KINDS = frozenset(probe.kind_name() for probe in PROBES)
NOT_UNDERSTOOD = 1003  # close code


class Wish(BaseModel):
    """What a browser may say."""

    model_config = ConfigDict(extra="forbid", strict=True)

    watch: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=50)] | None = None
    hidden: bool | None = None
    taken: Annotated[int, Field(ge=0, le=10**12)] | None = None

    @property
    def only_taken(self) -> bool:
        """Whether it says nothing but what was taken."""
        return self.hidden is None and self.watch is None


@router.websocket("/api/runs/{run}/live")
async def live(websocket: WebSocket, run: str, house: HouseHere, actor: ActorHere) -> None:
    """Events after `after`, states and frames, until the run has finished."""
    try:
        after = number_after(websocket.query_params.get("after", "0"))
        line = line_for(websocket.query_params.get("taking", ""))
        row = await house.row(run, actor)
        veiled = not sees_samples(actor, row)
        alive = await house.states.alive()
        with house.limits.socket(actor.seat):
            async with house.tails.follow(run, actor.seat, veiled) as (tail, follower):
                tail.tell_state(state(run, tail.status, alive))
                await websocket.accept()
                await _converse(websocket, Sender(websocket, tail, follower, after, line))
    except Refusal as refusal:
        with contextlib.suppress(RuntimeError):  # it left before it was refused
            await websocket.send_denial_response(refusal_answer(refusal, language_of(websocket)))


def number_after(text: str) -> int:
    """The number of the last event seen. Raises `Refusal` 422."""
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise Refusal(422, "{name} cannot be {given}.", place="/after", name="after", given=repr(text[:40]))
    return int(text)


def line_for(taking: str) -> Line | None:
    """The line to a client that says what it has taken, and takes it `plain` or `packed`. Raises `Refusal` 422."""
    if taking not in ("", "plain", "packed"):
        raise Refusal(422, "{name} cannot be {given}.", place="/taking", name="taking", given=repr(taking[:40]))
    return Line(packs=taking == "packed") if taking else None


async def _converse(websocket: WebSocket, sender: Sender) -> None:
    sending = asyncio.create_task(sender.send_all())
    hearing = asyncio.create_task(_hear(websocket, sender))
    done, pending = await asyncio.wait((sending, hearing), return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        error = task.exception()
        if error and not isinstance(error, (WebSocketDisconnect, TimeoutError, RuntimeError)):
            raise error


async def _hear(websocket: WebSocket, sender: Sender) -> None:
    """Takes in what a browser says. No message does more than change the follower: files are the pulse's to read."""
    follower, line = sender.follower, sender.line
    kinds = KINDS & WITHOUT_SAMPLES if follower.veiled else KINDS
    bucket = Bucket(MESSAGES, BURST, BURST, time.monotonic())
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return
        try:
            wish = _wish(message)
        except (Refusal, Problems) as error:
            await _say_not_understood(websocket, error)
            return
        if wish.taken is not None and line and line.took(wish.taken):
            follower.news.set()
            if wish.only_taken:
                continue  # comes as often as we send
        hidden = follower.hidden if wish.hidden is None else wish.hidden
        watch = follower.watch if wish.watch is None else frozenset(wish.watch) & kinds
        if (hidden, watch) != (follower.hidden, follower.watch):
            follower.hidden, follower.watch = hidden, watch
            follower.news.set()
        if wait := bucket.wait(time.monotonic()):
            await asyncio.sleep(wait)  # what comes meanwhile waits in the connection
            bucket.wait(time.monotonic())


def _wish(message: Any) -> Wish:
    text = message.get("text")
    if text is None or len(text) > LONGEST_MESSAGE:
        raise Refusal(422, "A message to this socket is JSON text of at most {most} characters.", most=LONGEST_MESSAGE)
    return read_as(parsed(text), Wish)


async def _say_not_understood(websocket: WebSocket, error: Refusal | Problems) -> None:
    problems: list[Problem] = error.problems if isinstance(error, Problems) else [error.problem]
    told = [described(problem, language_of(websocket)) for problem in problems]
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):  # it may have left
        await websocket.send_text(encoded({"problems": told}).decode())
        await websocket.close(NOT_UNDERSTOOD)
