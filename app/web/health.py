"""Whether the server is well, and what it is."""

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.web.answers import Json
from app.web.examples import answers
from app.web.house import ActorHere, HouseHere
from app.web.language import CODES

router = APIRouter(tags=["server"])
ABOUT: dict[str, Any] = {
    "name": "Trainyard",
    "version": "0.1.0",
    "python": "3.11.7",
    "torch": "2.13.0+cpu",
    "seat": "local",
    "teacher": True,
    "open": True,
    "languages": ["en", "zh"],
    "runs": {"running": 1, "waiting": 0},
    "limits": {"body_bytes": 2_000_000, "runs_per_minute": 120, "unfinished_runs": 100},
}


@router.get("/api/health", summary="Is it well?", responses=answers(200, {"status": "ok"}))
async def health() -> Response:
    """Answers as soon as the server can serve; says nothing else, because it is open to all."""
    return Json({"status": "ok"})


@router.get("/api/about", summary="What is this?", responses=answers(200, ABOUT))
async def about(house: HouseHere, actor: ActorHere) -> Response:
    """Versions, who you are, what is going on, and how much you may ask for."""
    alive = await house.states.alive()
    settings = house.settings
    return Json(
        {
            "name": "Trainyard",
            **_versions(),
            "seat": actor.seat,
            "teacher": actor.teacher,
            "open": settings.open,
            "languages": list(CODES),
            "runs": {"running": len(alive.running), "waiting": len(alive.waiting)},
            "limits": {
                "body_bytes": settings.body_bytes,
                "runs_per_minute": settings.runs_per_minute,
                "unfinished_runs": settings.unfinished_runs,
            },
        }
    )


@cache
def _versions() -> dict[str, Any]:
    return {"version": _version("trainyard"), "python": platform.python_version(), "torch": _version("torch")}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
