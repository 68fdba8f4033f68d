"""Answers to questions: about data, about an experiment that is not in training, about the network of a run."""

import json
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from app.experiment.check import checked
from app.parts.datasets import DATASETS, AnyDataset, Dataset
from app.parts.datasets.preview import for_thumbnail, preview, thumbnail
from app.parts.problem import Problem, Problems
from app.runs.folder import RunFolder
from app.training.asking.augmented import augmented
from app.training.asking.instant import Instant
from app.training.asking.many import many
from app.training.asking.new_samples import answered_frames, predictions
from app.training.asking.own_samples import WhichAnswers, answers_page
from app.training.asking.replying import piece
from app.training.building import build_networks
from app.training.data.samples import load, samples_of
from app.training.files.telling import told
from app.training.late import late
from app.training.probes import Look
from app.training.recording.probing import Probing
from app.training.tasks import WORK

DATASET: TypeAdapter[Dataset] = TypeAdapter(AnyDataset)


def answer(data: Path, question: dict[str, Any]) -> bytes:
    """`J` and JSON, `B` and bytes, or `P` and a JSON list of problems, as docs/executor.md says.

    `data` is the folder of runs and of own files.
    """
    try:
        return _answered(question, data)
    except Problem as problem:
        return _problems([problem])
    except Problems as problems:
        return _problems(problems.problems)


def _answered(question: dict[str, Any], data: Path) -> bytes:
    match question["kind"]:
        case "preview":
            return b"J" + _json(_preview(question["dataset"], data))
        case "thumbnails":
            return b"J" + _json({"thumbnails": _thumbnails(question["kinds"], data)})
        case "picture":
            return b"B" + _picture(question["experiment"], question.get("probes"), data)
        case "predict" | "answers" | "ask":
            folder = RunFolder(data / "runs" / question["run"])  # the server has made sure that it is one
            return _of_run(question, folder)
        case "baselines":
            return b"J" + _json(
                late("app.training.baselines").baselines(question["experiment"], question["rule"], data)
            )
        case "augmented":
            return b"J" + _json(augmented(question["experiment"], question["rows"], question["count"], data))
        case "instant":
            return _instant(question, data)
        case "many":
            return b"J" + _json(many(question, data))
        case "ingest":
            return b"J" + _json(late("app.training.files.ingest").ingest(data, question))
        case kind:
            raise ValueError(f"Expected a question that is known here, but was asked for {kind!r}.")


def _of_run(question: dict[str, Any], folder: RunFolder) -> bytes:
    """What is asked of the network of a run."""
    match question["kind"]:
        case "predict" if question["frames"]:
            return b"B" + _joined(answered_frames(folder, question["inputs"], question.get("step")))
        case "predict":
            return b"J" + _json(predictions(folder, question["inputs"], question.get("step")))
        case "answers":
            return b"J" + _json(answers_page(folder, WhichAnswers(**question["asked"])))
        case _:
            return b"J" + _json(piece(folder, question["asked"], question["token"], question["begin"]))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def _preview(document: dict[str, Any], data: Path) -> dict[str, Any]:
    dataset = DATASET.validate_python(document)
    dataset.check()
    return preview(dataset, load(dataset, data))


def _thumbnails(kinds: list[str], data: Path) -> dict[str, Any]:
    """By kind. Of data that cannot be read it is null."""
    found: dict[str, Any] = dict.fromkeys(kinds)
    for dataset in (for_thumbnail(kind) for kind in DATASETS if kind.kind_name() in found):
        with suppress(Problem):
            found[dataset.kind_name()] = thumbnail(dataset, load(dataset, data))
    return found


def _picture(document: dict[str, Any], names: list[str] | None, data: Path) -> bytes:
    experiment = checked(document)
    samples = samples_of(experiment, data)
    look = Look(experiment, build_networks(experiment), samples, WORK[experiment.task.kind](experiment))
    probing = Probing(experiment, look)
    frames = probing.frames(probing.names if names is None else names, step=0, epoch=0.0)
    return _joined(frames.values())


def _instant(question: dict[str, Any], data: Path) -> bytes:
    """JSON; with `frames` that as the first block, and the frames behind it."""
    found = Instant(checked(question["experiment"]), data)
    found.train()
    told = _json(found.told(question["test"]))
    return b"B" + _joined([told, *found.frames(question["probes"])]) if question["frames"] else b"J" + told


def _joined(frames: Iterable[bytes]) -> bytes:
    return b"".join(struct.pack("<I", len(block)) + block for block in frames)


def _problems(problems: list[Problem]) -> bytes:
    return b"P" + json.dumps([told(problem) for problem in problems], ensure_ascii=False).encode()
