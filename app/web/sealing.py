"""Opening the sealed test result of a run: whoever may see the run may open it, and each opening is counted."""

import asyncio
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import Query

from app.runs.labels import keep_labels
from app.store.schema import RunRow
from app.web.errors import Refusal
from app.web.house import House

Test = Annotated[
    Literal["open"] | None,
    Query(description="`open` opens the sealed test result of the run for all who see it. Each opening is counted."),
]


async def opened(house: House, row: RunRow) -> RunRow:
    """The row after one more opening. Raises `Refusal` 404 where the run was deleted meanwhile."""
    labels = replace(row.labels, openings=row.openings + 1)
    try:
        await asyncio.to_thread(keep_labels, house.folder(row.id), labels)  # first: what is not kept is not opened
    except FileNotFoundError:
        raise Refusal(404, "There is no such run.") from None
    counted = await asyncio.to_thread(house.runs.count_opening, row.id)
    if counted is None:
        raise Refusal(404, "There is no such run.")
    house.tails.open(row.id)
    return counted


async def as_asked(house: House, row: RunRow, test: Literal["open"] | None) -> RunRow:
    """The row, opened where that was asked for."""
    return await opened(house, row) if test == "open" else row
