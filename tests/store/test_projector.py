"""Rows follow the logs, and can be made again from the folders."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.command import upgrade
from sqlalchemy import insert, text
from sqlalchemy.orm import Session, sessionmaker

from app.runs.events import Evaluated, Finished, Measured, Queued, Rewound, Started
from app.runs.folder import RunFolder
from app.runs.labels import Labels, keep_labels
from app.runs.log import EventWriter
from app.store import database
from app.store.database import open_database
from app.store.projector import Projector
from app.store.row_changes import summary_of
from app.store.runs import Runs, RunsAsked

DOCUMENT: dict[str, Any] = {"dataset": {"kind": "circle"}, "task": {"kind": "classification"}}
STARTED: dict[str, Any] = {
    "attempt": 1, "pid": 1, "threads": 1, "seed": 0, "versions": {}, "device": "cpu", "parameters": 42,
    "steps_per_epoch": 6, "stepper": "pytorch",
}  # fmt: skip


@pytest.fixture
def sessions(tmp_path: Path) -> sessionmaker[Session]:
    return open_database(f"sqlite:///{tmp_path / 'rows.sqlite'}")


@pytest.fixture
def projector(sessions: sessionmaker[Session], tmp_path: Path) -> Projector:
    return Projector(sessions, tmp_path / "runs")


def made(tmp_path: Path, owner: str = "Ann") -> tuple[RunFolder, EventWriter]:
    folder = RunFolder.create(tmp_path / "runs", DOCUMENT, {"owner": owner, "class": None})
    log = EventWriter(folder)
    log.write(Queued, owner=owner)
    return folder, log


def test_a_row_follows_its_log(sessions: sessionmaker[Session], projector: Projector, tmp_path: Path) -> None:
    folder, log = made(tmp_path)
    projector.take(folder)
    runs = Runs(sessions)

    def row() -> Any:
        projector.bring_up([folder.id])
        return runs.get(folder.id)

    assert (row().status, row().seq) == ("queued", 1)
    log.write(Started, **STARTED)
    log.write(Measured, columns={"step": [1.0, 2.0], "epoch": [0.1, 0.2], "train_loss": ["NaN", 0.5]})
    assert (row().status, row().step, row().parameters) == ("running", 2, 42)
    log.write(Evaluated, step=6, epoch=1.0, metrics={"train_loss": "Infinity"})
    log.write(Rewound, step=2, epoch=0.2)
    assert (row().step, row().epoch, row().metrics) == (2, 0.2, {"train_loss": "Infinity"})
    with folder.events_file.open("ab") as file:
        file.write(b'{"seq": 6, "torn')
    assert row().seq == 5
    log.close()
    log = EventWriter(folder)  # cuts the torn line off
    log.write(Finished, step=6, epoch=1.0, reason="done", sentence={"template": "Done.", "values": {}})
    log.close()
    assert (row().status, row().seq, row().reason["template"]) == ("done", 6, "Done.")
    assert runs.unfinished() == []


def test_rows_are_made_again_from_the_folders(
    sessions: sessionmaker[Session], projector: Projector, tmp_path: Path
) -> None:
    runs = Runs(sessions)
    folders = [made(tmp_path)[0] for _ in range(3)]
    assert projector.adopt() == sorted(folder.id for folder in folders)
    row = runs.relabel(folders[0].id, "A name", ["t", "t"], "A note")
    assert row is not None
    keep_labels(folders[0], row.labels)
    before = [(run.id, run.name, run.tags, run.note, run.seq) for run in runs.page(RunsAsked())[0]]
    anew = open_database(f"sqlite:///{tmp_path / 'anew.sqlite'}")
    Projector(anew, tmp_path / "runs").adopt()
    assert [(run.id, run.name, run.tags, run.note, run.seq) for run in Runs(anew).page(RunsAsked())[0]] == before
    assert [run.id for run in Runs(anew).page(RunsAsked(tags=("t",)))[0]] == [folders[0].id]
    assert projector.adopt() == []
    shutil.rmtree(folders[1].path)
    assert projector.adopt() == []
    assert runs.get(folders[1].id) is None


def test_two_servers_of_one_folder_make_each_row_once(tmp_path: Path) -> None:
    folders = sorted(made(tmp_path)[0].id for _ in range(200))
    address = f"sqlite:///{tmp_path / 'rows.sqlite'}"
    servers = [Projector(open_database(address), tmp_path / "runs") for _ in range(4)]
    with ThreadPoolExecutor(len(servers)) as pool:
        for looked in [pool.submit(server.adopt) for server in servers]:
            looked.result()
    assert sorted(row.id for row in Runs(open_database(address)).page(RunsAsked(limit=1000))[0]) == folders


def test_a_folder_whose_making_was_cut_short_is_passed_over(projector: Projector, tmp_path: Path) -> None:
    folder, _ = made(tmp_path)
    folder.experiment_file.unlink()
    (tmp_path / "runs" / "not a run").mkdir()
    projector.adopt()
    projector.bring_up_all()


@pytest.mark.parametrize(
    "written",
    [
        b"{not json}\n",
        b'{"seq": 2, "type": "measured", "columns": {"step": [1]}}\n',
        b'{"seq": 2, "type": "measured", "columns": {"step": [], "epoch": []}}\n',
        b'{"seq": 2, "type": "evaluated"}\n',
        b'{"seq": "2", "type": "speed"}\n',
        b'{"type": "paused"}\n',
    ],
)
def test_a_damaged_log_keeps_no_other_run_back(
    sessions: sessionmaker[Session], projector: Projector, tmp_path: Path, written: bytes
) -> None:
    damaged, sound = made(tmp_path)[0], made(tmp_path)[0]
    damaged.events_file.write_bytes(written)
    assert projector.adopt() == sorted([damaged.id, sound.id])
    projector.bring_up_all()
    row = Runs(sessions).get(sound.id)
    assert row is not None
    assert row.seq == 1


def test_ten_thousand_runs_are_listed_page_by_page(
    sessions: sessionmaker[Session], projector: Projector, tmp_path: Path
) -> None:
    folder, _ = made(tmp_path)
    projector.take(folder)
    runs = Runs(sessions)
    pattern = runs.get(folder.id)
    assert pattern is not None
    with sessions.begin() as session:
        columns = {name: getattr(pattern, name) for name in type(pattern).__table__.columns.keys()}  # noqa: SIM118
        session.execute(
            insert(type(pattern)),
            [columns | {"id": f"r{number:013d}", "words": f"run {number}"} for number in range(10_000)],
        )
    rows, following = runs.page(RunsAsked(limit=50, cursor="r0000000009951"))
    assert [row.id for row in rows] == [f"r{number:013d}" for number in range(9950, 9900, -1)]
    assert following == "r0000000009901"
    assert [row.id for row in runs.page(RunsAsked(q="RUN 4711"))[0]] == ["r0000000004711"]
    assert runs.count_unfinished("Ann") == 10_001


def test_words_with_wildcards_mean_themselves(
    sessions: sessionmaker[Session], projector: Projector, tmp_path: Path
) -> None:
    folder, _ = made(tmp_path)
    projector.take(folder)
    runs = Runs(sessions)
    assert runs.page(RunsAsked(q="ci_cle"))[0] == []
    assert runs.page(RunsAsked(q="%"))[0] == []
    assert [row.id for row in runs.page(RunsAsked(q="CIRCLE ann"))[0]] == [folder.id]


def test_labels_are_plain_json(projector: Projector, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    folder, _ = made(tmp_path)
    projector.take(folder)
    row = Runs(sessions).relabel(folder.id, "名", None, None)
    assert row is not None
    keep_labels(folder, row.labels)
    assert json.loads((folder.path / "labels.json").read_text("utf-8")) == {
        "name": "名",
        "tags": [],
        "note": "",
        "openings": 0,
    }


def test_a_run_that_is_still_being_made_gets_one_row_with_its_labels(
    sessions: sessionmaker[Session], projector: Projector, tmp_path: Path
) -> None:
    folder = RunFolder.create(tmp_path / "runs", DOCUMENT, {"owner": "Ann", "class": None})
    assert projector.adopt() == [folder.id]
    assert Runs(sessions).get(folder.id) is None
    keep_labels(folder, Labels("Mine", ["a"]))
    EventWriter(folder).write(Queued, owner="Ann")
    projector.adopt()
    projector.take(folder)  # adopted a moment before
    row = Runs(sessions).get(folder.id)
    assert row is not None
    assert (row.name, row.tags, row.seq) == ("Mine", ["a"], 1)


def test_rows_of_an_older_server_get_the_summary_that_lists_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{tmp_path / 'rows.sqlite'}"
    document = DOCUMENT | {"networks": {"main": {"layers": [{"kind": "linear", "units": 3}]}}}
    with monkeypatch.context() as before:
        before.setattr(database.command, "upgrade", lambda config, _: upgrade(config, "0001"))
        with open_database(address).begin() as session:
            session.execute(text(OLD_ROW), {"experiment": json.dumps(document)})
    [row] = Runs(open_database(address)).page(RunsAsked())[0]
    assert row.summary["dataset"] == "circle"
    assert row.summary["layers"] == [{"kind": "linear", "units": 3}]


OLD_ROW = """
    INSERT INTO runs (id, owner, created, name, note, tags, words, experiment, seq, status, step, epoch, metrics,
                      stepper, parameters, seconds)
    VALUES ('r0d3nkt5m8x2qa', 'Ann', 1.0, '', '', '[]', '', :experiment, 0, 'done', 0, 0.0, '{}', '', 0, 0.0)
