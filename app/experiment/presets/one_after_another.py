"""An LSTM and a Transformer of like size: which is quicker, and where."""

from app.experiment.presets.gpt_stories import gpt
from app.experiment.presets.preset import Preset, Reaches, Variant, change
from app.experiment.presets.stories import write

ONE_AFTER_ANOTHER = Preset(
    name="one-step-after-another",
    title="Step by step, or at once",
    family="Sequences",
    summary="An LSTM reads place after place, a Transformer all at once. Train one, then ask it how long a step takes.",
    question="Is a Transformer quicker, since it reads all at once?",
    try_this="Take the Transformer, of as many parameters. Measure it as well: both stand in one plot.",
    try_edits=(change("/networks/main/layers", gpt(64, 2)),),
    experiment=write(
        {"kind": "stories", "samples": 1000, "window": 64, "validation": 10, "test": 10},
        [{"kind": "embedding", "width": 64}, {"kind": "lstm", "units": 128}],
        lr=0.005,
        epochs=4,
    ),
    # 104,925 and 103,837 parameters. On one thread the LSTM is the quicker one at each length, the more so the longer.
    variants=(
        Variant("LSTM", (), (Reaches("test_bits_per_character", at_most=0.5, seconds=30),)),
        Variant(
            "Transformer",
            (change("/networks/main/layers", gpt(64, 2)),),
            (Reaches("test_bits_per_character", at_most=0.5, seconds=40),),
        ),
    ),
)
