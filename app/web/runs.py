"""Runs: found, listed, named and deleted. Making one stands in `app.web.starting`."""

import asyncio
import logging
import time
import unicodedata
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response

from app.executors.executor import Alive
from app.runs.folder import RunFolder
from app.runs.labels import keep_labels
from app.runs.sealing import without_test
from app.store.database import no_room
from app.store.runs import RunsAsked
from app.store.schema import RunRow
from app.web.answers import Json
from app.web.body import body_as
from app.web.errors import Refusal
from app.web.examples import RUN, RUNS, answers, asks
from app.web.house import ActorHere, House, HouseHere, LanguageHere
from app.web.language import Language
from app.web.owned import seen_by
from app.web.run_states import state
from app.web.sealing import Test, as_asked

router = APIRouter(tags=["runs"])
log = logging.getLogger("trainyard")
WORKER_LEAVES_IN = 10.0  # seconds

Name = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
Tags = Annotated[list[Tag], Field(max_length=20)]
Status = Literal[
    "queued",
    "starting",
    "running",
    "paused",
    "done",
    "stopped",
    "diverged",
    "failed",
    "out_of_memory",
    "over_limit",
    "lost",
]


class LabelChanges(BaseModel):
    """What people say of a run; what is left out stays."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Name | None = None
    tags: Tags | None = None
    note: Annotated[str, StringConstraints(max_length=4000)] | None = None


@router.get("/api/runs", summary="List runs", responses=answers(200, RUNS))
async def list_runs(
    house: HouseHere,
    actor: ActorHere,
    language: LanguageHere,
    *,
    status: Annotated[list[Status] | None, Query(description="Only runs with one of these.", max_length=11)] = None,
    tag: Annotated[list[str] | None, Query(description="Only runs with all of these tags.", max_length=20)] = None,
    q: Annotated[str, Query(max_length=200, description="Words in names, tags, notes, owners and kinds.")] = "",
    owner: Annotated[str, Query(max_length=200, description="Only runs of this seat.")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str, Query(max_length=40, description="`next` of the page before.")] = "",
) -> Response:
    """Runs, newest first."""
    kept = {"queued" if wanted == "starting" else wanted for wanted in status or ()}  # the log does not know "starting"
    asked = RunsAsked(tuple(sorted(kept)), tuple(tag or ()), q, owner, limit, cursor)
    rows, following = await asyncio.to_thread(house.runs.page, asked)
    alive = await house.states.alive()
    return Json({"runs": [listed(seen_by(actor, row), alive, language) for row in rows], "next": following})


@router.get("/api/runs/{run}", summary="Look at a run", responses=answers(200, RUN, 404))
async def show_run(run: str, house: HouseHere, actor: ActorHere, language: LanguageHere, test: Test = None) -> Response:
    """A run as it stands now. Its `metrics` leave the test samples out until somebody opened them."""
    row = seen_by(actor, await as_asked(house, await house.row(run, actor), test))
    return Json(told(row, await house.states.alive(), language))


@router.patch(
    "/api/runs/{run}",
    summary="Name, tag or annotate a run",
    responses=answers(200, RUN, 400, 403, 404, 413, 415),
    openapi_extra=asks({"name": "Eight neurons", "tags": ["circle"]}, LabelChanges),
)
async def label_run(request: Request, run: str, house: HouseHere, actor: ActorHere, language: LanguageHere) -> Response:
    """Changes name, tags and note; what is left out stays."""
    await house.row(run, actor, "rename")
    labels = await body_as(request, LabelChanges)
    name = None if labels.name is None else clean(labels.name)
    tags = None if labels.tags is None else [clean(tag) for tag in labels.tags]
    row = await asyncio.to_thread(house.runs.relabel, run, name, tags, labels.note)
    if row is None:
        raise Refusal(404, "There is no such run.")
    await asyncio.to_thread(keep_labels, house.folder(run), row.labels)
    return Json(told(seen_by(actor, row), await house.states.alive(), language))


@router.delete("/api/runs/{run}", status_code=204, summary="Delete a run", responses=answers(204, None, 403, 404, 409))
async def delete_run(run: str, house: HouseHere, actor: ActorHere) -> Response:
    """Stops a run and deletes everything of it. It cannot be taken back."""
    await house.row(run, actor, "delete")
    folder = house.folder(run)
    await house.executor.stop(run)
    await _worker_left(folder)
    house.tails.drop(run)
    house.projector.forget(run)
    await asyncio.to_thread(_remove, house, folder)
    house.states.forget()
    return Response(status_code=204)


def told(row: RunRow, alive: Alive, language: Language) -> dict[str, Any]:
    """A run as it travels by itself: as in a list, and its document."""
    return listed(row, alive, language) | {"experiment": row.experiment}


def listed(row: RunRow, alive: Alive, language: Language) -> dict[str, Any]:
    """A run as it stands in a list, which holds no documents: each may have two megabytes."""
    reason = row.reason or {}
    return {
        "id": row.id,
        "name": row.name,
        **state(row.id, row.status, alive),
        "reason": language.told(reason) if row.reason else None,
        "sentence": row.reason,
        "owner": row.owner,
        "created": row.created,
        "tags": row.tags,
        "note": row.note,
        "step": row.step,
        "epoch": row.epoch,
        "metrics": row.metrics if row.openings else without_test(row.metrics),
        "openings": row.openings,
        "stepper": row.stepper,
        "parameters": row.parameters,
        "seconds": row.seconds,
        "summary": {name: told for name, told in row.summary.items() if name != "upload"},
        "parent": row.summary.get("parent"),
    }


def clean(text: str) -> str:
    """A label in NFC, on one line, without control characters."""
    shown = "".join(" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in text)
    return " ".join(unicodedata.normalize("NFC", shown).split())


async def _worker_left(folder: RunFolder) -> None:
    deadline = time.monotonic() + WORKER_LEAVES_IN
    while folder.locked():
        if time.monotonic() > deadline:
            raise Refusal(409, "The run is still at work. Try again in a moment.")
        await asyncio.sleep(0.02)


def _remove(house: House, folder: RunFolder) -> None:
    folder.remove()  # first: it needs no room, and on a full disk it makes the room that the row needs
    try:
        house.runs.delete(folder.id)
    except SQLAlchemyError as error:
        if not no_room(error):
            raise
        log.warning("The row of the deleted run %s goes later: the disk is full", folder.id)
