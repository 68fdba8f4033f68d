"""What a page shows of a dataset before anything is trained: points, rows or pictures, split, balance, statistics."""

import math
from typing import Any

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.line import LineDataset
from app.parts.datasets.on_plane import HALF_SIDE, PlaneDataset
from app.parts.datasets.prepared import Prepared
from app.parts.shapes import Channelled, Features, Image, Mask, Series, Tokens

MOST_POINTS, MOST_ROWS, MOST_PICTURES, LEAST_PICTURES = 5000, 200, 60, 12
MOST_NUMBERS = 100_000  # of all pictures or series that are listed; of larger ones fewer are
FEW_SAMPLES = 200  # that a thumbnail is made from
FEW_PICTURES, FEW_LARGE_PICTURES, FEW_SERIES, FEW_LINES = 9, 4, 4, 5  # that a thumbnail shows
LARGE = 16  # pixels of a side; larger pictures would be too small to be told apart, nine of them
DIGITS = 4  # significant, of a number that is drawn or read
ALL_DIGITS = 7  # of a cell in an own table, which is shown as its owner wrote it; float32 has no more
SPLITS = ("train", "validation", "test")
CURVE_POINTS = 200


def preview(dataset: Dataset, prepared: Prepared, most: int | None = None) -> dict[str, Any]:
    """A JSON object, of at most so many samples.

    `rows` are the numbers of the listed samples; `split` is 0 train, 1 validation, 2 test for each.
    A row of one's own table has a number for each of its chosen columns, null where the cell is empty. Pictures come as
    a flat list of 0..255 for each sample, channel by channel, series as a flat list of numbers; `shape` says their
    sizes. Tokens are numbers, and `vocabulary` says how each is written, `target_vocabulary` those of targets with
    tokens of their own; `tokenizer` is what was learned to cut a text by, where something was; `entropy` are the bits
    per letter of a text whose rules are known; `sound` says how series are heard. The target of a mask is a flat list
    of class numbers, and its `balance` counts pixels.
    `range` is that of the axes, of points on the plane or a line; `target_range` that of numbers to be predicted. A
    line has `domain`, where there are samples, and `truth`, the curve without noise.
    """
    rows = _listed(dataset, prepared)[:most]
    sound = dataset.sound()
    targets = prepared.targets
    number = isinstance(dataset.target(), Features)  # to be predicted, no class
    described = {
        "group": shown_as(dataset),
        "size": len(prepared.raw),
        "shape": dataset.inputs().as_drawn(),
        "names": dataset.input_names(),
        "classes": _classes(dataset),
        "vocabulary": prepared.vocabulary(dataset),
        "target_vocabulary": dataset.target_vocabulary(),
        "tokenizer": _tokenizer(prepared),
        "entropy": dataset.entropy(),
        "sound": sound._asdict() if sound else None,
        "balance": _balance(dataset, prepared),
        "rows": rows.tolist(),
        "raw": listed(dataset, prepared.raw[rows]),
        "targets": _rounded(targets[rows, 0], ALL_DIGITS) if number else flat_masks(targets[rows]),
        "split": _split(prepared)[rows].tolist(),
        "mislabelled": prepared.mislabelled[rows].tolist(),
        "range": None,
        "target_range": _rounded(np.array([targets.min(), targets.max()])) if number else None,
        "statistics": _statistics(dataset, prepared),
    }
    if isinstance(dataset, PlaneDataset):
        described["range"] = [-HALF_SIDE, HALF_SIDE]
    if isinstance(dataset, LineDataset):
        x = np.linspace(*dataset.shown, CURVE_POINTS)
        described["range"] = list(dataset.shown)
        described["domain"] = list(dataset.domain)
        described["truth"] = {"x": _rounded(x), "y": _rounded(dataset.truth(x))}
    return described


def for_thumbnail(kind: type[Dataset]) -> Dataset:
    """The dataset that stands for its kind where one is chosen: as it is at first, but of few samples."""
    most = kind.model_json_schema()["properties"].get("samples", {}).get("maximum", 0)
    return kind.model_validate({"samples": FEW_SAMPLES} if most > FEW_SAMPLES else {})


