"""MNIST and CIFAR-10 from an operator's folder, and a sentence where the files are not there or not good."""

import gzip
import json
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.parts.datasets import Dataset
from app.parts.datasets.cifar10 import Cifar10
from app.parts.datasets.mnist import Mnist
from app.parts.problem import Problem
from app.training.asking.questions import answer
from app.training.data.samples import load
from app.training.files import cifar10, mnist
from app.uploads.operator import NOTE, offered, tell_workers
from tests.uploads.made import idx, operators_files

DIGITS = np.arange(300) % 10


@pytest.fixture
def data(tmp_path: Path) -> Path:
    operators_files(tmp_path)
    return tmp_path


def test_the_pictures_are_those_of_the_files_in_their_order(data: Path) -> None:
    file = (data / "operator" / "mnist" / "train-images-idx3-ubyte").read_bytes()
    pixels, digits = mnist(data, 300)
    assert pixels.tobytes() == file[16:]
    assert digits.tolist() == DIGITS.tolist()
    records = np.frombuffer((data / "operator" / "cifar-10-batches-bin" / "data_batch_1.bin").read_bytes(), np.uint8)
    pixels, classes = cifar10(data, 300)
    assert np.array_equal(pixels.reshape(300, -1), records.reshape(300, -1)[:, 1:])
    assert classes.tolist() == DIGITS.tolist()


@pytest.mark.parametrize("dataset", [Mnist(samples=100), Cifar10(samples=100)])
def test_fewer_samples_are_even_over_the_classes(data: Path, dataset: Dataset) -> None:
    prepared = load(dataset, data)
    assert np.bincount(prepared.targets).tolist() == [10] * 10
    assert prepared.inputs.dtype == prepared.raw.dtype == np.float32
    assert 0 <= prepared.raw.min() < prepared.raw.max() <= 1


def test_compressed_files_other_spellings_and_both_parts_are_read(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (30, 28, 28))
    folder = tmp_path / "sets" / "MNIST" / "raw"
    folder.mkdir(parents=True)
    for part in ("train", "t10k"):
        (folder / f"{part}-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(pixels)))
        (folder / f"{part}-labels.idx1-ubyte").write_bytes(idx(DIGITS[:30]))
    tell_workers(tmp_path, tmp_path / "sets")
    assert offered(tmp_path) == {"mnist": True, "cifar10": False}
    assert len(mnist(tmp_path, 60)[0]) == 60


def test_without_files_a_sentence_says_what_the_operator_can_do(tmp_path: Path) -> None:
    for told in (None, tmp_path / "nothing"):
        tell_workers(tmp_path, told)
        assert offered(tmp_path) == {"mnist": False, "cifar10": False}
        for dataset in (Mnist(), Cifar10()):
            with pytest.raises(Problem, match="TRAINYARD_DATASETS"):
                load(dataset, tmp_path)


def test_more_samples_than_there_are_is_told_and_one_click_takes_them_all(data: Path) -> None:
    with pytest.raises(Problem) as raised:
        load(Mnist(samples=301), data)
    assert raised.value.place == "/dataset/samples"
    [edit] = raised.value.fixes[0].edits
    assert (edit.path, edit.value) == ("/dataset/samples", 300)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        idx(DIGITS),
        idx(np.zeros((300, 27, 28))),
        idx(np.zeros((299, 28, 28))),
        idx(np.zeros((300, 28, 28)))[:-1],
        idx(np.zeros((300, 28, 28))) + b"x",
    ],
)
def test_damaged_files_of_mnist_are_told(data: Path, content: bytes) -> None:
    file = data / "operator" / "mnist" / "train-images-idx3-ubyte"
    for name, written in ((file, content), (file.with_suffix(".gz"), gzip.compress(content)[: max(len(content), 9)])):
        file.unlink(missing_ok=True)
        name.write_bytes(written)
        with pytest.raises(Problem, match=r"is damaged|no files of MNIST"):
            mnist(data, 20)


@pytest.mark.parametrize("content", [b"", b"\x01" * 3072, b"\x0a" * 3073])
def test_damaged_files_of_cifar_are_told(data: Path, content: bytes) -> None:
    (data / "operator" / "cifar-10-batches-bin" / "data_batch_1.bin").write_bytes(content)
    with pytest.raises(Problem, match="is damaged"):
        cifar10(data, 20)


def test_the_pickled_version_of_cifar_is_never_opened(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> Any:
            return (Path.touch, (tmp_path / "sprung",))

    folder = tmp_path / "sets"
    folder.mkdir()
    for name in ("data_batch_1", "data_batch_1.bin"):
        (folder / name).write_bytes(pickle.dumps({b"data": Trap()}))
    tell_workers(tmp_path, folder)
    with pytest.raises(Problem, match="is damaged"):
        cifar10(tmp_path, 20)
    assert not (tmp_path / "sprung").exists()


def test_the_note_for_workers_holds_the_folder_and_nothing_else(tmp_path: Path) -> None:
    tell_workers(tmp_path, Path("relative"))
    assert json.loads((tmp_path / NOTE).read_text()) == {"folder": str(Path.cwd() / "relative")}
    tell_workers(tmp_path, None)
    assert not (tmp_path / NOTE).exists()


def test_where_the_files_cannot_be_read_the_thumbnail_is_null_and_the_others_are_there(data: Path) -> None:
    (data / "operator" / "mnist" / "train-images-idx3-ubyte").write_bytes(b"damaged")
    told = json.loads(answer(data, {"kind": "thumbnails", "kinds": ["circle", "mnist", "cifar10"]})[1:])["thumbnails"]
    assert list(told) == ["circle", "mnist", "cifar10"]
    assert told["mnist"] is None
    assert (len(told["circle"]["raw"]), len(told["cifar10"]["raw"])) == (200, 4)
