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
from app.training.answering import Asked, answers_page
from app.training.augmented import augmented
from app.training.building import build_network
from app.training.evaluating import Evaluator
from app.training.files.telling import told
from app.training.late import late
from app.training.predicting import answered_frames, predictions
from app.training.probes import Look
from app.training.probing import Probing
from app.training.samples import load, samples_of

DATASET: TypeAdapter[Dataset] = TypeAdapter(AnyDataset)


def answer(data: Path, question: dict[str, Any]) -> bytes:
    """`J` and JSON, `B` and bytes, or `P` and a JSON list of problems, as docs/architecture.md says.

    `data` is the folder of runs and of own files.
    """
    try:
        match question["kind"]:
            case "preview":
                return b"J" + _json(_preview(question["dataset"], data))
            case "thumbnails":
                return b"J" + _json({"thumbnails": _thumbnails(question["kinds"], data)})
            case "picture":
                return b"B" + _picture(question["experiment"], question.get("probes"), data)
            case "predict" if question["frames"]:
                return b"B" + _joined(answered_frames(_run(data, question), question["inputs"]))
            case "predict":
                return b"J" + _json(predictions(_run(data, question), question["inputs"]))
            case "baselines":
                return b"J" + _json(
                    late("app.training.baselines").baselines(question["experiment"], question["rule"], data)
                )
            case "augmented":
                return b"J" + _json(augmented(question["experiment"], question["rows"], question["count"], data))
            case "answers":
                return b"J" + _json(answers_page(_run(data, question), Asked(**question["asked"])))
            case "ingest":
                return b"J" + _json(late("app.training.files.ingest").ingest(data, question))
            case kind:
                raise ValueError(f"Expected a question that is known here, but was asked for {kind!r}.")
    except Problem as problem:
        return _problems([problem])
    except Problems as problems:
        return _problems(problems.problems)


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
    network = build_network(experiment)
    look = Look(experiment, network, samples, Evaluator(experiment, samples).work)
    probing = Probing(experiment, look)
    frames = probing.frames(probing.names if names is None else names, step=0, epoch=0.0)
    return _joined(frames.values())


def _joined(frames: Iterable[bytes]) -> bytes:
    return b"".join(struct.pack("<I", len(block)) + block for block in frames)


def _run(data: Path, question: dict[str, Any]) -> RunFolder:
    """The run that is asked about; the server has made sure that it is one."""
    return RunFolder(data / "runs" / question["run"])


def _problems(problems: list[Problem]) -> bytes:
    return b"P" + json.dumps([told(one) for one in problems], ensure_ascii=False).encode()
