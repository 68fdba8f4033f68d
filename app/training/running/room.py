"""Whether there is room for a run to go on: asked before a checkpoint is written, while the last one still fits."""

import shutil

from app.runs.folder import RunFolder
from app.training.running.ending import NO_ROOM, OWN_ROOM, Ending, ending

RESERVE = 2_000_000  # bytes that stay free for the ends of runs


def out_of_room(folder: RunFolder, checkpoint: int) -> Ending | None:
    """The end of a run that has no room for two more checkpoints of so many bytes; None where it has."""
    if folder.overdrawn_file.exists():
        return ending("over_limit", OWN_ROOM)
    if shutil.disk_usage(folder.path).free < RESERVE + 2 * checkpoint:
        return ending("over_limit", NO_ROOM)
    return None
