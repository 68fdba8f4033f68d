"""What is peculiar to drawn pictures, faces and heartbeats."""

from typing import Any

import numpy as np
import pytest
import skimage.data

from app.parts.datasets import DATASETS, Dataset
from app.parts.datasets.drawn import Drawn
from app.parts.datasets.drawn_face_parts import DrawnFaceParts
from app.parts.datasets.drawn_faces import DrawnFaces
from app.parts.datasets.ecg import Ecg, Sign
from app.parts.datasets.face_drawing import PARTS
from app.parts.datasets.faces import Faces
from app.parts.datasets.forms import FORMS
from app.parts.datasets.heart_beats import PER_SECOND, SIGNS
from app.parts.datasets.prepared import Prepared
from app.parts.datasets.preview import MOST_NUMBERS, preview
from app.parts.datasets.shape_masks import ShapeMasks
from app.parts.datasets.shapes import Shapes
from app.parts.problem import Problem
from app.training.data.samples import load

PLAIN: dict[str, Any] = {"noise": 0.0, "clutter": 0}
every_drawn = pytest.mark.parametrize(
    "dataset", [kind(samples=100) for kind in DATASETS if issubclass(kind, Drawn)], ids=lambda dataset: dataset.kind
)


def made(dataset: Dataset) -> Prepared:
    return load(dataset)


# ------------------------------------------------------------------------------------------ forms and shapes


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_the_area_of_a_circle_and_goes_as_far_as_it_says(name: str) -> None:
    form = FORMS[name]
    side = (np.arange(1000, dtype=np.float32) + 0.5) / 250 - 2
    x, y = np.meshgrid(side, side)
    within = form.distance(x, y) < 0

    assert within.sum() / 250**2 == pytest.approx(np.pi, rel=0.01)
    assert np.hypot(x, y)[within].max() == pytest.approx(form.reach, abs=0.01)


@pytest.mark.parametrize("name", FORMS)
def test_the_distance_to_a_form_is_one_in_pixels_near_its_edge(name: str) -> None:
    side = np.linspace(-2, 2, 801, dtype=np.float32)
    x, y = np.meshgrid(side, side)
    distances = FORMS[name].distance(x, y)
    slope = np.hypot(*np.gradient(distances, side[1] - side[0]))

    assert np.median(slope[np.abs(distances) < 0.1]) == pytest.approx(1, abs=0.01)


@every_drawn
def test_a_drawn_picture_is_within_black_and_white_and_its_noise_is_as_large_as_it_says(dataset: Drawn) -> None:
    clean, noisy = (made(dataset.model_copy(update={"noise": noise})).raw for noise in (0.0, 0.02))
    inside = (clean > 0.2) & (clean < 0.8)  # where nothing is cut off

    assert noisy.min() >= 0
    assert noisy.max() <= 1
    assert np.std((noisy - clean)[inside]) == pytest.approx(0.02, rel=0.02)


@pytest.mark.parametrize("settings", [{}, {"shape_size": 18, "size_range": 0.6}, {"classes": 8, "angle": 180}])
def test_every_shape_is_seen_whole_whatever_its_size(settings: dict[str, Any]) -> None:
    pictures = made(Shapes(samples=200, **PLAIN, **settings)).raw[:, 0]
    edges = np.concatenate([pictures[:, [0, -1]].reshape(200, -1), pictures[:, :, [0, -1]].reshape(200, -1)], axis=1)

    assert np.ptp(edges, axis=1).max() < 0.2  # the smooth end of a tip at most
    assert (pictures.max(axis=(1, 2)) - pictures[:, 0, 0] > 0.2).all()


def test_shapes_lie_anywhere_or_in_the_middle_as_asked() -> None:
    def middles(scatter: float) -> np.ndarray:
        pictures = made(Shapes(samples=300, scatter=scatter, classes=2, **PLAIN)).raw[:, 0]
        bright = pictures > (pictures.min(axis=(1, 2)) + pictures.max(axis=(1, 2)))[:, None, None] / 2
        return np.array([np.argwhere(mask).mean(axis=0) for mask in bright])

    assert np.abs(middles(0.0) - 15.5).max() < 0.3
    assert np.abs(middles(1.0) - 15.5).max() > 7


def test_a_shape_is_as_large_as_it_says() -> None:
    pictures = made(Shapes(samples=200, classes=8, shape_size=13, size_range=0, **PLAIN)).raw[:, 0]
    dark, bright = pictures.min(axis=(1, 2)), pictures.max(axis=(1, 2))
    areas = (pictures - dark[:, None, None]).sum(axis=(1, 2)) / (bright - dark)

    assert areas == pytest.approx(np.pi * 6.5**2, rel=0.06)


