"""What augmentation does to a batch, compared with PyTorch, NumPy and SciPy; and that it is a function of the step."""

from math import prod
from typing import Any

import numpy as np
import pytest
import torch
from scipy import ndimage
from torch import Tensor

from app.experiment.augmentation import Augmentation
from app.experiment.check import checked
from app.training.data.augmenting import Augmenting, augmenting_of
from app.training.data.feed import feed_of
from app.training.data.samples import samples_of
from tests.training.steppers import begin

SIDE, COUNT = 16, 400
NO_TARGETS = torch.zeros(COUNT, dtype=torch.int64)


def pictures(channels: int = 1, height: int = SIDE, width: int = SIDE) -> Tensor:
    """The same smooth random picture many times."""
    random = np.random.default_rng(0)
    picture = ndimage.gaussian_filter(random.standard_normal((channels, height, width)), (0, 1.5, 1.5))
    picture = (picture - picture.min()) / np.ptp(picture)
    return torch.from_numpy(np.repeat(picture[None].astype(np.float32), COUNT, axis=0))


def augmented(x: Tensor, y: Tensor = NO_TARGETS, step: int = 0, **settings: Any) -> tuple[Tensor, Tensor]:
    return Augmenting(Augmentation(**settings), 0, None, None)(x, y, step)


def shifted(picture: Tensor, right: int, down: int) -> Any:
    return ndimage.shift(picture.numpy(), (down, right), order=0, mode="nearest")


def test_a_shift_is_by_whole_pixels_and_repeats_the_edge() -> None:
    x = pictures()
    moved, _ = augmented(x, shift=2)
    options = {(right, down): shifted(x[0, 0], right, down) for right in range(-2, 3) for down in range(-2, 3)}
    seen: set[tuple[int, int]] = set()
    for picture in moved[:, 0].numpy():
        best = min(options, key=lambda option: np.abs(options[option] - picture).max())
        np.testing.assert_allclose(picture, options[best], atol=1e-5)
        seen.add(best)

    assert seen == set(options)  # each of them, and no other


def test_half_of_the_pictures_are_mirrored_left_for_right() -> None:
    x = pictures()
    moved, _ = augmented(x, flip=True)
    mirrored = torch.isclose(moved, x.flip(3), atol=1e-5).all(dim=(1, 2, 3))
    kept = torch.isclose(moved, x, atol=1e-5).all(dim=(1, 2, 3))

    assert (mirrored ^ kept).all()
    assert 0.4 < mirrored.float().mean() < 0.6


def test_turning_is_as_far_as_asked_and_keeps_proportions_in_pictures_that_are_no_squares() -> None:
    height, width = 12, 24
    dot = torch.zeros(COUNT, 1, height, width)
    dot[:, 0, 5:7, 17:19] = 1  # six pixels right of the middle
    moved, _ = augmented(dot, rotate=30)
    rows, columns = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    mass = moved[:, 0].sum(dim=(1, 2))
    down = (moved[:, 0] * rows).sum(dim=(1, 2)) / mass - height / 2
    right = (moved[:, 0] * columns).sum(dim=(1, 2)) / mass - width / 2

    np.testing.assert_allclose(torch.hypot(right, down), 6, atol=0.15)
    angles = torch.rad2deg(torch.atan2(down, right))
    assert angles.min() == pytest.approx(-30, abs=1.5)
    assert angles.max() == pytest.approx(30, abs=1.5)


def test_scaling_makes_things_larger_and_smaller_by_up_to_its_share() -> None:
    square = torch.zeros(COUNT, 1, 32, 32)
    square[:, :, 10:22, 10:22] = 1
    moved, _ = augmented(square, scale=0.25)
    sides = moved.sum(dim=(1, 2, 3)).sqrt() / 12

    assert sides.min() == pytest.approx(0.75, abs=0.02)
    assert sides.max() == pytest.approx(1.25, abs=0.02)


