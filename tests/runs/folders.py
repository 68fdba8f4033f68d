"""Runs' folders made for a test."""

from pathlib import Path

from app.runs.folder import RunFolder


def new_folder(tmp_path: Path) -> RunFolder:
    """An empty run."""
    return RunFolder.create(tmp_path / "runs", {"seed": 1}, {"owner": "local"})
