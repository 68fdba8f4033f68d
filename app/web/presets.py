"""Ready experiments, each one question and one thing to try."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.experiment.check import checked
from app.experiment.presets import PRESETS, Preset
from app.experiment.presets.preset import After
from app.web.answers import Json
from app.web.errors import Refusal, edit_told
from app.web.examples import EXPERIMENT, answers
from app.web.house import LanguageHere
from app.web.language import Language

router = APIRouter(tags=["building"])
ONE: dict[str, Any] = {
    "name": "two-spirals",
    "title": "Two spirals",
    "summary": "Two classes wound around each other.",
    "question": "How does it bend its boundary?",
    "try_this": "Take a layer away.",
    "family": "First steps",
    "dataset": "spiral",
    "networks": {"main": ["linear", "tanh", "linear", "tanh"]},
    "variants": [{"title": "", "edits": [], "started": False}],
    "after": None,
    "next": None,
}


@router.get("/api/presets", summary="List ready experiments", responses=answers(200, {"presets": [ONE]}))
async def presets(language: LanguageHere) -> Response:
    """Every ready experiment; the first is what the page opens with. `dataset` is the kind of its data, `networks` the
    kinds of the outer layers of each network. Of two stages the second may start from the weights of a run of the first
    (`from_run`): `after` names the stage before and `next` the one behind, with the networks that start from one
    another, and the paths of settings that are to be `shared`; variants that are `started` do so."""
    return Json({"presets": [_told(preset, language) for preset in PRESETS]})


@router.get(
    "/api/presets/{name}",
    summary="Take a ready experiment",
    responses=answers(200, ONE | {"experiment": EXPERIMENT}, 404),
)
async def preset(name: str, language: LanguageHere) -> Response:
    """A ready experiment with its whole document, and the edits that do what it suggests to try."""
    found = next((preset for preset in PRESETS if preset.name == name), None)
    if found is None:
        raise Refusal(404, "There is no preset called {given}.", given=repr(name[:40]))
    whole = checked(found.experiment).model_dump(mode="json")
    return Json(
        _told(found, language) | {"experiment": whole, "try_edits": [edit_told(edit) for edit in found.try_edits]}
    )


def _told(preset: Preset, language: Language) -> dict[str, Any]:
    return {
        "name": preset.name,
        "title": language.t("presets", preset.title),
        "summary": language.t("presets", preset.summary),
        "question": language.t("presets", preset.question),
        "try_this": language.t("presets", preset.try_this),
        "family": language.t("presets", preset.family),
        "dataset": preset.experiment["dataset"]["kind"],
        "networks": {
            name: [layer["kind"] for layer in network.get("layers", ())]
            for name, network in preset.experiment["networks"].items()
        },
        "variants": [
            {
                "title": language.t("presets", variant.title) if variant.title else "",
                "edits": [edit_told(edit) for edit in variant.edits],
                "started": variant.started,
            }
            for variant in preset.variants
        ],
        "after": _stage(preset.after.preset, preset.after, language) if preset.after else None,
        "next": _next(preset, language),
    }


def _next(preset: Preset, language: Language) -> dict[str, Any] | None:
    for later in PRESETS:
        if later.after is not None and later.after.preset == preset.name:
            return _stage(later.name, later.after, language)
    return None


def _stage(name: str, after: After, language: Language) -> dict[str, Any]:
    """The stage before or after a preset, and which network of the later one starts from which of the earlier."""
    title = next(preset.title for preset in PRESETS if preset.name == name)
    return {
        "preset": name,
        "title": language.t("presets", title),
        "networks": dict(after.networks),
        "shared": list(after.shared),
    }
