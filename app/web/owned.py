"""Whether a seat may use the data that an experiment is made of. One call, wherever a worker is about to open it."""

from typing import Any

from app.experiment.addresses import network_address
from app.experiment.experiment import Experiment
from app.parts.datasets import DATASETS, Dataset
from app.parts.problem import Problem
from app.runs.veiling import veiled_sentence
from app.store.schema import RunRow
from app.uploads.folder import GONE
from app.web.access import Actor, Thing, may
from app.web.errors import Refusal
from app.web.house import House

KINDS = {dataset.kind_name(): dataset for dataset in DATASETS}
WITHOUT_SAMPLES = frozenset({"weights"})  # probes that show nothing of the data


def own_data_problem(house: House, actor: Actor, dataset: Dataset) -> Problem | None:
    """What is wrong with the upload that a dataset names: it is not there, or belongs to another seat."""
    upload: Any = getattr(dataset, "upload", "")
    if not upload:  # other data, or none yet: then the check says so
        return None
    owner = house.uploads.owner(upload)
    if owner is not None and may(actor, "use", Thing(owner, private=True)):
        return None
    return Problem(GONE, place="/dataset/upload")


def demand_own_data(house: House, actor: Actor, dataset: Dataset) -> None:
    """Raises `Problem` where a seat may not use the upload that a dataset names."""
    problem = own_data_problem(house, actor, dataset)
    if problem is not None:
        raise problem


def demand_origins(house: House, actor: Actor, experiment: Experiment) -> None:
    """Raises `Problem` where a network is to start from a run that is not there, or that a seat may not see."""
    for name, network in experiment.networks.items():
        if network.from_run is None:
            continue
        row = house.runs.get(network.from_run.run)
        if row is None or not may(actor, "see", Thing(row.owner)):
            raise Problem(
                "There is no run called {run} with weights to start from.",
                place=f"{network_address(name)}/from_run/run",
                run=network.from_run.run,
            )


def sees_samples(actor: Actor, row: RunRow) -> bool:
    """Whether a seat may look at the samples of a run. The class sees its curves, but not what its owner brought."""
    return not row.summary["upload"] or may(actor, "see", Thing(row.owner, private=True))


def seen_by(actor: Actor, row: RunRow) -> RunRow:
    """The row as a seat may see it: for others without what stands in its owner's data.

    Every answer that tells of a run tells of this.
    """
    if sees_samples(actor, row):
        return row
    shown = RunRow(**{name: value for name, value in vars(row).items() if not name.startswith("_")})
    shown.reason = row.reason and veiled_sentence(row.reason)
    if "experiment" in vars(row):  # a list has none
        dataset = row.experiment["dataset"]
        known = KINDS.get(dataset["kind"])
        empty = {name: known.model_fields[name].get_default() for name in known.brought} if known else {}
        shown.experiment = row.experiment | {"dataset": dataset | empty if known else {"kind": dataset["kind"]}}
    return shown


def demand_samples(actor: Actor, row: RunRow) -> None:
    """Raises `Refusal` 403 where a seat may not."""
    if not sees_samples(actor, row):
        raise Refusal(
            403, "The samples of this run were brought by {owner}, and only {owner} sees them.", owner=row.owner
        )
