"""What every neuron answers to a few chosen samples."""

from typing import ClassVar, Literal

from app.parts.probes.probe import Probe


class Activations(Probe):
    """What every neuron answers to a few samples of the validation set: the numbers behind the neuron card."""

    title: ClassVar[str] = "Activations"

    kind: Literal["activations"] = "activations"
