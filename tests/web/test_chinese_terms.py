"""The Chinese uses the words of `docs/glossary.zh.md`, and layers are found by their other names."""

import json
import re
from itertools import takewhile
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
ZH = ROOT / "locales" / "zh"
SEARCHED = ("aliases", "pinyin")  # what a person may type, right or not
SENTENCES = {
    (path.stem, english): chinese
    for path in sorted(ZH.glob("*.json"))
    if path.stem not in SEARCHED
    for english, chinese in json.loads(path.read_text("utf-8")).items()
}
README = (ROOT / "README.md").read_text("utf-8").partition("\n## 中文\n")[2]
GLOSSARY = (ROOT / "docs" / "glossary.zh.md").read_text("utf-8").partition("| --- | --- | --- | --- |\n")[2]
TERMS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in takewhile(lambda line: line.startswith("|"), GLOSSARY.splitlines())
]
FORBIDDEN = [word for term in TERMS for word in term[2].split("、") if word]
# Where the English word means something else: a seat's token, a name of another program, a key of a document.
ELSEWHERE = {
    "token": ("problems", "web"),
    "playground": ("datasets",),
    "spread": ("losses", "probes", "tasks"),
    "schedule": ("problems",),
    "car": ("network",),
}


@pytest.mark.parametrize(("english", "chinese"), [(term[0], term[1]) for term in TERMS])
def test_a_term_has_one_word_in_chinese(english: str, chinese: str) -> None:
    word = re.compile(rf"(?<![\w`.]){english}(?:s|es)?(?![\w`])", re.IGNORECASE)
    other = [
        (context, sentence)
        for (context, sentence), told in SENTENCES.items()
        if context not in ELSEWHERE.get(english, ())
        and word.search(re.sub(r"{\w+}", "", sentence))
        and chinese not in told
    ]
    assert other == []


@pytest.mark.parametrize("word", [*FORBIDDEN, "轮数上限", "带来的", "慢看", "抽取", "瞎猜", "真正的引擎"])
def test_words_that_mislead_stand_nowhere(word: str) -> None:
    assert [key for key, told in SENTENCES.items() if word in told] == []
    assert word not in README


@pytest.mark.parametrize("context", ["layers", "shapes", "network", "experiment", "presets", "datasets", "probes"])
def test_the_moments_of_a_series_are_time_steps(context: str) -> None:
    """“时刻” is a moment of training."""
    assert [english for (named, english), told in SENTENCES.items() if named == context and "时刻" in told] == []


def test_what_divides_the_gradients_is_no_ups_and_downs() -> None:
    assert [key for key, told in SENTENCES.items() if key[0] == "optimizers" and "起伏" in told] == []


def test_patience_is_a_number_of_epochs() -> None:
    assert {told for (_, english), told in SENTENCES.items() if english == "Patience"} == {"容忍轮数"}


def test_numbers_and_sources_are_written_as_chinese_does() -> None:
    """96.7%, 0～1, “He 等 2015”."""
    odd = re.compile(r"[\d}] %|\d…[\d−]|《[A-Z]|来源：|等，\d{4}")
    assert [key for key, told in SENTENCES.items() if odd.search(told)] == []


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("暂退法", ("dropout",)),
        ("丢弃法", ("dropout",)),
        ("批量规范化", ("batch_norm1d", "batch_norm2d")),
        ("批量归一化", ("batch_norm1d", "batch_norm2d")),
        ("线性层", ("linear",)),
        ("汇聚", ("max_pool2d", "avg_pool2d", "global_avg_pool")),
        ("自注意力", ("attention",)),
        ("残差连接", ("residual",)),
        ("反卷积", ("conv_transpose2d",)),
        ("长短期记忆", ("lstm",)),
    ],
)
def test_layers_are_found_by_their_other_names(client: httpx.Client, asked: str, kinds: tuple[str, ...]) -> None:
    layers = client.get("/api/parts?language=zh").json()["families"]["layers"]
    found = {layer["kind"] for layer in layers if any(asked in word for word in (layer["title"], *layer["search"]))}
    assert set(kinds) <= found


def test_every_other_name_belongs_to_a_layer(client: httpx.Client) -> None:
    titles = {layer["title"] for layer in client.get("/api/parts?language=en").json()["families"]["layers"]}
    assert set(json.loads((ZH / "aliases.json").read_text("utf-8"))) <= titles
