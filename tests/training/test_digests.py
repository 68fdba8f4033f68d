"""Two runs of one document leave the same record, whatever happened to one of them on the way.

One file, though long: every kind of run goes through the same kills.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from app.executors.local import LocalExecutor
from app.runs.folder import RunFolder
from app.runs.record import digest, record
from app.training.running import ending
from tests.training.documents import document, layers
from tests.training.running import Story, Watch, new_run, order, run_by_launcher, trained

KILLS = 20
PICTURE = {"kind": "reshape", "sizes": [1, 8, 8]}
DROPOUT_AND_COSINE = document(
    networks={"main": {"layers": [*layers(8), {"kind": "dropout", "p": 0.1}, *layers(8)]}},
    schedule={"kind": "cosine", "warmup": 5},
    training={"epochs": 500},
)


@asynccontextmanager
async def launched(data: Path) -> AsyncGenerator[LocalExecutor]:
    """A connection to a folder's launcher, which goes on without it."""
    executor = LocalExecutor(data)
    await executor.launcher()
    try:
        yield executor
    finally:
        await executor.close()


def furthest(event: dict[str, Any]) -> int:
    """The last step an event measured."""
    return event["columns"]["step"][-1] if event["type"] == "measured" else 0


def pid_of(told: Story) -> int:
    return next(event["pid"] for event in reversed(told) if event["type"] == "started")


async def killed_again_and_again(folder: RunFolder, watch: Watch, kills: int) -> Story:
    """Kills the worker at random moments, each after it got further than the one before."""
    moments = random.Random(3)
    for _ in range(kills):
        reached = max(map(furthest, watch.told), default=0)
        event = await watch.until(lambda e: e["type"] == "finished" or furthest(e) > reached)  # noqa: B023
        if event["type"] == "finished":
            break
        await asyncio.sleep(moments.uniform(0, 0.03))
        with suppress(ProcessLookupError):  # it may just have finished
            os.kill(pid_of(watch.told), signal.SIGKILL)
        await watch.until(lambda e: e["type"] in ("started", "finished"))
        if any(event["type"] == "finished" for event in watch.told):
            break
    return await watch.until_finished()


def test_one_document_trained_twice_leaves_the_same_record(tmp_path: Path) -> None:
    first, second = (trained(tmp_path, document()) for _ in range(2))

    assert digest(record(first)) == digest(record(second))


def test_another_seed_leaves_another_record(tmp_path: Path) -> None:
    first, second = (trained(tmp_path, document(seed=seed)) for seed in (0, 1))

    assert digest(record(first)) != digest(record(second))


def test_pausing_and_stepping_change_nothing(tmp_path: Path) -> None:
    straight = trained(tmp_path, document())
    interrupted = trained(
        tmp_path,
        document(),
        {"kind": "speed", "value": "fast"},
        {"kind": "pause", "at_step": 7},
        {"kind": "step", "steps": 3, "at_step": 7},
        {"kind": "step", "epochs": 2, "at_step": 10},
        {"kind": "resume", "at_step": 24},
    )

    assert [event["step"] for event in interrupted if event["type"] == "paused"] == [7, 10, 24]
    assert digest(record(straight)) == digest(record(interrupted))


def test_looking_inside_changes_nothing(tmp_path: Path) -> None:
    seen = record(trained(tmp_path, document()))
    unseen = record(trained(tmp_path, document(probes=[])))

    assert seen.frames
    assert not unseen.frames
    assert (seen.measured, seen.evaluated) == (unseen.measured, unseen.evaluated)


@pytest.mark.slow
def test_a_run_killed_twenty_times_leaves_the_same_record(yard: Path) -> None:
    async def both() -> tuple[Story, Story]:
        async with launched(yard) as executor:
            straight, killed = (new_run(yard / "runs", DROPOUT_AND_COSINE) for _ in range(2))
            told = await (await run_by_launcher(executor, straight)).until_finished()
            watch = await run_by_launcher(executor, killed)
            return told, await killed_again_and_again(killed, watch, KILLS)

    straight, killed = asyncio.run(both())

    assert sum(event["type"] == "rewound" for event in killed) >= KILLS * 0.8
    assert [event["type"] for event in killed].count("finished") == 1
    assert [event["seq"] for event in killed] == list(range(1, len(killed) + 1))
    assert digest(record(killed)) == digest(record(straight))


