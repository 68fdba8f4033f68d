"""Normalising groups of channels."""

from typing import ClassVar, Literal, Self

from app.parts.layers.layer import Weighted
from app.parts.layers.normalising import norm_step
from app.parts.layers.rule import Rule, stepwise
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Channelled
from app.parts.torch_call import TorchCall


class GroupNorm(Weighted[Channelled]):
    """Shifts and scales each group of channels of each sample to mean 0 and spread 1, then as it learns to.

    Use it behind convolutions where batches are small: unlike batch normalisation, it looks at one sample at a time.
    Source: Wu and He 2018, arXiv:1803.08494.
    """

    title: ClassVar[str] = "Group normalisation"
    group: ClassVar[str] = "normalisation"
    formula: ClassVar[str] = "y = γ · (x − mean) / √(variance + ε) + β"
    also: ClassVar[tuple[str, ...]] = ("groupnorm", "group norm", "gn", "normalization")

    kind: Literal["group_norm"] = "group_norm"
    groups: int = setting(
        4, "Groups", "Parts into which the channels fall. One looks at all of them at once.", ge=1, le=1024
    )
    eps: float = setting(1e-5, "ε", "Keeps the division finite where all numbers are equal.", gt=0, le=0.1, log=True)
    affine: bool = setting(True, "Learned scale and shift", "Lets the layer undo the normalising where that helps.")

    @classmethod
    def started(cls, shape: Channelled) -> Self:
        return cls(groups=max(_fitting(shape, at_most=4), default=1))

    def shape_after(self, shape: Channelled) -> Channelled:
        if shape.numbers == 1:
            raise Problem(
                "Each channel is a single number here, which normalising would always turn into 0.",
                fixes=(Fix("Remove it", edits=(Edit("remove", ""),)),),
            )
        fitting = _fitting(shape, at_most=1024)
        if self.groups in fitting:
            return shape
        near = sorted(sorted(fitting, key=lambda groups: abs(groups - self.groups))[:2])
        fixes = tuple(
            Fix("Use {groups} groups", {"groups": groups}, (Edit("add", "/groups", groups),)) for groups in near
        )
        if shape.channels % self.groups == 0:
            raise Problem(
                "Each group would be a single number, which normalising would always turn into 0.",
                place="/groups",
                fixes=fixes,
            )
        raise Problem(
            "{channels} channels do not fall into {groups} equal groups.",
            place="/groups",
            channels=shape.channels,
            groups=self.groups,
            fixes=fixes,
        )

    def rule(self, shape: Channelled) -> Rule:
        return stepwise(norm_step(shape, self.eps, learned=self.affine, groups=self.groups, whole=True))

    def module_for(self, shape: Channelled) -> TorchCall:
        return TorchCall("nn.GroupNorm", self.groups, shape.channels, eps=self.eps, affine=self.affine)

    def weights(self, shape: Channelled) -> dict[str, tuple[int, ...]]:
        return {"weight": (shape.channels,), "bias": (shape.channels,)} if self.affine else {}


def _fitting(shape: Channelled, at_most: int) -> list[int]:
    """The numbers of groups that share out the channels, each with more than one number."""
    most = min(shape.channels, at_most)
    return [groups for groups in range(1, most + 1) if shape.channels % groups == 0 and shape.numbers > groups]
