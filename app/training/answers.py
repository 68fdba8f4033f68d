"""Answers to questions about an experiment that is not in training: a look at its data, at its first weights."""

import json
import struct
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from app.experiment.check import checked
from app.parts.datasets import AnyDataset, Dataset
from app.parts.datasets.preview import preview
from app.parts.problem import Problem, Problems
from app.training.building import build_network
from app.training.evaluating import Evaluator
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
            case "picture":
                return b"B" + _picture(question["experiment"], question.get("probes"), data)
            case kind:
                raise ValueError(f"Expected a preview or a picture, but was asked for {kind!r}.")
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


def _picture(document: dict[str, Any], names: list[str] | None, data: Path) -> bytes:
    experiment = checked(document)
    samples = samples_of(experiment, data)
    network = build_network(experiment)
    look = Look(experiment, network, samples, Evaluator(experiment, samples).work)
    probing = Probing(experiment, look)
    frames = probing.frames(probing.names if names is None else names, step=0, epoch=0.0)
    return b"".join(struct.pack("<I", len(block)) + block for block in frames.values())


def _problems(problems: list[Problem]) -> bytes:
    listed = [{"template": one.template, "values": one.values, "place": one.place} for one in problems]
    return b"P" + json.dumps(listed, ensure_ascii=False).encode()