def same_after_kills(tmp_path: Path, yard: Path, experiment: dict[str, Any], kills: int = 3) -> Story:
    """The straight run of an experiment, after making sure that one whose workers were killed has the same record."""

    async def killed() -> Story:
        async with launched(yard) as executor:
            folder = new_run(yard / "runs", experiment)
            return await killed_again_and_again(folder, await run_by_launcher(executor, folder), kills)

    interrupted = asyncio.run(killed())
    straight = trained(tmp_path, experiment)
    assert any(event["type"] == "rewound" for event in interrupted)
    assert digest(record(interrupted)) == digest(record(straight))
    assert last_verdict(interrupted) == last_verdict(straight)
    return straight


def last_verdict(told: Story) -> dict[str, Any] | None:
    """What a run said of itself last; None where it said nothing."""
    return next((event["verdict"] for event in reversed(told) if event["type"] == "judged"), None)


def test_what_remembers_the_past_survives_kills_too(tmp_path: Path, yard: Path) -> None:
    remembering = document(
        dataset={"kind": "moons", "samples": 200, "label_noise": 0.2},
        networks={"main": {"layers": [*layers(16), {"kind": "batch_norm1d"}, {"kind": "prelu"}]}},
        optimizer={"kind": "nadam"},
        schedule={"kind": "plateau", "patience": 3},
        training={"epochs": 1000, "batch_size": 12, "early_stopping": {"patience": 150}},
    )

    straight = same_after_kills(tmp_path, yard, remembering, kills=8)
    assert straight[-1]["sentence"]["template"] == ending.NO_BETTER


def test_a_convolutional_network_survives_kills_too(tmp_path: Path, yard: Path) -> None:
    norms = [{"kind": "conv2d", "filters": 8, "padding": 1}, {"kind": "batch_norm2d"}, {"kind": "relu"}]
    pictures = document(
        dataset={"kind": "digits", "samples": 300},
        networks={"main": {"layers": [*norms, {"kind": "max_pool2d"}, *norms, {"kind": "global_avg_pool"}]}},
        loss={"kind": "cross_entropy"},
        training={"epochs": 30},
    )

    same_after_kills(tmp_path, yard, pictures)


def test_two_networks_with_an_optimizer_each_survive_kills_too(tmp_path: Path, yard: Path) -> None:
    autoencoder = {
        "version": 2,
        "dataset": {"kind": "digits", "samples": 300},
        "task": {"kind": "conditional_autoencoder", "noise": 0.1},
        "networks": {
            "encoder": {"layers": [{"kind": "flatten"}, *layers(32)], "optimizer": {"kind": "sgd", "momentum": 0.9}},
            "decoder": {
                "layers": [*layers(32), {"kind": "class_embedding"}, {"kind": "linear", "units": 64}, PICTURE],
                "head": False,
            },
        },
        "loss": {"kind": "mse"},
        "optimizer": {"kind": "adam", "lr": 0.01},
        "training": {"epochs": 60, "batch_size": 20},
    }

    same_after_kills(tmp_path, yard, autoencoder)


def test_two_networks_against_each_other_and_their_averages_survive_kills_too(tmp_path: Path, yard: Path) -> None:
    small = [{"kind": "linear", "units": 12}, {"kind": "batch_norm1d"}, {"kind": "leaky_relu"}]
    playing = document(
        dataset={"kind": "islands", "samples": 500},
        task={"kind": "gan", "discriminator_steps": 2, "r1": 0.1, "gradient_penalty": 0.1},
        loss={"kind": "non_saturating"},
        networks={
            "generator": {"layers": small},
            "discriminator": {"layers": small, "optimizer": {"kind": "sgd", "lr": 0.02, "momentum": 0.5}},
        },
        training={"epochs": 80, "batch_size": 32, "averaging": 0.95},
    )

    assert same_after_kills(tmp_path, yard, playing)[-1]["reason"] == "done"


