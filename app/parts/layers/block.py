"""What the blocks share that Transformers are stacked of."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, Self

from app.parts.layers.attending import EPS, Attending
from app.parts.layers.step_rule import ARRIVING, StepRule, linear_step, summed
from app.parts.part import setting
from app.parts.shapes import Ordered

WIDER = 4  # times the width, as in the paper
WIDEST = 4096


class Sublayer(NamedTuple):
    """One thing that a block finds in what it has so far, and adds to it. `makes` gives the steps from a table to what
    is found, `norm` is what its normalisation is called in the module; `inner` and `outer` are the names of what stands
    between and of what leaves."""

    makes: Callable[[str], tuple[StepRule, ...]]
    norm: str
    inner: str
    outer: str


class Block(Attending):
    """Attention, then two linear layers that think at each place by itself."""

    feedforward: int = setting(
        128,
        "Feed-forward width",
        "How many neurons the first of the two linear layers has; usually four times the width.",
        ge=1,
        le=WIDEST,
    )
    activation: Literal["gelu", "relu", "swiglu"] = setting(
        "gelu",
        "Feed-forward activation",
        "What bends between the two linear layers. SwiGLU has a third one beside the first: W₂ · (SiLU(W₁·x) ⊙ W₃·x). "
        "With two thirds of the width it has as many weights. Source: Shazeer 2020, arXiv:2002.05202.",
        labels={"gelu": "GELU", "relu": "ReLU", "swiglu": "SwiGLU"},
    )
    norm: Literal["layer_norm", "rms_norm"] = setting(
        "layer_norm",
        "Normalisation",
        "RMS normalisation leaves out the shift; it is a little quicker.",
        labels={"layer_norm": "layer normalisation", "rms_norm": "RMS normalisation"},
    )
    norm_first: bool = setting(
        True,
        "Normalise first",
        "In front of attention and linear layers, as GPT does: deep stacks learn calmly. Off: behind each sum, as in "
        "the first Transformer, which wants a warm-up.",
    )
    dropout: float = setting(
        0.0, "Dropout", "Share of what is added that is silenced at random while it learns.", ge=0, lt=1
    )

    @classmethod
    def started(cls, shape: Ordered) -> Self:
        begun = super().started(shape).model_dump()
        return cls.model_validate({**begun, "feedforward": min(WIDER * shape.at_each, WIDEST)})

    def weights(self, shape: Ordered) -> dict[str, tuple[int, ...]]:
        width = shape.at_each
        gate = {"linear3.weight": (self.feedforward, width), "linear3.bias": (self.feedforward,)}
        return {
            **{f"attention.{name}": sizes for name, sizes in self.attention_weights(width).items()},
            **self.norm_weights("norm1", width),
            **self.norm_weights("norm2", width),
            "linear1.weight": (self.feedforward, width),
            "linear1.bias": (self.feedforward,),
            "linear2.weight": (width, self.feedforward),
            "linear2.bias": (width,),
            **(gate if self._gated else {}),
        }

    def norm_weights(self, name: str, width: int) -> dict[str, tuple[int, ...]]:
        """The sizes of what one normalisation learns."""
        shift = {f"{name}.bias": (width,)} if self.norm == "layer_norm" else {}
        return {f"{name}.weight": (width,), **shift}

    def norm_step(self, name: str, of: str, within: str, width: int) -> StepRule:
        """One normalisation, called `within` in the module."""
        weights = (f"{within}.weight",)
        if self.norm == "rms_norm":
            return StepRule(name=name, makes="rms", of=(of,), width=width, weights=weights, eps=EPS)
        biases = (f"{within}.bias",)
        return StepRule(name=name, makes="norm", of=(of,), width=width, weights=weights, biases=biases, eps=EPS)

    def looking(self, width: int) -> Sublayer:
        """Its attention as a stage."""

        def looked(of: str) -> tuple[StepRule, ...]:
            return self.attention_steps(width, of, "a", "attention.")

        return Sublayer(looked, "norm1", "n", "z")

    def thinking(self, width: int) -> Sublayer:
        """Its two linear layers as a stage."""

        def gated(of: str) -> tuple[StepRule, ...]:
            inner = self.feedforward
            return (
                linear_step("g", of, "linear1", inner, then="silu"),
                linear_step("h", of, "linear3", inner),
                StepRule(name="p", makes="products", of=("g", "h"), width=inner),
                linear_step("f", "p", "linear2", width),
            )

        def thought(of: str) -> tuple[StepRule, ...]:
            if self.activation == "swiglu":
                return gated(of)
            return (
                linear_step("g", of, "linear1", self.feedforward, then=self.activation),
                linear_step("f", "g", "linear2", width),
            )

        return Sublayer(thought, "norm2", "m", "y")

    def staged(self, width: int, *stages: Sublayer) -> tuple[StepRule, ...]:
        """The steps of one stage after another, each normalised in front, or behind its sum."""
        steps: list[StepRule] = []
        arriving = ARRIVING
        for makes, norm, inner, outer in stages:
            if self.norm_first:
                found = makes(inner)
                steps += [self.norm_step(inner, arriving, norm, width), *found]
                steps.append(summed(outer, width, arriving, found[-1].name))
            else:
                found = makes(arriving)
                steps += [*found, summed(inner, width, arriving, found[-1].name)]
                steps.append(self.norm_step(outer, inner, norm, width))
            arriving = outer
        return tuple(steps)

    def multiply_adds(self, shape: Ordered) -> int:
        width = shape.at_each
        sums = 3 if self._gated else 2
        return self.attention_multiply_adds(shape.places, width) + sums * shape.places * width * self.feedforward

    def within(self, shape: Ordered) -> int:
        """What attention leaves, two norms and a sum, and the inner numbers of the linear layers."""
        inner = 4 if self._gated else 2
        attention = self.attention_within(shape.places, shape.at_each)
        return attention + 3 * shape.numbers + inner * shape.places * self.feedforward

    @property
    def _gated(self) -> bool:
        """Whether a third linear layer says how much of the first passes."""
        return self.activation == "swiglu"

    def choices(self) -> dict[str, Any]:
        """The settings of a block that differ from its module's defaults."""
        return {
            **({"activation": self.activation} if self.activation != "gelu" else {}),
            **({"norm": self.norm} if self.norm != "layer_norm" else {}),
            **({} if self.norm_first else {"norm_first": False}),
            **({"dropout": self.dropout} if self.dropout else {}),
        }
