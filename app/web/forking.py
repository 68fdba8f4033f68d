"""Going on from a moment of a run, with changes."""

import asyncio
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.parts.problem import Edit
from app.runs.folder import RunFolder
from app.runs.forking import fork_of, inherit, keep_fork
from app.runs.log import EventWriter
from app.store.schema import RunRow
from app.web.access import EVERYBODYS, Actor, may
from app.web.body import body_as
from app.web.errors import Refusal
from app.web.examples import RUN, RUN_LINKS, answers, asks
from app.web.house import ActorHere, House, HouseHere, LanguageHere
from app.web.owned import demand_own_data
from app.web.starting import Key, NewRun, RunLabels, demand_place, made_answer, made_once, make_run

router = APIRouter(tags=["runs"])
ASK = {"step": 500, "changes": [{"op": "replace", "path": "/optimizer/lr", "value": 0.001}]}
MOST_CHANGES = 200


class Change(BaseModel):
    """One operation of a JSON Patch (RFC 6902)."""

    model_config = ConfigDict(extra="forbid")

    op: Literal["add", "replace", "remove"]
    path: str = Field(max_length=1000)
    value: Any = None


class ForkAsked(RunLabels):
    """A run to go on from `step` of another, with changes of its document."""

    step: int = Field(ge=0, le=10**12)
    changes: list[Change] = Field(default=[], max_length=MOST_CHANGES)


@router.post(
    "/api/runs/{run}/fork",
    status_code=201,
    summary="Go on from a moment of a run",
    responses=answers(201, RUN, 400, 403, 404, 413, 415, 429, links=RUN_LINKS),
    openapi_extra=asks(ASK, ForkAsked),
)
async def fork_run(
    request: Request,
    run: str,
    house: HouseHere,
    actor: ActorHere,
    language: LanguageHere,
    *,
    idempotency_key: Key = None,
) -> Response:
    """A new run that begins where another was at a step, and trains on with the changes. `parent` of the answer says
    from which kept moment it begins: the last one up to `step`."""
    if not may(actor, "start", EVERYBODYS):
        raise Refusal(403)
    asked = await body_as(request, ForkAsked)
    await house.row(run, actor)
    row = await made_once(
        request, house, actor, key=idempotency_key, asked=asked, make=lambda: _forked(house, actor, run, asked)
    )
    return await made_answer(house, row, language)


async def _forked(house: House, actor: Actor, run: str, asked: ForkAsked) -> RunRow:
    parent = house.folder(run)
    edits = [Edit(change.op, change.path, change.value) for change in asked.changes]
    fork = await asyncio.to_thread(fork_of, parent, asked.step, edits)
    await asyncio.to_thread(demand_own_data, house, actor, fork.experiment.dataset)
    await asyncio.to_thread(demand_place, house, actor)

    def begin(folder: RunFolder) -> None:
        keep_fork(folder, fork)

    def tell(folder: RunFolder, log: EventWriter) -> None:
        inherit(folder, log, parent, fork)

    return await make_run(house, actor, NewRun(fork.experiment, asked, begin, {"run": run, "step": fork.step}, tell))
