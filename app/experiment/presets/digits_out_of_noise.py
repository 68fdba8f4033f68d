"""Digits drawn from random codes, and a code that tells nothing any more."""

from app.experiment.presets.preset import Fails, Preset, Reaches, Variant, change, dense, reconstruct

VAE = {"kind": "variational_autoencoder", "code": 8, "spread": 0.3}
LEARNING = {"optimizer": {"kind": "adam", "lr": 0.002}, "training": {"batch_size": 64, "epochs": 150}}

DIGITS_OUT_OF_NOISE = Preset(
    name="digits-out-of-noise",
    title="Digits out of noise",
    family="Generating",
    summary="A decoder draws new digits from random numbers: the encoder was made to write its codes like those.",
    question="Why can an autoencoder not draw new samples, and this one can?",
    try_this="Let the code cost eight times as much (β 8): every number falls silent, and all digits become one.",
    try_edits=(change("/task/beta", 8.0),),
    experiment=reconstruct(VAE, dense(256, 256, activation="gelu"), pixels=8, **LEARNING),
    variants=(
        Variant(
            "β 1",
            (),
            (
                Reaches("validation_active_units", at_least=4),
                Reaches("validation_r2", at_least=0.7),
                Reaches("validation_confident", at_least=0.65),
                Reaches("validation_classes_reached", at_least=1),
            ),
        ),
        Variant(
            "β 8: the posterior collapses",
            (change("/task/beta", 8.0),),
            (
                Fails("fault"),
                Reaches("validation_active_units", at_most=0),
                Reaches("validation_r2", at_most=0.05),
                Reaches("validation_classes_reached", at_most=0.1),
            ),
        ),
    ),
)
