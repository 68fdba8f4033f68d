"""Whether a run trains or waits, and up to which step."""

from typing import Any

from app.runs.commands import Command, Pause, Resume, TakeSteps
from app.training.data.feed import Order


class Control:
    """What pause, resume and step ask for."""

    def __init__(self) -> None:
        self.paused = False
        self.halt_at: int | None = None  # the step at which it pauses by itself
        self.only: list[str] | None = None  # the networks that move alone, up to the step `only_to`
        self.only_to: int | None = None

    def obey(self, command: Command, step: int, order: Order) -> None:
        """Takes in a command after `step` steps; kinds that are not about waiting change nothing."""
        match command:
            case Pause():
                self.paused, self.halt_at = True, None
            case Resume():
                self.paused, self.halt_at = False, None
            case TakeSteps():
                later = max(command.epochs - 1, 0) * order.steps_per_epoch
                steps = order.steps_to_epoch_end() + later if command.epochs else max(command.steps, 1)
                self.paused, self.halt_at = False, step + steps
                if command.networks:
                    self.only, self.only_to = command.networks, step + steps
            case _:
                pass

    def movers(self, step: int) -> list[str] | None:
        """The networks that alone move in the step behind `step` steps; None for all. A pause meanwhile changes nothing
        of it."""
        if self.only_to is not None and step >= self.only_to:
            self.only = self.only_to = None
        return self.only

    def arrived(self, step: int) -> bool:
        """Whether the step it was told to train to is reached; it waits from there on."""
        if self.halt_at is None or step < self.halt_at:
            return False
        self.paused, self.halt_at = True, None
        return True

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"paused": self.paused, "halt_at": self.halt_at, "only": self.only, "only_to": self.only_to}

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        self.paused, self.halt_at = state["paused"], state["halt_at"]
        self.only, self.only_to = state.get("only"), state.get("only_to")  # older checkpoints do not say it
