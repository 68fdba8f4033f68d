"""What wrong labels do where data are few."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, classify, dense

WRONG_LABELS = Preset(
    name="wrong-labels-little-data",
    title="Wrong labels and little data",
    family="Generalising",
    summary="A fifth of the labels is wrong, and with few points the network learns those by heart as well.",
    question="What do wrong labels cost?",
    try_this="Take fifteen times as many points: the wrong labels drown in the right ones.",
    try_edits=(change("/dataset/samples", 3000),),
    experiment=classify(
        {"kind": "gaussians", "samples": 200, "label_noise": 0.2, "validation": 40},
        dense(64, 64),
        optimizer={"kind": "adam", "lr": 0.01},
        training={"batch_size": 10, "epochs": 300},
    ),
    variants=(
        Variant(
            "Few points, wrong labels",
            (),
            (Reaches("train_accuracy", at_least=0.9), Reaches("validation_accuracy", at_most=0.77)),
        ),
        Variant(
            "Few points, right labels",
            (change("/dataset/label_noise", 0.0),),
            (Reaches("validation_accuracy", at_least=0.97, seconds=30),),
        ),
        Variant(
            "Many points, wrong labels",
            (change("/dataset/samples", 3000), change("/training/epochs", 30)),
            (Reaches("validation_accuracy", at_least=0.77, seconds=60),),
        ),
    ),
)
