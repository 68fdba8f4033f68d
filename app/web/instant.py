"""A whole run at once: trained while one waits for the answer, and not recorded."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from app.experiment.check import checked
from app.web.asking import answer_of, asker
from app.web.body import body_as
from app.web.examples import EXPERIMENT, INSTANT, answers, asks
from app.web.experiments import ExperimentAsked
from app.web.house import ActorHere, House, HouseHere
from app.web.owned import demand_own_data
from app.web.threads import in_thread

router = APIRouter(tags=["building"])
STAY = 30.0  # seconds that the worker waits, data and order of samples at hand, for the next drag


class WholeAsked(ExperimentAsked):
    """A document that is trained whole, and how many epochs in place of its own."""

    epochs: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class InstantAsked(WholeAsked):
    """The same; with `test`, what was kept aside for the end is measured too."""

    test: Literal["open"] | None = None


class InstantFramesAsked(InstantAsked):
    """The same, and which probes shall draw the trained network; none named means all that fit."""

    probes: list[str] | None = Field(None, max_length=64)


@router.post(
    "/api/instant",
    summary="Train at once",
    responses=answers(200, INSTANT, 400, 409, 413, 415),
    openapi_extra=asks({"experiment": EXPERIMENT, "epochs": 500}, InstantAsked),
)
async def train_at_once(request: Request, house: HouseHere, actor: ActorHere) -> Response:
    """Trains the whole experiment from its seed and tells what came of it, without a run: `seconds` are those of the
    training loop, `stepper` is what trained (small dense networks: `compiled`). What takes more than a few seconds is
    refused with a sentence; so is a question whose place a newer one of the same seat and tab has taken (409). With
    `test` set to `open`, `metrics` also tell of the test samples.
    """
    asked = await body_as(request, InstantAsked)
    return await _trained(request, house, actor, asked)


@router.post(
    "/api/instant/frames",
    summary="Train at once, with pictures",
    responses=answers(
        200, "JSON and frames, each with its length in front", 400, 409, 413, 415, media="application/octet-stream"
    ),
    openapi_extra=asks({"experiment": EXPERIMENT, "probes": ["surface"]}, InstantFramesAsked),
)
async def picture_at_once(request: Request, house: HouseHere, actor: ActorHere) -> Response:
    """The same with what the trained network shows: blocks, each with its length (uint32, little endian) in front. The
    first is the JSON that `/api/instant` tells, the others are frames.
    """
    asked = await body_as(request, InstantFramesAsked)
    return await _trained(request, house, actor, asked)


async def _trained(request: Request, house: House, actor: ActorHere, asked: InstantAsked) -> Response:
    experiment = await in_thread(request, checked, asked.experiment)
    await asyncio.to_thread(demand_own_data, house, actor, experiment.dataset)
    if asked.epochs is not None:
        training = experiment.training.model_copy(update={"epochs": asked.epochs})
        experiment = experiment.model_copy(update={"training": training})
    question = {
        "kind": "instant",
        "experiment": experiment.model_dump(mode="json"),
        "frames": isinstance(asked, InstantFramesAsked),
        "probes": getattr(asked, "probes", None),
        "test": asked.test == "open",
    }
    return await answer_of(house, question, asker(request, actor, "instant"), STAY)