"""


def test_rows_and_folders_of_version_2_become_of_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"sqlite:///{tmp_path / 'rows.sqlite'}"
    folder, log = made(tmp_path)
    log.close()
    old = {**DOCUMENT, "version": 2, "training": {"epochs": 7}}
    folder.experiment_file.write_text(json.dumps(old))
    with monkeypatch.context() as before:
        before.setattr(database.command, "upgrade", lambda config, _: upgrade(config, "0007"))
        with open_database(address).begin() as session:
            session.execute(text(OLD_ROW.replace("r0d3nkt5m8x2qa", folder.id)), {"experiment": json.dumps(old)})
    sessions = open_database(address)
    assert Projector(sessions, tmp_path / "runs").adopt() == [folder.id]
    wanted = {**old, "version": 3, "training": {"epochs": 7, "stepper": "eager"}}
    row = Runs(sessions).get(folder.id)
    assert row is not None
    assert row.experiment == wanted == folder.document()


def test_summary_tells_the_layers_of_each_of_several_networks() -> None:
    networks = {"encoder": {"layers": [{"kind": "linear", "units": 3}]}, "decoder": {"layers": [{"kind": "tanh"}]}}
    summary = summary_of(DOCUMENT | {"networks": networks})
    assert summary["layers"] == summary["networks"]["encoder"] == [{"kind": "linear", "units": 3}]
    assert summary["networks"]["decoder"] == [{"kind": "tanh"}]
    assert "networks" not in summary_of(DOCUMENT | {"networks": {"main": {}}})
