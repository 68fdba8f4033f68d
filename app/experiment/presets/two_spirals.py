"""Two arms that wind around each other; what the page opens with."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, classify, dense

TWO_SPIRALS = Preset(
    name="two-spirals",
    title="Two spirals",
    family="First steps",
    summary="Sixteen neurons in two layers wind a boundary between two spirals.",
    question="How does a network make a curve out of straight lines?",
    try_this="Leave two neurons in the first layer and train again: two straight lines are not enough to start from.",
    try_edits=(change("/networks/main/layers/0/units", 2),),
    experiment=classify(
        {"kind": "spiral", "samples": 500, "noise": 0.1},
        dense(8, 8),
        optimizer={"kind": "adam", "lr": 0.01},
        training={"batch_size": 10, "epochs": 500},
    ),
    variants=alone(Reaches("validation_accuracy", at_least=0.95, seconds=60)),
)
