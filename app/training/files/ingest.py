"""What becomes of a file that somebody sent: read in a worker, stored in our own form, and described for the page."""

import json
from pathlib import Path
from typing import Any

from app.parts.datasets.own_pictures import (
    LONGEST_CLASS,
    MOST_CLASSES,
    MOST_PICTURES,
    OwnPictures,
    PictureClass,
)
from app.parts.problem import Problem
from app.runs.folder import write_whole
from app.training.files.file_kinds import form_of
from app.training.files.kept_text import read_text
from app.training.files.picture import pixels_of
from app.training.files.shelf import PictureShelf
from app.training.files.tables import read_table
from app.training.files.telling import told
from app.training.files.zipped import MOST_KEPT, Found, pictures_in
from app.uploads.folder import GONE, UploadFolder
from app.uploads.names import clean_name
from app.uploads.reading import FileReading

# What a file of text can be read as, by the kind of the dataset; the first where nobody says it.
READERS = {"own_table": read_table, "own_text": read_text}
FEW = 10  # pictures of a class, below which a hint is given


def ingest(data: Path, question: dict[str, Any]) -> dict[str, Any]:
    """Reads what was received for an upload; stores and gives what is said of it. Raises `Problem`.

    `question` has `upload` and `part` (which of the received files), and what the person said: `dataset` (the kind it
    is meant to be), `class` (of a single picture), `encoding` and `delimiter` (of a table), and `reading`, the rest of
    how it is to be read.
    """
    folder = UploadFolder.of(data, question["upload"])
    received = folder.received(question["part"])
    meant = question.get("dataset")
    form = form_of(received, plain=meant == "own_text")
    kinds = tuple(READERS) if form == "text" else ("own_pictures",)
    meant = meant or kinds[0]
    if meant not in kinds:
        if form == "text":
            raise Problem("This is text and no picture, so it cannot be added to pictures.", place="/file")
        raise Problem("These are pictures and no table. A table is sent as CSV.", place="/file")
    if form == "text":
        return _written(folder, READERS[meant](folder, received, question))
    level = FileReading.model_validate(question.get("reading") or {}).level
    return _add_pictures(folder, received, form, question.get("class", ""), level)


def _written(folder: UploadFolder, about: dict[str, Any]) -> dict[str, Any]:
    write_whole(folder.about_file, json.dumps(about, ensure_ascii=False, allow_nan=False).encode(), lasting=True)
    return about


def _add_pictures(folder: UploadFolder, received: Path, form: str, label: str, level: int | None) -> dict[str, Any]:
    """Puts pictures behind those that are there. The lock is held until the new ones are stored and described."""
    if form == "zip":
        found = pictures_in(received, level)
    else:
        name = clean_name(label, LONGEST_CLASS)
        if not name:
            raise Problem("Say which class this picture belongs to.", place="/class")
        with received.open("rb") as file:
            found = Found([(name, pixels_of(file))])
    with folder.lock():
        if not folder.path.is_dir():
            raise Problem(GONE)
        shelf = PictureShelf.of(folder) or PictureShelf()
        shelf.add(found.pictures)
        if len(shelf.names) > MOST_CLASSES:
            raise Problem(
                "There are {count} classes, but at most {most} fit in here.", count=len(shelf.names), most=MOST_CLASSES
            )
        if len(shelf.classes) > MOST_PICTURES or len(shelf.pixels) > 2 * MOST_KEPT:
            raise Problem("No more pictures fit into this set. Begin another one.")
        shelf.save(folder)
        return _written(folder, _about_pictures(folder.id, shelf, found))


def _about_pictures(upload: str, shelf: PictureShelf, found: Found) -> dict[str, Any]:
    classes = [PictureClass(name=name, count=count) for name, count in shelf.counts()]
    largest = int(shelf.sizes.max())
    side = 32 if largest >= 32 else max(largest, 8)
    dataset = OwnPictures(upload=upload, classes=classes, side=side, colour=shelf.channels == 3)
    warnings = found.warnings()
    if len(classes) < 2:
        warnings.append(Problem("There is only one class yet. Add pictures of another one before you train."))
    rare = [class_ for class_ in classes if class_.count < FEW]
    if rare:
        warnings.append(
            Problem(
                "There are only {count} pictures of {name}. Twenty of each class are a start.",
                count=rare[0].count,
                name=f"“{rare[0].name}”",
            )
        )
    return {
        "kind": "own_pictures",
        "dataset": dataset.model_dump(mode="json"),
        "classes": [class_.model_dump() for class_ in classes],
        "count": sum(class_.count for class_ in classes),
        "colour": shelf.channels == 3,
        "largest_side": largest,
        "levels": found.levels,
        "level": found.level,
        "warnings": [told(warning) for warning in warnings],
    }
