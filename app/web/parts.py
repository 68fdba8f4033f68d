"""What can be chosen: every part with its title, help and form, in the asked language."""

from functools import cache
from typing import Any, cast

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from app.experiment.experiment import Experiment
from app.experiment.network import Network
from app.experiment.training import Training
from app.parts.datasets import DATASETS
from app.parts.initializers import INITIALIZERS
from app.parts.layers import LAYERS
from app.parts.losses import LOSSES
from app.parts.metrics import METRICS, Metric
from app.parts.optimizers import OPTIMIZERS
from app.parts.part import Part
from app.parts.probes import PROBES
from app.parts.questions import QUESTIONS
from app.parts.schedules import SCHEDULES
from app.parts.tasks import TASKS
from app.parts.tokenizers import TOKENIZERS
from app.web.answers import encoded
from app.web.examples import answers
from app.web.house import LanguageHere
from app.web.language import Code, Language, language

router = APIRouter(tags=["building"])
FAMILIES: dict[str, tuple[type[Part], ...]] = {
    "datasets": DATASETS,
    "tasks": TASKS,
    "layers": LAYERS,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "initializers": INITIALIZERS,
    "probes": PROBES,
    "questions": QUESTIONS,
    "tokenizers": TOKENIZERS,
}
FORMS: dict[str, type[BaseModel]] = {"training": Training, "network": Network}
# What a document has that does not say it, and a network of it.
DEFAULTS = {
    "experiment": Experiment.model_construct().model_dump(mode="json", exclude={"version"}),
    "network": Network().model_dump(mode="json"),
}
EXAMPLE: dict[str, Any] = {
    "families": {"layers": [{"kind": "tanh", "title": "Tanh", "help": "Squeezes every number…", "schema": {}}]},
    "metrics": [
        {"name": "accuracy", "title": "Accuracy", "better": "higher", "low": 0, "high": 1, "written": "percent"}
    ],
}


@router.get("/api/parts", summary="What can be chosen", responses=answers(200, EXAMPLE))
async def parts(asked: LanguageHere) -> Response:
    """Every part by family, with its form as a JSON schema; the metrics, each with its range and which way is better;
    what a document has that leaves something out; and the forms of the training settings and the network."""
    return Response(told_in(asked.code), media_type="application/json", headers={"vary": "Accept-Language, Cookie"})


@cache
def told_in(code: Code) -> bytes:
    """The answer in one language, as JSON."""
    asked = language(code)
    return encoded(
        {
            "families": {family: [_told(part, family, asked) for part in parts] for family, parts in FAMILIES.items()},
            "metrics": [_metric(metric, asked) for metric in METRICS],
            "defaults": DEFAULTS,
            "forms": {
                name: _translated(_without_parts(form.model_json_schema()), "experiment", asked)
                for name, form in FORMS.items()
            },
        }
    )


def _metric(metric: Metric, asked: Language) -> dict[str, Any]:
    told = metric.described()
    return told | {name: asked.t("metrics", told[name]) for name in ("title", "help")}


def _told(part: type[Part], family: str, asked: Language) -> dict[str, Any]:
    described = part.described()
    described |= {name: asked.t(family, described[name]) for name in ("title", "help", "formula")}
    if "caution" in described:
        described["caution"] = asked.t(family, described["caution"])
    if "titles" in described:
        described["titles"] = {name: asked.t(family, title) for name, title in described["titles"].items()}
    # `help`, `title` and `kind` stand beside the form: every page asks for all this, so nothing is said twice.
    schema = {name: value for name, value in described["schema"].items() if name not in ("title", "description")}
    schema["properties"]["kind"] = {"const": part.kind_name(), "type": "string"}
    described["schema"] = _translated(_without_parts(schema), family, asked)
    others = asked.sentences.get("aliases", {}).get(part.title, "").split()
    names = dict.fromkeys([part.title, *described.pop("also"), *others])
    described["search"] = [name for name in names if name not in (described["title"], part.kind_name())]
    return described


def _without_parts(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without those of parts that it may hold: they stand in their own families."""
    kept = {
        name: definition
        for name, definition in schema.get("$defs", {}).items()
        if "kind" not in definition.get("properties", {})
    }
    schema = {name: value for name, value in schema.items() if name != "$defs"}
    for form in (schema, *kept.values()):
        for field in form.get("properties", {}).values():
            _cut(field)
    return schema | ({"$defs": kept} if kept else {})


def _cut(field: dict[str, Any]) -> None:
    for holder in (field.get("items", field), *field.get("anyOf", ())):
        if "discriminator" in holder:
            holder.pop("oneOf", None)
            holder.pop("discriminator")


def _translated(value: Any, context: str, asked: Language) -> Any:
    if isinstance(value, list):
        return [_translated(item, context, asked) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    return {
        key: asked.t(context, item)
        if key in ("title", "description") and isinstance(item, str)
        else _translated(item, context, asked)
        for key, item in cast("dict[str, Any]", value).items()
    }
