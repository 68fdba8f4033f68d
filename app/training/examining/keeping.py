"""Examiners on disk: one for each set of pictures, learned once for all runs."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load, save

from app.experiment.check import checked
from app.parts.datasets.dataset import Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.problem import Problem, Problems
from app.parts.tasks import TASKS
from app.runs.folder import RunFolder, write_whole
from app.training.data.samples import load as load_samples
from app.training.examining.examiner import Examiner, blank, learned

EXAMINERS = "examiners"  # the folder, beside those of the runs
RECIPE = 1  # another number where examiners learn otherwise than before
NAMES = [f'"{task.kind_name()}"'.encode() for task in TASKS if task.examined]


def examiner_of(dataset: Dataset, prepared: Prepared, data: Path | None) -> Examiner:
    """The examiner of a set of pictures: the one kept below `data`, or one that learns now and is kept if it may."""
    document = dataset.model_dump_json()
    if data is None:
        return _learned(document, dataset, prepared)
    file = data / EXAMINERS / f"{_name(document)}.safetensors"
    with suppress(OSError, SafetensorError, RuntimeError):
        examiner = blank(dataset)
        examiner.load_state_dict(load(file.read_bytes()))
        return examiner.eval().requires_grad_(False)
    examiner = _learned(document, dataset, prepared)
    with suppress(OSError):  # a confined process may not; its run is examined all the same
        file.parent.mkdir(exist_ok=True)
        write_whole(file, save(examiner.state_dict()))
    return examiner


def keep_examiner(folder: RunFolder) -> None:
    """Sees to it that the examiner of a run is kept, where it needs one and nobody's own files have to be read."""
    with suppress(OSError, Problem, Problems, ValueError):
        text = folder.experiment_file.read_bytes()
        if not any(name in text for name in NAMES):
            return
        experiment = checked(json.loads(text))
        dataset, source = experiment.dataset, experiment.dataset.source()
        own = source is not None and source.reads_files
        if not own and experiment.task.examined and dataset.shows_classes():
            examiner_of(dataset, load_samples(dataset), folder.data)


def _name(document: str) -> str:
    return hashlib.sha256(f"{RECIPE} {document}".encode()).hexdigest()[:32]


_recent: dict[str, Examiner] = {}


def _learned(document: str, dataset: Dataset, prepared: Prepared) -> Examiner:
    """Learned in this process, once for as long as the set is the same."""
    if document not in _recent:
        _recent.clear()
        _recent[document] = learned(dataset, prepared)
    return _recent[document]
