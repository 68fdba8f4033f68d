"""Noise that is led to a spiral, step by step."""

from app.experiment.presets.noise_to_islands import DDPM, NEAR
from app.experiment.presets.preset import Preset, Variant, change, diffuse

NOISE_TO_SPIRAL = Preset(
    name="noise-to-a-spiral",
    title="Noise to a spiral",
    family="Generating",
    summary="Drag the slider from noise to data: first all points flow inwards, then late and fast each finds its arm.",
    question="When is it decided where a drawn point will end?",
    try_this="Let noise grow by the linear schedule, and see how late the arms appear.",
    try_edits=(change("/task/noise_schedule", "linear"),),
    experiment=diffuse(
        {"kind": "spiral", "samples": 5000, "noise": 0.15}, 128, task={"kind": "diffusion", "sampling_steps": 20}
    ),
    variants=(Variant("DDIM in 20 steps", (), (NEAR,)), Variant("DDPM in 100 steps", DDPM, (NEAR,))),
)
