"""What one event changes in the row of its run."""

from typing import Any, get_args

from app.runs.events import Reason
from app.store.schema import RunRow

CHOSEN = ("dataset", "task", "loss", "optimizer", "schedule")  # parts a run can be found by
MOST_LAYERS = 24  # of all networks in a summary
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
            row.epoch = event.get("epoch") or row.epoch * event["step"] / max(row.step, 1)
            row.step = event["step"]
        case "finished":
            row.step, row.epoch = event["step"], event["epoch"]
            row.reason = event["sentence"]
        case _:
            pass


def words_of(row: RunRow) -> str:
    """What a search looks through: name, tags, note, owner and the kinds of the experiment's parts, case folded.

    It needs the row's document.
    """
    parts: list[dict[str, Any]] = [row.experiment.get(name, {}) for name in CHOSEN]
    kinds = [str(part.get("kind", "")) for part in parts]
    return "\n".join([row.name, *row.tags, row.note, row.owner, *kinds, row.id]).casefold()


def summary_of(document: dict[str, Any]) -> dict[str, Any]:
    """What a list shows of an experiment, however large it is: `dataset`, `upload`, `layers` and `optimizer`.

    A layer has its `kind`, `units` and the `layers` in it; in place of those beyond `MOST_LAYERS` stands "…". Where
    there are several networks, `networks` holds the layers of each by name, and `layers` those of the first.
    """
    dataset: dict[str, Any] = document.get("dataset") or {}
    optimizer: dict[str, Any] = document.get("optimizer") or {}
    networks: dict[str, dict[str, Any]] = document.get("networks") or {}
    left = [MOST_LAYERS]
    outlines = {name: _outline(_layers(network), left) for name, network in networks.items()}
    several = {"networks": outlines} if len(outlines) > 1 else {}
    return several | {
        "dataset": dataset.get("kind", ""),
        "upload": dataset.get("upload", ""),
        "layers": next(iter(outlines.values())) if outlines else [],
        "optimizer": {name: optimizer[name] for name in ("kind", "lr") if name in optimizer},
    }


def _layers(network: dict[str, Any]) -> list[dict[str, Any]]:
    return network.get("layers") or []


def _outline(layers: list[dict[str, Any]], left: list[int]) -> list[dict[str, Any]]:
    """`left` holds how many more layers there is room for."""
    found: list[dict[str, Any]] = []
    for layer in layers:
        if left[0] <= 0:
            return [*found, {"kind": "…"}]
        left[0] -= 1
        outline = {name: layer[name] for name in ("kind", "units") if name in layer}
        found.append(outline | {"layers": _outline(layer["layers"], left)} if layer.get("layers") else outline)
    return found
