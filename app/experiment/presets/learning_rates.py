"""Too small, right and too large a learning rate."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, classify, dense

LEARNING_RATES = Preset(
    name="three-learning-rates",
    title="Three learning rates",
    family="Learning",
    summary="The same network three times: one crawls, one learns, one overshoots.",
    question="What does the learning rate do?",
    try_this="Set it between the second and the third, to 1, and look at the curve.",
    try_edits=(change("/optimizer/lr", 1.0),),
    experiment=classify(
        {"kind": "moons", "samples": 400, "noise": 0.2},
        dense(8),
        optimizer={"kind": "sgd", "lr": 0.1},
        training={"batch_size": 10, "epochs": 40},
    ),
    variants=(
        Variant("0.0001 crawls", (change("/optimizer/lr", 0.0001),), (Reaches("train_loss", at_least=0.4),)),
        Variant("0.1 learns", (), (Reaches("validation_accuracy", at_least=0.97, seconds=15),)),
        Variant("30 overshoots", (change("/optimizer/lr", 30.0),), (Reaches("train_loss", at_least=0.4),)),
    ),
)
