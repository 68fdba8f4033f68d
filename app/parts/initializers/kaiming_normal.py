"""Normally distributed numbers that make up for what ReLU takes away."""

from typing import ClassVar, Literal

from app.parts.initializers.kaiming import Kaiming


class KaimingNormal(Kaiming):
    """Normally distributed numbers, of a spread that makes up for the half that ReLU takes away.

    Use it with ReLU and its relatives, above all in deep networks. Source: He et al. 2015, arXiv:1502.01852.
    """

    title: ClassVar[str] = "He, normal"
    formula: ClassVar[str] = "w ~ N(0, σ²), σ = gain / √inputs, gain of ReLU = √2"
    also: ClassVar[tuple[str, ...]] = ("he normal", "kaiming")

    kind: Literal["kaiming_normal"] = "kaiming_normal"
