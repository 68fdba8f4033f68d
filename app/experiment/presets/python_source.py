"""An LSTM that writes something like Python, letter by letter."""

from app.experiment.presets.preset import Preset, Reaches, alone, change
from app.experiment.presets.stories import write

PYTHON_SOURCE = Preset(
    name="lstm-writes-python",
    title="An LSTM writes Python",
    family="Sequences",
    summary="Letter by letter an LSTM learns the source of Python's library, and writes something that looks like it.",
    question="How far does one get by always guessing the next letter?",
    try_this="Give it a sixth of the units, and read what it writes then.",
    try_edits=(change("/networks/main/layers/1/units", 40),),
    experiment=write(
        {"kind": "python_source", "samples": 12000, "validation": 5, "test": 5},
        [{"kind": "embedding", "width": 32}, {"kind": "lstm", "units": 256}],
        lr=0.004,
        epochs=1,
    ),
    # A tenth under an interpolated model of order 3 on the same letters (2.78); order 5 has 2.51, order 7 2.72.
    variants=alone(Reaches("test_bits_per_character", at_most=2.50, seconds=90)),
)
