"""Labels at each place: what counts, what is learned, and what the page is shown of it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from app.experiment.check import check, checked
from app.parts.datasets.counting import Counting
from app.parts.datasets.prepared import prepare
from app.parts.datasets.preview import preview
from app.parts.datasets.puzzles import ANSWERS, Puzzles
from app.parts.datasets.repeating import Repeating
from app.training.building import build_networks
from app.training.data.batch import targets_of
from app.training.data.samples import samples_of
from app.training.doctor import Doctor
from app.training.recording.evaluating import Evaluator
from app.training.tasks import WORK
from app.training.tasks.supervised import Supervised
from app.training.worker import work
from tests.training.running import new_run
from tests.training.test_probes import looked_at, values


def tagging(dataset: dict[str, Any], units: int = 10, **training: Any) -> dict[str, Any]:
    return {
        "dataset": dataset,
        "task": {"kind": "tagging"},
        "networks": {"main": {"layers": [{"kind": "embedding", "width": 4}, {"kind": "lstm", "units": units}]}},
        "loss": {"kind": "cross_entropy"},
        "optimizer": {"kind": "adam", "lr": 0.02},
        "training": {"batch_size": 5, "regularization": {"clip_norm": 1.0}, **training},
    }


def test_the_word_ends_when_there_are_as_many_b_as_a() -> None:
    dataset = Counting(most=10)
    prepared = prepare(dataset, None)
    for row, (tokens, tags) in enumerate(zip(prepared.raw.tolist(), prepared.targets.tolist(), strict=True)):
        count = row + 1
        word = "".join(dataset.vocabulary()[token] for token in tokens)
        assert word == "a" * count + "b" * count
        names = [dataset.tags()[tag] for tag in tags[: 2 * count]]
        assert names == ["a or b"] * count + ["b"] * (count - 1) + ["end"]
    # shorter ones train
    assert prepared.train.max() < prepared.validation.min() <= prepared.validation.max() < prepared.test.min()


@pytest.mark.parametrize("order", ["same", "reversed"])
def test_what_is_to_be_said_again_is_what_was_read(order: Any) -> None:
    dataset = Repeating(samples=60, order=order)
    prepared = prepare(dataset, None)
    letters = dataset.vocabulary()
    for tokens, tags in zip(prepared.raw.tolist(), prepared.targets.tolist(), strict=True):
        read, _, asked = "".join(letters[token] for token in tokens).partition("?")
        said = [dataset.tags()[tag] for tag in tags]
        assert set(said[: len(read) + 1]) <= {"nothing"}
        again = "".join(said[len(read) + 1 :][: len(asked)])
        assert again == (read if order == "same" else read[::-1])


def test_accuracy_counts_places_and_exact_counts_rows_and_what_fills_up_counts_nothing() -> None:
    experiment = checked(tagging({"kind": "repeating", "samples": 200}))
    samples, supervised = samples_of(experiment), WORK["tagging"](experiment)
    whole = samples.whole("validation")
    assert whole.weight is not None
    counts = whole.weight > 0
    truth = torch.nn.functional.one_hot(targets_of(whole), 9).transpose(1, 2).float()
    spoiled = truth.clone()
    spoiled[0, :, 0] = 1 - truth[0, :, 0]  # a place that counts
    spoiled[1, :, ~counts[1]] = 1 - truth[1, :, ~counts[1]]  # places that do not
    assert (~counts[1]).any()
    tally = supervised.tally()
    for first in range(0, whole.size, 7):
        tally.add(spoiled[first : first + 7], whole.part(first, first + 7))
    metrics = tally.metrics()
    assert metrics["exact"] == pytest.approx(1 - 1 / whole.size)
    assert metrics["accuracy"] == pytest.approx(1 - 1 / int(counts.sum()))
    expected = torch.nn.functional.cross_entropy(spoiled, targets_of(whole), reduction="none")[counts].mean()
    assert metrics["loss"] == pytest.approx(expected.item(), rel=1e-5)
    assert isinstance(supervised, Supervised)
    assert metrics["loss"] == pytest.approx(supervised.loss(spoiled, whole).item(), rel=1e-5)
    share = supervised.each(spoiled, whole).share
    assert share is not None
    assert share.tolist()[1] == 1


def test_ten_units_soon_learn_to_count_what_they_have_seen(tmp_path: Path) -> None:
    folder = new_run(tmp_path, tagging({"kind": "counting", "most": 16}, epochs=250))
    assert work(folder.path) == 0
    experiment = checked(tagging({"kind": "counting", "most": 16}))
    assert (
        Evaluator(experiment, samples_of(experiment), WORK["tagging"](experiment))
        .evaluate(build_networks(experiment))
        .metrics["train_exact"]
        < 0.5
    )


def test_the_page_is_shown_rows_of_both_splits_with_truth_and_answer() -> None:
    look, frames = looked_at(tagging({"kind": "counting", "most": 40}))
    arrays = {name: values(array) for name, array in frames["tags_given"].arrays.items()}
    assert arrays["tokens"].shape == arrays["given"].shape == arrays["truth"].shape == (22, 80)
    assert arrays["split"].tolist() == [0] * 12 + [1] * 10
    assert (arrays["tokens"][11] != 0).sum() == 40  # the longest that it learned from
    with torch.no_grad():
        answer = look.answer(look.samples.batch("validation", np.arange(10)))
    np.testing.assert_array_equal(arrays["given"][12:], answer.argmax(1).numpy())


def test_previews_count_labels_of_places_that_count() -> None:
    dataset = Counting()
    told = preview(dataset, prepare(dataset, None))
    assert told["balance"]["train"] == [sum(range(1, 21)), sum(range(20)), 20]
    assert len(told["targets"][0]) == 80


def test_tagging_wants_labels_and_the_sequence_to_its_end() -> None:
    wrong = tagging({"kind": "parity"})
    assert any(problem.place == "/task" for problem in check(wrong).problems)
    short = tagging({"kind": "counting"})
    short["networks"]["main"]["layers"].append({"kind": "last_step"})
    assert any("Keep the sequence" in problem.template for problem in check(short).problems)


@pytest.mark.parametrize(
    ("puzzle", "read", "said"),
    [
        ("copy", "4021", "4021"),
        ("reverse", "4021", "1204"),
        ("sort", "4021", "0124"),
        ("parity", "1011", "1"),
        ("parity", "1001", "0"),
        ("modular", "4527", "8"),
    ],
)
def test_the_answer_of_a_puzzle(puzzle: str, read: str, said: str) -> None:
    assert ANSWERS[puzzle](read) == said


@pytest.mark.parametrize("puzzle", ["copy", "reverse", "sort", "parity", "addition", "modular"])
def test_puzzles_are_learned_from_short_rows_and_asked_in_longer_ones(puzzle: Any) -> None:
    dataset = Puzzles(puzzle=puzzle, samples=500, learned=4)
    prepared = prepare(dataset, None)
    letters, names = dataset.vocabulary(), dataset.tags()
    lengths = dataset.lengths(prepared.raw)
    assert set(lengths[prepared.train]) == {1, 2, 3, 4}
    assert set(lengths[prepared.validation]) == set(range(1, 9))
    assert set(lengths[prepared.test]) == {5, 6, 7, 8}
    for tokens, tags, length in zip(prepared.raw.tolist(), prepared.targets.tolist(), lengths.tolist(), strict=True):
        read, _, asked = "".join(letters[token] for token in tokens).partition("=")
        answer = "".join(names[tag] for tag in tags[len(read) + 1 :][: len(asked)])
        assert set(tags[: len(read) + 1]) == {0}
        assert asked == "_" * len(answer)
        if puzzle == "addition":
            first, other = read.split("+")
            assert (len(first), len(other), len(answer)) == (length, length, length + 1)
            assert int(answer) == int(first) + int(other)
        else:
            assert len(read) == length
            assert answer == ANSWERS[puzzle](read)


def test_which_rows_are_right_is_shown_by_their_length() -> None:
    look, frames = looked_at(tagging({"kind": "puzzles", "puzzle": "parity", "samples": 400, "learned": 3}))
    frame = frames["right_by_length"]
    lengths, right = values(frame.arrays["lengths"]), values(frame.arrays["right"])
    assert lengths.tolist() == [1, 2, 3, 4, 5, 6]
    assert frame.about["learned"] == 3
    whole = look.samples.whole("validation")
    with torch.no_grad():
        answer = look.answer(whole).argmax(1)
    assert whole.weight is not None
    exact = ((answer == targets_of(whole)) | (whole.weight == 0)).all(1).numpy()
    own = Puzzles(puzzle="parity", samples=400, learned=3).lengths(whole.inputs["x"].numpy())
    for length, row in zip(lengths.tolist(), right, strict=True):
        expected = exact[own == length][:16]
        assert row[row >= 0].tolist() == expected.astype(int).tolist()
        assert (row[len(expected) :] == -1).all()


@pytest.mark.parametrize(
    ("dataset", "tokens", "length"),
    [
        (Counting(most=8), [1, 1, 2, 2, 0, 0], 2),
        (Repeating(different=2), [1, 2, 2, 3, 4, 4, 4], 3),
        (Puzzles(puzzle="addition"), [5, 6, 11, 2, 1, 12, 13, 13, 13], 2),
        (Puzzles(puzzle="sort"), [5, 6, 12, 13, 13, 0], 2),
    ],
)
def test_how_long_a_row_is(dataset: Any, tokens: list[int], length: int) -> None:
    assert dataset.lengths(np.array([tokens])).tolist() == [length]


@pytest.mark.parametrize(("exact", "learned"), [(1.0, True), (0.2, False)])
def test_who_counts_wrongly_is_not_said_to_have_learned(exact: float, learned: bool) -> None:
    """Of the places of a word nearly all are easy; only its end tells whether it was counted."""
    doctor = Doctor(checked(tagging({"kind": "counting", "most": 20}, epochs=100)))
    for turn in range(20):
        splits = ("train", "validation")
        loss = {f"{split}_loss": 0.02 + 0.9 * 0.5**turn for split in splits}
        scores = {
            f"{split}_{name}": value for split in splits for name, value in (("accuracy", 0.98), ("exact", exact))
        }
        doctor.look(20 * turn, 2 * turn, loss | scores, True, 0.02)
    verdict = doctor.conclude("done")
    assert (verdict is not None and verdict.what == "learned") == learned
