"""The next value of waves with noise, where a straight line is as good."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, predict

NOISY_SINES = Preset(
    name="waves-with-noise",
    title="Waves with noise",
    family="Sequences",
    summary="A GRU tells the next value of two waves with noise. Linear regression does it just as well.",
    question="Does a series always need a recurrent network?",
    try_this="Take the noise away, and compare again with the simpler methods.",
    try_edits=(change("/dataset/noise", 0.0),),
    experiment=predict(
        {"kind": "sines"},
        [{"kind": "gru", "units": 32, "gives": "last"}],
        task={"kind": "forecasting"},
        optimizer={"kind": "adam", "lr": 0.005},
        schedule={"kind": "cosine"},
        training={"batch_size": 64, "epochs": 25},
    ),
    # “the same as last” has 0.296, linear regression 0.109, the noise itself 0.1
    variants=alone(Reaches("test_rmse", at_most=0.207, seconds=20)),
)
