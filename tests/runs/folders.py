"""Runs' folders made for a test."""

from pathlib import Path

from pydantic import TypeAdapter

from app.runs.events import AnyEvent, Event
from app.runs.folder import RunFolder
from app.runs.log import EventReader

EVENT: TypeAdapter[Event] = TypeAdapter(AnyEvent)


def new_folder(tmp_path: Path) -> RunFolder:
    """An empty run."""
    return RunFolder.create(tmp_path / "runs", {"seed": 1}, {"owner": "local"})


def read_events(folder: RunFolder) -> list[Event]:
    """All events of a run, checked."""
    return [EVENT.validate_python(event) for event in EventReader(folder).events()]
