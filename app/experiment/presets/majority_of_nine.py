"""The majority of nine symbols."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, classify, dense

MAJORITY_OF_NINE = Preset(
    name="majority",
    title="The majority of nine",
    family="Sequences",
    summary="Nine symbols, A or B: an embedding gives each a meaning, and a dense network counts the votes.",
    question="How does a network read symbols that are no numbers?",
    try_this="Give each symbol a single number, and see whether that is enough to count votes.",
    try_edits=(change("/networks/main/layers/0/width", 1),),
    experiment=classify(
        {"kind": "majority"},
        [{"kind": "embedding", "width": 4}, {"kind": "flatten"}, *dense(32, activation="relu")],
        optimizer={"kind": "adam", "lr": 0.01},
        training={"batch_size": 32, "epochs": 100, "regularization": {"l2": 0.003}},
    ),
    variants=alone(Reaches("validation_accuracy", at_least=0.99, seconds=20)),
)