def test_one_more_stroke_leaves_shapes_and_other_strokes_where_they_are() -> None:
    for kind in (Shapes, ShapeMasks):
        few, more = (made(kind(samples=50, noise=0, clutter=clutter)) for clutter in (3, 4))
        assert np.array_equal(few.targets, more.targets)
        assert (few.raw != more.raw).mean() < 0.05


def test_colour_gives_three_channels_that_say_nothing_of_the_shape() -> None:
    grey, coloured = (made(ShapeMasks(samples=50, colour=colour)) for colour in (False, True))

    assert coloured.raw.shape == (50, 3, 32, 32)
    assert np.array_equal(grey.targets, coloured.targets)


# ------------------------------------------------------------------------------------------ masks


def test_a_mask_is_background_exactly_where_nothing_is_painted() -> None:
    prepared = made(ShapeMasks(samples=200, shapes_at_most=4, **PLAIN))
    painted = np.abs(prepared.raw[:, 0] - prepared.raw[:, 0, :1, :1]) > 0.001  # the corner is never reached

    assert not (painted & (prepared.targets == 0)).all(axis=(1, 2)).any()
    assert ((prepared.targets > 0) <= painted).all()
    missed = painted & (prepared.targets == 0)  # less than half covered, at edges only
    assert missed.mean() < 0.06


def test_a_picture_has_from_one_to_as_many_shapes_as_asked() -> None:
    single = made(ShapeMasks(samples=200, shapes_at_most=1)).targets
    several = made(ShapeMasks(samples=200, shapes_at_most=4)).targets

    assert {len(np.unique(mask)) for mask in single} == {2}
    assert max(len(np.unique(mask)) for mask in several) == 4
    assert (several > 0).any(axis=(1, 2)).all()


def test_shapes_in_one_picture_keep_out_of_each_others_way() -> None:
    areas = [
        made(ShapeMasks(samples=300, shapes_at_most=4, size_range=0, scatter=scatter)).targets.astype(bool).mean()
        for scatter in (0.0, 1.0)
    ]

    assert areas[1] > 2 * areas[0]  # in the middle each covers the one before


def test_faces_have_all_their_parts_where_a_mask_says() -> None:
    prepared = made(DrawnFaceParts(samples=90, noise=0))
    brightness = {name: np.median(prepared.raw[:, 0][prepared.targets == number]) for number, name in enumerate(PARTS)}

    for mask in prepared.targets:
        assert {PARTS[number] for number in np.unique(mask)} >= {"background", "face", "eyes", "nose", "mouth"}
    assert brightness["background"] < brightness["hair"] < brightness["face"]
    assert brightness["mouth"] < brightness["nose"] < brightness["face"]


# ------------------------------------------------------------------------------------------ faces


