"""What a dataset looks like: its points, its classes and its split."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.experiment.check import Report, check
from app.parts.datasets import DATASETS
from app.parts.problem import Problems
from app.uploads.operator import offered
from app.web.asking import asked, asker, sent
from app.web.body import body_as, parsed
from app.web.errors import Refusal
from app.web.examples import PREVIEW, THUMBNAILS, answers, asks
from app.web.house import ActorHere, House, HouseHere
from app.web.owned import demand_own_data
from app.web.previews import lasting
from app.web.threads import in_thread

router = APIRouter(tags=["building"])
KINDS = {dataset.kind_name(): dataset for dataset in DATASETS}


class PreviewAsked(BaseModel):
    """A dataset as it stands in an experiment."""

    model_config = ConfigDict(extra="forbid")

    dataset: Any


@router.get("/api/datasets/thumbnails", summary="Preview all kinds of datasets", responses=answers(200, THUMBNAILS))
async def thumbnails(request: Request, house: HouseHere, actor: ActorHere) -> Response:
    """A few samples of each kind, for choosing one. Those that are made of your own data are not among them."""
    question = {
        "kind": "thumbnails",
        "kinds": await asyncio.to_thread(_kinds_with_thumbnail, house.settings.data),
    }
    async with house.previews.turn:
        answer = house.previews.get(question)
        if answer is None:
            answer = await asked(house, question, asker(request, actor, "thumbnails"))
            house.previews.keep(question, answer)
    return sent(answer)


@router.get(
    "/api/datasets/{kind}/preview", summary="Preview a kind of dataset", responses=answers(200, PREVIEW, 400, 404, 409)
)
async def preview_kind(
    request: Request,
    kind: str,
    house: HouseHere,
    actor: ActorHere,
    settings: Annotated[str, Query(max_length=4000, description="Its settings, as a JSON object.")] = "{}",
) -> Response:
    """The samples of a dataset with these settings."""
    if kind not in KINDS:
        raise Refusal(404, "There is no dataset called {given}.", given=repr(kind[:40]))
    chosen = parsed(settings)
    if not isinstance(chosen, dict):
        raise Refusal(422, "{name} cannot be {given}.", place="/settings", name="settings", given=repr(settings[:40]))
    return await _preview(request, {**chosen, "kind": kind}, house, actor)


@router.post(
    "/api/datasets/preview",
    summary="Preview a dataset",
    responses=answers(200, PREVIEW, 400, 409, 413, 415),
    openapi_extra=asks({"dataset": {"kind": "circle", "samples": 200}}, PreviewAsked),
)
async def preview(request: Request, house: HouseHere, actor: ActorHere) -> Response:
    """The samples of a dataset, as it stands in an experiment."""
    body = await body_as(request, PreviewAsked)
    return await _preview(request, body.dataset, house, actor)


async def _preview(request: Request, dataset: Any, house: House, actor: ActorHere) -> Response:
    report = await in_thread(request, _report_on, dataset)
    problems = [problem for problem in report.problems if problem.place.startswith("/dataset")]
    if problems or report.nearest is None:
        raise Problems(problems or report.problems)
    await asyncio.to_thread(demand_own_data, house, actor, report.nearest.dataset)
    question = {"kind": "preview", "dataset": report.nearest.dataset.model_dump(mode="json")}
    answer = house.previews.get(question)
    if answer is None:
        by = asker(request, actor, f"{request.method} preview {report.nearest.dataset.kind_name()}")
        answer = await asked(house, question, by)
        if lasting(report.nearest.dataset):
            house.previews.keep(question, answer)
    return sent(answer)


def _kinds_with_thumbnail(data: Path) -> list[str]:
    """Those that have samples before somebody brings them; well-known sets where the operator has their files."""
    files = offered(data)
    return [kind for kind, dataset in KINDS.items() if dataset.group != "own" and files.get(kind, True)]


def _report_on(dataset: Any) -> Report:
    """What the check says of the dataset; with what it is trained does not matter here."""
    return check({"dataset": dataset, "task": {"kind": "classification"}, "loss": {"kind": "cross_entropy"}})
