"""Three ways to keep a large network from learning by heart."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, classify, dense
from app.parts.problem import Edit

RESCUE = Preset(
    name="rescue",
    title="Rescue",
    family="Generalising",
    summary="A large network learns thirty noisy points by heart; decay, dropout and early stopping each hold it back.",
    question="What helps against overfitting?",
    try_this="Use weight decay and early stopping at once.",
    try_edits=(
        change("/optimizer", {"kind": "adamw", "lr": 0.01, "weight_decay": 1.0}),
        change("/training/early_stopping", {"patience": 20}),
    ),
    experiment=classify(
        {"kind": "moons", "samples": 150, "noise": 0.7, "validation": 60, "test": 20, "seed": 1},
        dense(64, 64),
        optimizer={"kind": "adam", "lr": 0.01},
        training={"batch_size": 10, "epochs": 300},
    ),
    variants=(
        Variant("Nothing", (), (Reaches("validation_loss", at_least=0.5),)),
        Variant(
            "Weight decay",
            (change("/optimizer", {"kind": "adamw", "lr": 0.01, "weight_decay": 3.0}),),
            (Reaches("validation_loss", at_most=0.38, seconds=20),),
        ),
        Variant(
            "Dropout",
            (
                Edit("add", "/networks/main/layers/2", {"kind": "dropout", "p": 0.7}),
                change("/networks/main/layers/4/kind", "tanh"),
            ),
            (Reaches("validation_loss", at_most=0.42, seconds=20),),
        ),
        Variant(
            "Early stopping",
            (change("/training/early_stopping", {"patience": 10}),),
            (Reaches("validation_loss", at_most=0.38, seconds=20),),
        ),
    ),
)
