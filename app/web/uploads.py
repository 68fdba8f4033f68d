"""Data that people bring: received, listed, named and deleted. Each seat has its own; only the teacher sees all."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.responses import Response

from app.parts.problem import Problem
from app.uploads.example import passengers
from app.uploads.names import clean_name
from app.uploads.operator import offered
from app.uploads.uploads import Upload
from app.web.answers import Json
from app.web.asking import problem_told
from app.web.body import body_as
from app.web.errors import described
from app.web.examples import UPLOAD_LINKS, answers, asks, asks_form
from app.web.house import ActorHere, House, HouseHere, LanguageHere
from app.web.language import Language
from app.web.receiving import LONGEST_NAME, demand_own_seat, form_of, found, keep, sent_in
from app.web.starting import demand_room
from app.web.uploads_shown import DELETED, FORM, FORM_EXAMPLE, UPLOAD, UPLOADS

router = APIRouter(tags=["own data"])
BRIEF = ("kind", "count")  # of what a worker found, this much stands in a list


class Renamed(BaseModel):
    """Another name."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME, strip_whitespace=True)]


@router.post(
    "/api/datasets",
    status_code=201,
    summary="Send data of your own",
    responses=answers(201, UPLOAD, 400, 403, 404, 409, 413, 415, 429, links=UPLOAD_LINKS),
    openapi_extra=asks_form(FORM_EXAMPLE, FORM, required="file"),
)
async def receive(request: Request, house: HouseHere, actor: ActorHere, language: LanguageHere) -> Response:
    """A table as CSV, a zip with a folder of pictures for each class, one picture of a class, or a text.

    The answer says what was found in it, and holds a `dataset` that can be put into an experiment as it is.
    """
    demand_own_seat(actor)
    house.limits.upload(actor.seat)
    demand_room(house)
    form = await form_of(request)
    try:
        upload = await keep(request, house, actor, sent_in(form))
    finally:
        await form.close()
    return Json(await _told(house, upload, language), 201, {"location": f"/api/datasets/{upload.id}"})


@router.get("/api/datasets", summary="List your own data", responses=answers(200, UPLOADS))
async def list_uploads(house: HouseHere, actor: ActorHere) -> Response:
    """What you brought, newest first, how much room is left, and which well-known sets the server has as files."""
    seen = None if actor.teacher else actor.seat
    own = [] if actor.shared else await asyncio.to_thread(house.uploads.of, seen)
    mine = [upload for upload in own if upload.owner == actor.seat]
    settings = house.settings
    return Json(
        {
            "datasets": [_brief(upload) for upload in own],
            "operator": await asyncio.to_thread(offered, settings.data),
            "limits": {
                "upload_bytes": settings.upload_bytes,
                "uploads_per_seat": settings.uploads_per_seat,
                "upload_megabytes": settings.upload_megabytes,
            },
            "taken": {"count": len(mine), "bytes": sum(upload.bytes for upload in mine)},
        }
    )


@router.get(
    "/api/datasets/example.csv",
    summary="A table to try things out with",
    responses=answers(200, "name,class,sex,age,…", media="text/csv"),
)
async def example() -> Response:
    """900 passengers of a ship that never was: who is saved? One column tells what nobody knew before."""
    headers = {"content-disposition": 'attachment; filename="passengers.csv"'}
    return Response(await asyncio.to_thread(passengers), media_type="text/csv", headers=headers)


@router.get("/api/datasets/{upload}", summary="Look at your own data", responses=answers(200, UPLOAD, 404))
async def show_upload(upload: str, house: HouseHere, actor: ActorHere, language: LanguageHere) -> Response:
    """What was found in it, what can be predicted from it, and what to look out for."""
    return Json(await _told(house, await found(house, actor, upload), language))


@router.patch(
    "/api/datasets/{upload}",
    summary="Name your own data",
    responses=answers(200, UPLOAD, 400, 404, 413, 415),
    openapi_extra=asks({"name": "Passengers"}, Renamed),
)
async def rename_upload(
    request: Request, upload: str, house: HouseHere, actor: ActorHere, language: LanguageHere
) -> Response:
    """Gives it another name."""
    there = await found(house, actor, upload, "rename")
    wanted = await body_as(request, Renamed)
    name = clean_name(wanted.name, LONGEST_NAME) or there.name
    await asyncio.to_thread(house.uploads.label, house.uploads.folder(upload), there.owner, name)
    return Json(await _told(house, await found(house, actor, upload), language))


@router.delete("/api/datasets/{upload}", summary="Delete your own data", responses=answers(200, DELETED, 404))
async def delete_upload(upload: str, house: HouseHere, actor: ActorHere, language: LanguageHere) -> Response:
    """Deletes it, also where runs were trained on it, and says how many those are. It cannot be taken back."""
    await found(house, actor, upload, "delete")
    runs = await asyncio.to_thread(house.runs.count_using, upload)
    await asyncio.to_thread(house.uploads.remove, house.uploads.folder(upload))
    said = Problem("It is deleted.")
    if runs:
        said = Problem(
            "It is deleted. Runs that were trained on it stay, but cannot go on or be repeated: {count}.", count=runs
        )
    return Json({"id": upload, "runs": runs, "detail": described(said, language)["detail"]})


def _brief(upload: Upload) -> dict[str, Any]:
    told: dict[str, Any] = {"id": upload.id, "name": upload.name, "owner": upload.owner, "created": upload.created}
    return told | {"bytes": upload.bytes} | {name: upload.about[name] for name in BRIEF}


async def _told(house: House, upload: Upload, language: Language) -> dict[str, Any]:
    """An upload as it travels, with its warnings in the asked language."""
    about: dict[str, Any] = {
        **upload.about,
        "warnings": _said(upload.about["warnings"], language),
        "runs": await asyncio.to_thread(house.runs.count_using, upload.id),
    }
    if "targets" in about:
        about["targets"] = [{**target, "warnings": _said(target["warnings"], language)} for target in about["targets"]]
    return _brief(upload) | about


def _said(problems: list[dict[str, Any]], language: Language) -> list[dict[str, Any]]:
    return [described(problem_told(problem), language) for problem in problems]
