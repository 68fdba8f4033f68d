"""Dates in words become dates in figures."""

from typing import Any

from app.experiment.experiment import VERSION
from app.experiment.presets.preset import Document, Preset, Reaches, Variant, change

EXACT = "test_written_exact"
EMBEDDING: Document = {"kind": "embedding", "width": 32}
READING: Document = {"kind": "gru", "units": 64, "bidirectional": True}
WRITING: Document = {"kind": "gru", "units": 128}
LOOKING: Document = {"kind": "residual", "layers": [{"kind": "cross_attention", "heads": 1}]}


def translate(dataset: Document, **others: Any) -> Document:
    """An experiment in which a GRU reads both ways, and another writes and looks back at what was read."""
    document: Document = {
        "version": VERSION,
        "seed": 0,
        "dataset": dataset,
        "task": {"kind": "translation", "memory": 128},
        "networks": {
            "encoder": {"layers": [EMBEDDING, READING], "head": False},
            "decoder": {"layers": [EMBEDDING, WRITING, LOOKING, {"kind": "tanh"}]},
        },
        "loss": {"kind": "cross_entropy"},
        "optimizer": {"kind": "adam", "lr": 0.003},
        "schedule": {"kind": "cosine"},
        "training": {"batch_size": 64, "epochs": 20, "regularization": {"clip_norm": 1.0}},
    }
    return {**document, **others}


def transformer(width: int, blocks: int) -> Document:
    """Networks of Transformer blocks: those of the encoder look everywhere, those of the decoder back and at the
    memory."""
    block = {"heads": 4, "feedforward": 4 * width, "rotary": True}
    embedding = {"kind": "embedding", "width": width}
    norm = {"kind": "layer_norm"}
    return {
        "encoder": {
            "layers": [embedding, *[{"kind": "transformer_block", **block}] * blocks, norm],
            "head": False,
        },
        "decoder": {"layers": [embedding, *[{"kind": "decoder_block", **block}] * blocks, norm]},
    }


DATES_TRANSLATED = Preset(
    name="dates-translated",
    title="Dates in words",
    family="Sequences",
    summary="A GRU reads a date in words, a second one writes it in figures and looks back at the word that says it.",
    question="How does a network write down what another has read?",
    try_this="Take the cross-attention out of the decoder: it never learns what was read, and writes some date.",
    try_edits=(change("/networks/decoder/layers/2", {"kind": "identity"}),),
    experiment=translate(
        {"kind": "dates_in_words"}, training={"batch_size": 64, "epochs": 5, "regularization": {"clip_norm": 1.0}}
    ),
    variants=(
        Variant("In English", (), (Reaches(EXACT, at_least=0.97, seconds=60),)),
        Variant("In Chinese", (change("/dataset/language", "zh"),), (Reaches(EXACT, at_least=0.97, seconds=60),)),
        Variant(
            "Transformer",
            (
                change("/networks", transformer(64, 2)),
                change("/task/memory", 64),
                change("/optimizer/lr", 0.002),
                change("/training/epochs", 6),
            ),
            (Reaches(EXACT, at_least=0.97, seconds=120),),
        ),
    ),
)
