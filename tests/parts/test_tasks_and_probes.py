"""What tasks and probes fit, and that what they compute stands under the same name in training."""

from pathlib import Path

from app.experiment.experiment import Experiment
from app.experiment.training import Training
from app.parts.datasets.circle import Circle
from app.parts.datasets.curve import Curve
from app.parts.datasets.drawn_face_parts import DrawnFaceParts
from app.parts.datasets.iris import Iris
from app.parts.datasets.shape_masks import ShapeMasks
from app.parts.datasets.shapes import Shapes
from app.parts.optimizers.adam import Adam
from app.parts.probes import PROBES
from app.parts.probes.activations import Activations
from app.parts.probes.masks import Masks
from app.parts.probes.surface import Surface
from app.parts.shapes import Image
from app.parts.tasks import TASKS
from app.parts.tasks.classification import Classification
from app.parts.tasks.regression import Regression
from app.parts.tasks.segmentation import Segmentation
from app.parts.tokenizers import TOKENIZERS

TRAINING = Path(__file__).parents[2] / "app" / "training"


def test_each_is_computed_under_the_same_name_in_training() -> None:
    for family, parts in (("tasks", TASKS), ("probes", PROBES), ("tokenizers", TOKENIZERS)):
        for part in parts:
            assert (TRAINING / family / f"{part.kind_name()}.py").is_file()


def test_a_task_fits_its_own_kind_of_target() -> None:
    assert Classification().fits(Circle())
    assert not Classification().fits(Curve())
    assert Regression().fits(Curve())
    assert not Regression().fits(Circle())
    assert Segmentation().fits(ShapeMasks())
    assert not Segmentation().fits(Shapes())
    assert not Classification().fits(ShapeMasks())


def test_segmentation_wants_one_picture_of_scores_for_each_number_of_the_loss() -> None:
    target = DrawnFaceParts().target()
    assert target.answered(6) == Image(channels=6, height=32, width=32)


def test_the_first_metric_of_a_task_is_what_it_watches() -> None:
    assert all(part.metrics[0].name == part.watched for part in TASKS if part.watched)


def test_each_setting_of_the_bar_stands_in_the_document() -> None:
    for task in TASKS:
        homes = {"task": task, "optimizer": Adam, "training": Training}
        for place in task.bar:
            assert (
                place.removeprefix("/") in Experiment.model_fields
                or place.split("/")[2] in homes[place.split("/")[1]].model_fields
            )


def test_masks_are_seen_where_they_are_learned() -> None:
    assert Masks().fits(ShapeMasks(), Segmentation())
    assert not Masks().fits(Shapes(), Classification())
    assert not Masks().fits(ShapeMasks(), Classification())
    assert not Activations().fits(ShapeMasks(), Segmentation())


def test_a_surface_needs_a_plane_or_a_line() -> None:
    assert Surface().fits(Circle(), Classification())
    assert Surface().fits(Curve(), Regression())
    assert not Surface().fits(Iris(), Classification())
