"""The baselines of an experiment: the same samples, the same split, the same metrics, no depth."""

import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.parts.datasets.dataset import Array
from app.parts.datasets.prepared import Prepared
from app.parts.problem import Problem
from app.parts.shapes import Classes, Features, Mask
from app.training.baselines.by_hand import followed, spoken_of
from app.training.baselines.features import Inputs, handmade, raw_inputs
from app.training.baselines.methods import CLASSIFIERS, REGRESSORS, Method
from app.training.data.samples import SPLITS, load
from app.training.tasks import WORK
from app.training.tasks.ngrams import counted
from app.training.tasks.supervised import Supervised

MOST_SAMPLES, MOST_NUMBERS = 3000, 1_000_000  # that a method is given, so that each takes seconds at most
ENOUGH = 15.0  # seconds for all of them; what has not begun by then is left out
CHOICE = 13  # stream of randomness for which samples are used where there are too many


def baselines(document: Any, rule: str | None, data: Path) -> dict[str, Any]:
    """A JSON object: metrics of every method on raw inputs and on hand-made features, and of the rule, if there is one.

    `complete` says whether all methods had their turn, `names` what a rule may speak of.
    """
    experiment = checked(document)
    dataset = experiment.dataset
    if isinstance(experiment.target, Mask):
        raise Problem("There are no baselines for masks: these methods answer for a whole sample, not for each pixel.")
    if experiment.task.learns != "target" or not (
        experiment.task.continues or isinstance(experiment.target, Classes | Features)
    ):
        raise Problem("There are no simpler methods to compare with for this task.")
    prepared = load(dataset, data)
    told: dict[str, Any] = {"rule": None if rule is None else _rule(experiment, prepared, rule)}
    if experiment.task.continues:
        made, results = None, counted(experiment, prepared)
    else:
        made = handmade(dataset, prepared)
        results = _results(experiment, prepared, raw_inputs(dataset, prepared), made)
    until = time.monotonic() + ENOUGH
    found: list[dict[str, Any]] = []
    while time.monotonic() < until:
        result = next(results, None)
        if result is None:
            return told | _about(experiment, made, found, complete=True)
        found.append(result)
    return told | _about(experiment, made, found, complete=False)


def _results(experiment: Experiment, prepared: Prepared, raw: Inputs, made: Inputs | None) -> Iterator[dict[str, Any]]:
    """What each method reaches, one after another."""
    for method, name, inputs in _turns(experiment, raw, made):
        yield from _compared(experiment, prepared, method, name, inputs)


def _turns(experiment: Experiment, raw: Inputs, made: Inputs | None) -> Iterator[tuple[Method, str, Inputs]]:
    for method in CLASSIFIERS if isinstance(experiment.target, Classes) else REGRESSORS:
        yield method, "raw", raw
        if made is not None and method.sees:
            yield method, "features", made


def _about(experiment: Experiment, made: Inputs | None, found: list[dict[str, Any]], complete: bool) -> dict[str, Any]:
    return {
        "baselines": found,
        "complete": complete,
        "features": made.sentence if made else None,
        "names": spoken_of(experiment.dataset),
    }


def _compared(
    experiment: Experiment, prepared: Prepared, method: Method, name: str, inputs: Inputs
) -> list[dict[str, Any]]:
    began = time.perf_counter()
    most = min(MOST_SAMPLES, MOST_NUMBERS // inputs.columns.shape[1])
    rows = {split: _some(getattr(prepared, split), most, experiment.seed) for split in SPLITS}
    truth = prepared.targets[rows["train"]]
    if isinstance(experiment.target, Classes) and len(np.unique(truth)) < method.classes:
        return []
    estimator = method.make(experiment.seed, len(truth))
    if method.scaled and not (inputs.even and method.kind == "nearest_neighbours"):
        estimator = Pipeline([("scaled", StandardScaler()), (method.kind, estimator)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # as far as it came is what it reaches in that time
        estimator.fit(inputs.columns[rows["train"]], truth if truth.shape[1:] != (1,) else truth[:, 0])
    answers: dict[str, Array] = {
        split: estimator.predict(inputs.columns[some]) for split, some in rows.items() if len(some)
    }
    whole = {split: len(getattr(prepared, split)) for split in SPLITS}
    return [
        {
            "kind": method.kind,
            "title": method.title,
            "help": method.help,
            "inputs": name,
            "metrics": _metrics(experiment, prepared, rows, answers),
            "samples": len(rows["train"]),
            "capped": any(len(some) < whole[split] for split, some in rows.items()),
            "seconds": round(time.perf_counter() - began, 3),
        }
    ]


def _rule(experiment: Experiment, prepared: Prepared, text: str) -> dict[str, Any]:
    given, rule = followed(experiment.dataset, prepared.raw, text)
    rows = {split: getattr(prepared, split) for split in SPLITS}
    answers = {split: given[some] for split, some in rows.items() if len(some)}
    return {"text": rule.pretty(), "metrics": _metrics(experiment, prepared, rows, answers)}


def _metrics(
    experiment: Experiment, prepared: Prepared, rows: dict[str, Array], answers: dict[str, Array]
) -> dict[str, float]:
    """Under the names that a run's metrics have."""
    work = WORK[experiment.task.kind](experiment)
    if not isinstance(work, Supervised):
        raise ValueError(f"Expected a task whose answers have a truth, but got {experiment.task.kind}.")
    target = experiment.target
    metrics: dict[str, float] = {}
    for split, given in answers.items():
        truth = prepared.targets[rows[split]]
        outputs = np.eye(target.count)[given] if isinstance(target, Classes) else given.reshape(truth.shape)
        metrics |= {
            f"{split}_{name}": value for name, value in work.measured(torch.from_numpy(outputs), truth)[0].items()
        }
    return metrics


def _some(rows: Array, most: int, seed: int) -> Array:
    """At most so many of the rows, by lot."""
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng([seed, CHOICE]).choice(rows, most, replace=False))
