"""The folders of uploads: when one is there, whose it is, and what is removed."""

import os
from pathlib import Path

import pytest

from app.uploads.folder import UploadFolder
from app.uploads.uploads import Uploads
from tests.uploads.made import added, pictures


def test_an_upload_is_there_once_it_has_a_label_and_orphans_go(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    folder = uploads.create()
    assert uploads.get(folder.id) is None
    assert uploads.owner(folder.id) is None
    added(folder, pictures())
    uploads.label(folder, "li", "张三的照片")
    upload = uploads.get(folder.id)
    assert upload is not None
    assert (upload.owner, upload.name, uploads.owner(folder.id)) == ("li", "张三的照片", "li")
    assert uploads.taken("li") == (1, folder.bytes())
    assert uploads.taken("wang") == (0, 0)
    uploads.remove(folder)
    assert uploads.of() == []
    assert list((tmp_path / "uploads").iterdir()) == []


def test_what_a_killed_server_left_behind_goes_with_the_next_upload(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    orphan, kept, fresh = uploads.create(), uploads.create(), uploads.create()
    added(kept, pictures())
    uploads.label(kept, "li", "kept")
    for folder in (orphan, kept, fresh):
        folder.received("y").write_bytes(b"half")
    for path in (orphan.path, kept.received("y")):
        os.utime(path, (0, 0))
    uploads.create()
    assert not orphan.path.exists()
    assert fresh.received("y").exists()
    assert not kept.received("y").exists()
    assert kept.about() is not None


@pytest.mark.parametrize(
    "name", ["", "..", "u", "../../etc/passwd", "r0000000000000", "u000000000000/", "U0000000000000"]
)
def test_only_the_name_of_an_upload_becomes_a_path(tmp_path: Path, name: str) -> None:
    assert Uploads(tmp_path).get(name) is None
    assert Uploads(tmp_path).owner(name) is None
    with pytest.raises(ValueError, match="name of an upload"):
        UploadFolder.of(tmp_path, name)
