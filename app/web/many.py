"""Many networks at once, as a stream of server-sent events: of many seeds, or of all over a plane of two settings."""

import asyncio
from collections.abc import Iterable
from itertools import product
from typing import Any

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from app.experiment.check import checked
from app.experiment.compilable import expected_seconds, misfit
from app.experiment.experiment import Experiment
from app.experiment.mapping import Axis, coarse_to_fine, values_along, with_values
from app.parts.problem import Problem, Problems
from app.web.access import Actor
from app.web.asking import asker
from app.web.body import body_as
from app.web.examples import EXPERIMENT, answers, asks
from app.web.house import ActorHere, House, HouseHere
from app.web.instant import WholeAsked
from app.web.many_streamed import OVERHEAD, STREAM, Changes, Many, streamed
from app.web.owned import demand_own_data
from app.web.threads import in_thread

router = APIRouter(tags=["building"])
MOST_SECONDS = 120.0  # of one core, for all networks together
CURVE_POINTS = 12
EPOCHS = "/training/epochs"
ENDS = ((0, "/low"), (-1, "/high"))  # of an axis: which of its values, and the field that says it
FOUND = 'event: found\ndata: {"results": [{"at": 3, "values": {"/seed": 4}, "reason": "done", "metrics": {}}]}\n\n'


class SeedsAsked(WholeAsked):
    """A document, how many seeds, and whether each also draws the data anew."""

    count: int = Field(64, ge=2, le=1000)
    data: bool = False


class AtlasAsked(WholeAsked):
    """A document, and two of its settings that span a plane; with `target`, a training loss that is to be reached."""

    x: Axis
    y: Axis
    target: float | None = Field(None, allow_inf_nan=False)


@router.post(
    "/api/seeds",
    summary="Train with many seeds",
    responses=answers(200, FOUND, 400, 413, 415, media=STREAM),
    openapi_extra=asks({"experiment": EXPERIMENT, "count": 64}, SeedsAsked),
)
async def seeds(request: Request, house: HouseHere, actor: ActorHere) -> Response:
    """Was it luck? Trains the same experiment with many seeds: other first weights and another order, with `data` also
    other samples. A stream of `begun`, `found` (some networks: final metrics, losses on the way, and for two classes on
    the plane the answer at 50 × 50 points in bytes as base64) and `ended`. Hanging up ends it, and so does a newer one
    of the same seat and tab. Only for what the compiled loop can train.
    """
    asked = await body_as(request, SeedsAsked)
    experiment = await _experiment(request, house, actor, asked)
    changes: Changes = [{"/seed": seed} for seed in _seeds(experiment.seed, asked.count)]
    if asked.data:
        changes = [change | {"/dataset/seed": change["/seed"]} for change in changes]
    _demand_time([experiment], asked.count, experiment.training.epochs)
    many = Many(experiment, changes, {"count": asked.count}, expected_seconds(experiment), CURVE_POINTS, surface=True)
    return streamed(house, actor, many, asker(request, actor, "many"))


@router.post(
    "/api/atlas",
    summary="Map two settings",
    responses=answers(200, FOUND, 400, 413, 415, media=STREAM),
    openapi_extra=asks(
        {
            "experiment": EXPERIMENT,
            "x": {"path": "/optimizer/lr", "low": 0.0001, "high": 1, "scale": "log"},
            "y": {"path": "/dataset/noise", "low": 0, "high": 0.5},
        },
        AtlasAsked,
    ),
)
async def atlas(request: Request, house: HouseHere, actor: ActorHere) -> Response:
    """Trains a network for each pair of values of two settings, coarse to fine: `begun` tells the values of both, each
    `found` some networks with their places (`at`: x, y) and final metrics. With `target` each also tells
    `epochs_to_target`: the first epoch in which the mean training loss of its batches was at most that, or null. The
    rest is as in `/api/seeds`.
    """
    asked = await body_as(request, AtlasAsked)
    experiment = await _experiment(request, house, actor, asked)
    document = experiment.model_dump(mode="json")
    x, y = (_values(document, axis, place) for axis, place in ((asked.x, "/x"), (asked.y, "/y")))
    if asked.x.path == asked.y.path:
        raise Problem(
            "Choose two different settings: {path} is already on the other axis.", place="/y/path", path=asked.y.path
        )
    corners = await in_thread(request, _corners, document, (asked.x.path, x), (asked.y.path, y))
    mapped = EPOCHS in (asked.x.path, asked.y.path)
    _demand_time(corners, len(x) * len(y), None if mapped else experiment.training.epochs)
    places = coarse_to_fine(len(x), len(y))
    changes: Changes = [{asked.x.path: x[i], asked.y.path: y[j]} for i, j in places]
    begun = {
        "count": len(places),
        "x": {"path": asked.x.path, "values": x},
        "y": {"path": asked.y.path, "values": y},
        "places": places,
    }
    slowest = max(map(expected_seconds, corners))
    many = Many(experiment, changes, begun, slowest, places=places, target=asked.target)
    return streamed(house, actor, many, asker(request, actor, "many"))


