"""Texts that people bring: read in any script and encoding, cut into windows that nobody copies, and their limits."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from app.experiment.check import checked
from app.experiment.patch import patched
from app.parts.datasets import AnyDataset, Dataset
from app.parts.datasets.own_text import LONGEST
from app.parts.datasets.prepared import Prepared
from app.parts.problem import Problem
from app.training.data.feed import Feed, Order
from app.training.data.samples import load, samples_of
from tests.uploads.made import brought, picture, table

DATASET: TypeAdapter[Dataset] = TypeAdapter(AnyDataset)
NOVEL = "It was a dark and stormy night; the rain fell in torrents.\n"
CHINESE = "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。\n"


def text(data: Path, content: bytes, **said: Any) -> dict[str, Any]:
    return brought(data, content, dataset="own_text", **said)


def load_prepared(data: Path, dataset: dict[str, Any]) -> Prepared:
    parsed = DATASET.validate_python(dataset)
    parsed.check()
    return load(parsed, data)


def written(prepared: Prepared) -> list[str]:
    """Each window as a text."""
    learned = prepared.learned
    assert learned is not None
    return [learned.decoded(window) for window in prepared.raw]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ((NOVEL * 20).encode(), "utf-8"),
        (("\ufeff" + NOVEL * 20).encode(), "utf-8"),
        ((CHINESE * 40).encode("gb18030"), "gb18030"),
        ((CHINESE * 40).encode("utf-16"), "utf-16"),
        (("في البدء كان الكلمة 👩‍👩‍👧.\n" * 40).encode(), "utf-8"),
        ((NOVEL * 20).replace("\n", "\r\n").encode(), "utf-8"),
    ],
)
def test_a_text_in_any_script_is_read_as_it_was_written(tmp_path: Path, content: bytes, encoding: str) -> None:
    about = text(tmp_path, content)
    whole = content.decode(encoding).removeprefix("\ufeff").replace("\r\n", "\n")
    assert about["encoding"] == encoding
    assert (about["count"], about["different"], about["lines"]) == (len(whole), len(set(whole)), whole.count("\n"))
    assert whole.startswith(about["beginning"])
    prepared = load_prepared(tmp_path, about["dataset"])
    assert whole.startswith("".join(written(prepared)))
    assert prepared.inputs.shape == (about["dataset"]["samples"], about["dataset"]["window"])


def test_what_another_encoding_would_make_of_it_can_be_said(tmp_path: Path) -> None:
    about = text(tmp_path, (CHINESE * 40).encode("gb18030"), encoding="gb18030")
    assert about["encodings"] == ["gb18030"]
    with pytest.raises(Problem, match="cannot be read"):
        text(tmp_path, (CHINESE * 40).encode("gb18030"), encoding="utf-8")


def test_windows_are_views_that_are_spread_over_the_text_and_cross_no_border(tmp_path: Path) -> None:
    whole = "".join(f"{number:05d} " for number in range(4000))
    about = text(tmp_path, whole.encode())
    prepared = load_prepared(tmp_path, {**about["dataset"], "samples": 50, "window": 30})
    windows = written(prepared)
    starts = [whole.index(window) for window in windows]
    assert starts == [at * ((len(whole) - 1) // 50) for at in range(50)]
    assert np.shares_memory(prepared.inputs, prepared.targets)
    ends = {name: max(starts[row] + 30 for row in getattr(prepared, name)) for name in ("train", "validation")}
    begins = {name: min(starts[row] for row in getattr(prepared, name)) for name in ("validation", "test")}
    assert ends["train"] < begins["validation"]
    assert ends["validation"] < begins["test"]
    learned = prepared.learned
    assert learned is not None
    assert learned.decoded(prepared.targets[3]) == whole[starts[3] + 1 : starts[3] + 31]


@pytest.mark.parametrize("tokenizer", ["byte_pairs", "words"])
def test_fewer_tokens_than_windows_take_are_told_with_what_would_do(tmp_path: Path, tokenizer: str) -> None:
    dataset = text(tmp_path, (NOVEL * 200).encode())["dataset"]
    document = {"dataset": {**dataset, "tokenizer": {"kind": tokenizer}}}
    with pytest.raises(Problem, match="would take more") as caught:
        load_prepared(tmp_path, document["dataset"])
    [fix] = caught.value.fixes
    mended = patched(document, fix.edits)["dataset"]
    assert load_prepared(tmp_path, mended).inputs.shape == (mended["samples"], 64)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty"),
        (b"\n \n\n", "This file is empty"),
        (b"just one short line", "only 19 characters"),
        (b"a" * (LONGEST + 1), r"has 10.0 MB, and 10 MB are the most"),
        (bytes(range(256)) * 50, "bytes that no text has"),
        (picture(), "pictures"),
        (b"%PDF-1.7 ...", "PDF"),
    ],
)
def test_what_cannot_be_learned_from_is_told(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        text(tmp_path, content)
    assert sentence in str(caught.value).replace("\\", "")


def test_a_text_of_one_line_is_a_text(tmp_path: Path) -> None:
    about = text(tmp_path, NOVEL.strip().encode() * 4)
    assert about["lines"] == 1
    assert len(load_prepared(tmp_path, about["dataset"]).inputs) == about["dataset"]["samples"]


def test_a_million_different_characters_are_told_to_be_too_rare(tmp_path: Path) -> None:
    letters = "".join(map(chr, (*range(0xA0, 0xD800), *range(0xE000, 0x10FFFE))))
    about = text(tmp_path, letters.encode())
    assert about["different"] > 1_000_000
    with pytest.raises(Problem, match="too rare"):
        load_prepared(tmp_path, about["dataset"])
    few = text(tmp_path, (letters[:20_000] + NOVEL * 20_000).encode())
    prepared = load_prepared(tmp_path, {**few["dataset"], "tokenizer": {"kind": "characters", "size": 64}})
    assert prepared.learned is not None
    assert 0 < prepared.learned.unknown < 0.03


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_ten_megabytes_are_trained_on_without_a_copy_for_each_window(tmp_path: Path, encoding: str) -> None:
    line = CHINESE.replace("\n", "")
    content = (line * (LONGEST // len(line.encode(encoding)))).encode(encoding)
    about = text(tmp_path, content)
    assert about["count"] == len(content.decode(encoding))
    dataset = {**about["dataset"], "samples": 50_000, "window": 32}
    experiment = checked(
        {
            "dataset": dataset,
            "task": {"kind": "language_model"},
            "networks": {"main": {"layers": [{"kind": "embedding"}, {"kind": "gru", "units": 4}]}},
            "loss": {"kind": "cross_entropy"},
        }
    )
    samples = samples_of(experiment, tmp_path)
    whole = samples.whole("train")
    assert whole.targets is not None
    storage = whole.inputs["x"].untyped_storage()
    assert storage.nbytes() <= 8 * about["count"]
    assert whole.targets.untyped_storage().data_ptr() - storage.data_ptr() in (0, 8)
    feed = Feed(samples, Order(0, samples.count("train"), 16))
    batch = feed.batch(0)
    rows = Order(0, samples.count("train"), 16).of(0)[:16]
    np.testing.assert_array_equal(batch.inputs["x"].numpy(), samples.prepared.inputs[rows])


def test_a_page_of_html_or_json_is_a_text_where_that_is_wanted(tmp_path: Path) -> None:
    page = b"<!doctype html><p>" + NOVEL.encode() * 10
    assert text(tmp_path, page)["beginning"].startswith("<!doctype")
    with pytest.raises(Problem, match="web page"):
        brought(tmp_path, page)


def test_a_text_is_a_table_where_nobody_says_it(tmp_path: Path) -> None:
    assert brought(tmp_path, table())["kind"] == "own_table"
    assert text(tmp_path, table())["kind"] == "own_text"


def test_a_text_that_is_gone_or_another_one_is_told(tmp_path: Path) -> None:
    dataset = text(tmp_path, (NOVEL * 20).encode())["dataset"]
    with pytest.raises(Problem, match="not what this experiment says"):
        load_prepared(tmp_path, {**dataset, "characters": dataset["characters"] + 1})
    for upload in ("u0000000000000", "../../etc/passwd"):
        with pytest.raises(Problem, match="not on this server"):
            load_prepared(tmp_path, {**dataset, "upload": upload})
