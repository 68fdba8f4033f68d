"""The example table as someone sends it, read by the reader of own tables: with the column that gives the answer away,
and without it."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

from app.experiment.presets import Preset, Reaches, Variant
from app.experiment.presets.preset import change, classify, dense
from app.training.files.ingest import ingest
from app.uploads.example import passengers
from app.uploads.uploads import Uploads

CLEARLY = 0.15  # above always saying the more frequent answer
LEAK = "lifeboat"


def passengers_preset(data: Path) -> Preset:
    """Two runs on the table, which is put below `data` as an upload. What it promises is counted in the table."""
    dataset = sent(data)
    honest = [name for name in dataset["input_columns"] if name != LEAK]
    return Preset(
        name="passengers",
        title="Passengers, as an own table",
        family="Real data",
        summary="Who was saved follows from sex, class and age; who sat in a lifeboat is known only afterwards.",
        question="Why can a column be too good?",
        try_this="Leave the lifeboat out.",
        try_edits=(change("/dataset/input_columns", honest),),
        experiment=classify(
            {**dataset, "input_columns": honest},
            [*dense(16, activation="relu"), {"kind": "dropout", "p": 0.2}, *dense(8, activation="relu")],
            loss={"kind": "cross_entropy"},
            optimizer={"kind": "adamw", "lr": 0.003},
            training={"batch_size": 32, "epochs": 60},
        ),
        variants=(
            Variant(
                "Without the lifeboat",
                (),
                (Reaches("test_accuracy", at_least=round(majority() + CLEARLY, 3), seconds=30),),
            ),
            Variant(
                "With it: the answer leaks",
                (change("/dataset/input_columns", [*honest, LEAK]),),
                (Reaches("test_accuracy", at_least=0.96, seconds=30),),
            ),
        ),
    )


def sent(data: Path) -> dict[str, Any]:
    """The dataset part that comes back for the table."""
    uploads = Uploads(data)
    folder = uploads.create()
    folder.received().write_text(passengers(), "utf-8")
    found = ingest(data, {"upload": folder.id, "part": ""})
    uploads.label(folder, "local", "passengers.csv")
    return found["dataset"]


def majority() -> float:
    """The share of the more frequent answer."""
    answers = [row["survived"] for row in csv.DictReader(StringIO(passengers()))]
    return max(answers.count(answer) for answer in set(answers)) / len(answers)
