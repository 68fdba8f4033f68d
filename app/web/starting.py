"""Making a run: checked, written into a folder of its own, told to the executor."""

import asyncio
import hashlib
import shutil
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.runs.commands import Pause, append
from app.runs.events import Queued
from app.runs.folder import RunFolder
from app.runs.labels import Labels, keep_labels
from app.runs.log import EventWriter
from app.store.runs import Asked as Found
from app.store.tables import RunRow
from app.web.access import EVERYBODYS, Actor, may
from app.web.answers import Json, encoded
from app.web.body import body_as
from app.web.errors import Refusal
from app.web.examples import EXPERIMENT, RUN, answers, asks
from app.web.house import ActorHere, House, HouseHere, LanguageHere
from app.web.owned import demand_own_data
from app.web.runs import Name, Tags, clean, told

router = APIRouter(tags=["runs"])
ASK = {"experiment": EXPERIMENT, "name": "Eight neurons", "tags": ["circle"]}
PAUSED_AT_MOST = 50  # paused runs of one seat that give way to a new one
NO_ROOM = "The disk of this server is nearly full: {megabytes} MB are left. Delete some runs first."
RETRY = 10  # seconds after which a place may have become free
_making = asyncio.Lock()  # two requests with one Idempotency-Key must not both find nothing


class Asked(BaseModel):
    """A run that somebody wants."""

    model_config = ConfigDict(extra="forbid")

    experiment: Any
    name: Name = ""
    tags: Tags = []
    start: Literal["running", "paused"] = "running"


@router.post(
    "/api/runs",
    status_code=201,
    summary="Start a run",
    responses=answers(201, RUN, 400, 413, 415, 429),
    openapi_extra=asks(ASK, Asked),
)
async def start_run(
    request: Request,
    house: HouseHere,
    actor: ActorHere,
    language: LanguageHere,
    idempotency_key: Annotated[
        str | None, Header(max_length=200, description="Made by you: the same key never makes a second run.")
    ] = None,
) -> Response:
    """Trains an experiment. With `start: "paused"` it waits before its first step."""
    if not may(actor, "start", EVERYBODYS):
        raise Refusal(403)
    asked = await body_as(request, Asked)
    digest = hashlib.sha256(encoded(asked.model_dump())).hexdigest()
    if idempotency_key is None:
        row = await _start(house, actor, asked)
    else:
        async with _making:
            row = await _made_before(house, actor, idempotency_key, digest)
            if row is None:
                row = await _start(house, actor, asked)
                await asyncio.to_thread(house.runs.remember, actor.seat, idempotency_key, row.id, digest)
    answer = told(row, await house.states.alive(), language)
    return Json(answer, 201, {"location": f"/api/runs/{row.id}"})


async def _made_before(house: House, actor: Actor, key: str, digest: str) -> RunRow | None:
    before = await asyncio.to_thread(house.runs.key, actor.seat, key)
    if before is None:
        return None
    if before.body != digest:
        raise Refusal(422, "This Idempotency-Key was used for another request. Take a new one.")
    return await house.row(before.run, actor)


async def _start(house: House, actor: Actor, asked: Asked) -> RunRow:
    # Each change to another thread can take milliseconds on a busy machine, and somebody waits for a first point.
    experiment = await asyncio.to_thread(_allowed, house, actor, asked)
    house.limits.run(actor.seat)
    demand_room(house)
    folder, paused = await asyncio.to_thread(_written, house, actor, experiment, asked)
    for run in paused:
        await house.executor.stop(run)
    await house.executor.start(folder.path, actor.seat)
    house.states.forget()
    return await house.row(folder.id, actor)


def _allowed(house: House, actor: Actor, asked: Asked) -> Experiment:
    """The experiment, checked. Raises `Problems`, or `Refusal` 429 where a seat has too many runs."""
    experiment = checked(asked.experiment)
    demand_own_data(house, actor, experiment.dataset)
    if house.runs.count_unfinished(actor.seat) >= house.settings.unfinished_runs:
        raise Refusal(
            429,
            "You have {count} runs that have not ended. Stop or delete some.",
            retry_after=RETRY,
            count=house.settings.unfinished_runs,
        )
    return experiment


def demand_room(house: House) -> None:
    """Raises `Refusal` 429 while the disk is nearly full."""
    free = shutil.disk_usage(house.settings.runs).free // 1_000_000
    if free < house.settings.free_megabytes:
        raise Refusal(429, NO_ROOM, retry_after=RETRY, megabytes=free)


def _written(house: House, actor: Actor, experiment: Experiment, asked: Asked) -> tuple[RunFolder, list[str]]:
    """The new run, and the runs that give way to it.

    A run that only waits for its owner keeps no place from the owner's new one: resumed, it goes on where it was.
    """
    document = experiment.model_dump(mode="json")
    folder = RunFolder.create(house.settings.runs, document, {"owner": actor.seat, "class": None})
    keep_labels(folder, Labels(clean(asked.name), [clean(tag) for tag in asked.tags]))
    if asked.start == "paused":
        append(folder, Pause(id="start", seat=actor.seat, at_step=0))
    log = EventWriter(folder)
    log.write(Queued, owner=actor.seat)
    log.close()
    house.projector.take(folder)
    paused, _ = house.runs.page(Found(("paused",), (), "", actor.seat, PAUSED_AT_MOST, ""))
    return folder, [row.id for row in paused]
