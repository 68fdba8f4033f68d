"""Pictures of a run: the newest, and those that were kept on its way."""

import asyncio
import zlib
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.runs.folder import RunFolder
from app.runs.log import EventReader
from app.runs.record import record
from app.web.answers import Json
from app.web.errors import Refusal
from app.web.examples import answers
from app.web.house import ActorHere, HouseHere
from app.web.live import KINDS
from app.web.owned import WITHOUT_SAMPLES, demand_samples

router = APIRouter(tags=["runs"])
FRAMES = {"frames": [{"step": 0, "epoch": 0.0, "probes": ["surface", "weights"]}]}


@router.get("/api/runs/{run}/frames", summary="Which pictures were kept", responses=answers(200, FRAMES, 404))
async def frames(run: str, house: HouseHere, actor: ActorHere) -> Response:
    """The steps whose pictures were kept, in order."""
    await house.row(run, actor)
    return Json({"frames": await asyncio.to_thread(_kept, house.folder(run))})


@router.get(
    "/api/runs/{run}/frames/{probe}",
    summary="A picture of the network",
    responses=answers(200, "one frame", 403, 404, media="application/octet-stream"),
)
async def frame(
    run: str,
    probe: str,
    house: HouseHere,
    actor: ActorHere,
    step: Annotated[int | None, Query(ge=0, le=10**12, description="Of the kept one nearest to this step.")] = None,
) -> Response:
    """One frame: the kept one nearest to `step`, or the newest."""
    row = await house.row(run, actor)
    if probe not in KINDS:
        raise Refusal(404, "There is no probe called {given}.", given=repr(probe[:40]))
    if probe not in WITHOUT_SAMPLES:
        demand_samples(actor, row)
    found = await asyncio.to_thread(_frame, house.folder(run), probe, step)
    if found is None:
        raise Refusal(404, "This run has no picture of that kind yet.")
    return Response(found, media_type="application/octet-stream")


def _kept(folder: RunFolder) -> list[dict[str, object]]:
    events = EventReader(folder).events()
    steps = record(events).frames
    told = {event["step"]: event for event in events if event["type"] == "frame_kept"}
    return [{key: told[step][key] for key in ("step", "epoch", "probes")} for step in sorted(steps)]


def _frame(folder: RunFolder, probe: str, step: int | None) -> bytes | None:
    if step is None:
        try:
            return folder.live_file(probe).read_bytes()
        except FileNotFoundError:
            step = 10**12
    steps = (
        [int(path.name) for path in folder.frames.iterdir() if path.name.isdigit()] if folder.frames.is_dir() else []
    )
    for near in sorted(steps, key=lambda at: abs(at - step)):
        try:
            return zlib.decompress(folder.frame_file(probe, near).read_bytes())
        except FileNotFoundError:
            continue
    return None
