"""All uploads of a data folder: found, listed by owner, named and deleted."""

import json
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.runs.folder import write_whole
from app.uploads.folder import UploadFolder, is_upload

FORGOTTEN = 3600.0  # seconds after which nobody reads any more what was received


@dataclass(frozen=True)
class Upload:
    """One upload as it stands. `about` is what a worker found in it."""

    id: str
    owner: str
    name: str
    created: float  # Unix time, seconds
    bytes: int
    about: dict[str, Any]


class Uploads:
    """The uploads below a data folder. The folders alone say what there is; nothing is kept in memory."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def folder(self, upload: str) -> UploadFolder:
        """The folder of an upload. Raises `ValueError` where `upload` is no upload's name."""
        return UploadFolder.of(self.data, upload)

    def owner(self, upload: Any) -> str | None:
        """Whose it is; None where there is none of this name."""
        if not isinstance(upload, str) or not is_upload(upload):
            return None
        label = self.folder(upload).label()
        return None if label is None else str(label["owner"])

    def get(self, upload: str) -> Upload | None:
        """An upload, if it is there."""
        if not is_upload(upload):
            return None
        folder = self.folder(upload)
        label, about = folder.label(), folder.about()
        if label is None or about is None:
            return None
        return Upload(upload, label["owner"], label["name"], label["created"], folder.bytes(), about)

    def of(self, owner: str | None = None) -> list[Upload]:
        """Those of one owner, or of all, newest first."""
        names = sorted((name for name in self._names() if owner in (None, self.owner(name))), reverse=True)
        return [upload for upload in map(self.get, names) if upload is not None]

    def taken(self, owner: str) -> tuple[int, int]:
        """How many uploads an owner has, and how many bytes they take."""
        own = [name for name in self._names() if self.owner(name) == owner]
        return len(own), sum(self.folder(name).bytes() for name in own)

    def create(self) -> UploadFolder:
        """A new folder; it is an upload from `label` on. What a server that was killed left behind is removed."""
        for folder in map(self.folder, self._names()):
            with suppress(FileNotFoundError):
                if folder.label() is None and _forgotten(folder.path):
                    self.remove(folder)
                for file in filter(_forgotten, folder.path.glob(f"{folder.received().name}*")):
                    file.unlink()
        return UploadFolder.create(self.data)

    def label(self, folder: UploadFolder, owner: str, name: str) -> None:
        """Makes a folder an upload, or gives it another name."""
        before = folder.label() or {"created": time.time()}
        label = {**before, "owner": owner, "name": name}
        write_whole(folder.label_file, json.dumps(label, ensure_ascii=False).encode())

    def remove(self, folder: UploadFolder) -> None:
        """Deletes an upload. It is gone at once for all who look, however long the deleting takes."""
        gone = folder.path.with_name(f".gone-{folder.id}")
        try:
            folder.path.rename(gone)
        except FileNotFoundError:
            return
        shutil.rmtree(gone, ignore_errors=True)

    def _names(self) -> list[str]:
        try:
            return [path.name for path in (self.data / "uploads").iterdir() if is_upload(path.name)]
        except FileNotFoundError:
            return []


def _forgotten(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > FORGOTTEN
