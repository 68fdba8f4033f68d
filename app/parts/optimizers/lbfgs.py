"""L-BFGS."""

from typing import ClassVar, Literal

from app.parts.optimizers.optimizer import Optimizer, learning_rate
from app.parts.part import setting
from app.parts.torch_call import TorchCall

EVALUATIONS = 4  # of the loss for each round, at most: bounds what one step may cost


class LBFGS(Optimizer):
    """Learns from its last steps how the loss bends, and jumps to where the slope should be 0: few steps, each costly.

    One step looks at its batch many times. Choose it for small networks with one batch of all samples, where it often
    ends far lower than the others; small batches mislead it. Source: Liu and Nocedal 1989, doi:10.1007/BF01589116.
    """

    title: ClassVar[str] = "L-BFGS"
    formula: ClassVar[str] = "w ← w − t · H · g, H ≈ (∂²L/∂w²)⁻¹"
    also: ClassVar[tuple[str, ...]] = ("bfgs", "quasi-newton", "newton", "second order")
    closure: ClassVar[bool] = True
    whole_batch: ClassVar[bool] = True
    own_rate: ClassVar[bool] = True
    carried: ClassVar[tuple[str, ...]] = ("weight_decay",)
    flattens: ClassVar[bool] = True

    kind: Literal["lbfgs"] = "lbfgs"
    lr: float = learning_rate(1.0)
    max_iter: int = setting(
        10, "Rounds", "How often one step looks at its batch and moves, at most.", ge=1, le=100, live=True
    )
    history_size: int = setting(
        10,
        "History",
        "How many earlier moves tell how the loss bends. Each takes as much memory as two copies of the weights.",
        ge=1,
        le=30,
        live=True,
    )
    line_search: bool = setting(
        True,
        "Line search",
        "Tries how far to go each time, so that the loss surely falls. Without it, the learning rate decides.",
        live=True,
    )

    def call(self) -> TorchCall:
        return TorchCall(
            "modules.LBFGS",
            lr=self.lr,
            max_iter=self.max_iter,
            max_eval=EVALUATIONS * self.max_iter,
            history_size=self.history_size,
            line_search_fn="strong_wolfe" if self.line_search else None,
        )
