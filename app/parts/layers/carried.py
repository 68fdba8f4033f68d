"""What a layer carries from one time step to the next."""

from pydantic import BaseModel, ConfigDict


class Carried(BaseModel):
    """One reading of all places, one after the other: from the first to the last, or where `backwards` the other way.

    `names` are the steps of the layer's rule whose numbers the next time step takes over, its state first; `letters`
    are what they are called in every reading. `weights` are the same at every time step: those for what arrives, then
    those for the state. `first` says from which on its states stand among the numbers of its layer at each place.
    `lower` is that layer, as PyTorch calls it (`l0`), where another stands on it, which alone sees its states.
    """

    model_config = ConfigDict(frozen=True)

    names: tuple[str, ...]
    letters: tuple[str, ...]
    weights: tuple[str, ...]
    units: int
    backwards: bool = False
    first: int
    lower: str | None = None
