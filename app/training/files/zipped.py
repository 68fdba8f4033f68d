"""A zip of folders of pictures: gone through without writing any of it to disk, and without believing what it says."""

import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from app.parts.datasets.dataset import Array
from app.parts.datasets.own_pictures import LARGEST_SIDE, LONGEST_CLASS, MOST_CLASSES, MOST_PICTURES
from app.parts.problem import Problem
from app.training.files.encoding import NARROW_IN_ZIPS, likely_encodings
from app.training.files.file_kinds import HEAD, foreign_format
from app.training.files.levels import chosen_level, label_of, levels_of
from app.training.files.picture import TOO_LARGE, TOO_MANY, Budget, pixels_of
from app.uploads.names import clean_name

LARGEST_ENTRY = 60_000_000  # bytes of one picture's file
PLAUSIBLE, RATIO = 10_000_000, 200  # a larger file is not believed to have shrunk by more than so many times
MOST_UNPACKED = 500_000_000  # bytes of all files together
MOST_KEPT = 200_000_000  # bytes of small pixels
KEPT_SIDES = (LARGEST_SIDE, 96, 64, 48, 32)
UTF8_NAME = 0x800  # flag of an entry whose name is in UTF-8
HIDDEN = ("__MACOSX", "Thumbs.db", "desktop.ini")

BOMB = "Unpacked, this zip is larger than the {most} MB that are allowed. Pack fewer or smaller pictures."
LOCKED = "This zip is locked with a password. Pack it without one."
DAMAGED = "This zip is damaged, or only a part of one. Pack it again."
NO_KNOWN_FORMAT = (
    "The pictures in this zip are in a format that cannot be opened here, such as {name}. Save them as JPEG."
)
# Why a file in a zip was left out, and how many there were.
LEFT_OUT = {
    "damaged": "Left out because they are no pictures that can be opened: {count}, such as {name}.",
    "format": "Left out because they are in a format that cannot be opened here: {count}, such as {name}.",
    "too_large": "Left out because they have too many pixels: {count}, such as {name}.",
    "no_folder": "Left out because they lie in no folder and so belong to no class: {count}, such as {name}.",
    "outside": "Left out because their names lead out of the zip: {count}, such as {name}.",
    "link": "Left out because they are links and no files: {count}, such as {name}.",
    "bomb": "Left out because they unpack to far more than a picture is: {count}, such as {name}.",
    "archive": "Left out because they are archives within the zip: {count}, such as {name}.",
}


@dataclass
class Found:
    """What was in a zip: pictures with the names of their classes, and what was left out for which reason."""

    pictures: list[tuple[str, Array]] = field(default_factory=list[tuple[str, Array]])
    levels: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])  # see `app.training.files.levels`
    level: int | None = None  # the one whose folders are the classes
    left_out: Counter[str] = field(default_factory=Counter[str])
    examples: dict[str, str] = field(default_factory=dict[str, str])

    def skip(self, reason: str, name: str) -> None:
        """Counts a file that is left out."""
        self.left_out[reason] += 1
        self.examples.setdefault(reason, clean_name(name, 60))

    def warnings(self) -> list[Problem]:
        """What a person is told of it."""
        return [
            Problem(LEFT_OUT[reason], count=count, name=f"“{self.examples[reason]}”")
            for reason, count in self.left_out.items()
        ]


