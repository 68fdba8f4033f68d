"""Asking networks with attention: blanks, heads, blocks, the other mask; and how long a step takes."""

import copy
from typing import Any

import httpx
import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from app.experiment.experiment import Experiment
from app.runs.folder import RunFolder
from app.training.asking.trained import trained
from app.training.data.samples import samples_of
from tests.web.asking import DATES, LEARNING, REVIEWS, STORIES, parts, refused, runs_of
from tests.web.house import Server, experiment

GPT = {
    **STORIES,
    "networks": {
        "main": {
            "layers": [
                {"kind": "embedding", "width": 8},
                {"kind": "transformer_block", "heads": 2, "feedforward": 8, "rotary": True, "causal": True},
            ]
        }
    },
}
WORDS = experiment(
    dataset={"kind": "reviews", "samples": 200},
    task={"kind": "masked_language_model"},
    networks={
        "main": {
            "layers": [
                {"kind": "embedding", "width": 8},
                {"kind": "transformer_block", "heads": 2, "feedforward": 8, "rotary": True},
            ]
        }
    },
    loss={"kind": "cross_entropy"},
    training=LEARNING,
)
BLOCK: dict[str, Any] = {"kind": "transformer_block", "heads": 2, "feedforward": 8, "causal": True}
BLOCKS = STORIES | {
    "networks": {
        "main": {
            "layers": [
                {"kind": "embedding", "width": 8},
                {"kind": "learned_position", "places": 16},
                BLOCK,
                BLOCK,
                {"kind": "layer_norm"},
            ]
        }
    }
}
DOCUMENTS = {
    "blocks": BLOCKS,
    "words": WORDS,
    "gpt": GPT,
    "dates": DATES,
    "stories": STORIES,
    "reviews": REVIEWS,
}


@pytest.fixture(scope="module")
def runs(server: Server) -> dict[str, str]:
    return runs_of(server, DOCUMENTS)


def test_each_blank_is_filled_with_what_stands_around_it_and_not_with_itself(
    client: httpx.Client, runs: dict[str, str]
) -> None:
    filled = parts(client, runs["words"], kind="fill", text="The food is _ and _ room")
    assert [part["place"] for part in filled] == [3, 5]
    for part in filled:
        shares = [candidate["share"] for candidate in part["next"]]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) + part["others"]["share"] == pytest.approx(1, abs=1e-5)
    other = parts(client, runs["words"], kind="fill", text="the room is _ and _ food")
    assert other[0]["next"] != filled[0]["next"]
    for text in ("the food is good", "the sesquipedalian is _", ""):
        refused(client, runs["words"], {"kind": "fill", "text": text}, "/text")
    refused(client, runs["stories"], {"kind": "fill", "text": "_"}, "/kind")


def test_beside_the_attention_from_a_blank_stands_what_each_word_left_out_changes(
    client: httpx.Client, runs: dict[str, str]
) -> None:
    [part] = parts(client, runs["words"], kind="fill", text="the food is _ and good")
    left_out, likeliest = part["left_out"], part["next"][0]
    assert (left_out["of"], left_out["share"]) == (likeliest["token"], likeliest["share"])
    for place in (0, 1, 2, 4, 5):
        blanks = parts(client, runs["words"], kind="fill", text="the food is _ and good", hidden=[place])
        [other] = [blank for blank in blanks if blank["place"] == 3]
        share = next(candidate["share"] for candidate in other["next"] if candidate["token"] == left_out["of"])
        assert left_out["without"][place] == pytest.approx(share, abs=1e-5)
    assert left_out["without"][3] is None
    assert len(part["attention"]) == 6
    assert sum(part["attention"]) == pytest.approx(1, abs=1e-5)  # all places that count are words


