"""`python -m benchmarks.curves write FILE`, `… compare FILE`: the first steps of every variant of every preset.

Losses, rates, norms and weights must be the same bit for bit before and after a change that should move nothing;
metrics over whole splits may differ in the last of the digits that are recorded. A file is worth comparing on the
machine that wrote it only.
"""

import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from safetensors.torch import load_file

from app.experiment.presets import PRESETS
from app.runs import events
from app.runs.folder import RunFolder
from app.runs.log import EventReader, EventWriter
from app.training.recording.checkpoints import newest_step
from app.training.worker import work

STEPS = 80
CLOSE = 1e-6  # by which metrics over whole splits may differ, relative to their size where that is more than 1
MAIN = "/networks/main"
WEIGHTS = ("network.", "/networks/")  # beginnings of the names of weights in a checkpoint, past and present
Curve = dict[str, Any]


def main(what: str, file: Path) -> None:
    """Writes the curves of today, or ends with what differs from those written."""
    with tempfile.TemporaryDirectory() as folder:
        found = {
            f"{preset.name}: {variant.title}" if variant.title else preset.name: curve(Path(folder), document)
            for preset in PRESETS
            for variant, document in preset.documents()
        }
    if what == "write":
        file.write_text(json.dumps(found, indent=0))
        return
    before: dict[str, Curve] = json.loads(file.read_text())
    moved = [line for name, curve in before.items() for line in _differences(name, curve, found.get(name))]
    sys.exit("\n".join(moved) if moved else None)


def curve(runs: Path, document: dict[str, Any]) -> Curve:
    """Trains a document for `STEPS` steps by a worker's own code and gives what its log and its weights say."""
    training = {**document.get("training", {}), "steps": STEPS}
    folder = RunFolder.create(runs, {**document, "training": training}, {"owner": "local"})
    writer = EventWriter(folder)
    writer.write(events.Queued, owner="local")
    writer.close()
    work(folder.path)
    told = EventReader(folder).events()
    measured = [event["columns"] for event in told if event["type"] == "measured"]
    evaluated = [event for event in told if event["type"] == "evaluated"]
    return {
        "ended": [told[-1]["reason"], told[-1]["step"]],
        "judged": [event["verdict"] for event in told if event["type"] == "judged"],
        "measured": {name: [value for columns in measured for value in columns[name]] for name in measured[0]},
        "norms": [
            {place.removeprefix(MAIN): values for place, values in event["layers"].items()} for event in evaluated
        ],
        "metrics": [event["metrics"] for event in evaluated],
        "confusion": [event["confusion"] for event in evaluated],
        "weights": _weights(folder),
    }


def _weights(folder: RunFolder) -> list[str]:
    """A digest of each tensor of the newest checkpoint that is part of a network, whatever it is called there."""
    step = newest_step(folder)
    if step is None:  # it diverged before the first
        return []
    tensors = load_file(folder.checkpoints / f"{step}.safetensors")
    own = [tensor for name, tensor in tensors.items() if name.startswith(WEIGHTS) and ":" not in name]
    return sorted(hashlib.sha256(tensor.contiguous().numpy().tobytes()).hexdigest()[:16] for tensor in own)


def _differences(name: str, before: Curve, after: Curve | None) -> list[str]:
    if after is None:
        return [f"{name}: is no more"]
    return [f"{name}: {key} {where}" for key, value in before.items() if (where := _difference(key, value, after[key]))]


def _difference(key: str, before: Any, after: Any, where: str = "") -> str:
    """Where the first difference lies, and which; empty where there is none."""
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        pairs: list[tuple[Any, Any, Any]] = [(name, before[name], after[name]) for name in before]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(number, *both) for number, both in enumerate(zip(before, after, strict=True))]
    elif before == after or (key == "metrics" and _close(before, after)):
        return ""
    else:
        return f"{where}: {before} became {after}"
    return next((found for name, old, new in pairs if (found := _difference(key, old, new, f"{where}/{name}"))), "")


def _close(before: Any, after: Any) -> bool:
    numbers = isinstance(before, float) and isinstance(after, float)
    return numbers and abs(before - after) <= CLOSE * max(1.0, abs(before))


if __name__ == "__main__":
    match sys.argv[1:]:
        case [("write" | "compare") as what, file]:
            main(what, Path(file))
        case _:
            sys.exit(__doc__)