async def _experiment(request: Request, house: House, actor: Actor, asked: WholeAsked) -> Experiment:
    """The experiment with as many epochs as are asked for. Raises `Problem` where the compiled loop cannot train it."""
    experiment = await in_thread(request, checked, asked.experiment)
    await asyncio.to_thread(demand_own_data, house, actor, experiment.dataset)
    if asked.epochs is not None:
        training = experiment.training.model_copy(update={"epochs": asked.epochs})
        experiment = experiment.model_copy(update={"training": training})
    _demand_fit(experiment)
    return experiment


def _demand_fit(experiment: Experiment) -> None:
    problem = misfit(experiment)
    if problem:
        raise problem


def _seeds(first: int, count: int) -> Iterable[int]:
    """The document's own first, then those behind it, and again from 0 where they end."""
    return ((first + number) % 2**31 for number in range(count))


def _values(document: dict[str, Any], axis: Axis, place: str) -> list[Any]:
    try:
        return values_along(document, axis)
    except Problem as problem:
        raise problem.at(place) from None


def _corners(document: dict[str, Any], x: tuple[str, list[Any]], y: tuple[str, list[Any]]) -> list[Experiment]:
    """The experiments at the four corners of a plane; `x` and `y` are a path and its values. Raises `Problems` where a
    value cannot be, at its end of the axis."""
    (x_path, x_values), (y_path, y_values) = x, y
    found: list[Experiment] = []
    for (right, x_end), (up, y_end) in product(ENDS, ENDS):
        ends = {x_path: f"/x{x_end}", y_path: f"/y{y_end}"}
        try:
            experiment = checked(with_values(document, {x_path: x_values[right], y_path: y_values[up]}))
            _demand_fit(experiment)
        except Problem as problem:
            raise _at_end(problem, ends) from None
        except Problems as problems:
            raise Problems([_at_end(problem, ends) for problem in problems.problems]) from None
        found.append(experiment)
    return found


def _at_end(problem: Problem, ends: dict[str, str]) -> Problem:
    """A problem of a mapped setting, or of what holds it, at its end of the axis. A fix that sets a mapped setting is
    dropped, because the axis would set it back."""
    place = next((end for path, end in ends.items() if problem.place and _holds(problem.place, path)), problem.place)
    mended = {edit.path for fix in problem.fixes for edit in fix.edits}
    fixes = problem.fixes if place == problem.place and not mended & ends.keys() else ()
    return Problem(problem.template, place=place, fixes=fixes, **problem.values)


def _holds(place: str, path: str) -> bool:
    """Whether a path leads to a place or into it."""
    return f"{path}/".startswith(f"{place}/")


def _demand_time(some: list[Experiment], count: int, epochs: int | None) -> None:
    """Raises `Problem` where so many networks like these take too long; with `epochs`, it tells how many would do."""
    each = sum(map(expected_seconds, some)) / len(some) + OVERHEAD
    seconds = each * count
    if seconds <= MOST_SECONDS:
        return
    fewer = int(epochs * MOST_SECONDS / seconds) if epochs else 0
    if fewer > 1:
        raise Problem(
            "{count} networks would take about {seconds} s. Take fewer, or at most {epochs} epochs.",
            place="/epochs",
            count=count,
            seconds=round(seconds),
            epochs=fewer,
        )
    raise Problem("{count} networks would take about {seconds} s. Take fewer.", count=count, seconds=round(seconds))
