"""Twelve sigmoid layers against ReLU with residuals."""

from app.experiment.presets.preset import Fails, Preset, Reaches, Variant, change, classify, dense

BLOCK = {"kind": "residual", "layers": dense(8, activation="relu")}

VANISHING = Preset(
    name="vanishing-gradients",
    title="Vanishing gradients",
    family="Depth",
    summary="Through twelve sigmoid layers hardly any gradient reaches the first; through ReLU and residuals it does.",
    question="Why were deep networks so hard to train?",
    try_this="Replace the twelve layers by ReLU with residuals, and compare the gradients of the first layer.",
    try_edits=(change("/networks/main/layers", [*dense(8, activation="relu"), *[BLOCK] * 11]),),
    experiment=classify(
        {"kind": "circle", "noise": 0.2},
        dense(*[8] * 12, activation="sigmoid"),
        optimizer={"kind": "sgd", "lr": 0.03},
        training={"batch_size": 10, "epochs": 40},
    ),
    variants=(
        Variant("12 layers of sigmoid", (), (Fails("not_learning"),)),
        Variant(
            "12 layers of ReLU with residuals",
            (change("/networks/main/layers", [*dense(8, activation="relu"), *[BLOCK] * 11]),),
            (Reaches("validation_accuracy", at_least=0.95, seconds=60),),
        ),
    ),
)
