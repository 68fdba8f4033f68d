"""Whether a seat may use the data that an experiment is made of. One call, wherever a worker is about to open it."""

from typing import Any

from app.parts.datasets import Dataset
from app.parts.problem import Problem
from app.store.tables import RunRow
from app.uploads.folder import GONE
from app.web.access import Actor, Thing, may
from app.web.errors import Refusal
from app.web.house import House

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


def sees_samples(actor: Actor, row: RunRow) -> bool:
    """Whether a seat may look at the samples of a run. The class sees its curves, but not what its owner brought."""
    return not row.experiment.get("dataset", {}).get("upload") or may(actor, "see", Thing(row.owner, private=True))


def demand_samples(actor: Actor, row: RunRow) -> None:
    """Raises `Refusal` 403 where a seat may not."""
    if not sees_samples(actor, row):
        raise Refusal(
            403, "The samples of this run were brought by {owner}, and only {owner} sees them.", owner=row.owner
        )
