"""Checkpoints: all state at a step, tensors as safetensors and the rest as JSON, complete or not there."""

import json
import time
from pathlib import Path
from typing import Any

from safetensors.torch import load, save
from torch import Tensor

from app.runs.folder import RunFolder, write_whole
from app.training.moments import Moments

LASTING_EVERY = 1.0  # seconds between two that are forced onto the disk; a killed process loses none of them


class Checkpoints:
    """The checkpoints of a run. The JSON file is written last: a checkpoint without it does not exist."""

    def __init__(self, folder: RunFolder, moments: Moments) -> None:
        self._folder = folder.checkpoints
        self._moments = moments
        self._lasting_at = 0.0
        self._passing: int | None = None  # the newest, if it goes when the next comes

    def save(self, step: int, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """Writes the state at a step, and lets the one before go if it was a passing one."""
        content = save({name: tensor.contiguous() for name, tensor in tensors.items()})
        lasting = time.monotonic() - self._lasting_at >= LASTING_EVERY
        if lasting:
            self._lasting_at = time.monotonic()
        write_whole(self._tensors(step), content, lasting)
        write_whole(self._values(step), json.dumps(values).encode(), lasting)
        if self._passing is not None and self._passing != step:
            self._remove(self._passing)
        self._passing = None if self._moments.keeps_checkpoint(step, len(content)) else step

    def newest(self) -> int | None:
        """The last step that can be gone back to; None where training has to begin again."""
        steps = [int(path.stem) for path in self._folder.glob("*.json") if path.stem.isdecimal()]
        return max(steps, default=None)

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
