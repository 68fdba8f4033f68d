"""Tokenizers: what they learn, that nothing is lost or cut, and what is counted in characters."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from math import log2
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from app.experiment.check import checked
from app.parts.datasets.prepared import prepare
from app.parts.datasets.preview import preview
from app.parts.datasets.stories import Stories
from app.parts.datasets.story_writing import story
from app.parts.tokenizers import TOKENIZERS, Tokenizer
from app.parts.tokenizers.byte_pairs import BytePairs
from app.parts.tokenizers.characters import Characters
from app.parts.tokenizers.learned import UNKNOWN, Learned
from app.parts.tokenizers.words import Words
from app.runs.folder import RunFolder
from app.training.asking.trained import entrance_of
from app.training.building import build_networks
from app.training.data.samples import load, samples_of
from app.training.recording.evaluating import Evaluator
from app.training.tasks import WORK
from app.training.tokenizers import cut, cutting
from app.training.tokenizers.work import pieces_of
from tests.training.running import trained

SCRIPTS = "The cat sat.\n    def f(x):\treturn 12345\r\n天地玄黄，宇宙洪荒。 Привет! مرحبا नमस्ते 👩‍👩‍👧 é é 𝒳\u3000ok\n"
TEXT = "".join(story(np.random.default_rng(1), "en") for _ in range(30)) + SCRIPTS * 8
every_tokenizer = pytest.mark.parametrize(
    "tokenizer", [tokenizer.model_validate({}) for tokenizer in TOKENIZERS], ids=lambda tokenizer: tokenizer.kind
)


def back(tokenizer: Tokenizer, learned: Learned, text: str) -> str:
    return learned.decoded(cutting(tokenizer, learned).encode(text))


@every_tokenizer
def test_what_is_cut_and_put_together_again_is_the_text(tokenizer: Tokenizer) -> None:
    tokens, learned = cut(tokenizer, TEXT, len(TEXT))
    assert learned.unknown == 0
    assert learned.decoded(tokens) == TEXT
    assert learned.lengths[tokens].sum() == len(TEXT)
    assert back(tokenizer, learned, SCRIPTS) == SCRIPTS
    assert Learned.of(learned.as_array()) == learned
    assert len(learned.tokens) <= tokenizer.size
    assert len(set(learned.tokens)) == len(learned.tokens)


@pytest.mark.parametrize("tokenizer", [Characters(), BytePairs(size=400)], ids=lambda tokenizer: tokenizer.kind)
@given(text=st.text(alphabet=sorted(set(TEXT)), max_size=60))
def test_any_text_of_known_characters_comes_back(tokenizer: Tokenizer, text: str) -> None:
    _, learned = cut(tokenizer, TEXT, len(TEXT))
    assert back(tokenizer, learned, text) == text


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_pieces_leave_nothing_out(text: str) -> None:
    assert "".join(pieces_of(text)) == text


@pytest.mark.parametrize("tokenizer", [Characters(size=40), BytePairs(size=64)], ids=lambda tokenizer: tokenizer.kind)
def test_a_character_that_is_too_rare_is_one_unknown_token_and_its_share_is_told(tokenizer: Tokenizer) -> None:
    text = "ab cd ef\n" * 50 + "語" + "gh ij\n" * 50
    tokens, learned = cut(tokenizer, text, len(text) - 400)
    assert "語" not in learned.tokens or tokenizer.kind == "byte_pairs"
    strange = cutting(tokenizer, learned).encode("a𝒳𝒴b")
    assert (strange == 0).sum() == 2
    assert learned.tokens[0] == UNKNOWN
    assert learned.decoded(strange) == f"a{UNKNOWN}{UNKNOWN}b"
    assert learned.unknown == (tokens == 0).mean()


def test_words_that_are_too_rare_are_unknown() -> None:
    text = " the cat sat." * 40 + " xylophone" + " the dog sat." * 40
    tokens, learned = cut(Words(), text, len(text))
    assert (tokens == 0).sum() == 1
    assert learned.decoded(tokens) == text.replace(" xylophone", UNKNOWN)


def test_byte_pairs_join_what_stands_together_most_often() -> None:
    """The example of Sennrich et al. 2016: e s, es t, and l o come first, with 9, 9 and 7 of them."""
    text = " low" * 5 + " lower" * 2 + " newest" * 6 + " widest" * 3
    _, learned = cut(BytePairs(), text, len(text))
    assert learned.pairs[:2] == (("e", "s"), ("es", "t"))
    joined = {"".join(pair) for pair in learned.pairs}
    assert {"est", " low", " newest"} <= joined


CODE = """
import json, os, sys
from app.parts.tokenizers.byte_pairs import BytePairs
from app.training.tokenizers import cut
assert "tokenizers" not in sys.modules
_, learned = cut(BytePairs(), sys.argv[1], len(sys.argv[1]))
print(json.dumps([learned.hash, len(os.listdir("/proc/self/task"))]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_every_process_learns_the_same_without_a_thread() -> None:
    told = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", CODE, TEXT],
                capture_output=True,
                text=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            ).stdout
        )
        for seed in ("1", "2")
    ]
    assert told == [[cut(BytePairs(), TEXT, len(TEXT))[1].hash, 1]] * 2


