"""Three kinds of iris by four measures."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, classify, dense

IRIS_FLOWERS = Preset(
    name="iris",
    title="Iris flowers",
    family="Real data",
    summary="From four lengths in centimetres the network tells three kinds of iris apart.",
    question="Which flowers are mistaken for each other?",
    try_this="Take the hidden layer away: for this table one straight cut per kind nearly suffices.",
    try_edits=(change("/networks/main/layers", []),),
    experiment=classify(
        {"kind": "iris", "standardize": True},
        dense(8),
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "adam", "lr": 0.01},
        training={"batch_size": 10, "epochs": 100},
    ),
    variants=alone(Reaches("test_accuracy", at_least=0.93, seconds=20)),
)
