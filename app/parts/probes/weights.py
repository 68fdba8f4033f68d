"""The numbers the network has learned."""

from typing import ClassVar, Literal

from app.parts.probes.probe import Probe


class Weights(Probe):
    """Every weight and bias of the neurons that are shown, with the gradient and the last update of each layer.

    Look at it to see what is learned, and whether a layer learns too fast or not at all.
    """

    title: ClassVar[str] = "Weights"

    kind: Literal["weights"] = "weights"
