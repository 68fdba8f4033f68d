"""A small BERT that fills in words."""

from app.experiment.experiment import VERSION
from app.experiment.presets.preset import Document, Preset, Reaches, alone, change

BLOCK: Document = {"kind": "transformer_block", "heads": 4, "feedforward": 128, "rotary": True}
LAYERS: list[Document] = [{"kind": "embedding", "width": 64}, BLOCK, BLOCK, {"kind": "layer_norm"}]

MASKED_WORDS = Preset(
    name="bert-fills-in-words",
    title="A small BERT fills in words",
    family="Sequences",
    summary="Words of reviews are left blank, and two Transformer blocks that look both ways tell them.",
    question="What is learned from texts that nobody has labelled?",
    try_this="Let both blocks look backwards only: a word behind the blank no longer helps.",
    try_edits=(change("/networks/main/layers/1/causal", True), change("/networks/main/layers/2/causal", True)),
    experiment={
        "version": VERSION,
        "seed": 0,
        "dataset": {"kind": "reviews", "samples": 4000},
        "task": {"kind": "masked_language_model"},
        "networks": {"main": {"layers": LAYERS}},
        "loss": {"kind": "cross_entropy"},
        "optimizer": {"kind": "adam", "lr": 0.003},
        "schedule": {"kind": "cosine"},
        "training": {"batch_size": 32, "epochs": 12},
    },
    variants=alone(Reaches("test_token_accuracy", at_least=0.65, seconds=40)),
)
