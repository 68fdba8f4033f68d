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
from app.web.body import parsed, read_as
from app.web.errors import Refusal, described, refusal_answer
from app.web.house import ActorHere, HouseHere
from app.web.language import language_of
from app.web.owned import WITHOUT_SAMPLES, sees_samples
from app.web.states import state
from app.web.tails import Follower, Tail

router = APIRouter()
GAP = 1 / 30  # seconds between two rounds of sending
HIDDEN_GAP = 0.5  # for a tab that nobody sees
HEARTBEAT = 20.0  # seconds
LONGEST_MESSAGE = 4096  # characters a browser may send
STALLED = 60.0  # seconds after which a client that takes nothing is let go
KINDS = frozenset(probe.kind_name() for probe in PROBES)
DONE, DELETED, NOT_UNDERSTOOD = 1000, 4404, 1003  # close codes


class Wish(BaseModel):
    """What a browser may say."""

    model_config = ConfigDict(extra="forbid", strict=True)

    watch: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=50)] | None = None
    hidden: bool | None = None


@router.websocket("/api/runs/{run}/live")
async def live(websocket: WebSocket, run: str, house: HouseHere, actor: ActorHere) -> None:
    """Events after `after`, states and frames, until the run has finished."""
    try:
        after = number_after(websocket.query_params.get("after", "0"))
        row = await house.row(run, actor)
        kinds = KINDS if sees_samples(actor, row) else KINDS & WITHOUT_SAMPLES
        alive = await house.states.alive()
        with house.limits.socket(actor.seat), house.tails.follow(run) as (tail, follower):
            tail.tell_state(state(run, tail.status, alive))
            await websocket.accept()
            await _converse(websocket, kinds, tail, follower, after)
    except Refusal as refusal:
        with contextlib.suppress(RuntimeError):  # it left before it was refused
            await websocket.send_denial_response(refusal_answer(refusal, language_of(websocket)))


def number_after(text: str) -> int:
    """The number of the last event seen. Raises `Refusal` 422."""
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise Refusal(422, "{name} cannot be {given}.", place="/after", name="after", given=repr(text[:40]))
    return int(text)


async def _converse(websocket: WebSocket, kinds: frozenset[str], tail: Tail, follower: Follower, after: int) -> None:
    sending = asyncio.create_task(_Sender(websocket, tail, follower, after).send_all())
    hearing = asyncio.create_task(_hear(websocket, kinds, tail, follower))
    done, pending = await asyncio.wait((sending, hearing), return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        error = task.exception()
        if error and not isinstance(error, (WebSocketDisconnect, TimeoutError, RuntimeError)):
            raise error


class _Sender:
    """One client's cursor: what it has been sent, and what comes next."""

    def __init__(self, websocket: WebSocket, tail: Tail, follower: Follower, after: int) -> None:
        self._websocket = websocket
        self._tail = tail
        self._follower = follower
        self._after = after
        self._state = tail.before_now
        self._frames: dict[str, int] = {}

    async def send_all(self) -> None:
        """Sends what there is, then waits for news; ends with the run."""
        while True:
            self._follower.news.clear()
            began = time.monotonic()
            await self._send_news()
            if self._tail.gone:
                await self._websocket.close(DELETED)
                return
            if self._tail.over and self._after >= len(self._tail.lines):
                await self._websocket.close(DONE)
                return
            gap = HIDDEN_GAP if self._follower.hidden else 0.0 if self._tail.beginning else GAP
            await asyncio.sleep(max(0.0, gap - (time.monotonic() - began)))
            await self._wait()

    async def _send_news(self) -> None:
        while self._after < len(self._tail.lines):
            events, self._after = self._tail.batch(self._after)
            await self._text('{"events":' + events + "}")
        for one in list(self._tail.states):
            if one.number > self._state:
                self._state = one.number
                await self._text(one.content.decode())
        for probe in sorted(self._follower.watch):
            frame = self._tail.frames.get(probe)
            if frame and frame.number > self._frames.get(probe, 0):
                self._frames[probe] = frame.number
                async with asyncio.timeout(STALLED):
                    await self._websocket.send({"type": "websocket.send", "bytes": frame.content})

    async def _wait(self) -> None:
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await self._follower.news.wait()
                return
            except TimeoutError:
                await self._text(encoded({"heartbeat": round(time.time(), 3)}).decode())

    async def _text(self, text: str) -> None:
        async with asyncio.timeout(STALLED):
            await self._websocket.send({"type": "websocket.send", "text": text})


async def _hear(websocket: WebSocket, kinds: frozenset[str], tail: Tail, follower: Follower) -> None:
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return
        try:
            wish = _wish(message)
        except (Refusal, Problems) as error:
            await _say_not_understood(websocket, error)
            return
        if wish.hidden is not None:
            follower.hidden = wish.hidden
        if wish.watch is not None:
            follower.watch = frozenset(wish.watch) & kinds
            tail.say_watched()
            tail.read_frames()
        follower.news.set()


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
