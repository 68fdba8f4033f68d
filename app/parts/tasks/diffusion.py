"""Drawing samples by taking noise away, step by step."""

from typing import Any, ClassVar, Literal, Self

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Shape, Time
from app.parts.tasks.beginning import flattening
from app.parts.tasks.generating import Generating
from app.parts.tasks.reconstructing import drawn
from app.parts.tasks.task import Ends


class Diffusion(Generating):
    """Noise is laid over real samples, more and more of it, and a network learns to tell what was laid. To draw a new
    sample it begins with pure noise and takes a little away at each step.

    The loss is a plain squared error, calm and without an opponent, but it says little of the samples: look at what is
    drawn. Drawing takes as many passes as there are steps. Source: Ho et al. 2020, Denoising Diffusion Probabilistic
    Models, arXiv:2006.11239.
    """

    title: ClassVar[str] = "Diffusion"
    also: ClassVar[tuple[str, ...]] = (
        "ddpm",
        "ddim",
        "denoising",
        "score",
        "noise schedule",
        "generative",
        "flow matching",
        "rectified flow",
    )
    denoises: ClassVar[bool] = True
    most_measured: ClassVar[int | None] = 1000  # each takes a pass for every step

    kind: Literal["diffusion"] = "diffusion"
    times: int = setting(
        100, "Diffusion steps", "How many steps lead from a clean sample to pure noise.", ge=2, le=1000
    )
    noise_schedule: Literal["cosine", "linear", "straight"] = setting(
        "cosine",
        "Noise schedule",
        "How fast noise grows. Linear: by ever larger steps, so that little is left of a sample early. Cosine: evenly."
        " Straight: along a line from the sample to pure noise, as flow matching goes. Sources: Nichol and Dhariwal"
        " 2021, arXiv:2102.09672; Lipman et al. 2022, arXiv:2210.02747.",
        labels={"cosine": "cosine", "linear": "linear", "straight": "straight"},
    )
    prediction: Literal["velocity", "noise", "sample", "flow"] = setting(
        "velocity",
        "Prediction",
        "What the network tells of a noisy sample. The noise (ε) says almost nothing of the clean sample where nearly"
        " all is noise, so that few steps of drawing fail; the clean sample (x₀) almost nothing of the noise where that"
        " is little; the velocity (v) joins both and always says them. The flow is the way from the sample straight to"
        " the noise: with the straight schedule this is flow matching. Sources: Salimans and Ho 2022, arXiv:2202.00512;"
        " Lipman et al. 2022, arXiv:2210.02747.",
        labels={"velocity": "velocity (v)", "noise": "noise (ε)", "sample": "clean sample (x₀)", "flow": "flow"},
    )
    sampling_steps: int = setting(
        20,
        "Sampling steps",
        "In how many steps a sample is drawn, at most as many as there are diffusion steps. Fewer are quicker and less"
        " exact.",
        ge=1,
        le=1000,
    )
    eta: float = setting(
        0.0,
        "Fresh noise (η)",
        "How much new noise each step of drawing adds. 0 is DDIM: the first noise decides everything. 1 in all"
        " diffusion steps is DDPM. Source: Song et al. 2021, arXiv:2010.02502.",
        ge=0,
        le=1,
        step=0.05,
    )

    def check(self, dataset: Dataset) -> None:
        super().check(dataset)
        if self.noise_schedule == "straight" and self.prediction == "noise":
            raise Problem(
                "At the end of the straight schedule nothing is left of a sample, so the noise says nothing of it:"
                " let the network predict the flow.",
                place="/prediction",
                fixes=(Fix("Predict the flow", edits=(Edit("replace", "/prediction", "flow"),)),),
            )

    def target(self, dataset: Dataset) -> Shape:
        return dataset.inputs()  # noise is of the same shape

    def noise_sizes(self, prepared: Prepared) -> tuple[int, ...]:
        return prepared.inputs.shape[1:]

    def ends(self, dataset: Dataset, at_each: int) -> dict[str, Ends]:
        sides = {"time": Time(), **self.told(dataset)}
        return {"main": Ends(dataset.inputs(), dataset.inputs().answered(at_each), sides)}

    def networks(self, dataset: Dataset) -> dict[str, dict[str, Any]]:
        layers = [*flattening(dataset.inputs()), *self.with_class([*HIDDEN]), *drawn(dataset.inputs())]
        return {"main": {"layers": layers, "head": False}}

    def in_steps(self, steps: int) -> Self:
        return self.model_copy(update={"sampling_steps": steps})

    def settled(self) -> Self:
        return self.model_copy(update={"eta": 0.0})


WIDE = ({"kind": "linear", "units": 128}, {"kind": "time_embedding"}, {"kind": "silu"})
HIDDEN = (*WIDE, *WIDE, *WIDE)
