"""Raw columns against standardised ones."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, classify, dense

BREAST_CANCER_SCALES = Preset(
    name="breast-cancer-standardised",
    title="Raw against standardised",
    family="Real data",
    summary="Thirty measures of a tumour, some below 0.1 and some above 1000: raw, the largest drown all others.",
    question="Why are inputs standardised?",
    try_this="Switch Standardise on and train again.",
    try_edits=(change("/dataset/standardize", True),),
    experiment=classify(
        {"kind": "breast_cancer", "standardize": False},
        dense(16),
        optimizer={"kind": "sgd", "lr": 0.03},
        training={"batch_size": 16, "epochs": 50},
    ),
    variants=(
        Variant("Raw", (change("/dataset/standardize", False),), (Reaches("train_accuracy", at_most=0.93),)),
        Variant(
            "Standardised",
            (change("/dataset/standardize", True),),
            (Reaches("test_accuracy", at_least=0.95, seconds=20),),
        ),
    ),
)