def test_noise_that_is_drawn_in_steps_survives_kills_too(tmp_path: Path, yard: Path) -> None:
    told = [{"kind": "linear", "units": 16}, {"kind": "time_embedding"}, {"kind": "silu"}]
    drawing = document(
        dataset={"kind": "islands", "samples": 500},
        task={"kind": "diffusion", "eta": 1.0},
        loss={"kind": "mse"},
        networks={"main": {"layers": told * 2}},
        training={"epochs": 80, "batch_size": 32, "averaging": 0.95},
    )

    assert same_after_kills(tmp_path, yard, drawing)[-1]["reason"] == "done"


def test_clouds_that_codes_are_drawn_from_survive_kills_too(tmp_path: Path, yard: Path) -> None:
    drawing = document(
        dataset={"kind": "digits", "samples": 300},
        task={"kind": "variational_autoencoder", "code": 4},
        loss={"kind": "mse"},
        networks={
            "encoder": {"layers": [{"kind": "flatten"}, *layers(32)]},
            "decoder": {"layers": [*layers(32), {"kind": "linear", "units": 64}, PICTURE], "head": False},
        },
        training={"epochs": 60, "batch_size": 20},
    )
    assert same_after_kills(tmp_path, yard, drawing)[-1]["reason"] == "done"


def test_words_that_are_left_blank_by_chance_survive_kills_too(tmp_path: Path, yard: Path) -> None:
    block = {"kind": "transformer_block", "heads": 2, "feedforward": 16, "rotary": True, "dropout": 0.1}
    telling = document(
        dataset={"kind": "reviews", "samples": 200},
        task={"kind": "masked_language_model"},
        loss={"kind": "cross_entropy"},
        networks={"main": {"layers": [{"kind": "embedding", "width": 16}, block, {"kind": "layer_norm"}]}},
        training={"epochs": 40, "batch_size": 20},
    )
    assert same_after_kills(tmp_path, yard, telling)[-1]["reason"] == "done"


@pytest.mark.parametrize("optimizer", [{"kind": "lbfgs", "max_iter": 4}, {"kind": "muon", "lr": 0.02}])
def test_what_an_optimizer_remembers_in_lists_and_by_halves_survives_kills(
    tmp_path: Path, yard: Path, optimizer: dict[str, Any]
) -> None:
    remembering = document(
        networks={
            "main": {"layers": [*layers(8), {"kind": "dropout", "p": 0.1}, {"kind": "batch_norm1d"}, *layers(8)]}
        },
        optimizer=optimizer,
        schedule={"kind": "cosine_restarts", "period": 20},
        training={"epochs": 60, "batch_size": 40, "regularization": {"l2": 0.001, "clip_norm": 5, "max_norm": 3}},
    )

    assert same_after_kills(tmp_path, yard, remembering, kills=4)[-1]["reason"] == "done"


def test_augmentation_by_lot_survives_kills_too(tmp_path: Path, yard: Path) -> None:
    changed = document(
        dataset={"kind": "digits", "samples": 300},
        networks={"main": {"layers": [{"kind": "flatten"}, *layers(16), {"kind": "dropout", "p": 0.1}]}},
        loss={"kind": "cross_entropy"},
        training={
            "epochs": 100,
            "batch_size": 12,
            "augmentation": {"shift": 1, "rotate": 10, "noise": 0.1, "cutout": 2},
        },
    )

    straight = same_after_kills(tmp_path, yard, changed)
    plain = trained(tmp_path, changed | {"training": {"epochs": 100, "batch_size": 12}})
    assert digest(record(straight)) != digest(record(plain))


