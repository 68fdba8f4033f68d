"""How a run ends, in a word and a sentence, and how a worker leaves without ending it."""

from dataclasses import dataclass
from typing import Any

from app.runs.events import Reason


@dataclass(frozen=True)
class Ending:
    """The reason and the sentence of a `finished` event."""

    reason: Reason
    template: str
    values: dict[str, Any]


class Left(Exception):
    """The worker gives up its place; the run goes on from its checkpoint when it is started again.

    `paused` says that it is to be started again only when a person asks for it.
    """

    def __init__(self, paused: bool) -> None:
        super().__init__()
        self.paused = paused


def ending(reason: Reason, template: str, **values: Any) -> Ending:
    """An ending with the values of its sentence."""
    return Ending(reason, template, values)


ALL_EPOCHS = "All {epochs} epochs are done."
ALL_STEPS = "All {steps} steps are done."
OUT_OF_TIME = "The {seconds} seconds are over."
GOOD_ENOUGH = "{metric} reached {value}."
NO_BETTER = (
    "Validation has not improved for {patience} epochs, so it stopped early. The weights of epoch {epoch} are kept."
)
STOPPED = "Stopped by hand at step {step}."
NO_MEMORY = "The network and its batches need more memory than this run may have. Try a smaller batch or fewer neurons."
OWN_ROOM = "Your runs take all the room they may have, so training stopped here. Delete some, then train again."
NO_ROOM = "The disk of the server is full, so training stopped here. Delete some runs, then train again."
BROKEN = "The run ended by a mistake of ours, which is in the server's log. Training it again may help."
LOST = "Its process crashed or was killed again and again; the run ends at its last step. Training it again may help."
