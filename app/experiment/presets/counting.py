"""An LSTM that counts."""

from app.experiment.presets.preset import Document, Preset, Reaches, alone, change, predict


def tag(dataset: Document, layers: list[Document], **others: Document) -> Document:
    """An experiment that gives a label to each place."""
    return predict(dataset, layers, task={"kind": "tagging"}, loss={"kind": "cross_entropy"}, **others)


COUNTING = Preset(
    name="counting",
    title="Ten units count",
    family="Sequences",
    summary="Ten LSTM units read words such as aaabbb and say when they end, up to twice as long as any they learned.",
    question="Can a network count?",
    try_this="Take a GRU: without a cell to count in, it is wrong about all of the longest words.",
    try_edits=(change("/networks/main/layers/1/kind", "gru"),),
    experiment=tag(
        {"kind": "counting"},
        [{"kind": "embedding", "width": 4}, {"kind": "lstm", "units": 10}],
        optimizer={"kind": "adam", "lr": 0.01},
        training={
            "batch_size": 5,
            "epochs": 700,
            "early_stopping": {"patience": 200},
            "regularization": {"clip_norm": 1.0},
        },
    ),
    # It learns words of up to 20 of each; those of 21 to 30 choose the best weights, those of 31 to 40 test.
    variants=alone(Reaches("test_exact", at_least=1.0, seconds=15)),
)
