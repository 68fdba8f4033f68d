"""An output tied to the embedding: one table, counted once, learned from both of its ends."""

from pathlib import Path
from typing import Any

import torch
from torch import nn

from app.experiment.check import check, checked
from app.experiment.patch import patched
from app.training import modules
from app.training.building import build_networks, weights_of
from app.training.data.samples import samples_of
from app.training.going_on import going_on
from tests.training.running import trained

BLOCK: dict[str, Any] = {"kind": "transformer_block", "heads": 2, "feedforward": 16, "causal": True, "rotary": True}
EMBEDDING: dict[str, Any] = {"kind": "embedding", "width": 8}


def writing(*layers: dict[str, Any], **network: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "stories", "samples": 100, "window": 8},
        "task": {"kind": "language_model"},
        "networks": {"main": {"layers": list(layers or (EMBEDDING, BLOCK)), "tied": True, **network}},
        "loss": {"kind": "cross_entropy"},
        "training": {"epochs": 1, "batch_size": 16},
    }


def test_the_output_scores_tokens_by_the_rows_of_the_embedding() -> None:
    experiment = checked(writing(EMBEDDING))
    network = build_networks(experiment)["main"]
    rows, bias = network.get_parameter("layers.0.weight"), network.get_parameter("head.0.bias")
    nn.init.normal_(bias)
    x = samples_of(experiment).inputs[:4]
    torch.testing.assert_close(network(x), rows[x] @ rows.T + bias)
    assert 0.01 < float(rows.detach().std()) < 0.03


def test_tied_weights_are_counted_and_kept_once() -> None:
    tied, apart = checked(writing()), checked(writing(tied=False))
    vocabulary = len(tied.dataset.vocabulary())

    def counted(experiment: Any) -> int:
        return sum(layer.parameters for layer in experiment.placed("main"))

    network = build_networks(tied)["main"]
    assert (
        counted(tied) == sum(parameter.numel() for parameter in network.parameters()) == counted(apart) - 8 * vocabulary
    )
    assert sum(layer.multiply_adds for layer in tied.placed("main")) == sum(
        layer.multiply_adds for layer in apart.placed("main")
    )
    kept = weights_of(network, "main")
    assert [name for name in kept if name.startswith("/networks/main/head")] == ["/networks/main/head/0/bias"]


def test_the_table_learns_from_what_it_tells_as_well_as_from_what_it_reads() -> None:
    experiment = checked(writing())
    network = build_networks(experiment)["main"]
    x = torch.zeros(1, 8, dtype=torch.long)  # reads one token only
    nn.functional.cross_entropy(network(x).transpose(1, 2), torch.ones(1, 8, dtype=torch.long)).backward()
    gradient = network.get_parameter("layers.0.weight").grad
    assert gradient is not None
    assert bool((gradient.abs().sum(1) > 0).all())  # every row was scored


def test_frozen_table_is_frozen_at_both_ends() -> None:
    network = build_networks(checked(writing({**EMBEDDING, "frozen": True}, BLOCK)))["main"]
    head = network.head[0]
    assert isinstance(head, modules.Tied)
    assert not head.weight.requires_grad
    assert head.bias.requires_grad


def test_a_tied_network_goes_on_from_what_it_has_read() -> None:
    experiment = checked(writing())
    network = build_networks(experiment)["main"].eval()
    x = samples_of(experiment).inputs[:2]
    with torch.no_grad():
        whole = network(x)
        with going_on(network) as able:
            assert able
            parts = torch.cat([network(x[:, :5]), network(x[:, 5:])], dim=1)
    torch.testing.assert_close(parts, whole, atol=1e-5, rtol=0)


def test_it_trains_to_the_end_and_averages_its_weights(tmp_path: Path) -> None:
    document = writing()
    document["training"] |= {"averaging": 0.9}
    events = trained(tmp_path, document)
    assert events[-1]["reason"] == "done"


def test_what_cannot_be_tied_is_a_problem_that_one_click_mends() -> None:
    for document in (
        writing({"kind": "embedding", "width": 8}, {"kind": "linear", "units": 12}),
        {
            **writing(EMBEDDING, {"kind": "mean_over_time"}),
            "dataset": {"kind": "reviews", "samples": 100},
            "task": {"kind": "classification"},
            "loss": {"kind": "bce_with_logits"},
        },
    ):
        (problem,) = check(document).problems
        assert problem.place == "/networks/main/tied"
        for fix in problem.fixes:
            assert check(patched(document, fix.edits)).problems == []
    assert check(writing()).problems == []
