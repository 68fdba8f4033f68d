"""A good feature against a hidden layer."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, classify, dense

FEATURES_OR_DEPTH = Preset(
    name="features-or-depth",
    title="Features or depth",
    family="First steps",
    summary="Told x₁² and x₂², one neuron draws the circle that otherwise takes a hidden layer.",
    question="Can a good feature replace a layer?",
    try_this="Give only x₁ and x₂ to the network without a hidden layer: the circle is out of its reach.",
    try_edits=(change("/dataset/features", ["x1", "x2"]),),
    experiment=classify(
        {"kind": "circle", "features": ["x1_squared", "x2_squared"]},
        [],
        optimizer={"kind": "adam", "lr": 0.03},
        training={"batch_size": 10, "epochs": 60},
    ),
    variants=(
        Variant("x₁² and x₂², one neuron", (), (Reaches("validation_accuracy", at_least=0.97, seconds=15),)),
        Variant(
            "x₁ and x₂, a hidden layer",
            (change("/dataset/features", ["x1", "x2"]), change("/networks/main/layers", dense(6))),
            (Reaches("validation_accuracy", at_least=0.97, seconds=20),),
        ),
    ),
)
