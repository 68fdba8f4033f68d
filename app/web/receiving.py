"""What somebody sent, from the form of a request to a stored upload: saved under a name of ours, read in a worker."""

import asyncio
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from app.parts.problem import Problem, Problems
from app.uploads.folder import UploadFolder
from app.uploads.names import clean_name
from app.uploads.reading import FileReading
from app.uploads.uploads import Upload
from app.web.access import Actor, Thing, Verb, may
from app.web.asking import Asker, asked
from app.web.body import parsed, read_as
from app.web.errors import Refusal
from app.web.gate import actor_of
from app.web.house import House
from app.web.uploads_shown import FORM

LONGEST_NAME = 120  # characters
LONGEST_FIELD = 4_000  # characters
LONGEST_SAID = 60_000  # bytes of `reading`, which says something of hundreds of columns
LONGEST_READING = 90.0  # seconds that a worker may take over a file
NONE = "There is no such data."
KINDS = ("own_table", "own_text", "own_pictures")


@dataclass(frozen=True)
class Parcel:
    """A file, and what was said of it; what was left out is empty."""

    file: BinaryIO
    name: str
    said: dict[str, str]


async def form_of(request: Request) -> FormData:
    """The form of a request; whoever has it closes it. Raises `Refusal` where it is none."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Refusal(415, "Send the file as a form (multipart/form-data), in the field called file.")
    try:
        return await request.form(max_files=1, max_fields=len(FORM), max_part_size=LONGEST_SAID)
    except (HTTPException, ValueError, LookupError, AssertionError):  # whatever the parser makes of a broken form
        raise Refusal(400) from None


def sent_in(form: FormData) -> Parcel:
    """What stands in a form. Raises `Problem` and `Refusal`."""
    said: dict[str, str] = {}
    file: UploadFile | None = None
    for name, value in form.multi_items():
        if name not in FORM:
            raise Problem("{name} is not known here.", place=f"/{name[:80]}", name=repr(name[:80]))
        if (name == "file") != isinstance(value, UploadFile):
            raise Problem(
                "Send the file itself in the field {name}, and text in all others.", place="/file", name="file"
            )
        if isinstance(value, UploadFile):
            file = value
        elif name != "reading" and len(value) > LONGEST_FIELD:
            raise Refusal(400)
        else:
            said[name] = value
    if file is None:
        raise Problem("{name} is missing.", place="/file", name="file")
    if said.get("kind", "") not in ("", *KINDS):
        raise Problem("Possible kinds are: {choices}.", place="/kind", choices=", ".join(KINDS))
    given = Path((file.filename or "").replace("\\", "/")).name
    return Parcel(file.file, clean_name(said.pop("name", "") or given, LONGEST_NAME), said)


async def keep(request: Request, house: House, actor: Actor, sent: Parcel) -> Upload:
    """Stores and reads what was sent; a part of it is never left behind. Raises `Problem` and `Refusal`."""
    into = sent.said.get("into", "")
    if into:
        try:
            upload = await found(house, actor, into, "use")
        except Refusal as refusal:
            raise refusal.at("/into") from None
        if upload.about["kind"] != "own_pictures":
            raise Problem("Only to pictures can more of them be added.", place="/into")
        await asyncio.to_thread(_demand_room, house, upload.owner, 0)
        await _read(request, house, house.uploads.folder(into), sent, "own_pictures")
        return await found(house, actor, into, "use")
    await asyncio.to_thread(_demand_room, house, actor.seat, 1)
    folder = await asyncio.to_thread(house.uploads.create)
    try:
        await _read(request, house, folder, sent, sent.said.get("kind", ""))
        await asyncio.to_thread(_demand_room, house, actor.seat, 0, folder)
        await asyncio.to_thread(house.uploads.label, folder, actor.seat, sent.name or folder.id)
    except BaseException:
        house.uploads.remove(folder)
        raise
    return await found(house, actor, folder.id, "use")


def demand_own_seat(actor: Actor) -> None:
    """Raises `Refusal` 403 where everybody with the class code would see and could delete what this seat brings."""
    if actor.shared:
        raise Refusal(403, "Own data needs a seat of its own: POST /api/session gives its token for code and name.")


async def found(house: House, actor: Actor, upload: str, verb: Verb = "see") -> Upload:
    """An upload of this seat. Others' are as if they were not there: raises `Refusal` 404."""
    there = await asyncio.to_thread(house.uploads.get, upload)
    if there is None or not may(actor, verb, Thing(there.owner, private=True)):
        raise Refusal(404, NONE)
    return there


async def _read(request: Request, house: House, folder: UploadFolder, sent: Parcel, kind: str) -> None:
    """Saves the file, has a worker read it, and deletes it: only what the worker made of it is kept."""
    part = secrets.token_hex(8)
    received = folder.received(part)
    try:
        await asyncio.to_thread(_save, sent.file, received)
        question: dict[str, Any] = {"kind": "ingest", "upload": folder.id, "part": part, "dataset": kind}
        question |= {name: sent.said.get(name, "") for name in ("class", "encoding", "delimiter")}
        question["reading"] = reading_of(sent.said.get("reading", "")).model_dump()
        await asked(house, question, Asker(request, actor_of(request).seat, f"{folder.id}\n{part}"), LONGEST_READING)
    finally:
        received.unlink(missing_ok=True)


def reading_of(text: str) -> FileReading:
    """What the field `reading` of a form says, which is JSON. Raises `Problems` and `Refusal`."""
    try:
        return read_as(parsed(text), FileReading) if text.strip() else FileReading()
    except Problems as found:
        raise Problems([problem.at("/reading") for problem in found.problems]) from None
    except Refusal as refusal:
        raise refusal.at("/reading") from None


def _save(file: BinaryIO, received: Path) -> None:
    try:
        with received.open("xb") as target:
            shutil.copyfileobj(file, target, 1 << 20)
    except FileNotFoundError:  # deleted meanwhile
        raise Refusal(404, NONE) from None


def _demand_room(house: House, owner: str, further: int, new: UploadFolder | None = None) -> None:
    """Raises `Refusal` 409 where a seat has too much already; `new` is counted though it has no owner yet."""
    settings = house.settings
    count, size = house.uploads.taken(owner)
    size += new.bytes() if new else 0
    if count + further > settings.uploads_per_seat:
        raise Refusal(
            409,  # waiting would not help
            "You have {count} tables, texts and sets of pictures, and more are not allowed. Delete some first.",
            count=count,
        )
    if size > settings.upload_megabytes * 1_000_000:
        raise Refusal(
            409,
            "Your data would take {megabytes} MB, and {most} MB are allowed. Delete some of it first.",
            megabytes=round(size / 1_000_000),
            most=settings.upload_megabytes,
        )
