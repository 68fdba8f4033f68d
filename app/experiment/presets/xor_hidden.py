"""Xor with and without a hidden layer."""

from app.experiment.presets.preset import Fails, Preset, Reaches, Variant, change, classify, dense

XOR_HIDDEN = Preset(
    name="xor-hidden-layer",
    title="Xor needs a hidden layer",
    family="First steps",
    summary="Opposite corners share a colour; with a hidden layer the boundary bends around them.",
    question="Why do networks have hidden layers?",
    try_this="Take the hidden layer away and train again: one straight line is wrong for a third of the points.",
    try_edits=(change("/networks/main/layers", []),),
    experiment=classify(
        {"kind": "xor", "samples": 400},
        dense(4),
        optimizer={"kind": "adam", "lr": 0.03},
        training={"batch_size": 10, "epochs": 60},
    ),
    variants=(
        Variant("One hidden layer of 4 neurons", (), (Reaches("validation_accuracy", at_least=0.95, seconds=15),)),
        Variant(
            "No hidden layer",
            (change("/networks/main/layers", []),),
            (Fails("not_learning"), Reaches("train_accuracy", at_most=0.7)),
        ),
    ),
)
