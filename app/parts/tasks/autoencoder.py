"""Drawing each sample again from a few numbers."""

from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.tasks.reconstructing import Reconstructing


class Autoencoder(Reconstructing):
    """Squeezes each sample into a few numbers, the code, and draws it again from them.

    Use it to find what matters in data without labels, to compress or to clean them. An encoder makes the code, a
    decoder reads it; both learn together to lose as little as possible. Source: Hinton and Salakhutdinov 2006,
    Reducing the Dimensionality of Data with Neural Networks.
    """

    title: ClassVar[str] = "Autoencoder"
    also: ClassVar[tuple[str, ...]] = ("bottleneck", "reconstruction", "compression", "dimensionality reduction")

    kind: Literal["autoencoder"] = "autoencoder"
    code: int = setting(
        8,
        "Code",
        "How many numbers stand between encoder and decoder. Fewer force it to find what matters.",
        ge=1,
        le=512,
    )
