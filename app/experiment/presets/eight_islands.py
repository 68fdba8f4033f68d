"""A generator finds eight islands that it never sees."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, generate

ALL_HELD = (
    Reaches("validation_islands", at_least=1, seconds=20, held=5),
    Reaches("validation_on_islands", at_least=0.85, seconds=20, held=5),
)

EIGHT_ISLANDS = Preset(
    name="eight-islands",
    title="Eight islands",
    family="Generating",
    summary="A generator never sees the eight islands; it finds them by the gradient of one that would catch it.",
    question="How does a network learn to draw what it has never been shown?",
    try_this="Average nothing: see how much the generator trembles from step to step.",
    try_edits=(change("/training/averaging", 0.0),),
    experiment=generate({"kind": "islands", "samples": 5000}, 64),
    variants=(
        Variant(
            "Least squares",
            (),
            (
                Reaches("validation_islands", at_least=1, seconds=15, held=5),
                Reaches("validation_on_islands", at_least=0.9, seconds=15, held=5),
            ),
        ),
        Variant("Non-saturating", (change("/loss", {"kind": "non_saturating"}),), ALL_HELD),
        Variant("Minimax", (change("/loss", {"kind": "minimax"}),), ALL_HELD),
        Variant(
            "Wasserstein",
            (
                change("/loss", {"kind": "wasserstein"}),
                change("/task", {"kind": "gan", "latent": 8, "discriminator_steps": 3, "gradient_penalty": 0.05}),
                change("/training/epochs", 400),
            ),
            (
                Reaches("validation_islands", at_least=1, seconds=30, held=5),
                Reaches("validation_on_islands", at_least=0.7, seconds=30, held=5),
            ),
        ),
    ),
)
