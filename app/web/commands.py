"""What people ask of a run while it trains."""

import asyncio

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import Response

from app.experiment.experiment import Experiment
from app.experiment.live_changes import changed, check_networks, check_weight
from app.experiment.upgrades import upgraded_command
from app.parts.problem import Problem, Problems
from app.runs.commands import COMMAND, Command, Resume, Set, Stop, TakeSteps, append
from app.runs.folder import RunFolder
from app.runs.room import no_room
from app.store.row_changes import ENDS
from app.store.schema import RunRow
from app.web.answers import Json
from app.web.body import json_of, problems_of
from app.web.errors import Refusal
from app.web.examples import answers, asks
from app.web.house import ActorHere, House, HouseHere

router = APIRouter(tags=["runs"])
LARGEST_LOG = 4_000_000  # bytes of commands; a worker reads them all when it starts
EXAMPLE = {"id": "c1", "kind": "set", "path": "/optimizer/lr", "value": 0.03}


@router.post(
    "/api/runs/{run}/commands",
    status_code=202,
    summary="Tell a run something",
    responses=answers(202, {"number": 1}, 400, 403, 404, 409, 413, 415),
    openapi_extra=asks(EXAMPLE),
)
async def command_run(request: Request, run: str, house: HouseHere, actor: ActorHere) -> Response:
    """`pause`, `resume`, `stop`, `step`, `speed` or `set`. A command whose `id` was seen before does nothing."""
    row = await house.row(run, actor, "command")
    command = _command(await json_of(request)).model_copy(update={"seat": actor.seat[:64], "time": 0.0})
    if row.status in ENDS:
        raise Refusal(409, "This run has ended, so it takes no more commands. Start a new one.")
    _demand_sense(command, row)
    folder = house.folder(run)
    try:
        number = await asyncio.to_thread(_append, folder, command)
    except OSError as error:
        if not (isinstance(command, Stop) and no_room(error)):
            raise
        number = 0
        await house.executor.stop(
            row.id
        )  # a run that fills the disk can be stopped though no word of it can be written
        house.states.forget()
    else:
        await _see_to_it(house, row, folder, command)
    return Json({"number": number}, 202)


def _command(value: object) -> Command:
    try:
        return COMMAND.validate_python(upgraded_command(value))
    except ValidationError as error:
        raise Problems(problems_of(error, skip=1)) from None


def _demand_sense(command: Command, row: RunRow) -> None:
    """Raises `Problem` where a command could not be obeyed."""
    if isinstance(command, TakeSteps) and (command.steps > 0) == (command.epochs > 0):
        raise Problem("Say either how many steps or how many epochs.", place="/steps")
    if isinstance(command, TakeSteps):
        check_networks(Experiment.model_validate(row.experiment), command.networks)
    if not isinstance(command, Set):
        return
    if (command.path is None) == (command.weight is None):
        raise Problem("Say either the path of a setting or one weight.", place="/path")
    experiment = Experiment.model_validate(row.experiment)
    if command.path is not None:
        changed(experiment, command.path, command.value)
    elif command.weight is not None:
        check_weight(experiment, command.weight.path, command.weight.index)


def _append(folder: RunFolder, command: Command) -> int:
    if folder.commands_file.stat().st_size > LARGEST_LOG:
        raise Refusal(429, "This run has been told too much already.", retry_after=60)
    return append(folder, command)


async def _see_to_it(house: House, row: RunRow, folder: RunFolder, command: Command) -> None:
    """Wakes a run whose worker has left. One without a worker is ended at once: it need not wait for a place first."""
    if not isinstance(command, (Resume, TakeSteps, Stop)):
        return
    alive = await house.executor.alive()
    if row.id in alive.running:
        return
    if row.id not in alive.waiting:
        await house.executor.start(folder.path, row.owner)
    if isinstance(command, Stop):
        await house.executor.stop(row.id)
    house.states.forget()
