"""Workers reach their own run and its data, where the kernel can keep them to it; and the doctor says where not."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.runs.folder import RunFolder
from app.training.confined import reach_of
from app.uploads.folder import UploadFolder
from tests.training.documents import document

TRIES = """
import json, socket, sys
from pathlib import Path
from app.executors.confinement import Reach, confine
data, reads, writes, tried, port = json.loads(sys.argv[1])
done = confine(Reach([Path(one) for one in reads], [Path(one) for one in writes]), Path(data))
def works(what):
    try:
        what()
    except OSError:
        return False
    return True
found = {path: works(lambda: open(path, "rb").close()) for path in tried}
found["new"] = [works(lambda: (Path(one) / "new").write_text("x")) for one in writes]
found["network"] = works(lambda: socket.create_connection(("127.0.0.1", port), timeout=5).close())
import wave  # a module that nothing has loaded yet
print(json.dumps([done.files, done.network, found]))
"""


def tried(data: Path, question: dict[str, Any], *paths: Path) -> tuple[bool, bool, dict[str, Any]]:
    """Whether a process that answers a question has its files confined, its network; and what it could open."""
    reach = reach_of(data, question)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        asked = [str(data), list(map(str, reach.reads)), list(map(str, reach.writes)), list(map(str, paths)), port]
        told = subprocess.run(
            [sys.executable, "-P", "-c", TRIES, json.dumps(asked)], capture_output=True, text=True, check=True
        )
    files, network, found = json.loads(told.stdout)
    return files, network, found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "signing-key").write_text("secret")
    return tmp_path


def upload(data: Path) -> UploadFolder:
    folder = UploadFolder.create(data)
    folder.table_file.write_text("cells")
    return folder


def test_answerer_reads_the_run_and_the_upload_that_it_is_asked_about_and_nothing_else(data: Path) -> None:
    own, other = upload(data), upload(data)
    asked_about = document(dataset={"kind": "own_table", "upload": own.id})
    runs = [RunFolder.create(data / "runs", asked_about, {"owner": "local"}) for _ in range(2)]
    files, _, found = tried(
        data,
        {"kind": "predict", "run": runs[0].id},
        *(runs[0].experiment_file, own.table_file),
        *(runs[1].experiment_file, other.table_file, data / "signing-key", Path("/etc/shadow")),
    )
    if not files:
        pytest.skip("This kernel has no Landlock.")
    assert list(found.values())[:6] == [True, True, False, False, False, False]


def test_reader_of_a_file_writes_into_its_upload_only(data: Path) -> None:
    own, other = upload(data), upload(data)
    files, _, found = tried(data, {"kind": "ingest", "upload": own.id}, own.table_file, other.table_file)
    if not files:
        pytest.skip("This kernel has no Landlock.")
    assert found[str(own.table_file)]
    assert not found[str(other.table_file)]
    assert found["new"] == [True]


def test_no_network_is_reached(data: Path) -> None:
    _, network, found = tried(data, {"kind": "picture", "experiment": document()})
    if not network:
        pytest.skip("This kernel has neither.")
    assert not found["network"]


@pytest.mark.parametrize(
    "question",
    [
        {"kind": "ingest", "upload": "../../etc"},
        {"kind": "predict", "run": "../.."},
        {"kind": "picture", "experiment": {"dataset": {"upload": "/etc"}}},
        {"kind": "preview", "dataset": {"kind": "own_table", "upload": 3}},
        {"kind": "picture", "experiment": {"dataset": []}},
    ],
)
def test_no_name_reaches_out_of_the_data_folder(data: Path, question: dict[str, Any]) -> None:
    reach = reach_of(data, question)
    assert all(path.is_relative_to(data) and ".." not in path.parts for path in [*reach.reads, *reach.writes])
