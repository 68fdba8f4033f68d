"""Random numbers from a range that makes up for what ReLU takes away."""

from typing import ClassVar, Literal

from app.parts.initializers.kaiming import Kaiming


class KaimingUniform(Kaiming):
    """Every number within a range is equally likely; the range makes up for the half that ReLU takes away.

    Use it with ReLU and its relatives, above all in deep networks. Source: He et al. 2015, arXiv:1502.01852.
    """

    title: ClassVar[str] = "He, uniform"
    formula: ClassVar[str] = "w ~ U(−r, r), r = gain · √(3 / inputs), gain of ReLU = √2"
    also: ClassVar[tuple[str, ...]] = ("he uniform", "kaiming")

    kind: Literal["kaiming_uniform"] = "kaiming_uniform"
