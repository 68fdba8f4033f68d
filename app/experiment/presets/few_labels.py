"""Thirty labelled digits, and a network that has seen many without labels."""

from app.experiment.presets.digits_autoencoder import DIGITS_AUTOENCODER
from app.experiment.presets.preset import After, Preset, Reaches, Variant, change, classify, dense

FROZEN = change("/networks/main/layers/1/frozen", True)

FEW_LABELS = Preset(
    name="few-labels",
    title="Thirty labels",
    family="Generalising",
    summary="A network that has learned to draw digits again knows them a little better from thirty labels.",
    question="What are pictures worth that nobody has labelled?",
    try_this="Freeze the layer that the autoencoder has learned, or here a layer of random weights: only the output"
    " learns, and that does nearly as well.",
    try_edits=(FROZEN,),
    experiment=classify(
        {"kind": "digits", "samples": 300, "validation": 10, "test": 80, "seed": 1},  # 30 are left to learn from
        [{"kind": "flatten"}, *dense(256, activation="gelu")],
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "adam", "lr": 0.003},
        training={"batch_size": 16, "epochs": 100},
    ),
    variants=(
        Variant("From drawn weights", (), (Reaches("test_accuracy", at_most=0.84, seconds=10),)),
        Variant(
            "Begun from the autoencoder",
            (FROZEN,),
            (Reaches("test_accuracy", at_least=0.85, seconds=10),),
            started=True,
        ),
    ),
    after=After(DIGITS_AUTOENCODER.name, {"main": "encoder"}),
)