def test_noise_has_its_standard_deviation_and_pictures_stay_within_black_and_white() -> None:
    grey = torch.full((COUNT, 3, SIDE, SIDE), 0.5)
    rough, _ = augmented(grey, noise=0.05)
    torn, _ = augmented(grey, noise=1.0)

    assert (rough - grey).std().item() == pytest.approx(0.05, rel=0.02)
    assert (torn.min().item(), torn.max().item()) == (0, 1)


def test_colour_changes_brightness_and_contrast_of_each_channel_and_nothing_else() -> None:
    x = 0.2 + 0.3 * pictures(channels=3)
    other, _ = augmented(x, colour=0.4)
    for channel in range(3):
        before, after = x[:, channel].flatten(1), other[:, channel].flatten(1)
        means = after.mean(dim=1) / before.mean(dim=1)
        spreads = after.std(dim=1) / before.std(dim=1) / means
        for factors in (means, spreads):
            assert factors.min() == pytest.approx(0.6, abs=0.03)
            assert factors.max() == pytest.approx(1.4, abs=0.03)
        assert np.corrcoef(before[0], after[0])[0, 1] == pytest.approx(1, abs=1e-5)
    assert not torch.allclose(other[:, 0].mean(dim=(1, 2)) / other[:, 1].mean(dim=(1, 2)), torch.ones(COUNT), rtol=0.1)


def test_cutout_paints_one_square_over_with_the_mean() -> None:
    x = pictures()
    cut, _ = augmented(x, cutout=6)
    for picture in cut[:, 0]:
        hidden = picture != x[0, 0]
        rows, columns = (np.flatnonzero(hidden.any(dim=direction)) for direction in (1, 0))
        assert hidden[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].all()
        assert max(np.ptp(rows), np.ptp(columns)) <= 5
        np.testing.assert_allclose(picture[hidden], x[0].mean(), atol=1e-5)
    assert (cut != x).any(dim=0).float().mean() > 0.95  # anywhere


@pytest.mark.parametrize("channels", [0, 3])
def test_masks_move_exactly_as_their_pictures_do(channels: int) -> None:
    x = (pictures() > 0.5).float()
    masks = x[:, 0].long()
    y = torch.stack([masks == number for number in range(channels)], dim=1).float() if channels else masks
    moved, there = augmented(x, y, shift=3, flip=True)
    mask = there.argmax(dim=1) if channels else there

    assert there.dtype == y.dtype
    assert there.shape == y.shape
    assert torch.equal(mask, moved[:, 0].round().long())


def test_a_turned_mask_holds_only_classes_and_lies_on_its_picture() -> None:
    x = (pictures(height=32, width=32) > 0.5).float()
    moved, mask = augmented(x, 3 * x[:, 0].long(), rotate=40, scale=0.2, shift=2)

    assert set(mask.unique().tolist()) == {0, 3}
    assert ((mask == 3) == (moved[:, 0] > 0.5)).float().mean() > 0.97


def test_classes_and_numbers_are_left_alone() -> None:
    for y in (torch.arange(COUNT), torch.rand(COUNT, 3)):
        assert augmented(pictures(), y, shift=2, flip=True)[1] is y


def test_a_series_is_shifted_stretched_and_roughened() -> None:
    series = torch.sin(torch.arange(64) / 5).repeat(COUNT, 2, 1)
    moved, _ = augmented(series, shift=4)
    options = [ndimage.shift(series[0, 0].numpy(), by, order=0, mode="nearest") for by in range(-4, 5)]
    for channels in moved.numpy():
        assert min(np.abs(channels[0] - option).max() for option in options) < 1e-5
        assert np.array_equal(channels[0], channels[1])
    stretched, _ = augmented(series, scale=0.2)
    assert stretched.shape == series.shape
    assert stretched.std(dim=0).max() > 0.3
    rough, _ = augmented(series, noise=0.5)
    assert (rough - series).std().item() == pytest.approx(0.5, rel=0.02)
    assert rough.min() < -1.5  # a series has no black and no white