def test_batches_of_like_length_survive_kills_too(tmp_path: Path, yard: Path) -> None:
    reading = document(
        dataset={"kind": "reviews", "samples": 300},
        networks={
            "main": {"layers": [{"kind": "embedding", "width": 4}, {"kind": "gru", "units": 4, "gives": "last"}]}
        },
        loss={"kind": "cross_entropy"},
        training={"epochs": 20, "batch_size": 12, "like_length": True},
    )

    straight = same_after_kills(tmp_path, yard, reading, kills=4)
    plain = trained(tmp_path, reading | {"training": {"epochs": 20, "batch_size": 12}})
    assert digest(record(straight)) != digest(record(plain))


@pytest.mark.parametrize("stepper", ["eager", "quickest"])
def test_live_edits_are_made_again_where_they_were_made_when_the_worker_is_killed_behind_them(
    tmp_path: Path, yard: Path, stepper: str
) -> None:
    training = {"epochs": 300, "stepper": stepper}
    edits: list[dict[str, Any]] = [
        {"kind": "set", "path": "/optimizer/lr", "value": 0.02},
        {"kind": "set", "path": "/training/batch_size", "value": 16},
        {"kind": "set", "path": "/optimizer/beta1", "value": 0.8},
        {"kind": "set", "path": "/training/regularization/l2", "value": 0.001},
        {"kind": "set", "weight": {"path": "/networks/main/layers/0/weight", "index": [2, 1]}, "value": 0.5},
        {"kind": "set", "weight": {"path": "/networks/main/head/0/bias", "index": [0]}, "value": -1.0},
    ]

    async def edited() -> Story:
        async with launched(yard) as executor:
            folder = new_run(yard / "runs", document(training=training), {"kind": "speed", "value": "fast"})
            watch = await run_by_launcher(executor, folder)
            for edit in edits:
                reached = max(map(furthest, watch.told), default=0)
                await watch.until(lambda e: furthest(e) > reached + 30)  # noqa: B023
                number = order(folder, **edit)
                await watch.until(lambda e: e["type"] == "command_applied" and e["number"] == number)  # noqa: B023
                os.kill(pid_of(watch.told), signal.SIGKILL)  # before any checkpoint has seen the edit
            order(folder, kind="speed", value="full")
            return await watch.until_finished()

    killed = asyncio.run(edited())
    applied = record(killed).commands
    assert len(applied) == len(edits)
    repeated = [command | {"at_step": step} for step, command in applied.values()]
    straight = trained(tmp_path, document(training=training), *repeated)

    assert digest(record(straight)) == digest(record(killed))


def test_what_the_compiled_loop_trains_survives_kills_too(tmp_path: Path, yard: Path) -> None:
    quick = document(schedule={"kind": "cosine", "warmup": 5}, training={"epochs": 30_000})

    straight = same_after_kills(tmp_path, yard, quick)
    assert {event["stepper"] for event in straight if event["type"] == "started"} == {"compiled"}


@pytest.mark.parametrize("training", [{"epochs": 200, "stepper": "eager"}, {"epochs": 30_000}])
def test_a_run_goes_on_when_server_and_launcher_are_killed(
    tmp_path: Path, yard: Path, training: dict[str, Any]
) -> None:
    async def interrupted() -> Story:
        folder = new_run(yard / "runs", document(training=training))
        async with launched(yard) as executor:
            watch = await run_by_launcher(executor, folder)
            await watch.until(lambda e: furthest(e) > 100)
            os.kill(await executor.launcher(), signal.SIGKILL)  # its workers end with it
            deadline = time.monotonic() + 10
            while folder.locked() and time.monotonic() < deadline:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(0.01)
        async with launched(yard) as executor:  # another server, another launcher
            await executor.start(folder.path, "local")
            return await watch.until_finished()

    killed = asyncio.run(interrupted())

    assert any(event["type"] == "rewound" for event in killed)
    assert digest(record(killed)) == digest(record(trained(tmp_path, document(training=training))))
