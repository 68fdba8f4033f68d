"""What one event changes in the row of its run."""

from typing import Any, get_args

from app.runs.events import Reason
from app.store.tables import RunRow

CHOSEN = ("dataset", "task", "loss", "optimizer", "schedule")  # parts a run can be found by
ENDS: frozenset[str] = frozenset(get_args(Reason))


def status_after(status: str, event: dict[str, Any]) -> str:
    """The status of a run once `event` has happened."""
    match event["type"]:
        case "queued":
            return "queued"
        case "started" | "resumed":
            return "running"
        case "paused":
            return "paused"
        case "finished":
            return event["reason"]
        case _:
            return status


def tell(row: RunRow, event: dict[str, Any]) -> None:
    """Brings the row forward by one event. An event that the row has seen changes nothing."""
    if event["seq"] <= row.seq:
        return
    row.seq = event["seq"]
    row.status = status_after(row.status, event)
    match event["type"]:
        case "started":
            row.stepper = event["stepper"]
            row.parameters = event["parameters"]
        case "measured":
            row.step = int(event["columns"]["step"][-1])
            row.epoch = event["columns"]["epoch"][-1]
        case "evaluated":
            row.step, row.epoch = event["step"], event["epoch"]
            row.metrics = event["metrics"]
        case "speed":
            row.step, row.epoch = event["step"], event["epoch"]
            row.seconds = event["seconds"]
        case "rewound":
            row.step = event["step"]
        case "finished":
            row.step, row.epoch = event["step"], event["epoch"]
            row.reason = event["sentence"]
        case _:
            pass


def words_of(row: RunRow) -> str:
    """What a search looks through: name, tags, note, owner and the kinds of the experiment's parts, case folded."""
    parts: list[dict[str, Any]] = [row.experiment.get(name, {}) for name in CHOSEN]
    kinds = [str(part.get("kind", "")) for part in parts]
    return "\n".join([row.name, *row.tags, row.note, row.owner, *kinds, row.id]).casefold()