def test_a_batch_is_a_function_of_seed_and_step_alone() -> None:
    settings = Augmentation(shift=2, flip=True, rotate=10, scale=0.1, noise=0.1, colour=0.2, cutout=4)
    x = pictures(channels=3)
    first, second = (Augmenting(settings, 7, None, None) for _ in range(2))
    torch.default_generator.manual_seed(0)
    once = first(x, NO_TARGETS, 5)[0]
    chance = torch.get_rng_state()
    second(x, NO_TARGETS, 4)
    again = second(x, NO_TARGETS, 5)[0]

    assert torch.equal(once, again)
    assert torch.equal(chance, torch.get_rng_state())  # dropout draws what it would have drawn
    assert not torch.allclose(once, first(x, NO_TARGETS, 6)[0])
    assert not torch.allclose(once, Augmenting(settings, 8, None, None)(x, NO_TARGETS, 5)[0])


def test_more_noise_moves_nothing_else() -> None:
    x = pictures()
    plain, _ = augmented(x, shift=2, flip=True, rotate=10)
    rough, _ = augmented(x, shift=2, flip=True, rotate=10, noise=0.001)

    assert (rough - plain).abs().max() < 0.01


def digits(**training: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "digits", "samples": 200, "standardize": True},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": [{"kind": "flatten"}]}},
        "loss": {"kind": "cross_entropy"},
        "training": training,
    }


def test_standardised_pictures_are_changed_as_they_were_before_that() -> None:
    experiment = checked(digits(augmentation={"shift": 1, "flip": True}))
    samples = samples_of(experiment)
    augment = augmenting_of(experiment, samples)
    assert augment is not None
    prepared = samples.prepared
    raw, mean, spread = (
        torch.from_numpy(np.float32(array)) for array in (prepared.raw[:50], prepared.mean, prepared.spread)
    )
    given = (raw - mean) / spread
    expected, _ = augmented(raw, NO_TARGETS[:50], 3, shift=1, flip=True)

    np.testing.assert_allclose(augment(given, NO_TARGETS[:50], 3)[0] * spread + mean, expected, atol=1e-4)


def test_only_batches_to_learn_from_are_changed() -> None:
    plain, changed = (begin(digits()), begin(digits(augmentation={"shift": 1})))

    assert torch.equal(plain.samples.inputs, changed.samples.inputs)
    assert not torch.equal(plain.batch()[0], changed.batch()[0])
    assert torch.equal(plain.batch()[1], changed.batch()[1])
    assert torch.equal(changed.batch()[0], changed.batch()[0])  # as often as it is asked for


def test_nothing_is_done_where_nothing_is_asked_for() -> None:
    experiment = checked(digits(augmentation={}))
    x, y = begin(digits(augmentation={})).batch()

    assert augmenting_of(experiment, samples_of(experiment)) is None
    assert x.untyped_storage().data_ptr() != y.untyped_storage().data_ptr()
    assert x._base is not None  # a view of the epoch's samples, no copy


@pytest.mark.parametrize("kind", ["digits", "adding"])
def test_what_is_to_be_drawn_again_is_the_changed_sample(kind: str) -> None:
    experiment = checked(
        {
            "dataset": {"kind": kind, "samples": 100},
            "task": {"kind": "autoencoder"},
            "networks": {"encoder": {"layers": [{"kind": "flatten"}]}}
            | {"decoder": decoder_of({"digits": [1, 8, 8], "adding": [2, 50]}[kind])},
            "loss": {"kind": "mse"},
            "training": {"augmentation": {"shift": 1}},
        }
    )
    feed = feed_of(experiment, samples_of(experiment))
    batch = feed.batch(3)
    assert batch.targets is not None
    assert torch.equal(batch.targets, batch.inputs["x"])
    assert feed.whole is not None
    assert not torch.equal(batch.inputs["x"].sum(), feed.whole.inputs["x"][: batch.size].sum())


def decoder_of(sizes: list[int]) -> dict[str, Any]:
    """A decoder that draws such a sample."""
    return {"layers": [{"kind": "linear", "units": prod(sizes)}, {"kind": "reshape", "sizes": sizes}], "head": False}