def pictures_in(file: Path, level: int | None = None) -> Found:
    """All pictures of a zip; a folder that they lie in is their class: that at `level`, if a person says so.

    Raises `Problem`.
    """
    found = Found()
    try:
        with zipfile.ZipFile(file) as archive:
            entries = _entries(archive, found)
            side = next((kept for kept in KEPT_SIDES if len(entries) * kept**2 * 3 <= MOST_KEPT), KEPT_SIDES[-1])
            budget = Budget()
            folders = [PurePosixPath(name).parent.parts for name, _ in entries]
            found.levels = levels_of(folders)
            found.level = chosen_level(found.levels, level)
            for name, content in _contents(archive, entries, found):
                _take(found, name, content, side, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise Problem(DAMAGED) from None
    labels = len({label for label, _ in found.pictures})
    if labels > MOST_CLASSES:
        raise Problem(
            "There are {count} folders with pictures, but at most {most} classes.", count=labels, most=MOST_CLASSES
        )
    if not found.pictures:
        if found.left_out["no_folder"]:
            raise Problem("The pictures lie in no folder. Put those of each class into a folder that has its name.")
        if found.left_out["format"]:
            raise Problem(NO_KNOWN_FORMAT, name=f"“{found.examples['format']}”")
        raise Problem("There are no pictures in this zip that can be opened.")
    return found


def _entries(archive: zipfile.ZipFile, found: Found) -> list[tuple[str, zipfile.ZipInfo]]:
    """The files that may be pictures, each with its whole name."""
    listed = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(listed) > MOST_PICTURES:
        raise Problem(
            "{count} files are in this zip, but at most {most} fit in here.", count=len(listed), most=MOST_PICTURES
        )
    names = _names(listed)
    entries: list[tuple[str, zipfile.ZipInfo]] = []
    for entry, name in zip(listed, names, strict=True):
        path = PurePosixPath(name.replace("\\", "/"))
        if any(part in HIDDEN or (part.startswith(".") and part != "..") for part in path.parts):
            continue  # what systems put in beside the pictures
        if entry.flag_bits & 1:
            raise Problem(LOCKED)
        if ".." in path.parts or path.is_absolute() or (path.parts and ":" in path.parts[0]):
            found.skip("outside", name)
        elif stat.S_ISLNK(entry.external_attr >> 16):
            found.skip("link", name)
        elif path.suffix.lower() in (".zip", ".rar", ".7z", ".gz", ".tar"):
            found.skip("archive", name)
        else:
            entries.append((str(path), entry))
    return entries


def _names(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Names as they were meant: those without the mark of UTF-8 may be in any encoding, the same for all of a zip."""
    raw = [entry.filename.encode("cp437", "replace") for entry in entries if not entry.flag_bits & UTF8_NAME]
    encoding = "cp437"
    if not b"".join(raw).isascii():
        with suppress(Problem):
            parts = b"\n".join(sorted({part for name in raw for part in name.split(b"/")}))
            encoding = likely_encodings(parts, NARROW_IN_ZIPS)[0]
    return [
        entry.filename
        if entry.flag_bits & UTF8_NAME
        else entry.filename.encode("cp437", "replace").decode(encoding, "replace")
        for entry in entries
    ]


def _contents(
    archive: zipfile.ZipFile, entries: list[tuple[str, zipfile.ZipInfo]], found: Found
) -> Generator[tuple[str, bytes]]:
    """The bytes of each file. Counts what really comes, whatever the zip says of it."""
    unpacked = 0
    for name, entry in entries:
        most = min(LARGEST_ENTRY, max(PLAUSIBLE, entry.compress_size * RATIO))
        try:
            with archive.open(entry) as stream:
                content = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            found.skip("damaged", name)
            continue
        unpacked += len(content)
        if unpacked > MOST_UNPACKED:
            raise Problem(BOMB, most=MOST_UNPACKED // 1_000_000)
        if len(content) > most:
            found.skip("bomb", name)
        else:
            yield name, content


def _take(found: Found, name: str, content: bytes, side: int, budget: Budget) -> None:
    label = clean_name(label_of(PurePosixPath(name).parent.parts, found.level), LONGEST_CLASS)
    if foreign := foreign_format(content[:HEAD]):
        found.skip("format", f"{name} ({foreign})")
        return
    if not label:
        found.skip("no_folder", name)
        return
    try:
        found.pictures.append((label, pixels_of(BytesIO(content), side, budget)))
    except Problem as problem:
        if problem.template == TOO_MANY:
            raise
        found.skip("too_large" if problem.template == TOO_LARGE else "damaged", name)
