"""Remembering a number over fifty others."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, predict

FIRST = "/networks/main/layers/0"
REMEMBERS = Reaches("test_loss", at_most=0.01, seconds=60)
FORGETS = Reaches("test_loss", at_least=0.14, seconds=60)  # always answering 1 has 0.167
SLOWLY = change("/optimizer/lr", 0.001)
HUNDRED = change("/dataset/length", 100)
SOON = change("/training/epochs", 12)  # a GRU has learned by then, an LSTM has not yet
IDENTITY = (
    change(f"{FIRST}/kind", "rnn"),
    change(f"{FIRST}/nonlinearity", "relu"),
    change(f"{FIRST}/start", "identity"),
    SLOWLY,
)

ADDING_PROBLEM = Preset(
    name="adding-two-of-fifty",
    title="Adding two of fifty",
    family="Sequences",
    summary="Two of fifty numbers are marked: what is their sum? LSTM and GRU remember, a plain RNN does not.",
    question="Why are there gates?",
    try_this="Make the rows 150 numbers long, and see who still finds the way back to the first mark.",
    try_edits=(change("/dataset/length", 150),),
    experiment=predict(
        {"kind": "adding", "samples": 5000, "length": 50},
        [{"kind": "lstm", "units": 32, "gives": "last"}],
        optimizer={"kind": "adam", "lr": 0.01},
        schedule={"kind": "cosine"},
        training={"batch_size": 32, "epochs": 25, "regularization": {"clip_norm": 1.0}},
    ),
    variants=(
        Variant("LSTM", (), (REMEMBERS,)),
        Variant("GRU", (change(f"{FIRST}/kind", "gru"),), (REMEMBERS,)),
        Variant("RNN", (change(f"{FIRST}/kind", "rnn"), SLOWLY), (FORGETS,)),
        Variant("RNN with ReLU, started from the identity", IDENTITY, (REMEMBERS,)),
        Variant("LSTM, over a hundred numbers", (HUNDRED, change(f"{FIRST}/units", 64)), (REMEMBERS,)),
        Variant("GRU, over a hundred numbers", (HUNDRED, SOON, change(f"{FIRST}/kind", "gru")), (REMEMBERS,)),
        Variant("RNN, over a hundred numbers", (HUNDRED, SOON, change(f"{FIRST}/kind", "rnn"), SLOWLY), (FORGETS,)),
        Variant("RNN with ReLU, over a hundred numbers", (HUNDRED, *IDENTITY), (REMEMBERS,)),
    ),
)
