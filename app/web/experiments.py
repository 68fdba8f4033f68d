"""Checking an experiment while it is edited, and the picture of a network before it has learned."""

import asyncio
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.experiment.check import Report, check, checked
from app.experiment.experiment import Experiment
from app.experiment.limits import BYTES_PER_NUMBER, COPIES_OF_A_WEIGHT
from app.experiment.offering import Offer, offers
from app.parts.layers.stack import Placed, unfolded
from app.parts.problem import Problem
from app.parts.shapes import Features, Mask, Shape
from app.web.access import Actor
from app.web.answers import Json
from app.web.asking import answer_of, asker
from app.web.body import body_as
from app.web.errors import described
from app.web.examples import EXPERIMENT, OFFERS, answers, asks
from app.web.house import ActorHere, House, HouseHere, LanguageHere
from app.web.language import Language
from app.web.owned import demand_own_data, own_data_problem

router = APIRouter(tags=["building"])
POINTS = 101  # of the curve of the learning rate
CHECKED: dict[str, Any] = {
    "ok": True,
    "networks": {"main": [{"place": "/layers/0", "kind": "linear", "shape": {}, "parameters": 24}]},
    "totals": {"parameters": 42, "multiply_adds": 32, "memory_bytes": 2000},
    "problems": [],
    "hints": [],
    "schedule": {"epoch": [0, 50], "factor": [1, 1]},
    "data": {"inputs": ["x₁", "x₂"], "train": 120, "validation": 40, "test": 40, "steps_per_epoch": 12},
}


class Asked(BaseModel):
    """A document, whatever it holds: the checker tells what is wrong with it."""

    model_config = ConfigDict(extra="forbid")

    experiment: Any


class PictureAsked(Asked):
    """A document, and which probes shall draw it; none named means all that fit."""

    probes: list[str] | None = Field(None, max_length=16)


class OffersAsked(Asked):
    """A document, and a gap in it: before the layer number `at` of a list of layers, whose place is a JSON Pointer."""

    list: str = Field("/networks/main/layers", max_length=400)
    at: int = Field(ge=0, le=1000)


@router.post(
    "/api/experiments/check",
    summary="Check an experiment",
    responses=answers(200, CHECKED, 400, 413, 415),
    openapi_extra=asks({"experiment": EXPERIMENT}, Asked),
)
async def check_experiment(request: Request, house: HouseHere, actor: ActorHere, language: LanguageHere) -> Response:
    """Shapes, sizes and every problem of a document, each with its place and what to try. Always 200: see `ok`."""
    asked = await body_as(request, Asked)
    report = await asyncio.to_thread(_report_on, asked.experiment, house, actor)
    return Json(await asyncio.to_thread(_told, report, language))


@router.post(
    "/api/experiments/offers",
    summary="Which layers fit at a place",
    responses=answers(200, OFFERS, 400, 413, 415),
    openapi_extra=asks({"experiment": EXPERIMENT, "list": "/networks/main/layers", "at": 2}, OffersAsked),
)
async def offer_layers(request: Request, language: LanguageHere) -> Response:
    """For every kind of layer null, or why it does not fit; `starts` are those that begin with more than a kind."""
    asked = await body_as(request, OffersAsked)
    found = await asyncio.to_thread(offers, asked.experiment, asked.list, asked.at)
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
    experiment = await asyncio.to_thread(checked, asked.experiment)
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


def _told(report: Report, language: Language) -> dict[str, Any]:
    flat = {name: list(unfolded(placed)) for name, placed in report.placed.items()}
    batch = report.nearest.training.batch_size if report.nearest else 1
    outer = [one for placed in report.placed.values() for one in placed]
    return {
        "ok": not report.problems,
        "networks": {name: [_layer(one, batch, language) for one in placed] for name, placed in flat.items()},
        "totals": {
            "parameters": sum(one.parameters for one in outer),
            "multiply_adds": sum(one.multiply_adds for one in outer),
            "memory_bytes": sum(_memory(one, batch) for one in outer),
        },
        "problems": [described(problem, language) for problem in report.problems],
        "hints": [described(hint, language) for hint in report.hints],
        "schedule": _schedule(report),
        "data": _data(report.nearest, language) if report.nearest else None,
    }


def _layer(one: Placed, batch: int, language: Language) -> dict[str, Any]:
    return {
        "place": one.path,
        "kind": one.layer.kind,
        "takes": _shape(one.before, language),
        "shape": _shape(one.after, language),
        "parameters": one.parameters,
        "multiply_adds": one.multiply_adds,
        "memory_bytes": _memory(one, batch),
    }


def _memory(one: Placed, batch: int) -> int:
    """Bytes: the weights with what the optimizer keeps of them, and what one batch leaves for the way back."""
    return BYTES_PER_NUMBER * (COPIES_OF_A_WEIGHT * one.parameters + batch * one.activations)


def _shape(shape: Shape, language: Language) -> dict[str, Any]:
    words, values = shape.described()
    return {
        "kind": type(shape).__name__.lower(),
        "sizes": list(shape.sizes),
        "text": language.t("shapes", words, **values),
    }


def _schedule(report: Report) -> dict[str, Any] | None:
    if report.nearest is None:
        return None
    epochs = report.nearest.training.epochs
    at = [epochs * number / (POINTS - 1) for number in range(POINTS)]
    return {"epoch": at, "factor": [report.nearest.schedule.factor(epoch, epochs) for epoch in at]}


def _data(experiment: Experiment, language: Language) -> dict[str, Any] | None:
    dataset = experiment.dataset
    try:
        target = dataset.target()
        count = dataset.size()
        inputs = dataset.input_names()
        shape = _shape(dataset.inputs(), language)
    except Problem:
        return None  # told among the problems
    told: dict[str, Any] = {"kind": "numbers", "size": target.numbers}
    if not isinstance(target, Features):
        told = {"kind": "mask" if isinstance(target, Mask) else "classes", "classes": list(target.names)}
    test = round(count * dataset.test / 100)
    validation = round(count * dataset.validation / 100)
    train = experiment.train_samples
    return {
        "inputs": inputs,
        "shape": shape,
        "target": told,
        "train": train,
        "validation": validation,
        "test": test,
        "steps_per_epoch": -(-train // experiment.training.batch_size),
    }
