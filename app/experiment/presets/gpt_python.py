"""A small GPT that writes something like Python, letter by letter."""

from app.experiment.presets.gpt_stories import gpt
from app.experiment.presets.preset import Preset, Reaches, Variant, change
from app.experiment.presets.stories import write

GPT_PYTHON = Preset(
    name="gpt-writes-python",
    title="A small GPT writes Python",
    family="Sequences",
    summary="Two Transformer blocks learn the source of Python's library, and write something that looks like it.",
    question="What does a GPT know that counting letters does not?",
    try_this="Let the windows be 16 letters long: nothing farther can be looked at, and each letter costs more.",
    try_edits=(change("/dataset/window", 16),),
    experiment=write(
        {"kind": "python_source", "samples": 24000, "validation": 5, "test": 5}, gpt(128, 2), lr=0.003, epochs=2
    ),
    # Interpolated models (Witten-Bell) on the same letters: order 3 2.46, order 4 1.98, order 5 1.89, order 7 2.02.
    # Byte pairs of the same text: the same number of steps sees it twice as often, and a window holds twice as much.
    variants=(
        Variant("Characters", (), (Reaches("test_bits_per_character", at_most=1.89, seconds=180),)),
        Variant(
            "Byte pairs",
            (
                change("/dataset/tokenizer", {"kind": "byte_pairs", "size": 496}),
                change("/dataset/samples", 10800),
                change("/training/epochs", 4),
            ),
            (Reaches("test_bits_per_character", at_most=1.8, seconds=240),),
        ),
    ),
)
