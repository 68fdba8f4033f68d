"""What tasks and probes fit, and that what they compute stands under the same name in training."""

from pathlib import Path

from app.parts.datasets.circle import Circle
from app.parts.datasets.curve import Curve
from app.parts.datasets.iris import Iris
from app.parts.probes import PROBES
from app.parts.probes.surface import Surface
from app.parts.tasks import TASKS
from app.parts.tasks.classification import Classification
from app.parts.tasks.regression import Regression

TRAINING = Path(__file__).parents[2] / "app" / "training"


def test_each_is_computed_under_the_same_name_in_training() -> None:
    for family, parts in (("tasks", TASKS), ("probes", PROBES)):
        for part in parts:
            assert (TRAINING / family / f"{part.kind_name()}.py").is_file()


def test_a_task_fits_its_own_kind_of_target() -> None:
    assert Classification().fits(Circle().target())
    assert not Classification().fits(Curve().target())
    assert Regression().fits(Curve().target())
    assert not Regression().fits(Circle().target())


def test_the_first_metric_of_a_task_is_its_loss() -> None:
    assert all(next(iter(part.metrics)) == "loss" for part in TASKS)


def test_a_surface_needs_a_plane_or_a_line() -> None:
    assert Surface().fits(Circle(), Classification())
    assert Surface().fits(Curve(), Regression())
    assert not Surface().fits(Iris(), Classification())
