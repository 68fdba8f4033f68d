"""The next value of a chaotic series."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, predict

KIND = "/networks/main/layers/0/kind"
# Half of the root mean squared error of linear regression on the same windows, 0.0646; “the same as last” has 0.186.
HALF_OF_LINEAR = Reaches("test_rmse", at_most=0.0323, seconds=20)

MACKEY_GLASS = Preset(
    name="mackey-glass",
    title="The next value of chaos",
    family="Sequences",
    summary="Three recurrent networks read 32 values of a chaotic series and tell the next; then each goes on alone.",
    question="Can what never repeats be foretold?",
    try_this="Let it see only two values. What was 17 units of time ago is then out of sight.",
    try_edits=(change("/dataset/window", 2),),
    experiment=predict(
        {"kind": "mackey_glass"},
        [{"kind": "rnn", "units": 32, "gives": "last"}],
        task={"kind": "forecasting"},
        optimizer={"kind": "adam", "lr": 0.01},
        schedule={"kind": "cosine"},
        training={"batch_size": 64, "epochs": 60},
    ),
    variants=(
        Variant("RNN", (), (HALF_OF_LINEAR,)),
        Variant("LSTM", (change(KIND, "lstm"),), (HALF_OF_LINEAR,)),
        Variant("GRU", (change(KIND, "gru"),), (HALF_OF_LINEAR,)),
    ),
)
