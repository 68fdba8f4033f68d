"""What tasks and probes fit, and that what they compute stands under the same name in training."""

from pathlib import Path

from app.parts.datasets.circle import Circle
from app.parts.datasets.curve import Curve
from app.parts.datasets.drawn_face_parts import DrawnFaceParts
from app.parts.datasets.iris import Iris
from app.parts.datasets.shape_masks import ShapeMasks
from app.parts.datasets.shapes import Shapes
from app.parts.probes import PROBES
from app.parts.probes.activations import Activations
from app.parts.probes.masks import Masks
from app.parts.probes.surface import Surface
from app.parts.shapes import Image
from app.parts.tasks import TASKS
from app.parts.tasks.classification import Classification
from app.parts.tasks.regression import Regression
from app.parts.tasks.segmentation import Segmentation

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
    assert Segmentation().fits(ShapeMasks().target())
    assert not Segmentation().fits(Shapes().target())
    assert not Classification().fits(ShapeMasks().target())


def test_segmentation_wants_one_picture_of_scores_for_each_number_of_the_loss() -> None:
    target = DrawnFaceParts().target()
    assert Segmentation().outputs(target, 6) == Image(channels=6, height=32, width=32)


def test_the_first_metric_of_a_task_is_its_loss() -> None:
    assert all(next(iter(part.metrics)) == "loss" for part in TASKS)


def test_masks_are_seen_where_they_are_learned() -> None:
    assert Masks().fits(ShapeMasks(), Segmentation())
    assert not Masks().fits(Shapes(), Classification())
    assert not Masks().fits(ShapeMasks(), Classification())
    assert not Activations().fits(ShapeMasks(), Segmentation())


def test_a_surface_needs_a_plane_or_a_line() -> None:
    assert Surface().fits(Circle(), Classification())
    assert Surface().fits(Curve(), Regression())
    assert not Surface().fits(Iris(), Classification())
