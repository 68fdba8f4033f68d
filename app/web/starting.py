"""Making a run: checked, written into a folder of its own, told to the executor."""

import asyncio
import hashlib
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias
from weakref import WeakValueDictionary

from fastapi import APIRouter, Header, Request
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response

from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.parts.problem import Problem
from app.runs.commands import Pause, append
from app.runs.events import Queued
from app.runs.folder import RunFolder
from app.runs.labels import Labels, keep_labels
from app.runs.log import EventWriter
from app.runs.origin import keep_start, starting_weights
from app.store.database import no_room
from app.store.schema import RunRow
from app.web.access import EVERYBODYS, Actor, may
from app.web.answers import Json, encoded
from app.web.body import body_as
from app.web.errors import Refusal
from app.web.examples import EXPERIMENT, RUN, RUN_LINKS, answers, asks
from app.web.house import ActorHere, House, HouseHere, LanguageHere
from app.web.language import Language
from app.web.owned import demand_origins, demand_own_data
from app.web.runs import Name, Tags, clean, told
from app.web.threads import in_thread

router = APIRouter(tags=["runs"])
PATH = "/api/runs"
Key: TypeAlias = Annotated[
    str | None, Header(max_length=200, description="Made by you: the same key never makes a second run.")
]
ASK = {"experiment": EXPERIMENT, "name": "Eight neurons", "tags": ["circle"]}
NO_ROOM = "The disk of this server is nearly full: {megabytes} MB are left. Delete some runs first."
RETRY = 10  # seconds after which a place may have become free
# By seat: two of its requests with one Idempotency-Key must not both find nothing.
_making: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


class RunLabels(BaseModel):
    """What is said of a new run, whatever it trains."""

    model_config = ConfigDict(extra="forbid")

    name: Name = ""
    tags: Tags = []
    start: Literal["running", "paused"] = "running"


class StartAsked(RunLabels):
    """A run that somebody wants."""

    experiment: Any


@dataclass(frozen=True)
class NewRun:
    """A run to be made. `begin` writes into its folder what it begins with; `parent` is the moment of another run that
    it goes on from."""

    experiment: Experiment
    labelled: RunLabels
    begin: Callable[[RunFolder], None]
    parent: dict[str, Any] | None = None
    tell: Callable[[RunFolder, EventWriter], None] | None = None  # what is in its log from the start


@router.post(
    PATH,
    status_code=201,
    summary="Start a run",
    responses=answers(201, RUN, 400, 413, 415, 429, links=RUN_LINKS),
    openapi_extra=asks(ASK, StartAsked),
)
async def start_run(
    request: Request,
    house: HouseHere,
    actor: ActorHere,
    language: LanguageHere,
    idempotency_key: Key = None,
) -> Response:
    """Trains an experiment. With `start: "paused"` it waits before its first step."""
    if not may(actor, "start", EVERYBODYS):
        raise Refusal(403)
    asked = await body_as(request, StartAsked)
    row = await made_once(
        request, house, actor, key=idempotency_key, asked=asked, make=lambda: _start(request, house, actor, asked)
    )
    return await made_answer(house, row, language)


async def made_answer(house: House, row: RunRow, language: Language) -> Response:
    """The answer to whoever has made a run."""
    return Json(told(row, await house.states.alive(), language), 201, {"location": f"/api/runs/{row.id}"})


async def made_once(
    request: Request,
    house: House,
    actor: Actor,
    *,
    key: str | None,
    asked: BaseModel,
    make: Callable[[], Awaitable[RunRow]],
) -> RunRow:
    """The run that `make` makes; of a request that came before under the same key, the run that it has made."""
    if key is None:
        return await make()
    digest = await in_thread(request, _digest, request.url.path, asked)
    async with _making.setdefault(actor.seat, asyncio.Lock()):
        row = await _made_before(house, actor, key, digest)
        if row is None:
            row = await make()
            await asyncio.to_thread(_remember, house, actor, key, row.id, digest)
    return row