def thumbnail(dataset: Dataset, prepared: Prepared) -> dict[str, Any]:
    """A `preview` of no more pictures or series than a small picture of the dataset has room for."""
    match dataset.inputs():
        case Series():
            return preview(dataset, prepared, FEW_SERIES)
        case Tokens():
            return preview(dataset, prepared, FEW_LINES)
        case Image() as image:
            return preview(dataset, prepared, FEW_LARGE_PICTURES if image.height > LARGE else FEW_PICTURES)
        case _:
            return preview(dataset, prepared)


def shown_as(dataset: Dataset) -> str:
    """How a page draws it: the group it stands in, which for one's own data does not say it."""
    if isinstance(dataset.inputs(), Channelled):
        return "series" if isinstance(dataset.inputs(), Series) else "picture"
    if isinstance(dataset.inputs(), Tokens):
        return "sequence"
    return "table" if dataset.by_column else type(dataset).group


def _listed(dataset: Dataset, prepared: Prepared) -> Array:
    count = len(prepared.raw)
    if isinstance(dataset.inputs(), Tokens):
        return np.arange(min(count, MOST_ROWS, max(MOST_NUMBERS // dataset.inputs().numbers, LEAST_PICTURES)))
    if not isinstance(dataset.inputs(), Channelled):
        return np.arange(min(count, MOST_ROWS if shown_as(dataset) == "table" else MOST_POINTS))
    numbers = dataset.inputs().numbers + (dataset.target().numbers if isinstance(dataset.target(), Mask) else 0)
    most = min(max(MOST_NUMBERS // numbers, LEAST_PICTURES), MOST_PICTURES)
    return even_choice(prepared.targets, most)


def even_choice(targets: Array, most: int) -> Array:
    """At most so many row numbers: the first of each class in turn, so that all are seen; without classes the first."""
    rank = np.arange(len(targets))
    if targets.ndim > 1:
        return rank[:most]
    for label in np.unique(targets):
        own = np.flatnonzero(targets == label)
        rank[own] = np.arange(len(own))
    return np.lexsort([targets, rank])[:most]


def listed(dataset: Dataset, raw: Array) -> list[Any]:
    """Raw samples as JSON: pictures as flat lists of 0..255, numbers with as many digits as are read."""
    flat = raw.reshape(len(raw), -1)
    if isinstance(dataset.inputs(), Image):
        return np.round(np.clip(flat, 0, 1) * 255).astype(int).tolist()
    digits = ALL_DIGITS if dataset.by_column else DIGITS
    return [_rounded(row, digits) for row in flat]


def flat_masks(targets: Array) -> list[Any]:
    """Class numbers (n,) as they are, masks (n, h, w) as one flat list for each sample."""
    return targets.reshape(len(targets), -1).tolist() if targets.ndim > 2 else targets.tolist()


def _split(prepared: Prepared) -> Array:
    split = np.zeros(len(prepared.raw), int)
    split[prepared.validation], split[prepared.test] = 1, 2
    return split


def _balance(dataset: Dataset, prepared: Prepared) -> dict[str, list[int]]:
    count = len(_classes(dataset))
    if not count:
        return {}
    rows = (prepared.train, prepared.validation, prepared.test)
    targets, filled = prepared.targets, prepared.padding
    counts = ~filled if filled.shape == targets.shape else np.ones(targets.shape, bool)
    return {
        name: np.bincount(targets[own][counts[own]], minlength=count).tolist()
        for name, own in zip(SPLITS, rows, strict=True)
    }


def _classes(dataset: Dataset) -> list[str]:
    return dataset.target().class_names


def _statistics(dataset: Dataset, prepared: Prepared) -> list[dict[str, float | None]]:
    if not dataset.input_names():
        return []
    columns = prepared.filled(dataset, prepared.raw[prepared.train]).T
    return [
        dict(zip(("mean", "spread", "low", "high"), _rounded(numbers), strict=True))
        for numbers in np.array([[column.mean(), column.std(), column.min(), column.max()] for column in columns])
    ]


def _tokenizer(prepared: Prepared) -> dict[str, Any] | None:
    """How many tokens were learned, how many letters one has in this text, and which share is unknown."""
    learned = prepared.learned
    if learned is None:
        return None
    letters = float(learned.lengths[prepared.inputs[:MOST_ROWS].ravel()].mean())
    return {**learned.described(), "letters": round(letters, 2)}


def _rounded(numbers: Array, digits: int = DIGITS) -> list[float | None]:
    return [None if math.isnan(number) else float(f"{number:.{digits}g}") for number in numbers.tolist()]
