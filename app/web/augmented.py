"""What augmentation makes of a few samples, to be looked at before training."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from app.experiment.check import checked
from app.web.asking import answer_of, asker
from app.web.body import body_as
from app.web.examples import answers, asks
from app.web.experiments import ExperimentAsked
from app.web.house import ActorHere, HouseHere
from app.web.owned import demand_own_data
from app.web.threads import in_thread

router = APIRouter(tags=["building"])
MOST_ROWS = 12
MOST_VERSIONS = 12
EXAMPLE: dict[str, Any] = {
    "experiment": {
        "dataset": {"kind": "digits"},
        "task": {"kind": "classification"},
        "loss": {"kind": "cross_entropy"},
        "training": {"augmentation": {"shift": 1}},
    },
    "rows": [0],
    "count": 2,
}
ANSWER: dict[str, Any] = {
    "shape": {
        "kind": "image",
        "axes": [{"name": "channels", "size": 1}, {"name": "height", "size": 8}, {"name": "width", "size": 8}],
    },
    "rows": [{"row": 0, "original": [0, 0, 80], "augmented": [[0, 80, 207], [0, 0, 0]]}],
}

RowNumber = Annotated[int, Field(ge=0, le=10**9, strict=True)]


class AugmentedAsked(ExperimentAsked):
    """A document, which samples by their row numbers, and how many versions of each."""

    rows: list[RowNumber] | None = Field(
        None, min_length=1, max_length=MOST_ROWS, description="Row numbers of samples; else a few to learn from."
    )
    count: int = Field(4, ge=1, le=MOST_VERSIONS, strict=True, description="How many versions of each sample.")


@router.post(
    "/api/experiments/augmented",
    summary="See what augmentation does",
    responses=answers(200, ANSWER, 400, 409, 413, 415),
    openapi_extra=asks(EXAMPLE, AugmentedAsked),
)
async def augmented(request: Request, house: HouseHere, actor: ActorHere) -> Response:
    """Samples as they are beside versions of each, as training would draw them by lot; masks move along."""
    asked = await body_as(request, AugmentedAsked)
    experiment = await in_thread(request, checked, asked.experiment)
    await asyncio.to_thread(demand_own_data, house, actor, experiment.dataset)
    question = {
        "kind": "augmented",
        "experiment": experiment.model_dump(mode="json"),
        "rows": asked.rows,
        "count": asked.count,
    }
    return await answer_of(house, question, asker(request, actor, "augmented"))
