"""A learning rate that falls at chosen epochs."""

from bisect import bisect_right
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.schedules.schedule import Schedule
from app.parts.torch_call import TorchCall

Epoch = Annotated[int, Field(ge=1, le=1_000_000)]


class MultiStep(Schedule):
    """Falls at epochs that you choose, each time by the same factor."""

    title: ClassVar[str] = "Chosen stairs"
    formula: ClassVar[str] = "f = γ^#{mᵢ ≤ t}"
    also: ClassVar[tuple[str, ...]] = ("multi step", "milestones")

    kind: Literal["multi_step"] = "multi_step"
    milestones: list[Epoch] = setting(
        [250, 400], "Milestones", "The epochs at which the rate falls, in order.", min_length=1, max_length=32
    )
    gamma: float = setting(0.1, "Factor γ", "What the rate is multiplied by at each.", gt=0, le=1, step=0.01)

    def factor_after_warmup(self, epoch: float, epochs: float) -> float:
        return self.gamma ** bisect_right(self.milestones, epoch)

    def torch_equivalent(self, epochs: int) -> TorchCall:
        return TorchCall("optim.lr_scheduler.MultiStepLR", milestones=self.milestones, gamma=self.gamma)

    def check(self) -> None:
        in_order = sorted(set(self.milestones))
        if in_order != self.milestones:
            raise Problem(
                "The milestones are not in order, each later than the one before.",
                place="/milestones",
                fixes=(Fix("Put them in order", edits=(Edit("replace", "/milestones", in_order),)),),
            )
