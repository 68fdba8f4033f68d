"""The folder of a run that an older version wrote, made one of this version: each folder once, under its lock."""

import json
import logging
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.experiment.upgrades import (
    outdated,
    upgraded,
    upgraded_command,
    upgraded_event,
    upgraded_frame,
    upgraded_state,
    upgraded_tensor,
)
from app.runs.folder import RunFolder, write_whole
from app.runs.frames import with_header

log = logging.getLogger("trainyard")


def of_today(folder: RunFolder) -> bool:
    """Makes the folder one of this version, unless it is; False while another process holds it."""
    if not outdated(folder.document()):
        return True
    try:
        with folder.lock():
            migrate(folder)
    except BlockingIOError:
        return False
    return True


def migrate(folder: RunFolder) -> None:
    """Rewrites every file that this version would read otherwise. Hold the lock meanwhile.

    The document comes last: where this is cut short, the next try does it again, and what was rewritten stays as it is.
    """
    document = folder.document()
    if not outdated(document):
        return
    if document["version"] == 1:
        _rename_all(folder)
    write_whole(folder.experiment_file, json.dumps(upgraded(document), ensure_ascii=False).encode())


def _rename_all(folder: RunFolder) -> None:
    """Version 1 named layers within their network, in every file."""
    for kept in folder.frames.glob("*/*.tyf.z"):
        _rewrite(kept, _kept_frame)
    for shown in folder.live.glob("*.tyf"):
        _rewrite(shown, _frame)
    for tensors in folder.checkpoints.glob("*.safetensors"):
        _rewrite(tensors, _renamed)
    for values in folder.checkpoints.glob("*.json"):
        if values.stem.isdecimal():
            _rewrite(values, lambda content: json.dumps(upgraded_state(json.loads(content))).encode())
    _rewrite(folder.commands_file, lambda log: b"".join(map(_command, log.splitlines(keepends=True))))
    _rewrite(folder.events_file, lambda log: b"".join(map(_event, log.splitlines(keepends=True))))


def _rewrite(file: Path, change: Callable[[bytes], bytes]) -> None:
    """Changes a file; one that is damaged stays as it is, and whoever reads it will say so."""
    try:
        changed = change(file.read_bytes())
    except (ValueError, KeyError, TypeError, AttributeError, struct.error, zlib.error):
        log.exception("%s cannot be read, and stays as version 1 wrote it", file)
    else:
        write_whole(file, changed)


def _event(line: bytes) -> bytes:
    return _line(line, upgraded_event)


def _command(line: bytes) -> bytes:
    return _line(line, upgraded_command)


def _line(line: bytes, change: Callable[[dict[str, Any]], dict[str, Any]]) -> bytes:
    """One line of a log; a torn or damaged one stays."""
    try:
        value = change(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        return line
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _frame(block: bytes) -> bytes:
    return with_header(block, upgraded_frame)


def _kept_frame(block: bytes) -> bytes:
    return zlib.compress(_frame(zlib.decompress(block)), 1)


def _renamed(content: bytes) -> bytes:
    """A safetensors file with other names: length of the header (uint64), the header in JSON, the numbers."""
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    text = json.dumps({upgraded_tensor(name): about for name, about in header.items()}, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + content[8 + length :]
