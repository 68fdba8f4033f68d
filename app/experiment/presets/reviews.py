"""Opinions in which the order of the words decides."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, classify

KIND = "/networks/main/layers/1/kind"
ALL_BUT_TWO = Reaches("test_accuracy", at_least=0.98, seconds=15)

REVIEWS = Preset(
    name="good-or-bad",
    title="Good or bad?",
    family="Sequences",
    summary="An embedding, an LSTM or a GRU: short reviews with “not” and “but” are told apart, word by word.",
    question="Is it enough to know which words occur?",
    try_this="Take the recurrent layer out: what is left is a bag of words, and it can only guess.",
    try_edits=(change("/networks/main/layers", [{"kind": "embedding", "width": 32}, {"kind": "mean_over_time"}]),),
    experiment=classify(
        {"kind": "reviews", "samples": 4000},
        [
            {"kind": "embedding", "width": 32},
            {"kind": "lstm", "units": 64},
            {"kind": "max_over_time"},
        ],
        optimizer={"kind": "adam", "lr": 0.003},
        schedule={"kind": "cosine"},
        training={"batch_size": 32, "epochs": 10, "like_length": True},
    ),
    variants=(
        Variant("LSTM", (), (ALL_BUT_TWO,)),
        Variant("GRU", (change(KIND, "gru"),), (ALL_BUT_TWO,)),
        Variant("In Chinese", (change("/dataset/language", "zh"),), (ALL_BUT_TWO,)),
    ),
)
