"""Many layers without an activation."""

from app.experiment.presets.preset import Fails, Preset, Reaches, Variant, classify
from app.parts.problem import Edit

DEEP_BUT_LINEAR = Preset(
    name="deep-but-linear",
    title="Deep but linear",
    family="First steps",
    summary="Four layers without an activation draw what a single neuron draws: one straight line.",
    question="What are activations for?",
    try_this="Put Tanh behind the first layer: at once the network can close the circle.",
    try_edits=(Edit("add", "/networks/main/layers/1", {"kind": "tanh"}),),
    experiment=classify(
        {"kind": "circle"},
        [{"kind": "linear", "units": 8}, {"kind": "linear", "units": 8}, {"kind": "linear", "units": 8}],
        optimizer={"kind": "adam", "lr": 0.01},
        training={"batch_size": 10, "epochs": 40},
    ),
    variants=(
        Variant("No activation", (), (Fails("not_learning"),)),
        Variant(
            "Tanh behind the first layer",
            (Edit("add", "/networks/main/layers/1", {"kind": "tanh"}),),
            (Reaches("validation_accuracy", at_least=0.97, seconds=20),),
        ),
    ),
)
