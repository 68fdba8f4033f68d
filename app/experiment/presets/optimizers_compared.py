"""Four optimizers on a checkerboard."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, classify, dense

OPTIMIZERS_COMPARED = Preset(
    name="optimizers-compared",
    title="Optimizers compared",
    family="Learning",
    summary="The same network on the same checkerboard, with four rules for turning gradients into steps.",
    question="Does the optimizer matter?",
    try_this="Give SGD a learning rate of 0.5 and see whether it catches up.",
    try_edits=(change("/optimizer", {"kind": "sgd", "lr": 0.5}),),
    experiment=classify(
        {"kind": "checkerboard", "samples": 2000, "noise": 0.05},
        dense(32, 32),
        optimizer={"kind": "adam", "lr": 0.01},
        training={"batch_size": 32, "epochs": 80},
    ),
    variants=(
        Variant("Adam", (), (Reaches("validation_accuracy", at_least=0.93, seconds=60),)),
        Variant("SGD", (change("/optimizer", {"kind": "sgd", "lr": 0.03}),), (Reaches("train_accuracy", at_most=0.9),)),
        Variant(
            "SGD with momentum",
            (change("/optimizer", {"kind": "sgd", "lr": 0.03, "momentum": 0.9}),),
            (Reaches("validation_accuracy", at_least=0.85, seconds=60),),
        ),
        Variant(
            "RMSprop",
            (change("/optimizer", {"kind": "rmsprop", "lr": 0.005}),),
            (Reaches("validation_accuracy", at_least=0.86, seconds=60),),
        ),
    ),
)
