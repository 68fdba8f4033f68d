"""Checkpoints: all state at a step, tensors as safetensors and the rest as JSON, complete or not there."""

import json
import time
from math import inf
from pathlib import Path
from typing import Any

from safetensors.torch import load, save
from torch import Tensor

from app.runs.folder import RunFolder, write_whole
from app.training.recording.moments import Moments

LASTING_EVERY = 1.0  # seconds between two that are forced onto the disk; a killed process loses none of them


class Checkpoints:
    """The checkpoints of a run. The JSON file is written last: a checkpoint without it does not exist."""

    def __init__(self, folder: RunFolder, moments: Moments) -> None:
        self._run = folder
        self._folder = folder.checkpoints
        self._moments = moments
        self._lasting_at = 0.0
        self.size = 0  # bytes of the last one
        self._newest = -1  # most go when the next comes
        self._best_file = self._folder / "best.json"
        known: dict[str, Any] = json.loads(self._best_file.read_bytes()) if self._best_file.exists() else {}
        self._best_step: int = known.get("step", -1)
        self._best_loss: float = known.get("loss", inf)

    def save(self, step: int, tensors: dict[str, Tensor], values: dict[str, Any], loss: float = inf) -> bool:
        """Writes the state at a step, and lets the one before go if it was a passing one.

        `loss` is what is watched, where it was measured at this very step. Gives whether this is the best so far,
        which stays until a better one comes.
        """
        content = save({name: tensor.contiguous() for name, tensor in tensors.items()})
        self.size = len(content)
        lasting = time.monotonic() - self._lasting_at >= LASTING_EVERY
        if lasting:
            self._lasting_at = time.monotonic()
        write_whole(self._tensors(step), content, lasting)
        write_whole(self._values(step), json.dumps(values).encode(), lasting)
        outdone = {self._newest}
        best = loss < self._best_loss
        if best:
            outdone.add(self._best_step)
            self._best_step, self._best_loss = step, loss
            write_whole(self._best_file, json.dumps({"step": step, "loss": loss}).encode(), lasting)
        for earlier in outdone - {-1, step, self._best_step}:
            if not self._moments.keeps_checkpoint(earlier, len(content)):
                self._remove(earlier)
        self._newest = step
        return best

    def newest(self) -> int | None:
        """The last step that can be gone back to; None where training has to begin again."""
        return newest_step(self._run)

    def load(self, step: int) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """The state at a step."""
        return load(self._tensors(step).read_bytes()), json.loads(self._values(step).read_bytes())

    def _remove(self, step: int) -> None:
        self._values(step).unlink(missing_ok=True)
        self._tensors(step).unlink(missing_ok=True)

    def _tensors(self, step: int) -> Path:
        return self._folder / f"{step}.safetensors"

    def _values(self, step: int) -> Path:
        return self._folder / f"{step}.json"


def newest_step(folder: RunFolder, most: int | None = None) -> int | None:
    """The step of a run's newest checkpoint, or of the last one up to step `most`."""
    steps = [int(path.stem) for path in folder.checkpoints.glob("*.json") if path.stem.isdecimal()]
    return max((step for step in steps if most is None or step <= most), default=None)
