"""Four optimizers on a checkerboard."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, classify, dense

OPTIMIZERS_COMPARED = Preset(
    name="optimizers-compared",
    title="Optimizers compared",
    family="Learning",
    summary="The same network on the same checkerboard, with four rules for turning gradients into steps.",
    question="Does the optimizer matter?",
    try_this="Give SGD ten times its learning rate and see whether it catches up.",
    try_edits=(change("/optimizer", {"kind": "sgd", "lr": 0.5}),),
    experiment=classify(
        {"kind": "checkerboard", "samples": 2000, "noise": 0.05},
        dense(32, 32),
        optimizer={"kind": "adam", "lr": 0.01},
        training={"batch_size": 32, "epochs": 100},
    ),
    variants=(
        Variant("Adam", (), (Reaches("validation_accuracy", at_least=0.9, seconds=60),)),
        Variant(
            "SGD", (change("/optimizer", {"kind": "sgd", "lr": 0.05}),), (Reaches("train_accuracy", at_most=0.85),)
        ),
        Variant(
            "SGD with momentum",
            (change("/optimizer", {"kind": "sgd", "lr": 0.05, "momentum": 0.9}),),
            (Reaches("validation_accuracy", at_least=0.85, seconds=60),),
        ),
        Variant(
            "RMSprop",
            (change("/optimizer", {"kind": "rmsprop", "lr": 0.005}),),
            (Reaches("validation_accuracy", at_least=0.9, seconds=60),),
        ),
    ),
)
