"""What a file is, by its first bytes, and a sentence for what is neither a table nor pictures."""

import zipfile
from pathlib import Path
from typing import Literal

from app.parts.problem import Problem
from app.uploads.names import clean_name

HEAD = 1024  # bytes that are looked at
# Beginnings of pictures that can be opened.
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
PICTURE_NAMES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
ARCHIVE = "This archive cannot be opened here. Pack the pictures as zip."
HTML = (b"<!doctype", b"<html", b"<?xml", b"<svg")
NEITHER = "This file is neither a table nor a picture nor a zip of pictures, so it cannot be read."
OFFICE = "This is a document of an office program. Open it there, save the table as CSV (UTF-8), and send that."
FOREIGN = (
    (b"%PDF", "This is a PDF. A table is sent as CSV, pictures as a zip or one by one."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (b"\x1f\x8b", "This is compressed with gzip. Unpack it first, and send what is in it."),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE),
    (b"BZh91AY&SY", ARCHIVE),
)
FOREIGN_PICTURE = "This picture is in the format {format}, which cannot be opened here. Save it as JPEG or PNG."
# Beginnings of pictures that cannot be opened, and the brands of those that stand in a box of type ftyp.
FORMATS = (
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\1\0", "ICO"),
)
BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"heim": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC"} | {
    b"avif": "AVIF",
    b"avis": "AVIF",
}
TABLE_IN_ZIP = "This zip holds the table {name}. Unpack it, and send the table itself."

Form = Literal["text", "picture", "zip"]


def form_of(file: Path, *, plain: bool = False) -> Form:
    """What can be made of a file. Raises `Problem` where it is nothing that can be read here. `plain`: a text is to be
    read letter by letter, whatever its letters say to other programs."""
    with file.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        raise Problem("This file is empty.")
    for beginning, sentence in FOREIGN:
        if head.startswith(beginning):
            raise Problem(sentence)
    if foreign := foreign_format(head):
        raise Problem(FOREIGN_PICTURE, format=foreign)
    if head[4:8] == b"ftyp":
        raise Problem(NEITHER)
    if not plain:
        _demand_no_markup(head.lstrip())
    if head.startswith(ZIPS):
        return _zip(file)
    return "picture" if is_picture(head) else "text"


def _demand_no_markup(head: bytes) -> None:
    if head[:9].lower().startswith(HTML):
        raise Problem("This is a web page or a drawing in XML, not a table. Save the table itself as CSV.")
    if head[:2] in (b'{"', b"[{", b"[[") or head[:2] == b"{\n":
        raise Problem("This is JSON. A table is sent as CSV: the names of the columns, then a line for each row.")


def foreign_format(head: bytes) -> str:
    """The name of a format of pictures that cannot be opened; empty for all other files."""
    named = next((name for beginning, name in FORMATS if head.startswith(beginning)), "")
    return named or BRANDS.get(_brand(head), "")


def _brand(head: bytes) -> bytes:
    """Which of the formats in boxes a file is; empty for others. Whether a mif1 is an AVIF, the next brands tell."""
    if head[4:8] != b"ftyp":
        return b""
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4], "big"), 64), 4))]
    return b"avif" if b"avif" in brands else brands[0]


def is_picture(head: bytes) -> bool:
    """Whether a file with this beginning is a picture that can be opened. A table may begin with BM too."""
    bitmap = head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"
    return head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or bitmap


def _zip(file: Path) -> Form:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()[:1000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Problem("This zip is damaged, or only a part of one. Pack it again.") from None
    if "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names:
        raise Problem(OFFICE)
    tables = [name for name in names if name.lower().endswith((".csv", ".tsv")) and not name.startswith("__MACOSX")]
    if tables and not any(name.lower().endswith(PICTURE_NAMES) for name in names):
        raise Problem(TABLE_IN_ZIP, name=f"“{clean_name(min(tables), 60)}”")
    return "zip"
