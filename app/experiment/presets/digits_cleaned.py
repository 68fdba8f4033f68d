"""Digits drawn clean again, out of heavy noise."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, dense, reconstruct

DIGITS_CLEANED = Preset(
    name="digits-cleaned",
    title="Digits, cleaned",
    family="Generating",
    summary="Noise of 0.4 on pixels of 0 to 1, taken away: the best linear map is off by 0.174, this network by less.",
    question="How does a network know what is noise and what is ink?",
    try_this="Double the noise, and see which digits are taken for others.",
    try_edits=(change("/task/noise", 0.8),),
    experiment=reconstruct(
        {"kind": "denoising_autoencoder", "code": 32, "noise": 0.4},
        dense(256, activation="gelu"),
        pixels=8,
        optimizer={"kind": "adam", "lr": 0.002},
        training={"batch_size": 64, "epochs": 200, "averaging": 0.99},
    ),
    variants=alone(Reaches("test_rmse", at_most=0.155, seconds=30)),
)
