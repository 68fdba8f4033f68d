"""What can be reached without depth: baselines of an experiment, and a rule that a person writes."""

import asyncio
import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field, StringConstraints
from starlette.responses import Response

from app.experiment.check import checked
from app.runs.sealing import without_test
from app.web.answers import Json
from app.web.asking import answer_of, asker
from app.web.body import body_as
from app.web.examples import BASELINES, EXPERIMENT, answers, asks
from app.web.experiments import ExperimentAsked
from app.web.house import ActorHere, HouseHere, LanguageHere
from app.web.language import Language
from app.web.owned import demand_own_data
from app.web.threads import in_thread

router = APIRouter(tags=["building"])
CONTEXT = "baselines"


class BaselinesAsked(ExperimentAsked):
    """A document, and a rule if there is one."""

    rule: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        None, description="For two classes of points or rows: the second class where it holds, as x1^2 + x2^2 < 4."
    )


@router.post(
    "/api/experiments/baselines",
    summary="Compare with methods without depth",
    responses=answers(200, BASELINES, 400, 409, 413, 415),
    openapi_extra=asks({"experiment": EXPERIMENT, "rule": "x1^2 + x2^2 < 4"}, BaselinesAsked),
)
async def baselines(
    request: Request,
    house: HouseHere,
    actor: ActorHere,
    language: LanguageHere,
    test: Annotated[Literal["open"] | None, Query(description="`open` tells the test samples too.")] = None,
) -> Response:
    """Metrics of simple methods on the same split: always the same answer, logistic or linear regression, nearest
    neighbours, a random forest; on raw inputs and on hand-made features. Of a text, counting which token follows which.
    `names` are those a rule may use.
    The test samples are left out unless they are asked for.
    """
    asked = await body_as(request, BaselinesAsked)
    experiment = await in_thread(request, checked, asked.experiment)
    await asyncio.to_thread(demand_own_data, house, actor, experiment.dataset)
    question = {"kind": "baselines", "experiment": experiment.model_dump(mode="json"), "rule": asked.rule}
    answer = await answer_of(house, question, asker(request, actor, "baselines"))
    return Json(_told(json.loads(bytes(answer.body)), language, test == "open"))


def _told(found: dict[str, Any], language: Language, opened: bool) -> dict[str, Any]:
    """The same with its sentences in the asked language."""
    for baseline in found["baselines"]:
        values = baseline.pop("values", {})
        baseline |= {name: language.t(CONTEXT, baseline[name]).format(**values) for name in ("title", "help")}
    if not opened:
        for scored in filter(None, [*found["baselines"], found["rule"]]):
            scored["metrics"] = without_test(scored["metrics"])
    features = found["features"]
    return found | {"features": features and language.t(CONTEXT, features)}