async def _made_before(house: House, actor: Actor, key: str, digest: str) -> RunRow | None:
    before = await asyncio.to_thread(house.runs.key, actor.seat, key)
    if before is None:
        return None
    if before.body != digest:
        raise Refusal(422, "This Idempotency-Key was used for another request. Take a new one.")
    return await house.row(before.run, actor)


def _remember(house: House, actor: Actor, key: str, run: str, digest: str) -> None:
    try:
        house.runs.remember(actor.seat, key, run, digest)
    except SQLAlchemyError as error:
        if not no_room(error):
            raise  # the run has begun: on a full disk a retry of it makes another one, which is refused by then


def _digest(path: str, asked: BaseModel) -> str:
    start = "" if path == PATH else path  # without, as before there were others
    return hashlib.sha256(start.encode() + encoded(asked.model_dump())).hexdigest()


async def _start(request: Request, house: House, actor: Actor, asked: StartAsked) -> RunRow:
    # Each change to another thread can take milliseconds on a busy machine, and somebody waits for a first point.
    experiment = await in_thread(request, _allowed, house, actor, asked)

    def begin(folder: RunFolder) -> None:
        keep_start(folder, starting_weights(house.settings.runs, experiment))

    return await make_run(house, actor, NewRun(experiment, asked, begin))


async def make_run(house: House, actor: Actor, new: NewRun) -> RunRow:
    """Writes a run into a folder and has it trained. Raises `Refusal` 429 where there is no room."""
    house.limits.run(actor.seat)
    demand_room(house)
    house.room.demand(actor)
    folder = await asyncio.to_thread(_written, house, actor, new)
    await house.executor.start(folder.path, actor.seat)
    house.states.forget()
    return await house.row(folder.id, actor)


def demand_place(house: House, actor: Actor) -> None:
    """Raises `Refusal` 429 where a seat has too many runs."""
    if house.runs.count_unfinished(actor.seat) >= house.settings.unfinished_runs:
        raise Refusal(
            429,
            "You have {count} runs that have not ended. Stop or delete some.",
            retry_after=RETRY,
            count=house.settings.unfinished_runs,
        )


def _allowed(house: House, actor: Actor, asked: StartAsked) -> Experiment:
    """The experiment, checked. Raises `Problems`, or `Refusal` 429 where a seat has too many runs."""
    experiment = checked(asked.experiment)
    demand_own_data(house, actor, experiment.dataset)
    demand_origins(house, actor, experiment)
    demand_place(house, actor)
    return experiment


def demand_room(house: House) -> None:
    """Raises `Refusal` 429 while the disk is nearly full."""
    free = shutil.disk_usage(house.settings.runs).free // 1_000_000
    if free < house.settings.free_megabytes:
        raise Refusal(429, NO_ROOM, retry_after=RETRY, megabytes=free)


def _written(house: House, actor: Actor, new: NewRun) -> RunFolder:
    about = {"owner": actor.seat, "class": None, **({"parent": new.parent} if new.parent else {})}
    folder = RunFolder.create(house.settings.runs, new.experiment.model_dump(mode="json"), about)
    try:
        new.begin(folder)
        _fill(house, actor, new, folder)
    except (OSError, SQLAlchemyError, Problem):  # such as a full disk: nothing is left of a run that never began
        folder.remove()
        raise
    return folder


def _fill(house: House, actor: Actor, new: NewRun, folder: RunFolder) -> None:
    """Writes all but the document of a new run: its labels, its first command and event, its row."""
    keep_labels(folder, Labels(clean(new.labelled.name), [clean(tag) for tag in new.labelled.tags]))
    if new.labelled.start == "paused":
        append(folder, Pause(id="start", seat=actor.seat, at_step=0))
    log = EventWriter(folder)
    log.write(Queued, owner=actor.seat)
    if new.tell:
        new.tell(folder, log)
    log.close()
    house.projector.take(folder)
