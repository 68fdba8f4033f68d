"""Three sizes of network on thirty noisy points."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, classify, dense

RIGHT_SIZE = Preset(
    name="too-small-right-too-big",
    title="Too small, right, too big",
    family="Generalising",
    summary="On thirty noisy points one network cannot bend enough, one fits, and one learns the noise by heart.",
    question="How large should a network be?",
    try_this="Give the big one twenty times as many points: then it learns the moons and not the noise.",
    try_edits=(
        change("/dataset/samples", 3000),
        change("/networks/main/layers", dense(64, 64)),
        change("/training/epochs", 100),
    ),
    experiment=classify(
        {"kind": "moons", "samples": 150, "noise": 0.7, "validation": 60, "test": 20, "seed": 1},
        dense(6),
        optimizer={"kind": "adam", "lr": 0.02},
        training={"batch_size": 10, "epochs": 300},
    ),
    variants=(
        Variant(
            "Too small: one neuron",
            (change("/networks/main/layers", []),),
            (Reaches("validation_accuracy", at_most=0.9),),
        ),
        Variant("Right: 6 neurons", (), (Reaches("validation_accuracy", at_least=0.93, seconds=20),)),
        Variant(
            "Too big: 64 and 64 neurons",
            (change("/networks/main/layers", dense(64, 64)),),
            (Reaches("train_accuracy", at_least=1.0), Reaches("validation_loss", at_least=0.5)),
        ),
    ),
)