def test_a_head_is_switched_off_and_nothing_else(server: Server, client: httpx.Client, runs: dict[str, str]) -> None:
    [part] = parts(client, runs["words"], kind="without_head", attention=1, head=2)
    assert (part["split"], part["samples"]) == ("validation", 40)
    again = parts(client, runs["words"], kind="without_head", attention=1, head=2)
    assert again == [part]  # the head is there again
    found = trained(RunFolder(server.app.state.house.folder(runs["words"]).path))
    samples = samples_of(found.experiment)
    batch = samples.whole("validation")
    tokens, mask, padding = (batch.inputs[name] for name in ("x", "mask", "padding"))
    network = copy.deepcopy(found.network)

    def loss() -> float:
        with torch.no_grad():
            scores = network(tokens.masked_fill(mask, 0), padding=padding)
        return cross_entropy(scores[mask], tokens[mask]).item()

    assert part["with"]["loss"] == pytest.approx(loss(), rel=1e-4)
    attention: Any = network.get_submodule("layers.1.attention")
    attention.out_proj.weight.data[:, 4:] = 0  # of eight numbers
    assert part["without"]["loss"] == pytest.approx(loss(), rel=1e-4)
    assert part["without"]["loss"] != part["with"]["loss"]
    [other] = parts(client, runs["dates"], kind="without_head", attention=2)  # of a translation
    assert other["with"].keys() == other["without"].keys() >= {"loss", "written_exact"}
    refused(client, runs["words"], {"kind": "without_head", "attention": 2}, "/attention")
    refused(client, runs["words"], {"kind": "without_head", "head": 3}, "/head")
    refused(client, runs["stories"], {"kind": "without_head"}, "/kind")  # there is no attention


def test_after_each_block_it_is_told_what_the_layers_behind_the_last_would_say(
    server: Server, client: httpx.Client, runs: dict[str, str]
) -> None:
    first, *rows = parts(client, runs["blocks"], kind="lens", text="a boy")
    assert first == {"read": list("a boy"), "next": True}
    assert [row["block"] for row in rows] == [0, 1, 2]
    found = trained(RunFolder(server.app.state.house.folder(runs["blocks"]).path))
    layers, names = found.network.layers, found.experiment.dataset.vocabulary()
    stream = torch.tensor([[names.index(letter) for letter in "a boy"]])
    with torch.no_grad():
        for row, part in zip(rows, (slice(0, 2), slice(2, 3), slice(3, 4)), strict=True):
            stream = layers[part](stream)
            shares = torch.softmax(found.network.head(layers[4](stream)), dim=-1)[0]
            assert [said["token"] for said in row["said"]] == [names[at] for at in shares.argmax(-1).tolist()]
            np.testing.assert_allclose([said["held"] for said in row["said"]], shares.amax(-1), atol=1e-6)
    likeliest = parts(client, runs["blocks"], kind="next_token", text="a boy")[0]["next"][0]
    assert rows[-1]["said"][-1]["token"] == likeliest["token"]
    assert rows[-1]["said"][-1]["held"] == pytest.approx(likeliest["held"], abs=1e-5)
    [words, _, last] = parts(client, runs["words"], kind="lens", text="the food is _")
    assert words == {"read": ["the", "food", "is", "_"], "next": False}
    filled = parts(client, runs["words"], kind="fill", text="the food is _")[0]["next"][0]
    assert last["said"] == [None, None, None, {"token": filled["token"], "held": last["said"][-1]["held"]}]
    assert last["said"][-1]["held"] == pytest.approx(filled["share"], abs=1e-5)
    for text in ("", "the food is good", "the sesquipedalian is _"):
        refused(client, runs["words"], {"kind": "lens", "text": text}, "/text")
    refused(client, runs["stories"], {"kind": "lens"}, "/kind")  # of recurrent layers


def test_hidden_words_are_blanks_and_it_is_told_how_likely_they_are_held(
    client: httpx.Client, runs: dict[str, str]
) -> None:
    typed = parts(client, runs["words"], kind="fill", text="the food is _ and good")
    hidden = parts(client, runs["words"], kind="fill", text="The food is good and good", hidden=[3])
    assert [{**typed[0], "word": "good", "held": hidden[0]["held"]}] == hidden
    assert hidden[0]["held"] == next(
        candidate["held"] for candidate in typed[0]["next"] if candidate["token"] == "good"
    )
    both = parts(client, runs["words"], kind="fill", text="the food is _ and good", hidden=[5, 3, 5])
    assert [(part["place"], part.get("word")) for part in both] == [(3, None), (5, "good")]
    for places in ([6], [-1], ["good"], [4000]):
        question = {"kind": "fill", "text": "the food is good and good", "hidden": places}
        answer = client.post(f"/api/runs/{runs['words']}/ask", json=question)
        assert answer.status_code == 422
        assert answer.json()["problems"][0]["place"].startswith("/hidden")


