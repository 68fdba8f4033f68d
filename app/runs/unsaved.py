"""What is told where the network of a run is asked, and no checkpoint of it is kept."""

from app.parts.problem import Problem
from app.runs.folder import RunFolder
from app.runs.log import EventReader


def unsaved(folder: RunFolder) -> Problem:
    """Whether to ask again later, or that the run has ended."""
    last = EventReader(folder).events()[-1:]
    if last and last[0]["type"] == "finished":
        return Problem("This run ended before its network was saved, so it cannot be asked.")
    return Problem("The network of this run is not saved yet. Ask again when it has learned for a moment.")
