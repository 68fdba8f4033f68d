"""A run's curves: thinned to what a screen can show, or everything as a table."""

import asyncio
import csv
import io
import math
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.runs.folder import RunFolder
from app.runs.log import EventReader, received
from app.runs.record import Record, record
from app.runs.sealing import sealed_event
from app.web.answers import Json
from app.web.examples import answers
from app.web.house import ActorHere, HouseHere
from app.web.sealing import Test, as_asked

router = APIRouter(tags=["runs"])
COLUMNS = {
    "columns": {"step": [1, 2], "epoch": [0.08, 0.17], "train_loss": [0.71, 0.7]},
    "evaluations": {"step": [0, 12], "epoch": [0.0, 1.0], "validation_accuracy": [0.5, 0.62]},
}
Rows = list[dict[str, Any]]


@router.get("/api/runs/{run}/metrics", summary="A run's curves", responses=answers(200, COLUMNS, 404))
async def metrics(
    run: str,
    house: HouseHere,
    actor: ActorHere,
    *,
    points: Annotated[int, Query(ge=2, le=100_000, description="About how many; peaks and dips are kept.")] = 2000,
    start: Annotated[int, Query(alias="from", ge=0, le=10**12, description="First step.")] = 0,
    to: Annotated[int, Query(ge=0, le=10**12, description="Last step.")] = 10**12,
    test: Test = None,
) -> Response:
    """`columns` are measured while it trains; `evaluations` over whole splits. All columns of each are equally long.
    What was measured on the test samples is left out until somebody opened them.
    """
    row = await as_asked(house, await house.row(run, actor), test)
    return Json(await asyncio.to_thread(_columns, house.folder(run), row.openings > 0, points, start, to))


@router.get(
    "/api/runs/{run}/metrics.csv",
    summary="All metrics as a table",
    responses=answers(200, "step,epoch,train_loss\n1,0.08,0.71\n", 404, media="text/csv"),
)
async def metrics_table(run: str, house: HouseHere, actor: ActorHere, test: Test = None) -> Response:
    """Every recorded point, one row a step. What an evaluation tells of a measured column is called `whole_…`.
    What was measured on the test samples is left out until somebody opened them.
    """
    row = await as_asked(house, await house.row(run, actor), test)
    table = await asyncio.to_thread(_table, house.folder(run), row.openings > 0)
    headers = {"content-disposition": f'attachment; filename="{run}.csv"'}
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


def thinned(rows: Rows, points: int) -> Rows:
    """About `points` rows: the ends, and the lowest and the highest loss of each stretch in between."""
    if len(rows) <= points:
        return rows
    stretches = max(1, points // 2 - 1)
    kept = {0, len(rows) - 1}
    for number in range(stretches):
        stretch = range(len(rows) * number // stretches, len(rows) * (number + 1) // stretches)
        kept.add(min(stretch, key=lambda at: _loss(rows[at], "train_loss_min", math.inf)))
        kept.add(max(stretch, key=lambda at: _loss(rows[at], "train_loss_max", math.inf)))
    return [rows[at] for at in sorted(kept)]


def _loss(row: dict[str, Any], name: str, instead: float) -> float:
    loss = received(row.get(name, row.get("train_loss", 0.0)))
    return instead if math.isnan(loss) else loss


def _record(folder: RunFolder, opened: bool) -> Record:
    events = EventReader(folder).events()
    return record(events if opened else map(sealed_event, events))


def _columns(folder: RunFolder, opened: bool, points: int, start: int, to: int) -> dict[str, Any]:
    whole = _record(folder, opened)
    measured = [row | {"step": int(step)} for step, row in sorted(whole.measured.items()) if start <= step <= to]
    evaluated = [
        {"step": step, "epoch": row["epoch"], **row["metrics"]}
        for step, row in sorted(whole.evaluated.items())
        if start <= step <= to
    ]
    return {"columns": _turned(thinned(measured, points)), "evaluations": _turned(evaluated)}


def _turned(rows: Rows) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def _table(folder: RunFolder, opened: bool) -> str:
    whole = _record(folder, opened)
    measured = dict.fromkeys(name for row in whole.measured.values() for name in row)
    rows: dict[int, dict[str, Any]] = {step: row | {"step": int(step)} for step, row in whole.measured.items()}
    for step, row in whole.evaluated.items():
        told = {f"whole_{name}" if name in measured else name: value for name, value in row["metrics"].items()}
        rows[step] = {"step": step, "epoch": row["epoch"]} | rows.get(step, {}) | told
    names = dict.fromkeys(["step", "epoch", *measured, *(name for row in rows.values() for name in row)])
    text = io.StringIO()
    writer = csv.DictWriter(text, list(names), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows[step] for step in sorted(rows))
    return text.getvalue()
