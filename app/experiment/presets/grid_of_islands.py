"""Twenty-five islands in a grid."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, dense, generate

LAYERS = dense(128, 128, activation="relu")

GRID_OF_ISLANDS = Preset(
    name="grid-of-islands",
    title="Twenty-five islands",
    family="Generating",
    summary="Two random numbers, bent until they lie on twenty-five islands: the lattice shows how it is folded.",
    question="How many islands can one generator hold at once?",
    try_this="Give it eight random numbers instead of two, and look at which islands are missing.",
    try_edits=(change("/task/latent", 8),),
    experiment=generate(
        {"kind": "islands", "layout": "grid", "islands": 25, "noise": 0.2, "samples": 5000},
        128,
        task={"kind": "gan", "latent": 2, "r1": 0.3},
        networks={"generator": {"layers": LAYERS}, "discriminator": {"layers": LAYERS}},
        training={"batch_size": 128, "epochs": 250, "averaging": 0.995},
    ),
    variants=alone(Reaches("validation_islands", at_least=0.92, seconds=60, held=5)),
)