def test_the_launcher_never_has_the_library() -> None:
    code = "import sys, app.training.worker, app.training.late as late\n[one() for one in late.imports()]"
    said = "print('tokenizers' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", f"{code}\n{said}"], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_texts_of_before_are_what_they_were() -> None:
    hashes = {"en": "e87f18239ee1a5b3", "zh": "e88b4eca94267713"}
    for language, known in hashes.items():
        prepared = prepare(Stories.model_validate({"samples": 100, "language": language}), None)
        assert known == sha(prepared.raw.tobytes() + prepared.inputs.tobytes() + prepared.targets.tobytes())


def sha(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def stories(tokenizer: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "stories", "samples": 200, "window": 16, "tokenizer": tokenizer},
        "task": {"kind": "language_model"},
        "networks": {"main": {"layers": [{"kind": "embedding", "width": 8}, {"kind": "lstm", "units": 12}]}},
        "loss": {"kind": "cross_entropy"},
        **more,
    }


@pytest.mark.parametrize("kind", ["byte_pairs", "words"])
def test_windows_of_learned_tokens_lie_side_by_side(kind: str) -> None:
    dataset = Stories.model_validate({"samples": 200, "window": 16, "tokenizer": {"kind": kind, "size": 200}})
    prepared = load(dataset)
    text = prepared.inputs.ravel()
    np.testing.assert_array_equal(text[1:], prepared.targets.ravel()[:-1])
    assert prepared.train.max() < prepared.validation.min() <= prepared.validation.max() < prepared.test.min()
    learned = prepared.learned
    assert learned is not None
    letters = "".join(dataset.vocabulary() or Stories().letters())
    assert set(learned.decoded(text).replace(UNKNOWN, "")) <= set(letters)
    told = preview(dataset, prepared)
    assert told["vocabulary"] == [*learned.tokens, *[""] * (200 - len(learned.tokens))]
    assert told["tokenizer"]["hash"] == learned.hash
    assert told["tokenizer"]["letters"] > 1.5


def test_bits_count_characters_so_that_tokenizers_can_be_compared() -> None:
    """A network that holds all tokens equally likely needs log2(size) bits for each, whatever they stand for."""
    experiment = checked(stories({"kind": "byte_pairs", "size": 128}))
    samples, work = samples_of(experiment), WORK["language_model"](experiment)
    networks = build_networks(experiment)
    with torch.no_grad():
        for parameter in networks["main"].parameters():
            parameter.zero_()
    with pytest.raises(ValueError, match="how many characters"):
        Evaluator(experiment, samples, work).evaluate(networks)
    work.enter(samples.prepared)
    metrics = Evaluator(experiment, samples, work).evaluate(networks).metrics
    learned = samples.prepared.learned
    assert learned is not None
    targets = samples.prepared.targets[samples.prepared.test]
    characters = len(learned.decoded(targets.ravel()).replace(UNKNOWN, "?"))
    assert metrics["test_bits_per_character"] == pytest.approx(log2(128) * targets.size / characters, rel=1e-5)
    assert metrics["test_perplexity"] == pytest.approx(128, rel=1e-5)


def test_a_run_tells_what_it_has_learned_and_keeps_it(tmp_path: Path) -> None:
    document = stories({"kind": "byte_pairs", "size": 128}, training={"epochs": 1})
    told = trained(tmp_path / "runs", document)
    started = next(event for event in told if event["type"] == "started")
    assert told[-1]["reason"] == "done"
    (run,) = (tmp_path / "runs").iterdir()
    learned = entrance_of(RunFolder(run).path).learned
    assert learned is not None
    assert started["tokenizer"] == {"kind": "byte_pairs", "size": 128, "hash": learned.hash, "unknown": 0.0}
    again = next(event for event in trained(tmp_path / "again", document) if event["type"] == "started")
    assert [again[name] for name in ("tokenizer", "corpus")] == [started[name] for name in ("tokenizer", "corpus")]
    other = stories({"kind": "characters"}, training={"epochs": 1})
    plain = next(event for event in trained(tmp_path / "plain", other) if event["type"] == "started")
    assert plain["tokenizer"] is None
    assert plain["corpus"] not in (None, started["corpus"])
