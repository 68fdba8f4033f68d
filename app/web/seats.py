"""The seats of a class, for the teacher: who is there, who is let in, and who has to go."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.runs.commands import COMMAND, append
from app.store.schema import RunRow
from app.store.seats import TEACHER
from app.web.access import Actor, Thing, may
from app.web.answers import Json
from app.web.body import body_as
from app.web.errors import Refusal
from app.web.examples import answers, asks
from app.web.house import ActorHere, House, HouseHere

router = APIRouter(tags=["access"])
SEATS = {
    "seats": [{"name": "Li", "created": 1795550400.25, "waiting": False, "runs": 3, "unfinished": 1}],
    "approval": False,
}


class Admission(BaseModel):
    """Whom the teacher lets in."""

    model_config = ConfigDict(extra="forbid", strict=True)

    names: list[str] = Field(max_length=1000, description="Display names of seats that wait.")


@router.get("/api/seats", summary="List the seats of a class", responses=answers(200, SEATS, 403))
async def list_seats(house: HouseHere, actor: ActorHere) -> Response:
    """Every name that was given and is still good, newest first, with its runs. Only for the teacher.

    With `approval` (TRAINYARD_APPROVE_SEATS) a new seat is `waiting` until you admit it or remove it.
    """
    _demand_teacher(actor)
    seats = house.sessions.seats
    there = await asyncio.to_thread(seats.present) if seats else []
    counts = await asyncio.to_thread(house.runs.count_by_owner)
    told = [
        seat._asdict() | {"runs": counts[seat.name].all, "unfinished": counts[seat.name].unfinished} for seat in there
    ]
    return Json({"seats": told, "approval": house.sessions.approval})


@router.post(
    "/api/seats/admit",
    summary="Let new seats in",
    responses=answers(200, {"admitted": ["Li"]}, 400, 403, 404, 413, 415),
    openapi_extra=asks({"names": ["Li"]}, Admission),
)
async def admit_seats(request: Request, house: HouseHere, actor: ActorHere) -> Response:
    """Their tokens, which they have already, are good from now on. Only for the teacher."""
    _demand_teacher(actor)
    admission = await body_as(request, Admission)
    seats = house.sessions.seats
    admitted = await asyncio.to_thread(seats.admit, admission.names) if seats else []
    if not admitted:
        raise Refusal(404, "No such seat is waiting.")
    return Json({"admitted": admitted})


@router.delete(
    "/api/seats", status_code=204, summary="Remove a seat of a class", responses=answers(204, None, 403, 404)
)
async def remove_seat(
    house: HouseHere, actor: ActorHere, name: Annotated[str, Query(max_length=200, description="Its display name.")]
) -> Response:
    """Its tokens are no longer good, its live views end, and its runs are stopped. They stay, and so does what it has
    brought, until somebody deletes them. Only for the teacher.
    """
    _demand_teacher(actor)
    seats = house.sessions.seats
    if seats is None or name == TEACHER or not await asyncio.to_thread(seats.remove, name):
        raise Refusal(404, "There is no such seat.")
    house.tails.send_away(name)
    for row in await asyncio.to_thread(house.runs.unfinished, name):
        await _stop(house, row)
    house.states.forget()
    return Response(status_code=204)


def _demand_teacher(actor: Actor) -> None:
    if not may(actor, "see", Thing(TEACHER, private=True)):
        raise Refusal(403, "Only the teacher can see this.")


async def _stop(house: House, row: RunRow) -> None:
    """Ends a run, also one that is paused and has left its place."""
    folder = house.folder(row.id)
    await asyncio.to_thread(append, folder, COMMAND.validate_python({"kind": "stop", "seat": TEACHER}))
    await house.executor.stop(row.id)
    if row.status == "paused":
        await house.executor.start(folder.path, row.owner)
