"""Work and answers of processes that reach their run, the data that it is made of, and no network."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from app.executors.confinement import Reach, confine
from app.experiment.experiment import Experiment
from app.experiment.upgrades import upgraded
from app.parts.problem import Problem
from app.runs.folder import RunFolder, is_id
from app.training.asking.questions import answer
from app.training.examining import EXAMINERS, keep_examiner
from app.training.steppers.choosing import compiled_stepper, stepper_of
from app.training.worker import work
from app.uploads.folder import UploadFolder, is_upload
from app.uploads.operator import NOTE

QUICKEST = ("instant", "many")  # kinds of questions for which networks are trained
UPLOAD = b'"upload"'
_confined: list[bool] = []  # in a forked process: that it is; one that stays answers more than one question


def work_confined(path: Path, give_way: Callable[[], None]) -> int:
    """`work`, in a process that reaches no other run."""
    folder = RunFolder(path)
    with suppress(OSError, ValueError, Problem):  # what keeps it from being read is told by `work`
        stepper_of(Experiment.model_validate(upgraded(folder.document())))  # which may have to compile it, and keep it
    keep_examiner(folder)  # which may have to be trained, and is kept there too
    reads = [*_sources(folder.data, _document(folder)), folder.data / EXAMINERS]
    confine(Reach(reads, [path]), folder.data)
    return work(path, give_way)


def answer_confined(data: Path, question: dict[str, Any]) -> bytes:
    """`answer`, in a process that reaches what the question is about."""
    if not _confined:
        _confined.append(True)
        if question["kind"] in QUICKEST:
            compiled_stepper()
        confine(reach_of(data, question), data)
    return answer(data, question)


def reach_of(data: Path, question: dict[str, Any]) -> Reach:
    """What a question is about: a run, an experiment, a dataset, or a file that was sent."""
    upload, run = question.get("upload"), question.get("run")
    if isinstance(upload, str) and is_upload(upload):
        return Reach([], [UploadFolder.of(data, upload).path])
    if isinstance(run, str) and is_id(run):
        folder = RunFolder(data / "runs" / run)
        return Reach([folder.path, *_sources(data, _document(folder))])
    experiment: Any = question.get("experiment")
    return Reach(_sources(data, experiment if isinstance(experiment, dict) else question))


def _document(folder: RunFolder) -> dict[str, Any]:
    """The document, where it names an upload: reading all of a large one takes its time."""
    with suppress(OSError, ValueError):
        text = folder.experiment_file.read_bytes()
        return json.loads(text) if UPLOAD in text else {}
    return {}


def _sources(data: Path, document: Any) -> list[Path]:
    """The upload that a document names, and the operator's files."""
    note, found = data / NOTE, [data / NOTE]
    with suppress(OSError, ValueError, KeyError):
        found.append(Path(json.loads(note.read_bytes())["folder"]))
    dataset: Any = document.get("dataset")
    upload = cast("dict[str, Any]", dataset).get("upload") if isinstance(dataset, dict) else None
    if isinstance(upload, str) and is_upload(upload):
        found.append(UploadFolder.of(data, upload).path)
    return found
