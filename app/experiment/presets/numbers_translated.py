"""Numbers in words become digits."""

from app.experiment.presets.dates_translated import translate
from app.experiment.presets.preset import Preset, Reaches, Variant, change

NEARLY_ALL = Reaches("test_written_exact", at_least=0.97, seconds=60)

NUMBERS_TRANSLATED = Preset(
    name="numbers-translated",
    title="Numbers in words",
    family="Sequences",
    summary="Two GRUs and attention read numbers in words and write their digits, with all the zeros that nobody says.",
    question="Can a network learn what a word is worth by where it stands?",
    try_this="Turn the direction round: now it reads digits, and writes words.",
    try_edits=(change("/dataset/direction", "to_words"),),
    experiment=translate({"kind": "numbers_in_words"}),
    variants=(
        Variant("In English", (), (NEARLY_ALL,)),
        Variant(
            "In Chinese",
            (change("/dataset/language", "zh"), change("/dataset/digits", 9)),
            (NEARLY_ALL,),
        ),
    ),
)
