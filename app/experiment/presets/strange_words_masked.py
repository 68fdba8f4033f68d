"""Unlabelled reviews of strange words, some of them left blank."""

from app.experiment.experiment import VERSION
from app.experiment.presets.preset import Document, Preset, Reaches, alone, change

BLOCK: Document = {"kind": "transformer_block", "heads": 4, "feedforward": 128, "rotary": True}
ENCODER: list[Document] = [{"kind": "embedding", "width": 64}, BLOCK, BLOCK, {"kind": "layer_norm"}]
START: Document = {"kind": "xavier_uniform"}

STRANGE_WORDS_MASKED = Preset(
    name="strange-words",
    title="Strange words",
    family="Sequences",
    summary="A small BERT fills in words of reviews that nobody has labelled, and sorts 200 words that it never met.",
    question="What does a word mean that nobody explains?",
    try_this="Let half of the remarks say it by “not” and the opposite: then the other words tell nothing.",
    try_edits=(change("/dataset/negation", 0.5),),
    experiment={
        "version": VERSION,
        "seed": 0,
        "dataset": {"kind": "strange_words", "samples": 6000, "fewest": 6, "most": 8, "negation": 0.0},
        "task": {"kind": "masked_language_model", "masked": 0.3},
        "networks": {"main": {"layers": ENCODER, "initializer": START}},
        "loss": {"kind": "cross_entropy"},
        "optimizer": {"kind": "adam", "lr": 0.003},
        "schedule": {"kind": "cosine"},
        "training": {"batch_size": 32, "epochs": 8},
    },
    # The least there is: (ln 8 + ln 120) / 2 = 3.43. Without knowing praise from blame: (ln 8 + ln 240) / 2 = 3.78
    variants=alone(Reaches("test_loss", at_most=3.55, seconds=60)),
)