def looks_back_only(maps: Any) -> bool:
    """Whether no head of a reply looks ahead; each row adds up to 1."""
    found = np.array(maps)
    np.testing.assert_allclose(found.sum(-1), 1, atol=0.03)
    return not np.triu(found, 1).any()


def test_a_language_model_looks_with_the_full_mask_for_once(client: httpx.Client, runs: dict[str, str]) -> None:
    before = parts(client, runs["gpt"], kind="write_on", count=20)
    first, own, other = parts(client, runs["gpt"], kind="other_mask", text="a boy saw a")
    assert first["tokens"] == list("a boy saw a")
    assert [layer["causal"] for layer in first["layers"]] == [True]
    assert [own["other"], other["other"]] == [False, True]
    assert looks_back_only(own["maps"])
    assert not looks_back_only(other["maps"])
    assert own["nats"][0] is None
    [following] = parts(client, runs["gpt"], kind="next_token", text="a boy saw ")
    held = {candidate["token"]: candidate["held"] for candidate in following["next"]}
    assert np.exp(-own["nats"][-1]) == pytest.approx(held["a"], abs=1e-5)
    assert own["likeliest"][-1] == following["next"][0]["token"]
    assert own["nats"][1:] != pytest.approx(other["nats"][1:], abs=1e-3)
    assert parts(client, runs["gpt"], kind="write_on", count=20) == before  # the run is as it was
    assert parts(client, runs["gpt"], kind="other_mask", text="a boy saw a") == [first, own, other]
    held_back = parts(client, runs["gpt"], kind="other_mask")[0]["tokens"]
    assert len(held_back) == 16  # a whole window
    refused(client, runs["gpt"], {"kind": "other_mask", "text": "a"}, "/text")
    refused(client, runs["stories"], {"kind": "other_mask", "text": "a boy"}, "/kind")


def test_a_masked_language_model_looks_back_only_for_once(client: httpx.Client, runs: dict[str, str]) -> None:
    first, own, other = parts(client, runs["words"], kind="other_mask", text="the food is good and the room")
    assert first["tokens"] == ["the", "food", "is", "good", "and", "the", "room"]
    assert not looks_back_only(own["maps"])
    assert looks_back_only(other["maps"])
    [filled] = parts(client, runs["words"], kind="fill", text="the food is _ and the room")
    held = {candidate["token"]: candidate["held"] for candidate in filled["next"]}
    assert np.exp(-own["nats"][3]) == pytest.approx(held["good"], abs=1e-5)
    assert own["nats"] != pytest.approx(other["nats"], abs=1e-3)
    assert filled == parts(client, runs["words"], kind="fill", text="the food is _ and the room")[0]
    assert "" not in parts(client, runs["words"], kind="other_mask")[0]["tokens"]
    refused(client, runs["words"], {"kind": "other_mask", "text": "the sesquipedalian is"}, "/text")


def test_a_step_is_measured_by_how_long_the_sequences_are(client: httpx.Client, runs: dict[str, str]) -> None:
    first, *measured = parts(client, runs["stories"], kind="step_time", longest=64, batch_size=2)
    assert first == {"layers": ["embedding", "lstm"]}
    assert [part["length"] for part in measured] == [16, 32, 64]
    for part in measured:
        document = STORIES | {"dataset": {**STORIES["dataset"], "window": part["length"]}}
        asked = Experiment.model_validate(document)
        assert part["multiply_adds"] == asked.step_multiply_adds()
        assert part["parameters"] == sum(layer.parameters for layer in asked.placed())
        assert part["chain"] == 1 + 4 * part["length"] + 1  # a row, four steps at each place, the output
        assert part["threads"][0]["count"] == 1
        assert all(0 < thread["seconds"] < 10 for thread in part["threads"])
    # of padded texts, and of attention
    for run, length in (("reviews", 32), ("words", 32)):
        found = parts(client, runs[run], kind="step_time", longest=length)[1:]
        assert [part["length"] for part in found] == [16, 32]
        assert found[0]["chain"] == found[1]["chain"]
    refused(client, runs["dates"], {"kind": "step_time"}, "/kind")
    refused(client, runs["stories"], {"kind": "step_time", "longest": 15}, "/longest")
