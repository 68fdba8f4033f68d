"""A wave."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.part import setting
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Sine(Layer[Shape]):
    """Turns every number into a wave between −1 and 1.

    Use it for patterns that repeat: beyond the data it goes on in waves, though not always as the truth does. High
    frequencies learn fine detail and are easily lost in it. Source: Sitzmann et al. 2020, arXiv:2006.09661.
    """

    title: ClassVar[str] = "Sine"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = sin(ω z)"
    also: ClassVar[tuple[str, ...]] = ("sin", "siren", "wave", "periodic")
    elementwise: ClassVar[bool] = True

    kind: Literal["sine"] = "sine"
    frequency: float = setting(
        1.0,
        "Frequency ω",
        "How many waves fit into a given range; large values learn fine detail.",
        gt=0,
        le=100,
        step=0.5,
    )

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("modules.Sine", frequency=self.frequency)
