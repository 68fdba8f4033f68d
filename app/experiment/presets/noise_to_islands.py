"""Noise that is led to eight islands, step by step."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, diffuse

NEAR = Reaches("validation_distance_ratio", at_most=2, seconds=15)
ALL_REACHED = (NEAR, Reaches("validation_islands", at_least=1, seconds=15))
DDPM = (change("/task/sampling_steps", 100), change("/task/eta", 1.0))
NOISE = change("/task/prediction", "noise")
FLOW = (change("/task/noise_schedule", "straight"), change("/task/prediction", "flow"))

NOISE_TO_ISLANDS = Preset(
    name="noise-to-islands",
    title="Noise to islands",
    family="Generating",
    summary="Points of pure noise walk to eight islands: the network takes a little of the noise away at each step.",
    question="How does one draw samples without an opponent?",
    try_this="Draw in two steps only: points end between the islands, at the mean of all that could be.",
    try_edits=(change("/task/sampling_steps", 2),),
    experiment=diffuse({"kind": "islands", "samples": 5000}, 64, task={"kind": "diffusion", "sampling_steps": 20}),
    variants=(
        Variant("Velocity, DDIM in 20 steps", (), ALL_REACHED),
        Variant("Velocity, DDPM in 100 steps", DDPM, ALL_REACHED),
        Variant("Flow matching in 20 steps", FLOW, ALL_REACHED),
        Variant("Noise, DDPM in 100 steps", (NOISE, *DDPM), ALL_REACHED),
        Variant(
            "Noise, DDIM in 20 steps: it misses",
            (NOISE,),
            (Reaches("validation_distance_ratio", at_least=1.5, seconds=15),),
        ),
    ),
)