def test_one_set_of_drawn_faces_answers_three_questions() -> None:
    mood, hair, glasses = (made(DrawnFaces(samples=180, answer=answer)) for answer in ("mood", "hair", "glasses"))

    assert np.array_equal(mood.raw, hair.raw)
    assert np.array_equal(mood.raw, glasses.raw)
    for faces, classes in ((mood, 3), (hair, 3), (glasses, 2)):
        assert np.bincount(faces.targets).tolist() == [180 // classes] * classes
    for first, second in ((mood, hair), (hair, glasses), (mood, glasses)):
        assert abs(np.corrcoef(first.targets, second.targets)[0, 1]) < 0.2


def test_without_variety_faces_of_the_same_looks_are_the_same() -> None:
    pictures = made(DrawnFaces(samples=100, variety=0, noise=0)).raw

    assert len(np.unique(pictures.reshape(100, -1), axis=0)) == 3 * 3 * 2


def test_glasses_are_the_only_difference_that_glasses_make() -> None:
    prepared = made(DrawnFaces(samples=100, variety=0, noise=0, answer="glasses"))
    mood, hair = (made(DrawnFaces(samples=100, variety=0, noise=0, answer=answer)) for answer in ("mood", "hair"))
    same = (mood.targets == 0) & (hair.targets == 0)
    without, with_them = (prepared.raw[same & (prepared.targets == number)][0, 0] for number in (0, 1))
    rows = np.flatnonzero((without != with_them).any(axis=1))

    assert with_them[without != with_them].mean() < without[without != with_them].mean()  # dark rims
    assert 9 <= rows.min() <= rows.max() <= 18  # around the eyes


def test_faces_are_the_first_half_of_the_library_s_pictures() -> None:
    pictures = skimage.data.lfw_subset()
    prepared = made(Faces())

    assert (pictures.min(), pictures.max()) == (0, 1)
    assert np.array_equal(prepared.raw[:, 0], pictures.astype(np.float32))
    assert prepared.targets.tolist() == [1] * 100 + [0] * 100
    assert Faces().target().names == ("no face", "face")
    assert np.bincount(made(Faces(samples=40)).targets).tolist() == [20, 20]


# ------------------------------------------------------------------------------------------ heartbeats


def ill(sign: Sign, count: int = 200) -> tuple[np.ndarray, np.ndarray]:
    """Series of normal hearts, and of hearts with one sign, without noise."""
    prepared = made(Ecg(samples=2 * count, signs=[sign], noise=0, wander=0))
    return prepared.raw[prepared.targets == 0, 0], prepared.raw[prepared.targets == 1, 0]


def rise(series: np.ndarray) -> np.ndarray:
    """How long each is above 0.4 mV, for each time that it comes to be so, in seconds."""
    high = series > 0.4
    return high.sum(axis=1) / PER_SECOND / np.maximum((np.diff(high.astype(int), axis=1) == 1).sum(axis=1), 1)


def test_a_normal_heart_beats_sixty_to_ninety_five_times_a_minute() -> None:
    series, _ = ill("no_p_wave", 500)
    for trace in series:
        tops = np.flatnonzero((trace[1:-1] > 0.5) & (trace[1:-1] >= trace[:-2]) & (trace[1:-1] > trace[2:])) + 1
        pauses = np.diff(tops) / PER_SECOND
        assert 60 / 95 * 0.85 < pauses.min() <= pauses.max() < 60 / 60 * 1.15


def test_a_wide_qrs_is_at_least_twice_as_wide() -> None:
    normal, wide = ill("wide_qrs")
    assert np.median(rise(wide)) > 2 * np.median(rise(normal))


def test_without_p_waves_the_line_is_flat_before_each_beat() -> None:
    def before(series: np.ndarray) -> float:
        tops = [np.flatnonzero(trace[20:] > 0.6)[0] + 20 for trace in series]
        return float(np.mean([np.ptp(trace[top - 12 : top - 4]) for trace, top in zip(series, tops, strict=True)]))

    normal, without = ill("no_p_wave")
    assert before(without) < before(normal) / 2


def test_a_lifted_st_stretch_is_higher_on_the_whole() -> None:
    normal, lifted = ill("st_elevation")
    assert lifted.mean() > normal.mean() + 0.05


def test_a_beat_too_early_shortens_one_pause() -> None:
    def shortest(series: np.ndarray) -> float:
        found = []
        for trace in series:
            tops = np.flatnonzero((trace[1:-1] > 0.5) & (trace[1:-1] >= trace[:-2]) & (trace[1:-1] > trace[2:])) + 1
            found.append(np.diff(tops).min() / np.diff(tops).max())
        return float(np.median(found))

    normal, early = ill("early_beat")
    assert shortest(normal) > 0.85
    assert shortest(early) < 0.7


def test_half_of_the_hearts_are_ill_each_sign_as_often_as_another() -> None:
    prepared = made(Ecg(samples=400))
    assert np.bincount(prepared.targets).tolist() == [200, 200]
    same = made(Ecg(samples=400, signs=list(SIGNS[:1])))
    assert (prepared.raw[prepared.targets == 0] == same.raw[prepared.targets == 0]).all()


def test_a_sign_chosen_twice_is_a_problem_and_the_fix_mends_it() -> None:
    with pytest.raises(Problem) as raised:
        Ecg(signs=["wide_qrs", "no_p_wave", "wide_qrs"]).check()
    assert raised.value.fixes[0].edits[0].value == ["wide_qrs", "no_p_wave"]


# ------------------------------------------------------------------------------------------ preview


@pytest.mark.parametrize(
    "dataset",
    [Shapes(colour=True), Shapes(), ShapeMasks(), DrawnFaces(), DrawnFaceParts(), Faces(), Ecg()],
    ids=lambda dataset: dataset.kind,
)
def test_a_preview_of_pictures_stays_small_and_shows_every_class(dataset: Dataset) -> None:
    shown = preview(dataset, made(dataset))
    numbers = sum(map(len, shown["raw"])) + sum(len(mask) for mask in shown["targets"] if isinstance(mask, list))

    assert shown["group"] == ("series" if dataset.kind == "ecg" else "picture")
    assert 12 <= len(shown["raw"]) <= 60
    assert numbers <= MOST_NUMBERS
    seen = set(np.array(shown["targets"]).flat)
    assert seen == set(range(len(shown["classes"])))
    if not isinstance(shown["targets"][0], list):
        counts = np.bincount(shown["targets"])
        assert counts.max() - counts.min() <= 1


def test_a_preview_lists_masks_beside_their_pictures() -> None:
    dataset = ShapeMasks(samples=100)
    prepared = made(dataset)
    shown = preview(dataset, prepared)

    assert np.array_equal(np.array(shown["targets"]).reshape(-1, 32, 32), prepared.targets[shown["rows"]])
    assert shown["classes"] == ["background", "circle", "square", "triangle"]
    assert sum(map(sum, shown["balance"].values())) == 100 * 32 * 32
