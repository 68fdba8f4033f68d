"""Checking an experiment while it is edited, and the picture of a network before it has learned."""

import asyncio
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.experiment.check import Report, check, checked
from app.experiment.offering import Offer, offers
from app.experiment.patch import patched
from app.experiment.settling import settled
from app.experiment.upgrades import upgraded
from app.web.access import Actor
from app.web.answers import Json
from app.web.asking import answer_of, asker
from app.web.body import body_as
from app.web.errors import described, edit_told, fix_told
from app.web.examples import EXPERIMENT, OFFERS, answers, asks
from app.web.house import ActorHere, House, HouseHere, LanguageHere
from app.web.language import Language
from app.web.owned import demand_own_data, own_data_problem
from app.web.reports import report_told
from app.web.threads import in_thread

router = APIRouter(tags=["building"])
CHECKED: dict[str, Any] = {
    "ok": True,
    "upgraded": None,
    "networks": {"main": [{"place": "/networks/main/layers/0", "kind": "linear", "shape": {}, "parameters": 24}]},
    "totals": {"parameters": 42, "multiply_adds": 32, "memory_bytes": 2000},
    "problems": [],
    "hints": [],
    "schedule": {"epoch": [0, 50], "factor": [1, 1]},
    "data": {"inputs": ["x₁", "x₂"], "train": 120, "validation": 40, "test": 40, "steps_per_epoch": 12},
    "tasks": {"regression": [{"op": "replace", "path": "/task", "value": {"kind": "regression"}}]},
    "losses": ["cross_entropy", "hinge"],
    "probes": ["surface", "weights", "activations"],
    "shown": ["accuracy", "macro_f1", "loss"],
}
SETTLED: dict[str, Any] = {
    "edits": [{"op": "add", "path": "/networks/main/layers/0", "value": {"kind": "flatten"}}],
    "also": ["Add Flatten before it"],
    "misfit": None,
    "problems": [],
}


class ExperimentAsked(BaseModel):
    """A document, whatever it holds: the checker tells what is wrong with it."""

    model_config = ConfigDict(extra="forbid")

    experiment: Any


class SettledAsked(ExperimentAsked):
    """A document after a choice that the rest of it may not fit; with `begin` its networks begin anew."""

    begin: bool = False


class PictureAsked(ExperimentAsked):
    """A document, and which probes shall draw it; none named means all that fit."""

    probes: list[str] | None = Field(None, max_length=64)


class OffersAsked(ExperimentAsked):
    """A document, and a gap in it: before the layer number `at` of a list of layers, whose place is a JSON Pointer."""

    list: str = Field("/networks/main/layers", max_length=400)
    at: int = Field(ge=0, le=1000)


@router.post(
    "/api/experiments/check",
    summary="Check an experiment",
    responses=answers(200, CHECKED, 400, 413, 415),
    openapi_extra=asks({"experiment": EXPERIMENT}, ExperimentAsked),
)
async def check_experiment(request: Request, house: HouseHere, actor: ActorHere, language: LanguageHere) -> Response:
    """Shapes, sizes and every problem of a document, each with its place and what to try. Always 200: see `ok`."""
    asked = await body_as(request, ExperimentAsked)
    report = await in_thread(request, _report_on, asked.experiment, house, actor)
    return Json(await in_thread(request, report_told, report, language))


@router.post(
    "/api/experiments/settled",
    summary="Fit the rest of an experiment to a choice",
    responses=answers(200, SETTLED, 400, 413, 415),
    openapi_extra=asks({"experiment": EXPERIMENT}, SettledAsked),
)
async def settle_experiment(request: Request, house: HouseHere, actor: ActorHere, language: LanguageHere) -> Response:
    """The edits that make a document whole after other data or another task were put in; what of them a person should
    know of, why its networks could not stay where they did not, and the problems that are left."""
    asked = await body_as(request, SettledAsked)
    found = await in_thread(request, settled, asked.experiment, asked.begin)
    whole = patched(upgraded(asked.experiment), found.edits)
    report = await in_thread(request, _report_on, whole, house, actor)
    return Json(
        {
            "edits": [edit_told(edit) for edit in found.edits],
            "also": [fix_told(fix, language) for fix in found.also],
            "misfit": described(found.misfit, language)["detail"] if found.misfit else None,
            "problems": [described(problem, language) for problem in report.problems],
        }
    )


@router.post(
    "/api/experiments/offers",
    summary="Which layers fit at a place",
    responses=answers(200, OFFERS, 400, 413, 415),
    openapi_extra=asks({"experiment": EXPERIMENT, "list": "/networks/main/layers", "at": 2}, OffersAsked),
)
async def offer_layers(request: Request, language: LanguageHere) -> Response:
    """For every kind of layer null, or why it does not fit; `starts` are those that begin with more than a kind."""
    asked = await body_as(request, OffersAsked)
    found = await in_thread(request, offers, asked.experiment, asked.list, asked.at)
    return Json(_offered(found, language))


@router.post(
    "/api/experiments/picture",
    summary="Picture an untrained network",
    responses=answers(200, "frames, each with its length in front", 400, 409, media="application/octet-stream"),
    openapi_extra=asks({"experiment": EXPERIMENT, "probes": ["surface"]}, PictureAsked),
)
async def picture(request: Request, house: HouseHere, actor: ActorHere) -> Response:
    """What the network shows before its first step: frames, each with its length (uint32, little endian) in front."""
    asked = await body_as(request, PictureAsked)
    experiment = await in_thread(request, checked, asked.experiment)
    await asyncio.to_thread(demand_own_data, house, actor, experiment.dataset)
    chosen = [probe.kind for probe in experiment.chosen_probes()]
    if asked.probes is not None:
        chosen = [kind for kind in chosen if kind in asked.probes]
    question = {"kind": "picture", "experiment": experiment.model_dump(mode="json"), "probes": chosen}
    return await answer_of(house, question, asker(request, actor, "picture"))


def _offered(found: dict[str, Offer], language: Language) -> dict[str, Any]:
    against = {kind: offer.problem for kind, offer in found.items()}
    return {
        "offers": {
            kind: language.problem(problem.template, **problem.values) if problem else None
            for kind, problem in against.items()
        },
        "starts": {kind: offer.start for kind, offer in found.items() if len(offer.start) > 1 and not offer.problem},
    }


def _report_on(document: Any, house: House, actor: Actor) -> Report:
    report = check(document)
    problem = own_data_problem(house, actor, report.nearest.dataset) if report.nearest else None
    return replace(report, problems=[*report.problems, *([problem] if problem else [])])
