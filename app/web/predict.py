"""Questions about the network of a run: what it answers to samples of one's own, and to those of its set."""

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.parts.problem import Problem, Problems
from app.runs.folder import RunFolder
from app.runs.unsaved import unsaved
from app.web.access import Actor, Thing, may
from app.web.asking import Asker, answer_of, asker
from app.web.body import body_as
from app.web.errors import Refusal
from app.web.examples import ANSWERS, PREDICTED, answers, asks
from app.web.house import ActorHere, House, HouseHere
from app.web.owned import demand_samples
from app.web.sealing import Test, as_asked

router = APIRouter(tags=["runs"])
MOST_SAMPLES = 64  # of one question
MOST_ANSWERS = 200  # on one page
MOST_CLASSES = 100_000
SEALED = "The test samples of this run are sealed. Add test=open to open them; openings are counted."
AT = "Ask the network as it was at the last moment kept up to this step; the answer says which. Without, the newest."
STAY = 15.0  # seconds that the worker waits, the network at hand, for the next stroke or the next page

Split = Literal["train", "validation", "test"]
Order = Literal["worst", "sure", "rows"]
ClassNumber = Annotated[int | None, Query(ge=0, le=MOST_CLASSES)]


class SamplesAsked(BaseModel):
    """Samples in the raw form of the run's dataset: pictures as channels of rows of numbers from 0 to 1; rows of an own
    table as lists, or as objects by the names of its columns.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    inputs: list[Any] = Field(
        description="One for each sample: nested lists of numbers, or for a table `{column: cell}` with the words of "
        "its categories, dates as 2024-01-31, and null where a cell is empty."
    )
    frames: bool = Field(False, description="Whether to answer with frames of everything inside the network.")
    step: int | None = Field(None, ge=0, le=10**12, description=AT)


@router.post(
    "/api/runs/{run}/predict",
    summary="Ask the network of a run",
    responses=answers(200, PREDICTED, 400, 403, 404, 409, 413, 415),
    openapi_extra=asks({"inputs": [[1.2, 4.6], [-2.2, 0.7]]}, SamplesAsked),
)
async def predict(request: Request, run: str, house: HouseHere, actor: ActorHere) -> Response:
    """What the newest saved network answers: for classes the probability of each, for numbers the numbers, for masks
    a class number for every pixel. What an own table's network predicts comes as `amounts`, too, in the unit that
    `target` names. With `frames`: what every layer makes of the samples, as frames with their lengths in front
    (`application/octet-stream`). A network that learned from own data answers to its owner alone.
    """
    folder = await askable(house, run, actor)
    asked = await body_as(request, SamplesAsked)
    if not 1 <= len(asked.inputs) <= MOST_SAMPLES:
        raise Problem(
            "Between 1 and {most} samples can be asked about at once, but here are {count}.",
            place="/inputs",
            most=MOST_SAMPLES,
            count=len(asked.inputs),
        )
    question = {"kind": "predict", "run": run, "inputs": asked.inputs, "frames": asked.frames, "step": asked.step}
    return await _answer(house, folder, question, asker(request, actor, f"predict {run}"))


@router.get(
    "/api/runs/{run}/answers",
    summary="What the network of a run answers to its samples",
    responses=answers(200, ANSWERS, 403, 404, 409),
)
async def answers_to_samples(
    request: Request,
    run: str,
    house: HouseHere,
    actor: ActorHere,
    *,
    split: Annotated[Split, Query(description="Which samples.")] = "validation",
    order: Annotated[
        Order,
        Query(description="The largest loss or smallest overlap first, the surest mistakes first, or as they stand."),
    ] = "worst",
    truth: Annotated[ClassNumber, Query(description="Only samples of this class.")] = None,
    answer: Annotated[ClassNumber, Query(description="Only samples that are taken for this class.")] = None,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_ANSWERS)] = 50,
    step: Annotated[int | None, Query(ge=0, le=10**12, description=AT)] = None,
    test: Test = None,
) -> Response:
    """Truth and answer, the probability of the answer (`share`; of masks the overlap), the loss and the raw sample.
    Those of the test samples are refused until somebody opened them.
    """
    folder = await askable(house, run, actor)
    if split == "test" or test:
        row = await as_asked(house, await house.row(run, actor), test)
        if not row.openings:
            raise Refusal(403, SEALED)
    asked = {
        "split": split,
        "order": order,
        "truth": truth,
        "answer": answer,
        "offset": offset,
        "limit": limit,
        "step": step,
    }
    question = {"kind": "answers", "run": run, "asked": asked}
    return await _answer(house, folder, question, asker(request, actor, f"answers {run} {split}"))


async def askable(house: House, run: str, actor: Actor) -> RunFolder:
    """The folder of a run that has a saved network. Its row need not be told of the newest events for that."""
    folder = house.folder(run)
    row = await asyncio.to_thread(house.runs.get, run)
    if row is None or not may(actor, "see", Thing(row.owner)):
        raise Refusal(404, "There is no such run.")
    demand_samples(actor, row)
    if not await asyncio.to_thread(_saved, folder):
        demand_there(folder)
        raise Refusal(409, (await asyncio.to_thread(unsaved, folder)).template)
    return folder


def _saved(folder: RunFolder) -> bool:
    return any(folder.checkpoints.glob("[0-9]*.json"))


def demand_there(folder: RunFolder) -> None:
    if not folder.path.is_dir():  # deleted meanwhile
        raise Refusal(404, "There is no such run.") from None


async def _answer(house: House, folder: RunFolder, question: dict[str, Any], by: Asker) -> Response:
    try:
        return await answer_of(house, question, by, STAY)
    except (Problem, Problems, Refusal):
        demand_there(folder)
        raise
