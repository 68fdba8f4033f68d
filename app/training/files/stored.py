"""A person's own tables and pictures, as they were stored when they came, made into samples."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from app.parts.datasets.columns import Column
from app.parts.datasets.dataset import Array
from app.parts.datasets.own_table import quoted
from app.parts.problem import Problem
from app.training.files.shelf import PictureShelf
from app.uploads.folder import GONE, UploadFolder, is_upload

CHANGED = "The column {column} is no longer what this experiment says of it. Choose the table anew."
ROWS_CHANGED = "The table has {count} usable rows, where this experiment says {rows}. Choose the table anew."
FEWER = "There are {count} pictures of {name}, where this experiment says {wanted}. Choose the pictures anew."


def own_table(
    data: Path | None, upload: str, columns: list[dict[str, Any]], rows: int, *, drop: bool
) -> tuple[Array, Array]:
    """Cells (n, inputs), NaN where empty, and targets (n,), for columns of which the last is the target.

    `drop` leaves out every row with an empty cell; a row without a target is always left out. Raises `Problem` where
    the table is not there, or is another one than `columns` and `rows` say.
    """
    folder = _folder(data, upload)
    about = folder.about()
    try:
        with np.load(folder.table_file) as file:
            stored = [_column(entry) for entry in (about or {})["columns"]]
            cells = np.column_stack([_cells(Column.model_validate(column), stored, file) for column in columns])
    except (FileNotFoundError, KeyError):
        raise Problem(GONE, place="/upload") from None
    empty = np.isnan(cells if drop else cells[:, -1:]).any(axis=1)
    if (~empty).sum() != rows:
        raise Problem(ROWS_CHANGED, place="/rows", count=int((~empty).sum()), rows=rows)
    return cells[~empty, :-1], cells[~empty, -1]


def own_series(
    data: Path | None, upload: str, column: str, dates: str, rows: int, *, earliest: str
) -> tuple[Array, Array]:
    """Values (rows,) of a column and the days of a column of dates since its earliest, in the order of the days;
    without dates as the rows stand, and no days (0,). An empty cell takes the value before it, or the first one.

    Raises `Problem` where the table is not there, or has no such columns.
    """
    folder = _folder(data, upload)
    about = folder.about()
    try:
        with np.load(folder.table_file) as file:
            stored = [_column(entry) for entry in (about or {})["columns"]]
            values = _cells_of(column, "number", stored, file, "")
            days = _cells_of(dates, "date", stored, file, earliest)
    except (FileNotFoundError, KeyError):
        raise Problem(GONE, place="/upload") from None
    if len(values) != rows:
        raise Problem(ROWS_CHANGED, place="/rows", count=len(values), rows=rows)
    if dates:
        order = np.argsort(days, kind="stable")
        values, days = values[order], days[order]
    known = np.flatnonzero(~np.isnan(values))
    return values[known[np.maximum(np.searchsorted(known, np.arange(rows), "right") - 1, 0)]], days


def _cells_of(name: str, kind: str, stored: list[Column], file: Any, earliest: str) -> Array:
    """The cells (n,) of a column of this type whose dates begin then; none where no name is given."""
    if not name:
        return np.zeros(0)
    wanted = (name, kind, earliest)
    number = next((at for at, column in enumerate(stored) if (column.name, column.type, column.earliest) == wanted), -1)
    if number < 0 or (kind == "date" and stored[number].missing):
        raise Problem(CHANGED, place="/column", column=quoted(name))
    return file[f"c{number}"].astype(float)


def own_pictures(
    data: Path | None, upload: str, counts: list[tuple[str, int]], side: int, *, colour: bool, fit: str
) -> tuple[Array, Array]:
    """Pictures (n, channels, side, side) uint8 and class numbers (n,): of each class the first ones that came.

    Raises `Problem` where the set is not there, or has fewer pictures.
    """
    shelf = PictureShelf.of(_folder(data, upload))
    if shelf is None:
        raise Problem(GONE, place="/upload")
    rows: list[Array] = []
    for name, wanted in counts:
        own = shelf.rows_of(name)
        if len(own) < wanted:
            raise Problem(FEWER, place="/classes", count=len(own), name=f"“{name}”", wanted=wanted)
        rows.append(own[:wanted])
    pictures = [_square(shelf.picture(row), side, colour, fit) for row in np.concatenate(rows)]
    classes = np.repeat(np.arange(len(counts)), [wanted for _, wanted in counts])
    return np.stack(pictures).transpose(0, 3, 1, 2), classes


def _folder(data: Path | None, upload: str) -> UploadFolder:
    if data is None or not is_upload(upload):
        raise Problem(GONE, place="/upload")
    return UploadFolder.of(data, upload)


def _column(described: dict[str, Any]) -> Column:
    return Column.model_validate({name: described[name] for name in Column.model_fields})


def _cells(wanted: Column, stored: list[Column], file: Any) -> Array:
    """The cells (n,) of a column as numbers, NaN where empty. Few whole numbers may be asked for as a category."""
    number = next((at for at, column in enumerate(stored) if column.name == wanted.name), -1)
    found = stored[number]
    recast = found.type == "number" and wanted.type == "category" and bool(found.values)
    if number < 0 or found != (wanted.model_copy(update={"type": "number"}) if recast else wanted):
        raise Problem(CHANGED, place="/columns", column=quoted(wanted.name))
    cells: Array = file[f"c{number}"].astype(float)
    if found.type == "category":
        return np.where(cells < 0, np.nan, cells)
    if recast:
        places = np.searchsorted(np.array(found.values, float), cells)
        return np.where(np.isnan(cells), np.nan, places)
    return cells


def _square(picture: Array, side: int, colour: bool, fit: str) -> Array:  # (h, w, 1 or 3) -> (side, side, 3 or 1)
    image = Image.fromarray(picture if picture.shape[2] == 3 else picture[:, :, 0])
    mode = "RGB" if colour else "L"
    if image.mode != mode:
        image = image.convert(mode)
    if image.width != image.height:
        image = _cropped(image) if fit == "crop" else _padded(image)
    if image.width != side:
        shrinks = image.width > side
        image = image.resize((side, side), Image.Resampling.LANCZOS if shrinks else Image.Resampling.BILINEAR)
    return np.asarray(image).reshape(side, side, -1)


def _cropped(image: Image.Image) -> Image.Image:
    short = min(image.size)
    left, top = (image.width - short) // 2, (image.height - short) // 2
    return image.crop((left, top, left + short, top + short))


def _padded(image: Image.Image) -> Image.Image:
    """With bars in the mean colour of the edge."""
    pixels = np.asarray(image).reshape(image.height, image.width, -1)
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]).mean(axis=0).round().astype(int)
    long = max(image.size)
    square = Image.new(image.mode, (long, long), tuple(edge.tolist()))
    square.paste(image, ((long - image.width) // 2, (long - image.height) // 2))
    return square
